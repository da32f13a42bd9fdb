// SPDX-FileCopyrightText: candial contributors
// SPDX-License-Identifier: MIT
/** A headless Chromium on the page, which watches for what must never be: errors, requests to others, overflow. */
import {existsSync} from 'node:fs';
import {serve} from './serve.mjs';

const SKIPPED = 77;
// A computer may be as slow as it is; what has not come by then does not come, and it is better to be told what.
const STUCK_MS = 600000;
const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

function skip(what) {
    console.log(`skipped: ${what}`);
    process.exit(SKIPPED);
}

/** For a page: a function that waits until the text of what `selector` finds matches `pattern`. */
export function sayer(page) {
    return (selector, pattern) => page.waitForFunction(
        ([where, words]) => new RegExp(words).test(document.querySelector(where)?.textContent), [selector, pattern]);
}

export class Browser {
    wrong = [];

    /** @param {string} folder of the page @param {string} [address] of a run of the program, which is what pages show then */
    static async start(folder, address) {
        const playwright = await import('playwright-core').catch(() => skip('playwright-core is not here: npm ci'));
        const executablePath = places.find((path) => existsSync(path)) ?? skip('there is no Chromium');
        const self = new Browser();
        self.server = address ? {address, close: () => {}} : await serve(folder);
        self.address = self.server.address;
        self.search = address ? '?live' : '';
        self.browser = await playwright.chromium.launch({executablePath, args: ['--no-sandbox']});
        return self;
    }

    /**
     * @param {number} width
     * @param {number} height
     * @param {'light' | 'dark'} colorScheme
     * @param {() => void} [before] runs in the page before its own code
     */
    async open(view, width = 1280, height = 800, colorScheme = 'light', before = undefined) {
        const page = await this.browser.newPage({viewport: {width, height}, colorScheme, reducedMotion: 'reduce'});
        page.setDefaultTimeout(STUCK_MS);
        page.on('console', (line) => {
            if (line.type() === 'error') {
                this.wrong.push(`console: ${line.text()}`);
            }
        });
        page.on('pageerror', (error) => this.wrong.push(`page: ${error.message}`));
        page.on('request', (request) => {
            if (!request.url().startsWith(this.address) && !/^(blob|data):/.test(request.url())) {
                this.wrong.push(`request to ${request.url()}`);
            }
        });
        if (before) {
            await page.addInitScript(before);
        }
        await page.goto(`${this.address}${this.search}#${view}`);
        return page;
    }

    /** @param {boolean} holds @param {string} what */
    expect(holds, what) {
        if (!holds) {
            this.wrong.push(what);
        }
    }

    /** Ends the test. */
    async end() {
        await this.browser.close();
        this.server.close();
        this.wrong.forEach((line) => console.log(line));
        process.exit(this.wrong.length > 0 ? 1 : 0);
    }
}
