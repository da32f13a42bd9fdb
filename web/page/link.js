// SPDX-FileCopyrightText: candial contributors
// SPDX-License-Identifier: MIT
/**
 * Whom the page talks to: a board in a worker, or one that `candial run --web` runs. Both tell by messages of the
 * same kind (docs/SPEC.md, "Page") and take the same lines.
 */

/** A worker with a board of its own. */
export class WorkerLink {
    #worker = new Worker('worker.js', {type: 'module'});
    #waiting = new Map();
    #next = 1;
    /** Told of each message. @type {(message: object) => void} */
    onmessage = () => {};
    isNative = false;

    constructor() {
        this.#worker.onmessage = ({data}) => this.#take(data);
    }

    #take(data) {
        if (data.state) {
            this.onmessage(JSON.parse(data.state));
            this.#worker.postMessage({took: true});
            return;
        }
        this.#waiting.get(data.id)?.(data);
        this.#waiting.delete(data.id);
    }

    /**
     * @param {string} call one of worker.js's calls
     * @param {object} [what] its arguments
     * @returns {Promise<{error: string}>}
     */
    call(call, what = {}) {
        const id = this.#next++;
        return new Promise((done) => {
            this.#waiting.set(id, done);
            this.#worker.postMessage({id, call, ...what});
        });
    }

    /** @param {string} line @returns {Promise<{error: string}>} */
    do(line) {
        return this.call('do', {line});
    }
}

/** A board that runs in the program which has served this page. */
export class SocketLink {
    #socket;
    onmessage = () => {};
    isNative = true;
    /** Told when the program is gone. @type {() => void} */
    onclose = () => {};

    constructor() {
        const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
        this.#socket = new WebSocket(`${scheme}://${location.host}/bench`, 'candial');
        this.#socket.onmessage = ({data}) => this.onmessage(JSON.parse(data));
        this.#socket.onclose = () => this.onclose();
    }

    /** @param {string} line @returns {Promise<{error: string}>} what is wrong with it is told among what happened */
    async do(line) {
        this.#socket.send(line);
        return {error: ''};
    }
}
