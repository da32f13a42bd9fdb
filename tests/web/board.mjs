// SPDX-FileCopyrightText: candial contributors
// SPDX-License-Identifier: MIT
/** The page's own module, in Node.js: what it says is compared with what the program says. */
import {spawnSync} from 'node:child_process';
import {existsSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {Board} from '../../web/page/board.js';

export const pageFolder = process.env.CANDIAL_PAGE;
export const program = process.env.CANDIAL;
const SKIPPED = 77;

if (!existsSync(join(pageFolder, 'candial.wasm'))) {
    console.log(`skipped: ${pageFolder} is not there: scripts/build.sh web`);
    process.exit(SKIPPED);
}
const module = await WebAssembly.compile(readFileSync(join(pageFolder, 'candial.wasm')));

/** @param {string[]} paths files that it may open, by the same names */
export async function makeBoard(paths) {
    const board = await Board.create(module);
    for (const path of paths) {
        board.put(path.replace(/^\//, ''), new Uint8Array(readFileSync(path)));
    }
    return board;
}

const isFile = (word) => existsSync(word.replace(/@0x.*/, ''));

/** Of a check on all boards as check/boards.h has it. */
function exitOf(verdict) {
    const codes = (verdict.boards ?? [verdict]).map(({exit}) => exit);
    return [1, 3].find((code) => codes.includes(code)) ?? 0;
}

/**
 * One check by both.
 * @param {string[]} words as behind `candial check`
 * @returns {Promise<{json: string, status: number, wrong: string}>} `wrong`: in what they differ, or nothing
 */
export async function checkByBoth(words) {
    const native = spawnSync(program, ['check', ...words, '--json', '-'], {encoding: 'utf8', maxBuffer: 1 << 28});
    const board = await makeBoard(words.filter(isFile).map((word) => word.replace(/@0x.*/, '')));
    const {json, error} = board.check(words);
    const status = json ? exitOf(JSON.parse(json)) : 2;
    const said = native.stderr.split('\n').filter((line) => !line.includes('is taken as')).join('\n')
        .replace(/^candial: /, '').trim();
    const same = json === native.stdout && (json !== '' || error === said) && status === native.status;
    return {json, status, wrong: same ? '' : differenceOf(native.stdout || said, json || error)};
}

/** @param {string} native @param {string} web @returns {string} */
export function differenceOf(native, web) {
    let at = 0;
    while (at < native.length && native[at] === web[at]) {
        at++;
    }
    const part = (text) => JSON.stringify(text.slice(Math.max(0, at - 60), at + 60));
    return `they differ at byte ${at}: program ${part(native)}, page ${part(web)}`;
}

/** A run by both, for its lines. @param {string[]} words as behind `candial run` */
export async function runByBoth(words) {
    const folder = mkdtempSync(join(tmpdir(), 'candial-'));
    const file = join(folder, 'run.json');
    spawnSync(program, ['run', '--speed', 'max', ...words, '--json', file]);
    const native = readFileSync(file, 'utf8');
    rmSync(folder, {recursive: true});
    const board = await makeBoard(words.filter(isFile));
    for (const name of ['candial_cm7.elf', 'candial_cm4.elf']) {
        board.put(`firmware/${name}`, new Uint8Array(readFileSync(join(pageFolder, 'firmware', name))));
    }
    const {error} = board.open([...words, '--json', 'run.json']);
    while (!error && !JSON.parse(board.advance(1000000)).ended) {
        // goes on
    }
    board.close();
    const web = new TextDecoder().decode(board.get('run.json'));
    return error || (web === native && native !== '' ? '' : differenceOf(native, web));
}
