// SPDX-FileCopyrightText: candial contributors
// SPDX-License-Identifier: MIT
/** How a board dies and comes back, step by step, on a board of its own. What happens is what the board does. */
import {boardPanel} from './board_panel.js';
import {dialPanel} from './dial_panel.js';
import {byId, make} from './dom.js';
import {filesOfInput} from './files.js';
import {isImage, isProject, sortFiles, wordOf} from './images.js';
import {WorkerLink} from './link.js';

const GOOD = 'firmware/candial_cm7.elf';
const BAD = 'firmware/candial_cm7_ldo.elf';
const S = 1000000; // µs

const lives = ({supply, samples}) => supply === 'ok' && samples.at(-1)?.state === 'live';
const isDead = ({supply}) => supply === 'deadlock';

/**
 * @typedef {object} Step
 * @property {string} title
 * @property {string} told what you do
 * @property {[string | null, number][]} does lines for the board, each with the µs that pass behind it
 * @property {(state: object) => boolean} holds whether it came as it was to come
 * @property {string} comes what was to come
 * @property {string} why
 */

/** @param {string[]} bad words for the image, or images, that are to be flashed @returns {Step[]} */
function stepsFor(bad) {
    const isOwn = bad[0] !== BAD;
    return [
        {
            title: 'A good image is in the flash; you plug in USB',
            told: 'The car is warm, the needle follows it.',
            does: [['oil 95', 45 * S]],
            holds: lives,
            comes: 'the needle follows the car',
            why: 'The firmware wrote 0x04, direct SMPS, to PWR_CR3, as the board is wired. That register takes one ' +
                'write after each power-on: it is locked at 0x04 now.',
        },
        {
            title: isOwn ? 'You flash your own image' : 'You flash a project whose supply line says LDO',
            told: isOwn ? bad.join(' and ') : 'PWR_LDO_SUPPLY, as most examples for other boards say.',
            does: bad.map((image) => [`program ${image}`, 3 * S]),
            holds: (state) => isOwn ? state.supply === 'ok' : lives(state),
            comes: 'and it works!',
            why: 'The reset after flashing leaves PWR_CR3 locked at 0x04. A write of 0x02 has no effect, and nobody ' +
                'reads the error that ST\'s HAL returns.',
        },
        {
            title: 'You unplug USB, and plug it in again',
            told: 'As one does, sooner or later.',
            does: [['do power off', S], ['do power on', 2 * S]],
            holds: isDead,
            comes: 'the board is dead',
            why: 'PWR_CR3 was unlocked, so 0x02 counted. The SMPS went off, and the LDO has no source on this board. ' +
                'VCORE collapsed: both cores and the debug port are without supply.',
        },
        {
            title: 'You try to flash something else',
            told: 'The ST-LINK reads 3.3 V, so all seems well.',
            does: [['do probe', S / 10], [`program ${GOOD}`, S]],
            holds: isDead,
            comes: 'the ST-LINK finds no target',
            why: 'The debug port is in the part of the chip that VCORE feeds.',
        },
        {
            title: 'You press the reset button',
            told: 'B2, as often as you like.',
            does: [['do nrst low', S / 10], ['do nrst high', S]],
            holds: isDead,
            comes: 'no change',
            why: 'A reset does not clear PWR_CR3. Only taking VDD away does, but then the same image starts again and ' +
                'does the same.',
        },
        {
            title: 'Power off. A wire from CN11-7 (BOOT0) to CN11-5 (3V3). Power on',
            told: 'Count to five before you plug in. CN11-6, the hole beside, is 5 V: not that one.',
            does: [['do power off', S], ['do boot0 high', 0], ['do power on', S], ['do probe', S / 10]],
            holds: ({supply}) => supply === 'ok',
            comes: 'the ST-LINK connects',
            why: 'With BOOT0 high at power-on the chip starts in its boot ROM. The bad image does not run. A reset ' +
                'alone would not have helped.',
        },
        {
            title: 'You flash a good image',
            told: 'STM32CubeProgrammer, OpenOCD, or `candial recover --run cube`.',
            does: [[`program ${GOOD}`, S], ['program firmware/candial_cm4.elf', S]],
            holds: ({supply}) => supply === 'ok',
            comes: 'erased and written',
            why: 'It does not live yet: the boot ROM has locked PWR_CR3 at 0x06, and the board still boots from it.',
        },
        {
            title: 'You take the wire away: power off, power on',
            told: 'Power, not only reset.',
            does: [['do power off', S], ['do boot0 low', 0], ['do power on', 4 * S]],
            holds: lives,
            comes: 'the needle follows the car',
            why: 'Next time, let “Check” look at the image before you flash it.',
        },
    ];
}

