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
    /** Whoever takes messages calls took() for each; else it is done for them. */
    saysWhenTaken = false;

    constructor() {
        this.#worker.onmessage = ({data}) => this.#take(data);
    }

    #take(data) {
        if (data.state) {
            this.onmessage(JSON.parse(data.state));
            if (!this.saysWhenTaken) {
                this.took();
            }
            return;
        }
        this.#waiting.get(data.id)?.(data);
        this.#waiting.delete(data.id);
    }

    /** The last message is done with: the board may send the next one. */
    took() {
        this.#worker.postMessage({took: true});
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
    #seekers = [];
    onmessage = () => {};
    isNative = true;
    saysWhenTaken = true;
    /** Told when the program is gone. @type {() => void} */
    onclose = () => {};

    constructor() {
        const address = new URL('bench', location.href); // beside the page, whose path may begin with a token
        address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
        address.search = '';
        address.hash = '';
        this.#socket = new WebSocket(address, 'candial');
        this.#socket.onmessage = ({data}) => this.#take(JSON.parse(data));
        this.#socket.onclose = () => this.onclose();
    }

    /** @param {number} seconds @returns {Promise<void>} the board is there, or has been sent elsewhere */
    seek(seconds) {
        this.#socket.send(`seek ${seconds}`);
        return new Promise((done) => this.#seekers.push(done));
    }

    #take(message) {
        if (message.kind === 'sought') {
            this.#seekers.splice(0).forEach((done) => done());
        } else {
            this.onmessage(message);
        }
    }

    /** The program does not wait for anybody. */
    took() {}

    /** @param {string} line @returns {Promise<{error: string}>} what is wrong with it is told among what happened */
    async do(line) {
        this.#socket.send(line);
        return {error: ''};
    }
}
