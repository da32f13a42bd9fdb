// SPDX-FileCopyrightText: candial contributors
// SPDX-License-Identifier: MIT
/** test_check.mjs IMAGES: the view that checks, as a user has it: files chosen, dropped, zipped, a project. */
import {spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {Browser} from './browser.mjs';

const folder = process.env.CANDIAL_PAGE;
const firmware = join(folder, 'firmware');
const bad = join(firmware, 'candial_cm7_ldo.elf');
const good = join(firmware, 'candial_cm7.elf');
const cm4 = join(firmware, 'candial_cm4.elf');
// Small ones, that are checked in no time on whatever board.
const images = process.argv[2];
const small = [join(images, 'ldo_early.elf'), join(images, 'idle_m4.elf')];

const browser = await Browser.start(folder);
const page = await browser.open('check');

async function verdictFor(doing) {
    await page.evaluate(() => document.getElementById('verdict').replaceChildren());
    await doing();
    await page.waitForSelector('.verdict, table.boards');
    return page.innerText('#verdict');
}

async function json() {
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('#verdict a[download]')]);
    return readFileSync(await download.path(), 'utf8');
}

// Chosen: the image that selects the LDO, with function, value and remedy.
let text = await verdictFor(() => page.setInputFiles('#pick-files', [bad, cm4]));
for (const words of ['UNSAFE', 'Reset_Handler', 'startup.c', 'PWR_CR3', '0x02', 'PWR_DIRECT_SMPS_SUPPLY', 'The way back',
    'Unplugged, plugged in']) {
    browser.expect(text.includes(words), `the verdict does not say ${words}`);
}
async function sameAsNative(what, cwd, ...words) {
    const said = spawnSync(process.env.CANDIAL, ['check', ...words, '--json', '-'],
        {cwd, encoding: 'utf8', maxBuffer: 1 << 26});
    browser.expect(await json() === said.stdout, `${what}: the saved JSON is not the program's`);
}
await sameAsNative('candial\'s own', firmware, 'candial_cm7_ldo.elf', 'candial_cm4.elf');

// Its corrected twin, in the wrong order.
text = await verdictFor(() => page.setInputFiles('#pick-files', [cm4, good]));
browser.expect(text.includes('SAFE: this image does not lock up'), 'the corrected twin is not safe');

// On another board; the twin of the same name is what the program says.
text = await verdictFor(() => page.setInputFiles('#pick-files', small));
browser.expect(text.includes('UNSAFE') && text.includes('ExitRun0Mode'), 'the small image is not judged');
text = await verdictFor(() => page.selectOption('#choose-board', 'giga-r1'));
browser.expect(!text.includes('UNSAFE') && text.includes('on giga-r1'), 'an LDO image is unsafe where the LDO feeds');
await sameAsNative('giga-r1', images, '--board', 'giga-r1', 'ldo_early.elf', 'idle_m4.elf');
text = await verdictFor(() => page.selectOption('#choose-wiring', 'smps').then(() => page.click('#check-again')));
browser.expect(text.includes('UNSAFE'), 'a wiring is not heeded');
await page.selectOption('#choose-wiring', '');

// On all of them.
text = await verdictFor(() => page.selectOption('#choose-board', 'all').then(() => page.waitForSelector('table.boards')));
browser.expect(/giga-r1\s+LDO\s+[✓?] /.test(text) && /nucleo-h755zi-q\s+direct SMPS\s+✕ UNSAFE\s+ExitRun0Mode/.test(text),
    `not a line a board: ${text}`);
await sameAsNative('all boards', images, '--board', 'all', 'ldo_early.elf', 'idle_m4.elf');
await page.selectOption('#choose-board', '');

// On a board of one's own: its file comes with the images, or alone; a wrong one is told.
const board = (text) => ({name: 'mine.yaml', mimeType: 'text/plain', buffer: Buffer.from(text)});
const mine = 'name: mine\nchip: STM32H747\nwiring: ldo\nhse: {kind: external, frequency: 8M}\n';
text = await verdictFor(() => page.setInputFiles('#pick-files', [board(mine),
    ...small.map((path) => ({name: path.replace(/.*\//, ''), mimeType: 'x/y', buffer: readFileSync(path)}))]));
browser.expect(text.includes('SAFE: this image') && text.includes('on mine'), `not on a board of one's own: ${text}`);
await page.setInputFiles('#pick-files', [board(mine.replace('STM32H747', 'Z80'))]);
await page.waitForFunction(() => /mine\.yaml:2/.test(document.getElementById('check-progress').textContent));
text = await verdictFor(() => page.setInputFiles('#pick-files', [board(mine.replace('ldo', 'smps'))]));
browser.expect(text.includes('UNSAFE'), 'a board\'s new file is not taken');
await page.selectOption('#choose-board', '');

// Dropped.
const bytes = readFileSync(small[0]).toString('base64');
text = await verdictFor(() => page.evaluate((data) => {
    const transfer = new DataTransfer();
    const raw = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
    transfer.items.add(new File([raw], 'mine.elf'));
    document.getElementById('drop').dispatchEvent(new DragEvent('drop', {dataTransfer: transfer, bubbles: true}));
}, bytes));
browser.expect(text.includes('UNSAFE') && text.includes('mine.elf'), 'a dropped image is not judged');

// A zip of a project's folders: both cores' images, and files nobody wants.
const work = mkdtempSync(join(tmpdir(), 'candial-'));
spawnSync('cmake', ['-E', 'tar', 'c', join(work, 'project.zip'), '--format=zip', 'ldo_early.elf', 'idle_m4.elf'],
    {cwd: images});
text = await verdictFor(() => page.setInputFiles('#pick-files', [join(work, 'project.zip')]));
browser.expect(text.includes('UNSAFE') && text.includes('idle_m4.elf'), 'a zip is not judged');
rmSync(work, {recursive: true});

// Nothing of use.
await page.setInputFiles('#pick-files', [join(folder, 'style.css')]);
await page.waitForFunction(() => /None of this/.test(document.getElementById('check-progress').textContent));

await browser.end();
