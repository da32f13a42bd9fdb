// SPDX-FileCopyrightText: candial contributors
// SPDX-License-Identifier: MIT
/** The board, drawn, and the hands that work at it. */
import {draw, make} from './dom.js';

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
    return {lamp, nodes: [lamp, label(x, y + 16, name)]};
}

/** The NUCLEO-144 seen from above, turned by 90 degrees: ST-LINK at the left. */
function drawBoard() {
    const leds = [led(196, 34, 'LD1', 'green'), led(222, 34, 'LD2', 'yellow'), led(248, 34, 'LD3', 'red')];
    const usb = draw('rect', {x: 2, y: 58, width: 26, height: 24, rx: 2, class: 'pcb-metal'});
    const cable = draw('path', {d: 'M2 70 H-26', class: 'pcb-cable'});
    const boot = draw('rect', {x: 300, y: 112, width: 8, height: 16, class: 'pcb-jumper'});
    const picture = draw('svg', {viewBox: '-30 0 414 146', class: 'pcb', role: 'img', 'aria-label': 'The board'},
        cable,
        draw('rect', {x: 10, y: 6, width: 340, height: 134, rx: 8, class: 'pcb-board'}),
        draw('line', {x1: 84, y1: 10, x2: 84, y2: 136, class: 'pcb-cut'}),
        usb, label(56, 73, 'ST-LINK'),
        draw('rect', {x: 150, y: 60, width: 56, height: 56, rx: 3, class: 'pcb-chip'}),
        label(178, 86, 'STM32'), label(178, 99, 'H755'),
        leds.map(({nodes}) => nodes),
        draw('rect', {x: 105, y: 22, width: 24, height: 24, rx: 3, class: 'pcb-metal'}),
        draw('circle', {cx: 117, cy: 34, r: 7, class: 'pcb-button blue'}), label(117, 59, 'B1 user'),
        draw('rect', {x: 105, y: 88, width: 24, height: 24, rx: 3, class: 'pcb-metal'}),
        draw('circle', {cx: 117, cy: 100, r: 7, class: 'pcb-button black'}), label(117, 125, 'B2 reset'),
        boot, label(304, 108, 'BOOT0'),
        draw('rect', {x: 232, y: 68, width: 40, height: 22, rx: 2, class: 'pcb-chip'}), label(252, 82, 'CAN'),
        draw('path', {d: 'M272 74 H380 M272 84 H380', class: 'pcb-wire can'}), label(366, 66, 'car', {class: 'pcb-outside'}),
        draw('path', {d: 'M206 124 V134 H380', class: 'pcb-wire servo'}), label(366, 128, 'servo', {class: 'pcb-outside'}));
    return {picture, leds: leds.map(({lamp}) => lamp), cable, boot};
}

/**
 * @param {HTMLElement} place
 * @param {{do: (line: string) => Promise<string>}} bench
 * @param {{hands: boolean}} [options] without hands there is nothing to press
 * @returns {import('./bench.js').Panel}
 */
export function boardPanel(place, bench, {hands: hasHands} = {hands: true}) {
    const {picture, leds, cable, boot} = drawBoard();
    const power = toggleButton('Power', (on) => bench.do(`do power ${on ? 'on' : 'off'}`));
    const boot0 = toggleButton('BOOT0 to 3V3', (on) => bench.do(`do boot0 ${on ? 'high' : 'low'}`));
    const servo = toggleButton('Servo plugged in', (on) => bench.do(`do servo ${on ? 'plug' : 'unplug'}`));
    const reset = holdButton('B2 reset', (held) => bench.do(`do nrst ${held ? 'low' : 'high'}`));
    const user = holdButton('B1 user', (held) => bench.do(`do button ${held ? 'press' : 'release'}`));
    const probe = make('button', {type: 'button', onclick: () => bench.do('do probe')}, 'ST-LINK: connect');
    const supply = make('p', {class: 'supply', role: 'status'});
    const cores = make('ul', {class: 'plain'});
    const buttons = make('div', {class: 'buttons left', role: 'group', 'aria-label': 'Hands'},
        power, reset, user, boot0, probe, servo);
    place.replaceChildren(...[picture, hasHands ? buttons : null, supply, cores].filter(Boolean));
    let last = null;

    function showHands({hands}) {
        power.setAttribute('aria-pressed', hands.power);
        boot0.setAttribute('aria-pressed', hands.boot0);
        servo.setAttribute('aria-pressed', hands.servo);
        cable.classList.toggle('off', !hands.power);
        boot.classList.toggle('high', hands.boot0);
    }

    function showSupply(state) {
        if (supply.textContent !== supplies[state.supply]) {
            supply.textContent = supplies[state.supply];
            supply.className = `supply ${state.supply}`;
        }
    }

    return {
        take(message) {
            last = message;
        },
        draw() {
            if (!last) {
                return;
            }
            const names = ['LD1 green', 'LD2 yellow', 'LD3 red'];
            leds.forEach((lamp, i) => lamp.classList.toggle('on', last.leds[i]));
            picture.setAttribute('aria-label', `The board. Lit: ${
                names.filter((_, i) => last.leds[i]).join(', ') || 'nothing'}`);
            showHands(last);
            showSupply(last);
            cores.replaceChildren(...last.cores.map(({core, state, function: place}) => make('li', {},
                `${core}: ${state}`, place ? [' in ', make('code', {}, place)] : null)));
        },
    };
}
