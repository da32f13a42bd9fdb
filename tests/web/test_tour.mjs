// SPDX-FileCopyrightText: candial contributors
// SPDX-License-Identifier: MIT
/** The tour to its end: each step comes as it is told. */
import {Browser} from './browser.mjs';

const browser = await Browser.start(process.env.CANDIAL_PAGE);
const page = await browser.open('tour');
const next = '#tour button.primary';
let steps = 0;
while (!/From the beginning/.test(await page.textContent(next))) {
    await page.click(next);
    await page.waitForSelector(`${next}:not([disabled])`);
    const said = await page.innerText('#tour [aria-live]');
    browser.expect(said.includes('✓') && !said.includes('✕'), `not as told: ${said}`);
    steps++;
}
browser.expect(steps === 8, `${steps} steps`);
await browser.end();
