// SPDX-FileCopyrightText: candial contributors
// SPDX-License-Identifier: MIT
/** The choice of a board: those that the program knows, and files of one's own (docs/boards.md). */
import {make} from './dom.js';

/** @typedef {import('./files.js').DroppedFile} DroppedFile */

const BOARD_FILE = /\.ya?ml$/i;
export const ALL = 'all';

/** A file dropped by itself, none of a folder. @param {string} path */
export function isBoardFile(path) {
    return BOARD_FILE.test(path) && !path.includes('/');
}

export class BoardChoice {
    #select;
    #link;
    /** @type {Map<string, DroppedFile>} by name */
    #files = new Map();

    /**
     * @param {HTMLSelectElement} select is filled
     * @param {import('./link.js').WorkerLink} link
     * @param {{all: boolean}} [options] whether all boards at once can be chosen
     */
    constructor(select, link, {all: hasAll} = {all: false}) {
        this.#select = select;
        this.#link = link;
        select.replaceChildren(make('option', {value: ''}, 'NUCLEO-H755ZI-Q'));
        this.ready = link.call('boards').then(({error, boards}) => {
            if (error) {
                return; // what is asked of the board next says so, too
            }
            select.options[0].textContent = `${boards[0].title} (${boards[0].wiring})`;
            select.append(...boards.slice(1).map(({name, title, wiring}) =>
                make('option', {value: name}, `${title} (${wiring})`)),
            ...(hasAll ? [make('option', {value: ALL}, 'all of them: on which would it live?')] : []));
        });
    }

    /** Takes a board's file and chooses it. @param {DroppedFile} file @returns {Promise<string>} what is wrong with it */
    async add(file) {
        await this.ready;
        const {error} = await this.#link.call('boardFile', {file});
        if (error) {
            return error;
        }
        if (!this.#files.has(file.path)) {
            this.#select.append(make('option', {value: file.path}, `${file.path} (yours)`));
        }
        this.#files.set(file.path, file);
        this.#select.value = file.path;
        return '';
    }

    get isAll() {
        return this.#select.value === ALL;
    }

    /** As the program takes it. @returns {{files: DroppedFile[], words: string[]}} */
    get options() {
        const name = this.#select.value;
        const file = this.#files.get(name);
        return {files: file ? [file] : [], words: name ? ['--board', name] : []};
    }

    reset() {
        this.#select.value = '';
    }
}
