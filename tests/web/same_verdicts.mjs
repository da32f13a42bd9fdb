// SPDX-FileCopyrightText: candial contributors
// SPDX-License-Identifier: MIT
/** same_verdicts.mjs FOLDER: each image there, checked by page and program, gives the same bytes. */
import {readdirSync} from 'node:fs';
import {join} from 'node:path';
import {checkByBoth} from './board.mjs';

const [folder] = process.argv.slice(2);
const names = readdirSync(folder).filter((name) => /\.(elf|hex|bin|ioc)$/.test(name)).sort();
let failed = names.length === 0;
for (const name of names) {
    const path = join(folder, name);
    const length = name.endsWith('.ioc') ? [] : ['--for', '200ms'];
    const {wrong} = await checkByBoth([name.endsWith('.bin') ? `${path}@0x08000000` : path, ...length]);
    if (wrong) {
        console.log(`${name}: ${wrong}`);
        failed = true;
    }
}
console.log(`${names.length} images`);
process.exit(failed ? 1 : 0);
