// SPDX-FileCopyrightText: candial contributors
// SPDX-License-Identifier: MIT
/** The lines of --json of whole runs: the same bytes in the page as by the program. */
import {runByBoth} from './board.mjs';

const runs = [
    ['--for', '20s'],
    ['--for', '10s', '--profile', 'profiles/obd2-generic.yaml', '--seed', '7'],
    ['--for', '5s', '--hse', 'absent'],
];
let failed = false;
for (const words of runs) {
    const wrong = await runByBoth(words);
    if (wrong) {
        console.log(`${words.join(' ')}: ${wrong}`);
        failed = true;
    }
}
process.exit(failed ? 1 : 0);
