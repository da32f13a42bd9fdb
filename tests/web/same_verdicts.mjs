// SPDX-FileCopyrightText: candial contributors
// SPDX-License-Identifier: MIT
/**
 * same_verdicts.mjs FOLDER [boards]: each image there, checked by page and program, gives the same bytes; with `boards`
 * candial's own images, too, on every board.
 */
import {readdirSync} from 'node:fs';
import {join} from 'node:path';
import {checkByBoth, pageFolder} from './board.mjs';

const [folder, boards] = process.argv.slice(2);
const names = readdirSync(folder).filter((name) => /\.(elf|hex|bin|ioc)$/.test(name)).sort();
let failed = names.length === 0;
async function compare(what, words) {
    const {wrong} = await checkByBoth(words);
    if (wrong) {
        console.log(`${what}: ${wrong}`);
        failed = true;
    }
}
for (const name of names) {
    const path = join(folder, name);
    const length = name.endsWith('.ioc') ? [] : ['--for', '200ms'];
    await compare(name, [name.endsWith('.bin') ? `${path}@0x08000000` : path, ...length]);
}
if (boards) {
    const own = ['candial_cm7_ldo.elf', 'candial_cm4.elf'].map((name) => join(pageFolder, 'firmware', name));
    await compare('candial\'s own on all boards', [...own, '--board', 'all']);
}
console.log(`${names.length} images`);
process.exit(failed ? 1 : 0);
