// SPDX-FileCopyrightText: candial contributors
// SPDX-License-Identifier: MIT
/** The board, drawn, and the hands that work at it. */
import {draw, make, mark, say} from './dom.js';

const supplies = {
    off: 'no power',
    ok: 'VCORE is there',
    deadlock: 'DEADLOCK: VCORE is gone, the 3.3 V are still there',
};

/** A button that is held as long as it is pressed, by pointer or keyboard. */
function holdButton(text, onchange) {
    let isHeld = false;
    const button = make('button', {type: 'button', 'aria-pressed': 'false'}, text);
    const set = (held) => {
        if (held !== isHeld) {
            isHeld = held;
            button.setAttribute('aria-pressed', held);
            onchange(held);
        }
    };
    button.addEventListener('pointerdown', () => set(true));
    for (const end of ['pointerup', 'pointerleave', 'pointercancel', 'blur']) {
        button.addEventListener(end, () => set(false));
    }
    button.addEventListener('keydown', (event) => {
        if ((event.key === ' ' || event.key === 'Enter') && !event.repeat) {
            set(true);
        }
    });
    button.addEventListener('keyup', () => set(false));
    return button;
}

function toggleButton(text, onchange) {
    const button = make('button', {type: 'button', 'aria-pressed': 'false'}, text);
    button.addEventListener('click', () => onchange(button.getAttribute('aria-pressed') !== 'true'));
    return button;
}

function label(x, y, text, extra = {}) {
    return draw('text', {x, y, class: 'pcb-text', ...extra}, text);
}

function led(x, y, name, kind) {
    const lamp = draw('circle', {cx: x, cy: y, r: 5, class: `pcb-led ${kind}`});
    const text = label(x, y + 16, name);
    return {lamp, text, nodes: [lamp, text]};
}

/** The NUCLEO-144 seen from above, turned by 90 degrees: ST-LINK at the left. Other boards have their own names in it. */
function drawBoard() {
    const leds = [led(170, 34, 'LD1', 'green'), led(198, 34, 'LD2', 'yellow'), led(226, 34, 'LD3', 'red'),
        led(254, 34, 'blue', 'blue')];
    const usb = draw('rect', {x: 2, y: 58, width: 26, height: 24, rx: 2, class: 'pcb-metal'});
    const cable = draw('path', {d: 'M2 70 H-26', class: 'pcb-cable'});
    const boot = draw('rect', {x: 300, y: 112, width: 8, height: 16, class: 'pcb-jumper'});
    const chip = label(178, 99, 'H755');
    const user = label(117, 59, 'B1 user');
    const reset = label(117, 125, 'B2 reset');
    const picture = draw('svg', {viewBox: '-30 0 414 146', class: 'pcb', role: 'img', 'aria-label': 'The board'},
        cable,
        draw('rect', {x: 10, y: 6, width: 340, height: 134, rx: 8, class: 'pcb-board'}),
        draw('line', {x1: 84, y1: 10, x2: 84, y2: 136, class: 'pcb-cut'}),
        usb, label(56, 73, 'ST-LINK'),
        draw('rect', {x: 150, y: 60, width: 56, height: 56, rx: 3, class: 'pcb-chip'}),
        label(178, 86, 'STM32'), chip,
        leds.map(({nodes}) => nodes),
        draw('rect', {x: 105, y: 22, width: 24, height: 24, rx: 3, class: 'pcb-metal'}),
        draw('circle', {cx: 117, cy: 34, r: 7, class: 'pcb-button blue'}), user,
        draw('rect', {x: 105, y: 88, width: 24, height: 24, rx: 3, class: 'pcb-metal'}),
        draw('circle', {cx: 117, cy: 100, r: 7, class: 'pcb-button black'}), reset,
        boot, label(304, 108, 'BOOT0'),
        draw('rect', {x: 232, y: 68, width: 40, height: 22, rx: 2, class: 'pcb-chip'}), label(252, 82, 'CAN'),
        draw('path', {d: 'M272 74 H380 M272 84 H380', class: 'pcb-wire can'}), label(366, 66, 'car', {class: 'pcb-outside'}),
        draw('path', {d: 'M206 124 V134 H380', class: 'pcb-wire servo'}), label(366, 128, 'servo', {class: 'pcb-outside'}));
    return {picture, leds, cable, boot, chip, user, reset};
}

