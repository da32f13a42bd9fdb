#!/usr/bin/env node
// SPDX-FileCopyrightText: candial contributors
// SPDX-License-Identifier: MIT
/**
 * candial.mjs check ...: as `candial check`, by the page's module and by the program, whose JSON must be the same
 * bytes. So any test that calls the program can call this instead.
 */
import {writeFileSync} from 'node:fs';
import {checkByBoth} from './board.mjs';

const DIFFERENT = 99;
const words = process.argv.slice(3);
const at = words.indexOf('--json');
const [, file] = at < 0 ? [] : words.splice(at, 2);
const {json, status, wrong} = await checkByBoth(words);
if (file) {
    writeFileSync(file, json);
}
console.log(wrong || json);
process.exit(wrong ? DIFFERENT : status);
