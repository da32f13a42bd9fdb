// SPDX-FileCopyrightText: candial contributors
// SPDX-License-Identifier: MIT
/**
 * Where in a YAML text a cursor stands, as far as somebody who types needs to know: in which mapping, at which key, behind
 * which colon. It takes half-typed texts as they are, block style and flow style ({a: 1, b: [2]}), and no anchors or tags.
 *
 * @typedef {object} Place
 * @property {string[]} path the keys down to the mapping, or list, around the cursor; '[]' for an entry of a list
 * @property {string | null} key of which a value is being typed; null: a key is, or an entry of a list
 * @property {string} word what of it stands before the cursor
 * @property {string[]} before keys that this mapping has already, before the cursor
 */

/**
 * `opens`: the last key, of which what stands further to the right is the value.
 * @typedef {{indent: number, path: string[], keys: string[], opens?: string}} Level
 */

const KEY = /^([\w.-]+)\s*:(?=\s|$)/;

function withoutComment(line) {
    const found = /(^|\s)#/.exec(line);
    return found ? line.slice(0, found.index) : line;
}

/** Inside of braces and brackets. */
class Flow {
    /** @param {string[]} path to what the first brace opens */
    constructor(path) {
        this.path = path;
        /** @type {{isList: boolean, path: string[], keys: string[], key: string | null, word: string}[]} */
        this.levels = [];
    }

    get top() {
        return this.levels.at(-1);
    }

    #open(isList) {
        const {top} = this;
        const path = top ? [...top.path, ...(top.isList ? ['[]'] : top.key ? [top.key] : [])] : this.path;
        this.levels.push({isList, path, keys: [], key: null, word: ''});
    }

    /** @param {string} text a piece of a line */
    take(text) {
        for (const c of text) {
            const {top} = this;
            if (c === '{' || c === '[') {
                this.#open(c === '[');
            } else if (c === '}' || c === ']') {
                this.levels.pop();
            } else if (c === ',' && top) {
                top.key = null;
                top.word = '';
            } else if (c === ':' && top && !top.isList && top.key === null) {
                top.key = top.word.trim();
                top.keys.push(top.key);
                top.word = '';
            } else if (top) {
                top.word += c;
            }
        }
    }
}

class Block {
    /** @type {Level[]} */
    levels = [{indent: 0, path: [], keys: []}];
    /** @type {Flow | null} */
    flow = null;

    get top() {
        return this.levels.at(-1);
    }

    /** The mapping, or list, that a line with so much before it is in. */
    #levelAt(indent) {
        while (this.levels.length > 1 && this.top.indent > indent) {
            this.levels.pop();
        }
        const {top} = this;
        if (indent > top.indent) {
            this.levels.push({indent, path: [...top.path, ...(top.opens ? [top.opens] : [])], keys: []});
        }
        return this.top;
    }

    /** "- " before a line's content begins an entry; returns the content and how far to the right it stands. */
    #enterLists(content, indent) {
        let rest = content;
        let column = indent;
        while (/^-(\s|$)/.test(rest)) {
            const {top} = this;
            const owner = this.levels.findLast((level) => level.indent <= column && level.opens) ?? top;
            while (this.top !== owner) {
                this.levels.pop();
            }
            const path = [...owner.path, ...(owner.opens ? [owner.opens] : []), '[]'];
            const skipped = /^-\s*/.exec(rest)[0].length;
            rest = rest.slice(skipped);
            column += Math.max(skipped, 2);
            this.levels.push({indent: column, path, keys: []});
        }
        return {rest, column};
    }

    /** @param {string} line @returns {{level: Level, key: string | null, word: string}} where its end is */
    take(line) {
        const text = withoutComment(line);
        if (this.flow) {
            this.flow.take(text);
            this.#leaveFlow();
            return this.#ofFlow() ?? {level: this.top, key: null, word: ''};
        }
        const content = text.trimStart();
        const indent = text.length - content.length;
        const isList = /^-(\s|$)/.test(content);
        const {rest, column} = isList ? this.#enterLists(content, indent) : {rest: content, column: indent};
        if (rest.trim() === '' && !isList) {
            return {level: this.#peek(indent), key: null, word: ''};
        }
        const level = isList ? this.top : this.#levelAt(column);
        const found = KEY.exec(rest);
        if (!found) {
            level.opens = undefined;
            return this.#flowOf(rest, level.path) ?? {level, key: null, word: rest};
        }
        const value = rest.slice(found[0].length);
        level.keys.push(found[1]);
        level.opens = found[1];
        return this.#flowOf(value.trimStart(), [...level.path, found[1]]) ??
            {level, key: found[1], word: value.trimStart()};
    }

    /** The one that an empty line would be in, which changes nothing. */
    #peek(indent) {
        const at = this.levels.findLast((level) => level.indent <= indent) ?? this.levels[0];
        return indent > at.indent && at.opens ? {indent, path: [...at.path, at.opens], keys: []} : at;
    }

    #flowOf(text, path) {
        if (!/^[{[]/.test(text)) {
            return null;
        }
        this.flow = new Flow(path);
        this.flow.take(text);
        this.#leaveFlow();
        return this.#ofFlow() ?? {level: this.top, key: null, word: ''};
    }

    #leaveFlow() {
        if (this.flow.levels.length === 0) {
            this.flow = null;
        }
    }

    #ofFlow() {
        const top = this.flow?.top;
        return top && {level: {path: top.isList ? [...top.path, '[]'] : top.path, keys: top.keys}, key: top.key,
            word: top.word.trimStart()};
    }
}

/**
 * @param {string} text
 * @param {number} cursor from the start of the text
 * @returns {Place}
 */
export function placeAt(text, cursor) {
    const block = new Block();
    let end = {level: block.top, key: null, word: ''};
    for (const line of text.slice(0, cursor).split('\n')) {
        end = block.take(line);
    }
    return {path: end.level.path, key: end.key, word: end.word, before: end.level.keys};
}
