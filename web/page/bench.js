// SPDX-FileCopyrightText: candial contributors
// SPDX-License-Identifier: MIT
/**
 * The bench: a board that runs, and panels that look at it. A panel takes messages (docs/SPEC.md, "Page") as they
 * come. Each frame the dial is drawn, of the others those whose time has come, as many as leave the frame its time.
 *
 * @typedef {object} Panel
 * @property {(message: object) => void} [hello]
 * @property {(message: object) => void} [take]
 * @property {() => void} [draw]
 * @property {number} [everyMs] so often it is drawn; 0: each frame
 */
import {boardPanel} from './board_panel.js';
import {busPanel} from './bus_panel.js';
import {carPanel} from './car_panel.js';
import {consolePanel} from './console_panel.js';
import {dialPanel} from './dial_panel.js';
import {byId, mark, say} from './dom.js';
import {inputsPanel} from './inputs_panel.js';
import {SocketLink, WorkerLink} from './link.js';
import {positionPanel} from './position.js';
import {saidPanel} from './said_panel.js';
import {scopePanel} from './scope_panel.js';
import {serialPanel} from './serial_panel.js';
import {stripPanel} from './strip_panel.js';

const RATE_EVERY_MS = 500;
const SLOW_PANELS_MS = 3; // in one frame, for those that are not drawn in each

class Bench {
    /** @type {Panel[]} */
    #panels = [];
    #isScheduled = false;
    #isPlaying = true;
    /** Panels that have news, the one that has waited longest first. @type {Panel[]} */
    #waiting = [];
    #drawnMs = new Map();
    #hasTaken = false;
    #rate = {ms: performance.now(), boardS: 0, frames: 0};
    #now = {t_s: 0};

    /** @param {WorkerLink | SocketLink} link */
    constructor(link) {
        this.link = link;
        link.onmessage = (message) => this.#take(message);
        this.#panels = [
            dialPanel(byId('dial')),
            boardPanel(byId('board'), this),
            carPanel(byId('car'), this),
            consolePanel(byId('console'), this),
            stripPanel(byId('strip')),
            busPanel(byId('bus'), this),
            scopePanel(byId('scope'), this),
            saidPanel(byId('said')),
            inputsPanel(byId('inputs'), this),
            positionPanel(this),
            serialPanel(byId('serial'), this),
        ];
        link.saysWhenTaken = true;
        byId('play').addEventListener('click', () => this.#play(!this.#isPlaying));
        byId('speed').addEventListener('change', () => this.#pace());
        addEventListener('hashchange', () => this.#pace()); // a board nobody looks at stands still
    }

    /** Does what a line says, and shows what was wrong with it. @param {string} line */
    async do(line) {
        const {error} = await this.link.do(line);
        this.say(error);
        return error;
    }

    /** @param {string} text for the line above the panels; "" takes it away */
    say(text) {
        byId('bench-status').textContent = text;
        byId('bench-status').classList.remove('busy');
    }

    /**
     * Another board, powered on.
     * @param {{files: import('./files.js').DroppedFile[], words: string[]}} what
     */
    async open({files, words}) {
        byId('bench-status').classList.add('busy');
        const {error} = await this.link.call('open', {files, words, playing: this.#isPlaying});
        this.say(error);
        await this.#pace();
        return error;
    }

    /**
     * To that second of the board's time; where it is behind, from power-on.
     * @param {number} seconds
     */
    async seek(seconds) {
        byId('bench-status').classList.add('busy');
        await (this.link.isNative ? this.link.seek(seconds)
            : this.link.call('seek', {t_s: seconds, playing: this.#isPlaying && !byId('view-bench').hidden}));
        this.say('');
    }

    /** Plays at the speed of real time: there is a real bus at the other end. */
    playLive() {
        byId('speed').value = '1';
        return this.#play(true);
    }

    redraw() {
        this.#waiting = [...this.#panels];
        this.#schedule();
    }

    #take(message) {
        if (message.kind === 'error') {
            this.say(message.text);
            return;
        }
        this.#hasTaken = true;
        if (message.kind === 'hello') {
            this.#rate = {ms: performance.now(), boardS: 0, frames: 0};
        }
        for (const panel of this.#panels) {
            (message.kind === 'hello' ? panel.hello : panel.take)?.(message);
        }
        if (message.kind === 'state') {
            this.#now = message;
        }
        this.#waiting.push(...this.#panels.filter((panel) => !this.#waiting.includes(panel)));
        if (document.hidden) { // no frame comes
            this.#done();
        }
        this.#schedule();
    }

    #done() {
        if (this.#hasTaken) {
            this.#hasTaken = false;
            this.link.took();
        }
    }

    #schedule() {
        if (!this.#isScheduled) {
            this.#isScheduled = true;
            requestAnimationFrame(() => this.#draw());
        }
    }

    /** Those whose time has come; another frame is made for those that still wait. */
    #drawPanels(beganMs) {
        const late = [];
        for (const panel of this.#waiting) {
            const every = panel.everyMs ?? 0;
            const isDue = beganMs - (this.#drawnMs.get(panel) ?? 0) >= every;
            if (every > 0 && (!isDue || performance.now() - beganMs > SLOW_PANELS_MS)) {
                late.push(panel);
            } else {
                panel.draw?.();
                this.#drawnMs.set(panel, beganMs);
            }
        }
        this.#waiting = late;
        if (late.length > 0) {
            this.#schedule();
        }
    }

    #draw() {
        const hadNews = this.#hasTaken;
        this.#isScheduled = false;
        this.#done(); // the board computes while this is drawn
        this.#drawPanels(performance.now());
        say(byId('clock'), `${this.#now.t_s.toFixed(1)} s`);
        if (hadNews) {
            this.#count();
        }
    }

    #count() {
        this.#rate.frames++;
        const passedMs = performance.now() - this.#rate.ms;
        if (passedMs > RATE_EVERY_MS) {
            const speed = (this.#now.t_s - this.#rate.boardS) * 1000 / passedMs;
            const frames = this.#rate.frames * 1000 / passedMs;
            say(byId('real-speed'),
                this.#isPlaying ? `${speed.toFixed(1)} × real time, ${frames.toFixed(0)} frames/s` : 'paused');
            this.#rate = {ms: performance.now(), boardS: this.#now.t_s, frames: 0};
        }
    }

    #play(on) {
        this.#isPlaying = on;
        say(byId('play'), on ? 'Pause' : 'Play');
        mark(byId('play'), 'aria-pressed', on);
        byId('real-speed').textContent = on ? '' : 'paused';
        return this.#pace();
    }

    #pace() {
        const value = byId('speed').value;
        const speed = value === 'max' ? value : Number(value);
        const playing = this.#isPlaying && !byId('view-bench').hidden;
        return this.link.isNative ? this.link.do(`pace ${this.#isPlaying ? value : 0}`)
            : this.link.call('pace', {speed, playing});
    }
}

export function startBench() {
    const isLive = new URLSearchParams(location.search).has('live');
    const bench = new Bench(isLive ? new SocketLink() : new WorkerLink());
    if (isLive) {
        bench.link.onclose = () => bench.say('The program that ran the board is gone.');
        byId('restart').hidden = true;
        return;
    }
    const own = {files: [], words: []};
    byId('restart').addEventListener('click', () => bench.open(bench.opened ?? own));
    bench.open(own);
}
