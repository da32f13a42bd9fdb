// SPDX-FileCopyrightText: candial contributors
// SPDX-License-Identifier: MIT
/**
 * The WASI functions that candial.wasm imports (wasi_snapshot_preview1), with files in memory only: the module
 * sees what it is given in `files` and nothing of the computer. Numbers are those of the WASI specification.
 */

const GOOD = 0;
const BADF = 8;
const INVAL = 28;
const NOENT = 44;
const NOSYS = 52;

const TYPE_CHARACTER_DEVICE = 2;
const TYPE_DIRECTORY = 3;
const TYPE_FILE = 4;
const ALL_RIGHTS = 0xffffffffffffffffn;

const OPEN_CREATE = 1;
const OPEN_TRUNCATE = 8;

const ROOT = 3; // the first descriptor behind stdin, stdout and stderr: the folder "/"

/**
 * @typedef {{data: Uint8Array, length: number}} MemoryFile  `length` bytes of data are in use
 * @typedef {{file: MemoryFile, at: number}} OpenFile
 */

export class Wasi {
    /** @type {Map<string, MemoryFile>} by path, without a leading slash */
    files = new Map();
    /** What was written to standard error since it was last taken. */
    #stderr = '';
    /** @type {Map<number, OpenFile>} */
    #open = new Map();
    /** @type {WebAssembly.Memory} */
    #memory;
    #decoder = new TextDecoder();

    /** @param {WebAssembly.Memory} memory the module's, once it is there */
    attach(memory) {
        this.#memory = memory;
    }

    /**
     * @param {string} path
     * @param {Uint8Array} data
     */
    put(path, data) {
        this.files.set(path, {data, length: data.length});
    }

    /** @param {string} path @returns {Uint8Array} */
    get(path) {
        const file = this.files.get(path);
        return file ? file.data.subarray(0, file.length) : new Uint8Array();
    }

    /** The lines on standard error, which are gone then. */
    takeErrors() {
        const text = this.#stderr;
        this.#stderr = '';
        return text.trim();
    }

    get #view() {
        return new DataView(this.#memory.buffer);
    }

