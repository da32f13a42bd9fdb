// SPDX-FileCopyrightText: candial contributors
// SPDX-License-Identifier: MIT
/** The bench as a user has it: power, BOOT0, console, an injected frame, the car, a profile, by mouse and by keys. */
import {Browser, sayer} from './browser.mjs';

const browser = await Browser.start(process.env.CANDIAL_PAGE);
const page = await browser.open('bench');
const press = (name) => page.getByRole('button', {name, exact: true}).click();
const says = sayer(page);

await says('.supply', 'VCORE is there');
await says('#console', 'candial \\d');

// The car warms up as told, the needle follows.
await page.fill('#oil', '120');
await press('Bring it there');
await says('.dial-value', '^1(19|20)\\.');

// A frame of somebody else moves the needle, once the car is silent: 0x9B is 155 - 60 = 95. In real time, or the
// board would have waited too long for the next one.
await page.selectOption('#speed', '1');
await press('Engine runs');
await page.fill('#inject', '156#009B000000000000');
let arrives = false;
for (let i = 0; i < 1000 && !arrives; i++) {
    await page.press('#inject', 'Enter');
    await page.waitForTimeout(20);
    arrives = /^9[45]\./.test(await page.textContent('.dial-value'));
}
browser.expect(arrives, 'an injected frame does not arrive');
await says('#bus-frames', 'other'); // the monitor shows who sent it
await page.selectOption('#speed', '20');
await page.fill('#inject', 'nonsense');
await page.press('#inject', 'Enter');
await says('#bench-status', 'expected a frame');
await press('Engine runs');

// Noise: so many frames are destroyed, and told.
await says('#bus-errors', '^No error frames');
await page.fill('#spoil', '3');
await press('Disturb');
await says('#bus-errors', '^3 error frames; the last: .* bit error');
await says('#controllers', 'FDCAN1error active');
await page.fill('#spoil', '0');
await page.evaluate(() => document.getElementById('spoil').form.setAttribute('novalidate', ''));
await press('Disturb');
await says('#bench-status', 'how many of the next frames');

// The console answers.
await page.fill('#console-line', 'status');
await page.press('#console-line', 'Enter');
await says('#console .screen', 'ok');

// A sensor's fault.
await press('Oil sensor works');
await says('.dial-state', 'sensor fault');
await press('Oil sensor works');
await says('.dial-state', 'live');

// Power, by keyboard; then the boot ROM.
await page.getByRole('button', {name: 'Power', exact: true}).focus();
await page.keyboard.press('Space');
await says('.supply', 'no power');
await press('BOOT0 to 3V3');
await page.getByRole('button', {name: 'Power', exact: true}).press('Enter');
await says('.supply', 'VCORE is there');
await press('ST-LINK: connect');
await says('#said', 'CM7 in the boot ROM');
await press('BOOT0 to 3V3');
await press('Power');
await press('Power');
await says('.dial-state', 'live');

// Held by keyboard, B2 keeps both cores in reset.
await page.getByRole('button', {name: 'B2 reset', exact: true}).focus();
await page.keyboard.down('Space');
await says('#board ul', 'CM7: (held|in reset|reset)');
await page.keyboard.up('Space');
await says('.dial-state', 'live');

/** The board's time, once it stands; what it is told reaches it a little later. */
async function standing() {
    for (let i = 0; i < 50; i++) {
        const then = await page.textContent('#clock');
        await page.waitForTimeout(200);
        if (await page.textContent('#clock') === then) {
            return then;
        }
    }
    return undefined;
}

// Pause stops the board's time.
await press('Pause');
browser.expect(await standing(), 'paused, its time goes on');
await press('Play');

// A board nobody looks at stands still, and goes on.
await page.click('nav a[data-view=check]');
const hidden = await standing();
browser.expect(hidden, 'hidden, its time goes on');
await page.click('nav a[data-view=bench]');
await page.waitForFunction((from) => parseFloat(document.getElementById('clock').textContent) > from, parseFloat(hidden));

// The scope has edges; a pin that is none is refused.
await page.fill('#pins', 'PZ9');
await page.press('#pins', 'Enter');
await says('#bench-status', 'names of pins');

// A profile: wrong, mended, used.
await page.selectOption('#profile', 'obd2-generic.yaml');
await says('#inputs [role=status]', 'Nothing is wrong');
const text = await page.inputValue('#profile-text');
await page.fill('#profile-text', text.replace('can:', 'cann:'));
await says('#inputs [role=status]', 'line \\d');
await page.fill('#profile-text', text);
await says('#inputs [role=status]', 'Nothing is wrong');
await press('Start with this profile');
await says('#car', 'OBD');
await says('.dial-state', 'live');

await browser.end();
