// SPDX-FileCopyrightText: candial contributors
// SPDX-License-Identifier: MIT
/** The lines of Lawicel's CAN adapters ("slcan"), each ended by CR; frames between is as candump writes them: 156#0011AA. */

/** What an adapter is told to set a bit rate. @type {Map<number, string>} */
export const speeds = new Map([[10000, 'S0'], [20000, 'S1'], [50000, 'S2'], [100000, 'S3'], [125000, 'S4'],
    [250000, 'S5'], [500000, 'S6'], [800000, 'S7'], [1000000, 'S8']]);

/** @param {string} frame as 156#0011AA @returns {string} a line with its CR */
export function slcanOf(frame) {
    const [id, data] = frame.split('#');
    const isExtended = id.length > 3;
    if (data === 'R') {
        return `${isExtended ? 'R' : 'r'}${id}0\r`;
    }
    return `${isExtended ? 'T' : 't'}${id}${data.length / 2}${data}\r`;
}

const FRAME = /^[zZ]?(?:([tr])([0-7][\dA-Fa-f]{2})|([TR])([01][\dA-Fa-f]{7}))([0-8])([\dA-Fa-f]*)$/;

/** @param {string} line without its CR @returns {string | null} the frame; null: the line is an answer, or none of ours */
export function frameOf(line) {
    const found = FRAME.exec(line);
    if (!found) {
        return null;
    }
    const [, standard, shortId, extended, longId, digit, rest] = found;
    const id = (shortId ?? longId).toUpperCase();
    if ((standard ?? extended).toLowerCase() === 'r') {
        return `${id}#R`;
    }
    const digits = Number(digit) * 2; // a time may stand behind them
    return rest.length === digits || rest.length === digits + 4 ? `${id}#${rest.slice(0, digits).toUpperCase()}` : null;
}

/** Lines out of pieces of text, as they come. */
export class Lines {
    #rest = '';

    /** @param {string} text @returns {string[]} those that are complete */
    take(text) {
        const lines = (this.#rest + text).split(/[\r\n\x07]+/);
        this.#rest = lines.pop();
        return lines.filter((line) => line !== '');
    }
}