const COLOURS = ['green', 'yellow', 'red', 'blue'];
const isNucleo = ({name}) => name.startsWith('nucleo-');

/**
 * @param {HTMLElement} place
 * @param {{do: (line: string) => Promise<string>}} bench
 * @param {{hands: boolean}} [options] without hands there is nothing to press
 * @returns {import('./bench.js').Panel}
 */
export function boardPanel(place, bench, {hands: hasHands} = {hands: true}) {
    const {picture, leds, cable, boot, chip, user: userText, reset: resetText} = drawBoard();
    const power = toggleButton('Power', (on) => bench.do(`do power ${on ? 'on' : 'off'}`));
    const boot0 = toggleButton('BOOT0 to 3V3', (on) => bench.do(`do boot0 ${on ? 'high' : 'low'}`));
    const servo = toggleButton('Servo plugged in', (on) => bench.do(`do servo ${on ? 'plug' : 'unplug'}`));
    const reset = holdButton('B2 reset', (held) => bench.do(`do nrst ${held ? 'low' : 'high'}`));
    const user = holdButton('B1 user', (held) => bench.do(`do button ${held ? 'press' : 'release'}`));
    const probe = make('button', {type: 'button', onclick: () => bench.do('do probe')}, 'ST-LINK: connect');
    const supply = make('p', {class: 'supply', role: 'status'});
    const title = make('p', {class: 'quiet board-title'});
    /** Of each core its line and the function in it. */
    const cores = [0, 1].map(() => ({text: make('span'), code: make('code')}));
    const coreList = make('ul', {class: 'plain'}, cores.map(({text, code}) => make('li', {}, text, code)));
    const buttons = make('div', {class: 'buttons left', role: 'group', 'aria-label': 'Hands'},
        power, reset, user, boot0, probe, servo);
    place.replaceChildren(...[title, picture, hasHands ? buttons : null, supply, coreList].filter(Boolean));
    let last = null;
    let names = [];

    function showBoard(board) {
        const isOurs = isNucleo(board);
        say(title, `${board.title}, ${board.chip}`);
        say(chip, board.chip.replace('STM32', ''));
        say(userText, isOurs ? 'B1 user' : 'user');
        say(resetText, isOurs ? 'B2 reset' : 'reset');
        say(reset, isOurs ? 'B2 reset' : 'Reset');
        say(user, isOurs ? 'B1 user' : 'User button');
        names = COLOURS.map((colour, i) => isOurs && i < 3 ? `LD${i + 1} ${colour}` : colour);
        leds.forEach(({text, nodes}, i) => {
            nodes.forEach((node) => node.classList.toggle('absent', !board.leds[i]));
            say(text, names[i].split(' ')[0]);
        });
    }

    function showHands({hands}) {
        mark(power, 'aria-pressed', hands.power);
        mark(boot0, 'aria-pressed', hands.boot0);
        mark(servo, 'aria-pressed', hands.servo);
        cable.classList.toggle('off', !hands.power);
        boot.classList.toggle('high', hands.boot0);
    }

    function showSupply(state) {
        say(supply, supplies[state.supply]);
        mark(supply, 'class', `supply ${state.supply}`);
    }

    return {
        everyMs: 60,
        hello({board}) {
            showBoard(board);
        },
        take(message) {
            last = message;
            showHands(last); // at once: the next click goes by it
        },
        draw() {
            if (!last) {
                return;
            }
            leds.forEach(({lamp}, i) => lamp.classList.toggle('on', last.leds[i]));
            mark(picture, 'aria-label', `The board. Lit: ${
                names.filter((_, i) => last.leds[i]).join(', ') || 'nothing'}`);
            showSupply(last);
            last.cores.forEach(({core, state, function: place}, i) => {
                say(cores[i].text, `${core}: ${state}${place ? ' in ' : ''}`);
                say(cores[i].code, place ?? '');
            });
        },
    };
}
