// SPDX-FileCopyrightText: candial contributors
// SPDX-License-Identifier: MIT
/** Which of some files are images, and whose: the M7's, the M4's. */

/** @typedef {import('./files.js').DroppedFile} DroppedFile */

const ELF = /\.(elf|axf|out)$/i;
const HEX = /\.(hex|ihex)$/i;
const BIN = /\.bin$/i;
const PROJECT = /\.ioc$/i;
/* Build folders hold .elf, .hex and .bin of the same image: the first kind that is there tells most. */
const KINDS = [ELF, HEX, BIN];
const CM4 = /cm4|m4/i;
const CM7_AT = '0x08000000';
const CM4_AT = '0x08100000';

/** @param {string} name */
export function isImage(name) {
    return KINDS.some((kind) => kind.test(name)) || PROJECT.test(name);
}

/** @param {string} path */
export function isProject(path) {
    return PROJECT.test(path);
}

/** The last parts of the paths, as many as tell them apart. */
function namesOf(files) {
    const base = (path) => path.split('/').pop();
    return files.map(({path}) =>
        files.filter((other) => base(other.path) === base(path)).length > 1 ? path : base(path));
}

/**
 * @param {DroppedFile[]} files
 * @returns {{images: DroppedFile[], projects: DroppedFile[], cm7: string, cm4: string}} the paths of those that are
 *     taken for the cores' images, "" for none
 */
export function sortFiles(files) {
    const names = namesOf(files);
    const named = files.map((file, i) => ({...file, path: names[i]}));
    const kind = KINDS.find((one) => named.some(({path}) => one.test(path)));
    const images = kind ? named.filter(({path}) => kind.test(path)) : [];
    const cm4 = images.length > 1 ? images.find(({path}) => CM4.test(path)) ?? images[1] : undefined;
    const cm7 = images.find((file) => file !== cm4);
    return {
        images,
        projects: named.filter(({path}) => PROJECT.test(path)),
        cm7: cm7?.path ?? '',
        cm4: cm4?.path ?? '',
    };
}

/** As the program wants it named: a raw binary with its address. @param {string} path @param {boolean} isCm4 */
export function wordOf(path, isCm4) {
    return BIN.test(path) ? `${path}@${isCm4 || CM4.test(path) ? CM4_AT : CM7_AT}` : path;
}
