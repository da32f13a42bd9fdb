// SPDX-FileCopyrightText: candial contributors
// SPDX-License-Identifier: MIT
/** The lines of Lawicel's CAN adapters ("slcan"), each ended by CR; frames between are as candump writes them: 156#0011AA. */

/** What an adapter is told to set a bit rate. @type {Map<number, string>} */
export const speeds = new Map([[10000, 'S0'], [20000, 'S1'], [50000, 'S2'], [100000, 'S3'], [125000, 'S4'],
    [250000, 'S5'], [500000, 'S6'], [800000, 'S7'], [1000000, 'S8']]);

/** What CAN FD adapters (CANable 2.0 and its kin) are told to set the second bit rate. @type {Map<number, string>} */
export const dataSpeeds = new Map([[1000000, 'Y1'], [2000000, 'Y2'], [4000000, 'Y4'], [5000000, 'Y5']]);

/** Bytes by the length code (ISO 11898-1); above 8 in CAN FD only. */
const LENGTHS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 12, 16, 20, 24, 32, 48, 64];
const BIT_RATE_SWITCH = 1; // CANFD_BRS in candump's digit of flags

/** @param {string} frame @returns {boolean} it is one of CAN FD: 156##1AABB */
export function isFd(frame) {
    return frame.includes('##');
}

/** @param {string} frame as 156#0011AA or 156##10011AA @returns {string} a line with its CR */
export function slcanOf(frame) {
    const [id, data, fd] = frame.split('#');
    const isExtended = id.length > 3;
    if (data === 'R') {
        return `${isExtended ? 'R' : 'r'}${id}0\r`;
    }
    const bytes = fd === undefined ? data : fd.slice(1);
    const letter = fd === undefined ? 't' : Number(fd[0]) & BIT_RATE_SWITCH ? 'b' : 'd';
    const code = LENGTHS.indexOf(bytes.length / 2).toString(16).toUpperCase();
    return `${isExtended ? letter.toUpperCase() : letter}${id}${code}${bytes}\r`;
}

const FRAME = /^[zZ]?(?:([trdb])([0-7][\dA-Fa-f]{2})|([TRDB])([01][\dA-Fa-f]{7}))([\dA-Fa-f])([\dA-Fa-f]*)$/;
const LENGTH_CODES = {t: 9, r: 9, d: 16, b: 16}; // how many there are
/* What stands before the data. */
const MARKS = {t: '#', d: '##0', b: '##1'};

/** @param {string} line without its CR @returns {string | null} the frame; null: the line is an answer, or none of ours */
export function frameOf(line) {
    const found = FRAME.exec(line);
    if (!found) {
        return null;
    }
    const [, standard, shortId, extended, longId, digit, rest] = found;
    const id = (shortId ?? longId).toUpperCase();
    const letter = (standard ?? extended).toLowerCase();
    const code = parseInt(digit, 16);
    if (code >= LENGTH_CODES[letter]) {
        return null;
    }
    if (letter === 'r') {
        return `${id}#R`;
    }
    const digits = LENGTHS[code] * 2; // a time may stand behind them
    return rest.length === digits || rest.length === digits + 4
        ? `${id}${MARKS[letter]}${rest.slice(0, digits).toUpperCase()}` : null;
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
