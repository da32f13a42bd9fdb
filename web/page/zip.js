// SPDX-FileCopyrightText: candial contributors
// SPDX-License-Identifier: MIT
/** What is in a zip archive (PKWARE's APPNOTE.TXT), for those files that somebody wants. */

const END_OF_DIRECTORY = 0x06054b50;
const END_LENGTH = 22;
const COMMENT_MAX = 0xffff;
const ENTRY_LENGTH = 46;
const LOCAL_LENGTH = 30;
const STORED = 0;
const DEFLATED = 8;

function findEnd(view) {
    const first = Math.max(0, view.byteLength - END_LENGTH - COMMENT_MAX);
    for (let at = view.byteLength - END_LENGTH; at >= first; at--) {
        if (view.getUint32(at, true) === END_OF_DIRECTORY) {
            return at;
        }
    }
    throw new Error('this is no zip archive, or it is damaged');
}

function readEntry(view, at) {
    const nameLength = view.getUint16(at + 28, true);
    const next = at + ENTRY_LENGTH + nameLength + view.getUint16(at + 30, true) +
        view.getUint16(at + 32, true);
    const name = new TextDecoder().decode(
        new Uint8Array(view.buffer, view.byteOffset + at + ENTRY_LENGTH, nameLength));
    return {
        name, next,
        method: view.getUint16(at + 10, true),
        packed: view.getUint32(at + 20, true),
        local: view.getUint32(at + 42, true),
    };
}

async function unpack(view, entry) {
    const {local} = entry;
    const from = local + LOCAL_LENGTH + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    const bytes = new Uint8Array(view.buffer, view.byteOffset + from, entry.packed);
    if (entry.method === STORED) {
        return bytes;
    }
    if (entry.method !== DEFLATED) {
        throw new Error(`${entry.name}: packed in a way this page does not know: unpack the archive first`);
    }
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    return new Uint8Array(await new Response(stream).arrayBuffer());
}

/**
 * @param {Uint8Array} bytes
 * @param {(name: string) => boolean} isWanted
 * @returns {Promise<{path: string, data: Uint8Array}[]>}
 */
export async function unzip(bytes, isWanted) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const end = findEnd(view);
    const files = [];
    let at = view.getUint32(end + 16, true);
    for (let left = view.getUint16(end + 10, true); left > 0; left--) {
        const entry = readEntry(view, at);
        if (!entry.name.endsWith('/') && isWanted(entry.name)) {
            files.push({path: entry.name, data: await unpack(view, entry)});
        }
        at = entry.next;
    }
    return files;
}
