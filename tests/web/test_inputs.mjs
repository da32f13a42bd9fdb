// SPDX-FileCopyrightText: candial contributors
// SPDX-License-Identifier: MIT
/** What the bench is given: a board, a log and a place in it, a profile's text with its schema's help. */
import {Browser, sayer} from './browser.mjs';

const browser = await Browser.start(process.env.CANDIAL_PAGE);
const page = await browser.open('bench');
const says = sayer(page);
const choose = (name, file, text) => page.locator('#inputs label.button', {hasText: name}).locator('input')
    .setInputFiles({name: file, mimeType: 'text/plain', buffer: Buffer.from(text)});
const clock = async () => parseFloat(await page.textContent('#clock'));

await says('.supply', 'VCORE is there');

// Boards: one that is known, one of one's own, one that is wrong.
await page.selectOption('#bench-board', 'giga-r1');
await says('.board-title', 'GIGA R1');
await says('.supply', 'DEADLOCK'); // its VCORE comes from the LDO, candial's firmware selects the SMPS
await choose('Board file', 'mine.yaml', 'name: mine\nchip: STM32H747\nwiring: smps\nhse: {kind: external, frequency: 8M}\n');
await says('.board-title', 'mine, STM32H747');
await says('.supply', 'VCORE is there');
await choose('Board file', 'wrong.yaml', 'name: wrong\nchip: STM32F103\n');
await says('#bench-status', 'wrong.yaml:2');
await page.selectOption('#bench-board', '');
await says('.board-title', 'NUCLEO-H755ZI-Q');

// A log: 20 s of 60 °C, then 100 °C (raw - 60), ten frames a second, to 120 s.
browser.expect(await page.locator('#log-position').isHidden(), 'a position in a log that there is not');
const lines = Array.from({length: 1201}, (_, i) =>
    `(${(1000 + i / 10).toFixed(6)}) can0 156#00${i < 200 ? '78' : 'A0'}000000000000`);
await page.selectOption('#speed', 'max');
await choose('Log', 'drive.log', `${lines.join('\n')}\n`);
await says('#log-position output', 'of 2:00.0 min');
await says('#car', 'recorded log');
await says('.dial-value', '^99|^100');
const seek = (seconds) => page.evaluate((at) => {
    const slider = document.getElementById('log-at');
    slider.value = at;
    slider.dispatchEvent(new Event('input'));
    slider.dispatchEvent(new Event('change'));
}, seconds);

// Back, as a new run: paused, it stands there exactly, and shows what it showed there.
await page.getByRole('button', {name: 'Pause', exact: true}).click();
await seek(15);
await page.waitForFunction(() => document.getElementById('clock').textContent === '16.0 s');
await says('.dial-value', '^60|^59');
await says('#log-position output', '^15.0 s of 2:00.0 min, 15[01] frames');
// Forward.
await seek(40);
await page.waitForFunction(() => document.getElementById('clock').textContent === '41.0 s');
await says('.dial-value', '^100|^99');
// By keyboard, a step.
await page.focus('#log-at');
await page.keyboard.press('ArrowRight');
await page.waitForFunction(() => document.getElementById('clock').textContent === '41.1 s');
// Somebody who presses Pause on the way stays where he is; one who plays goes on from there.
await page.getByRole('button', {name: 'Play', exact: true}).click();
await seek(119);
await says('#log-position output', 'at its end');
const before = await clock();
await page.waitForFunction((from) => parseFloat(document.getElementById('clock').textContent) > from, before);
await page.getByRole('button', {name: 'As at the start', exact: true}).click();
await says('#car', 'virtual car');
browser.expect(await page.locator('#log-position').isHidden(), 'the log is gone, its position is not');

// A profile, typed with what the schema has to say.
const area = page.locator('#profile-text');
await area.click();
await page.keyboard.type('na');
await page.keyboard.press('Control+Space');
await page.keyboard.press('Enter');
browser.expect(await area.inputValue() === 'name: ', `not completed: ${await area.inputValue()}`);
await page.keyboard.type('Mine\ncan: {bit');
await says('.suggestions', '^bitrate$');
await says('#profile-about', '^can');
await page.getByRole('button', {name: 'bitrate', exact: true}).click();
await page.keyboard.type('500k, mode: ');
await says('.suggestions', 'listen-only.*active');
await says('#profile-about', 'can.mode: active may acknowledge');
await page.keyboard.press('Control+Space');
await page.keyboard.press('ArrowRight');
await page.keyboard.press('Enter');
await page.keyboard.type('}\ndials:\n  - source:\n      ');
browser.expect(/mode: active}/.test(await area.inputValue()), `not chosen: ${await area.inputValue()}`);
await says('.suggestions', 'broadcast.*obd2.*uds.*j1939');
await page.keyboard.press('Control+Space');
await page.keyboard.press('Escape');
browser.expect(await area.evaluate((node) => node === document.activeElement), 'Escape does not come back');
await page.keyboard.type('obd2: {pid: wrong}\n');
await says('#profile-wrong', '^line \\d+');
await page.getByRole('button', {name: 'Go to that line', exact: true}).click();
const selected = await area.evaluate((node) => node.value.slice(node.selectionStart, node.selectionEnd));
browser.expect(/pid: wrong|dials|source/.test(selected), `the wrong line: ${selected}`);
// Where the cursor stands in a good one.
await page.selectOption('#profile', 'obd2-generic.yaml');
await says('#profile-wrong', 'Nothing is wrong');
await area.evaluate((node) => {
    node.focus();
    const at = node.value.indexOf('max_slope') + 3;
    node.setSelectionRange(at, at);
});
await page.keyboard.press('ArrowLeft');
await says('#profile-about', 'dials\\[\\]\\.plausible\\.max_slope: °C/s');

await browser.end();
