// SPDX-FileCopyrightText: candial contributors
// SPDX-License-Identifier: MIT
/**
 * Every view at the widths of a desk, a tablet and a phone, light and dark: nothing is wider than the screen, axe-core
 * finds no violation. Pictures are left in CANDIAL_PICTURES, where that is set.
 */
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {join} from 'node:path';
import {Browser} from './browser.mjs';

const browser = await Browser.start(process.env.CANDIAL_PAGE);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const ready = {
    check: async (page) => {
        await page.click('#try-bad');
        await page.waitForSelector('.verdict');
    },
    bench: async (page) => {
        await page.waitForFunction(() => parseFloat(document.getElementById('clock').textContent) > 5);
        await page.fill('#oil', '112');
        await page.getByRole('button', {name: 'Bring it there', exact: true}).click();
        await page.waitForFunction(() => parseFloat(document.getElementById('clock').textContent) > 45);
        await page.getByRole('button', {name: 'Pause', exact: true}).click();
    },
    tour: async (page) => {
        for (let i = 0; i < 3; i++) {
            await page.click('#tour button.primary');
            await page.waitForSelector('#tour button.primary:not([disabled])');
        }
    },
};
const sizes = [[1280, 800], [768, 1024], [390, 844]];

for (const view of Object.keys(ready)) {
    const page = await browser.open(view);
    await ready[view](page);
    await page.evaluate(axe);
    for (const [width, height] of sizes) {
        for (const colorScheme of ['light', 'dark']) {
            const where = `${view} ${width} ${colorScheme}`;
            await page.setViewportSize({width, height});
            await page.emulateMedia({colorScheme, reducedMotion: 'reduce'});
            // What follows the size of its place is drawn in the frame behind.
            await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
            const wide = await page.evaluate(() => document.scrollingElement.scrollWidth - innerWidth);
            browser.expect(wide <= 0, `${where}: ${wide} pixels too wide`);
            const {violations} = await page.evaluate(() => globalThis.axe.run());
            for (const {id, help, nodes} of violations) {
                browser.wrong.push(`${where}: axe ${id}: ${help}: ${nodes.map(({html}) => html).join(' | ').slice(0, 300)}`);
            }
            if (process.env.CANDIAL_PICTURES) {
                await page.screenshot({fullPage: true,
                    path: join(process.env.CANDIAL_PICTURES, `${view}-${width}-${colorScheme}.png`)});
            }
        }
    }
    await page.close();
}
await browser.end();
