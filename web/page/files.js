// SPDX-FileCopyrightText: candial contributors
// SPDX-License-Identifier: MIT
/**
 * What somebody dropped or chose, as paths and bytes: files, folders, zips. Nothing of it goes anywhere.
 *
 * @typedef {{path: string, data: Uint8Array}} DroppedFile
 */
import {unzip} from './zip.js';

const SIZE_MAX = 256 * 1024 * 1024; // as the program reads at most

async function read(file, path) {
    if (file.size > SIZE_MAX) {
        throw new Error(`${path}: ${Math.round(file.size / 1048576)} MB is too much: choose the image itself`);
    }
    return {path, data: new Uint8Array(await file.arrayBuffer())};
}

/** Files below an entry that came by drag and drop. */
async function walk(entry, isWanted) {
    if (entry.isFile) {
        if (!isWanted(entry.name)) {
            return [];
        }
        const file = await new Promise((done, failed) => entry.file(done, failed));
        return [await read(file, entry.fullPath.replace(/^\//, ''))];
    }
    const reader = entry.createReader();
    const files = [];
    for (;;) {
        const some = await new Promise((done, failed) => reader.readEntries(done, failed));
        if (some.length === 0) {
            return files;
        }
        for (const child of some) {
            files.push(...await walk(child, isWanted));
        }
    }
}

async function openZips(files, isWanted) {
    const all = await Promise.all(files.map((file) =>
        /\.zip$/i.test(file.path) ? unzip(file.data, isWanted) : [file]));
    return all.flat();
}

/**
 * @param {DataTransfer} transfer of a drop
 * @param {(name: string) => boolean} isWanted asked of each name in a zip
 * @param {(name: string) => boolean} [isWantedOutside] asked of each other name
 * @returns {Promise<DroppedFile[]>}
 */
export async function filesOfDrop(transfer, isWanted, isWantedOutside = isWanted) {
    const wantsToo = (name) => isWantedOutside(name) || /\.zip$/i.test(name);
    const items = [...transfer.items].filter(({kind}) => kind === 'file');
    const entries = items.map((item) => item.webkitGetAsEntry()).filter(Boolean);
    if (entries.length < items.length) { // files that are on no disk
        return filesOfInput(transfer.files, isWanted, isWantedOutside);
    }
    const files = await Promise.all(entries.map((entry) => walk(entry, wantsToo)));
    return openZips(files.flat(), isWanted);
}

/**
 * @param {FileList} list of an <input>
 * @param {(name: string) => boolean} isWanted as above
 * @param {(name: string) => boolean} [isWantedOutside]
 * @returns {Promise<DroppedFile[]>}
 */
export async function filesOfInput(list, isWanted, isWantedOutside = isWanted) {
    const wanted = [...list].filter((file) => isWantedOutside(file.name) || /\.zip$/i.test(file.name));
    const files = await Promise.all(wanted.map((file) => read(file, file.webkitRelativePath || file.name)));
    return openZips(files, isWanted);
}
