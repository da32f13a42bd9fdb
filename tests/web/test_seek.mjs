// SPDX-FileCopyrightText: candial contributors
// SPDX-License-Identifier: MIT
/**
 * `candial run --web --log`: a place in the log, chosen in one page, is where both pages and the board are then; files are
 * told once, as if nobody had gone back. Where there is no way back, no place can be chosen.
 */
import {spawn, spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {once} from 'node:events';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {Browser, sayer} from './browser.mjs';

const work = mkdtempSync(join(tmpdir(), 'candial-'));
const log = join(work, 'drive.log');
// 20 s of 60 °C, then 100 °C (raw - 60), ten frames a second, to 60 s.
writeFileSync(log, Array.from({length: 601}, (_, i) =>
    `(${(1000 + i / 10).toFixed(6)}) can0 156#00${i < 200 ? '78' : 'A0'}000000000000\n`).join(''));

/** @param {string[]} words as behind `candial run --web` */
async function start(...words) {
    const run = spawn(process.env.CANDIAL, ['run', '--web', '0', '--speed', 'max', '--log', log, ...words],
        {stdio: ['ignore', 'ignore', 'pipe']});
    process.on('exit', () => run.kill()); // however this ends
    run.said = '';
    run.stderr.on('data', (bytes) => {
        run.said += bytes;
    });
    while (!/\?live\n/.test(run.said)) {
        await once(run.stderr, 'data');
    }
    return run;
}

async function end(run) {
    run.kill('SIGINT');
    await once(run, 'close');
    browser.expect(!/ERROR|Sanitizer|runtime error/.test(run.said), run.said);
    browser.expect(run.signalCode === null, `the program ended by ${run.signalCode}`);
}

const addressOf = ({said}) => said.match(/http:\/\/localhost:\d+\//)[0];
const json = join(work, 'run.json');
const run = await start('--json', json);
const address = addressOf(run);
const browser = await Browser.start(process.env.CANDIAL_PAGE, address);

async function openLive() {
    const page = await browser.open('bench');
    await sayer(page)('.supply', 'VCORE is there');
    return page;
}
const page = await openLive();
const other = await openLive();
const says = sayer(page);
const stands = (where, text) => where.waitForFunction(
    (clock) => document.getElementById('clock').textContent === clock, text);
const seek = (seconds) => page.evaluate((at) => {
    const slider = document.getElementById('log-at');
    slider.value = at;
    slider.dispatchEvent(new Event('input'));
    slider.dispatchEvent(new Event('change'));
}, seconds);

await says('#log-position output', 'at its end');
browser.expect(await page.locator('#log-at').isVisible(), 'there is nothing to choose a place with');
await page.getByRole('button', {name: 'Pause', exact: true}).click();
await says('#real-speed', 'paused');

// Back: as it was there, in both pages.
await seek(15);
for (const where of [page, other]) {
    await stands(where, '16.0 s');
    await sayer(where)('.dial-value', '^60|^59');
    await sayer(where)('#log-position output', '^15.0 s of 1:00.0 min, 15[01] frames');
}
// Forward, and a step by keyboard.
await seek(40);
await stands(other, '41.0 s');
await says('#log-position output', '^40.0 s');
await says('.dial-value', '^100|^99');
await page.focus('#log-at');
await page.keyboard.press('ArrowRight');
await stands(page, '41.1 s');
// Hands have done nothing on the new board.
await page.getByRole('button', {name: 'Power', exact: true}).click();
await says('.supply', 'no power');
await seek(10);
await stands(page, '11.0 s');
await says('.supply', 'VCORE is there');
// It plays on from there.
await page.getByRole('button', {name: 'Play', exact: true}).click();
await page.waitForFunction(() => parseFloat(document.getElementById('clock').textContent) > 12);
await end(run);

// The file is that of a run that was left alone, as far as it goes.
const alone = join(work, 'alone.json');
spawnSync(process.env.CANDIAL, ['run', '--speed', 'max', '--log', log, '--json', alone]);
const [told, wanted] = [json, alone].map((path) => readFileSync(path, 'utf8').split('\n').slice(0, -2));
browser.expect(told.length >= wanted.length && wanted.length > 1000, `${told.length} lines, not ${wanted.length}`);
const differs = wanted.findIndex((line, i) => line !== told[i]);
browser.expect(differs < 0, `line ${differs} is ${told[differs]}, not ${wanted[differs]}`);
const times = told.map((line) => JSON.parse(line).t_s).filter((t) => t !== undefined);
browser.expect(times.every((t, i) => i === 0 || t >= times[i - 1]), 'the file goes back');

// Whose flash is kept in a file has no way back.
const kept = await start('--flash', join(work, 'flash'));
const third = await browser.browser.newPage();
await third.goto(`${addressOf(kept)}?live#bench`);
await sayer(third)('.supply', 'VCORE is there');
await sayer(third)('#log-position output', 'frames');
browser.expect(await third.locator('#log-at').isHidden(), 'a place can be chosen that cannot be gone to');
await end(kept);

rmSync(work, {recursive: true});
await browser.end();