class Tour {
    #link = new WorkerLink();
    #state = null;
    #at = 0;
    #steps = [];
    #files = [];

    constructor() {
        this.story = make('div', {class: 'card', 'aria-live': 'polite'});
        this.next = make('button', {type: 'button', class: 'primary', onclick: () => this.#go()});
        this.count = make('p', {class: 'step-count'});
        const dial = make('div');
        const board = make('div');
        const own = make('input', {type: 'file', multiple: true, class: 'hidden-input'});
        own.addEventListener('change', () => this.#takeOwn(own.files));
        byId('tour').replaceChildren(
            make('p', {class: 'lead'}, 'A board that answers to nothing any more, and yet shows 3.3 V, is not broken. ' +
                'Here one dies in front of you, and you bring it back.'),
            make('div', {class: 'tour'},
                make('div', {}, this.story,
                    make('div', {class: 'buttons left'}, this.next, make('label', {class: 'button'},
                        'With my own image', own), this.count)),
                make('div', {}, make('section', {class: 'card', 'aria-label': 'Board'}, board),
                    make('section', {class: 'card', 'aria-label': 'Dial'}, dial))));
        this.panels = [dialPanel(dial), boardPanel(board, this, {hands: false})];
        this.#link.onmessage = (message) => this.#take(message);
        this.#begin([BAD], []);
    }

    do() {
        return Promise.resolve('');
    }

    #take(message) {
        for (const panel of this.panels) {
            (message.kind === 'hello' ? panel.hello : panel.take)?.(message);
            panel.draw?.();
        }
        this.#state = message.kind === 'state' ? message : this.#state;
        this.#said.push(...message.acts ?? []);
    }

    #said = [];

    async #begin(bad, files) {
        this.#steps = stepsFor(bad);
        this.#at = 0;
        this.story.replaceChildren(make('p', {}, 'Eight steps, a minute.'));
        this.#files = files;
        this.#label();
        this.#ready = this.#link.call('open', {files, words: [], playing: false});
        await this.#ready;
    }

    #ready;

    #label() {
        const isOver = this.#at === this.#steps.length;
        this.next.textContent = isOver ? 'From the beginning' : this.#at === 0 ? 'Begin' : 'Next';
        this.count.textContent = `Step ${this.#at} of ${this.#steps.length}`;
    }

    async #takeOwn(list) {
        const {images, cm7, cm4} = sortFiles(await filesOfInput(list, (name) => isImage(name) && !isProject(name)));
        const words = [cm7 && wordOf(cm7, false), cm4 && wordOf(cm4, true)].filter(Boolean);
        if (words.length > 0) {
            await this.#begin(words, images);
        }
    }

    async #go() {
        if (this.#at === this.#steps.length) {
            await this.#begin(this.#steps.bad ?? [BAD], this.#files);
            return;
        }
        this.next.disabled = true;
        await this.#ready;
        const step = this.#steps[this.#at++];
        this.#said = [];
        for (const [line, us] of step.does) {
            const {error} = await this.#link.do(line);
            if (error) {
                this.#said.push({text: error});
            }
            await this.#link.call('advance', {us});
        }
        this.#tell(step);
        this.#label();
        this.next.disabled = false;
        this.next.focus();
    }

    #tell(step) {
        const holds = step.holds(this.#state);
        this.story.replaceChildren(
            make('h2', {}, `${this.#at}. ${step.title}`),
            make('p', {}, step.told),
            make('pre', {class: 'screen short', tabindex: 0, 'aria-label': 'What was done and said'},
                this.#said.map(({text}) => text).join('\n') || 'the car drives'),
            make('p', {class: holds ? 'good' : 'bad'}, make('strong', {}, holds ? '✓ ' : '✕ not as told: '), step.comes),
            make('p', {}, make('strong', {}, 'Why: '), step.why));
    }
}

export function startTour() {
    return new Tour();
}
