// SPDX-FileCopyrightText: candial contributors
// SPDX-License-Identifier: MIT
/**
 * The bench: a board that runs, and panels that look at it. A panel takes messages (docs/SPEC.md, "Page") as they
 * come and draws at most once a frame.
 *
 * @typedef {{hello?: (message: object) => void, take?: (message: object) => void, draw?: () => void}} Panel
 */
import {boardPanel} from './board_panel.js';
import {busPanel} from './bus_panel.js';
import {carPanel} from './car_panel.js';
import {consolePanel} from './console_panel.js';
import {dialPanel} from './dial_panel.js';
import {byId} from './dom.js';
import {inputsPanel} from './inputs_panel.js';
import {SocketLink, WorkerLink} from './link.js';
import {saidPanel} from './said_panel.js';
import {scopePanel} from './scope_panel.js';
import {stripPanel} from './strip_panel.js';

const RATE_EVERY_MS = 500;

class Bench {
    /** @type {Panel[]} */
    #panels = [];
    #isScheduled = false;
    #isPlaying = true;
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
        ];
        byId('play').addEventListener('click', () => this.#play(!this.#isPlaying));
        byId('speed').addEventListener('change', () => this.#pace());
        addEventListener('resize', () => this.#schedule());
        addEventListener('hashchange', () => this.#pace()); // a board nobody looks at stands still
        matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#schedule());
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

    #take(message) {
        if (message.kind === 'error') {
            this.say(message.text);
            return;
        }
        if (message.kind === 'hello') {
            this.#rate = {ms: performance.now(), boardS: 0, frames: 0};
        }
        for (const panel of this.#panels) {
            (message.kind === 'hello' ? panel.hello : panel.take)?.(message);
        }
        if (message.kind === 'state') {
            this.#now = message;
        }
        this.#schedule();
    }

    #schedule() {
        if (!this.#isScheduled) {
            this.#isScheduled = true;
            requestAnimationFrame(() => this.#draw());
        }
    }

    #draw() {
        this.#isScheduled = false;
        for (const panel of this.#panels) {
            panel.draw?.();
        }
        byId('clock').textContent = `${this.#now.t_s.toFixed(1)} s`;
        this.#rate.frames++;
        const passedMs = performance.now() - this.#rate.ms;
        if (passedMs > RATE_EVERY_MS) {
            const speed = (this.#now.t_s - this.#rate.boardS) * 1000 / passedMs;
            const frames = this.#rate.frames * 1000 / passedMs;
            byId('real-speed').textContent =
                this.#isPlaying ? `${speed.toFixed(1)} × real time, ${frames.toFixed(0)} frames/s` : 'paused';
            this.#rate = {ms: performance.now(), boardS: this.#now.t_s, frames: 0};
        }
    }

    #play(on) {
        this.#isPlaying = on;
        byId('play').textContent = on ? 'Pause' : 'Play';
        byId('play').setAttribute('aria-pressed', on);
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
