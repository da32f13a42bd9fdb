// SPDX-FileCopyrightText: candial contributors
// SPDX-License-Identifier: MIT
/** candial.wasm as an object: web/api.h says what each call does. */
import {Wasi} from './wasi.js';

export class Board {
    #wasi = new Wasi();
    #exports;
    #encoder = new TextEncoder();
    #decoder = new TextDecoder();

    /** @param {WebAssembly.Module} module */
    static async create(module) {
        const board = new Board();
        const instance = await WebAssembly.instantiate(module, board.#wasi.imports);
        board.#exports = instance.exports;
        board.#wasi.attach(instance.exports.memory);
        instance.exports._initialize();
        return board;
    }

    /** A file that the module may open from now on. @param {string} path @param {Uint8Array} data */
    put(path, data) {
        this.#wasi.put(path, data);
    }

    /** What the module has written into a file. @param {string} path */
    get(path) {
        return this.#wasi.get(path);
    }

    /** Words, one text. @param {string[]} words @returns {number} its address */
    #give(words) {
        const bytes = this.#encoder.encode(`${words.join('\n')}\0`);
        const at = this.#exports.web_memory();
        new Uint8Array(this.#exports.memory.buffer, at, bytes.length).set(bytes);
        return at;
    }

    /** @param {number} at @returns {string} */
    #take(at) {
        const bytes = new Uint8Array(this.#exports.memory.buffer, at);
        return this.#decoder.decode(bytes.subarray(0, bytes.indexOf(0)));
    }

    #errors() {
        return this.#wasi.takeErrors().replace(/^candial: /, '');
    }

    /** @param {string[]} words @returns {{json: string, error: string}} one of them is empty */
    check(words) {
        const json = this.#take(this.#exports.web_check(this.#give(words)));
        return {json, error: json ? '' : this.#errors()};
    }

    /** @returns {{name: string, title: string, wiring: string}[]} those that --board knows, the default first */
    boards() {
        return JSON.parse(this.#take(this.#exports.web_boards()));
    }

    /** @param {string} path @returns {string} what is wrong with that board's file, or nothing */
    boardFile(path) {
        return this.#take(this.#exports.web_board(this.#give([path])));
    }

    /** @param {string} path @returns {string} what is wrong with that profile, or nothing */
    profile(path) {
        return this.#take(this.#exports.web_profile(this.#give([path])));
    }

    /** @param {string[]} words @returns {{hello: string, error: string}} one of them is empty */
    open(words) {
        const hello = this.#take(this.#exports.web_open(this.#give(words)));
        return {hello, error: hello ? '' : this.#errors()};
    }

    /** @param {number} us of the board's time @returns {string} a message */
    advance(us) {
        return this.#take(this.#exports.web_advance(us));
    }

    /** @param {string} line @returns {string} what is wrong with it, or nothing */
    do(line) {
        return this.#take(this.#exports.web_do(this.#give([line])));
    }

    close() {
        this.#exports.web_close();
    }
}