    #text(at, length) {
        return this.#decoder.decode(new Uint8Array(this.#memory.buffer, at, length));
    }

    /** The buffers of a vector of `count` (address, length) at `at`. */
    #vectors(at, count) {
        const view = this.#view;
        return Array.from({length: count}, (_, i) => new Uint8Array(this.#memory.buffer,
            view.getUint32(at + 8 * i, true), view.getUint32(at + 8 * i + 4, true)));
    }

    #read(file, from, vectors) {
        let at = from;
        for (const to of vectors) {
            const part = file.data.subarray(at, Math.min(at + to.length, file.length));
            to.set(part);
            at += part.length;
        }
        return at - from;
    }

    #write(open, bytes) {
        const {file} = open;
        if (open.at + bytes.length > file.data.length) {
            const larger = new Uint8Array(2 * (open.at + bytes.length));
            larger.set(file.data.subarray(0, file.length));
            file.data = larger;
        }
        file.data.set(bytes, open.at);
        open.at += bytes.length;
        file.length = Math.max(file.length, open.at);
    }

    /** What the module imports. */
    get imports() {
        const time = (id, precision, to) => {
            const ms = id === 0 ? Date.now() : performance.now();
            this.#view.setBigUint64(to, BigInt(Math.round(ms * 1e6)), true);
            return GOOD;
        };
        return {
            wasi_snapshot_preview1: {
                clock_time_get: time,
                fd_close: (fd) => this.#open.delete(fd) ? GOOD : BADF,
                fd_fdstat_get: (fd, to) => this.#describe(fd, to),
                fd_fdstat_set_flags: () => GOOD,
                fd_filestat_get: (fd, to) => this.#stat(fd, to),
                fd_pread: (fd, at, count, from, to) => this.#fdRead(fd, at, count, to, Number(from)),
                fd_prestat_get: (fd, to) => this.#prestat(fd, to),
                fd_prestat_dir_name: (fd, at) => this.#rootName(fd, at),
                fd_read: (fd, at, count, to) => this.#fdRead(fd, at, count, to),
                fd_seek: (fd, offset, whence, to) => this.#seek(fd, Number(offset), whence, to),
                fd_sync: () => GOOD,
                fd_write: (fd, at, count, to) => this.#fdWrite(fd, at, count, to),
                path_open: (...all) => this.#pathOpen(...all),
                path_rename: () => NOSYS,
                path_unlink_file: () => NOSYS,
                proc_exit: (status) => {
                    throw new Error(`the board's program ended itself, status ${status}`);
                },
            },
        };
    }

    #describe(fd, to) {
        const view = this.#view;
        const type = fd === ROOT ? TYPE_DIRECTORY : fd < ROOT ? TYPE_CHARACTER_DEVICE : TYPE_FILE;
        view.setUint8(to, type);
        view.setUint16(to + 2, 0, true);
        view.setBigUint64(to + 8, ALL_RIGHTS, true);
        view.setBigUint64(to + 16, ALL_RIGHTS, true);
        return fd <= ROOT || this.#open.has(fd) ? GOOD : BADF;
    }

    #stat(fd, to) {
        const open = this.#open.get(fd);
        if (!open) {
            return BADF;
        }
        new Uint8Array(this.#memory.buffer, to, 64).fill(0);
        this.#view.setUint8(to + 16, TYPE_FILE);
        this.#view.setBigUint64(to + 32, BigInt(open.file.length), true);
        return GOOD;
    }

    #prestat(fd, to) {
        if (fd !== ROOT) {
            return BADF;
        }
        this.#view.setUint32(to, 0, true); // a folder
        this.#view.setUint32(to + 4, 1, true); // the length of "/"
        return GOOD;
    }

    #rootName(fd, at) {
        if (fd !== ROOT) {
            return BADF;
        }
        this.#view.setUint8(at, '/'.charCodeAt(0));
        return GOOD;
    }

    #fdRead(fd, at, count, to, from) {
        const open = this.#open.get(fd);
        if (!open) {
            return BADF;
        }
        const length = this.#read(open.file, from ?? open.at, this.#vectors(at, count));
        open.at += from === undefined ? length : 0;
        this.#view.setUint32(to, length, true);
        return GOOD;
    }

    #fdWrite(fd, at, count, to) {
        const vectors = this.#vectors(at, count);
        const open = this.#open.get(fd);
        if (fd !== 1 && fd !== 2 && !open) {
            return BADF;
        }
        let length = 0;
        for (const bytes of vectors) {
            if (open) {
                this.#write(open, bytes);
            } else {
                this.#stderr += this.#decoder.decode(bytes);
            }
            length += bytes.length;
        }
        this.#view.setUint32(to, length, true);
        return GOOD;
    }

    #seek(fd, offset, whence, to) {
        const open = this.#open.get(fd);
        if (!open) {
            return BADF;
        }
        const base = [0, open.at, open.file.length][whence];
        if (base === undefined || base + offset < 0) {
            return INVAL;
        }
        open.at = base + offset;
        this.#view.setBigUint64(to, BigInt(open.at), true);
        return GOOD;
    }

    #pathOpen(folder, lookup, at, length, flags, rights, inherited, fdFlags, to) {
        const path = this.#text(at, length);
        let file = this.files.get(path);
        if (!file && !(flags & OPEN_CREATE)) {
            return NOENT;
        }
        if (!file || flags & OPEN_TRUNCATE) {
            file = {data: new Uint8Array(4096), length: 0};
            this.files.set(path, file);
        }
        let fd = ROOT + 1;
        while (this.#open.has(fd)) {
            fd++;
        }
        this.#open.set(fd, {file, at: 0});
        this.#view.setUint32(to, fd, true);
        return GOOD;
    }
}
