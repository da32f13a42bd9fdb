// SPDX-FileCopyrightText: candial contributors
// SPDX-License-Identifier: MIT
/** An slcan adapter by Web Serial: a made-up one, which sends what a car would and keeps what it is told. */
import {Browser, sayer} from './browser.mjs';

/** In the page, before its own code. */
function fakeAdapter() {
    const adapter = {told: '', isOpen: false, push: null};
    globalThis.adapter = adapter;
    const port = {
        async open({baudRate}) {
            adapter.isOpen = true;
            adapter.baudRate = baudRate;
            port.readable = new ReadableStream({
                start(controller) {
                    adapter.push = (text) => controller.enqueue(new TextEncoder().encode(text));
                    adapter.unplug = () => controller.error(new Error('The device has been lost.'));
                },
            });
            port.writable = new WritableStream({
                write(bytes) {
                    adapter.told += new TextDecoder().decode(bytes);
                },
            });
        },
        async close() {
            adapter.isOpen = false;
        },
    };
    Object.defineProperty(navigator, 'serial', {value: {requestPort: async () => port}});
}

const browser = await Browser.start(process.env.CANDIAL_PAGE);

// A browser without Web Serial says nothing of it.
const without = await browser.open('bench', 1280, 800, 'light', () => {
    delete Object.getPrototypeOf(navigator).serial;
});
browser.expect(await without.locator('#serial-card').isHidden(), 'shown without Web Serial');
await without.close();

const page = await browser.open('bench', 1280, 800, 'light', fakeAdapter);
const says = sayer(page);
const push = (text) => page.evaluate((bytes) => globalThis.adapter.push(bytes), text);
const told = () => page.evaluate(() => globalThis.adapter.told);
const connect = () => page.getByRole('button', {name: 'Connect an slcan adapter', exact: true}).click();

await says('.dial-state', 'live');
await connect();
await says('#serial-state', '0 frames from the car');
browser.expect(await told() === '\r\rC\rS6\rL\r', `told ${JSON.stringify(await told())}`);
browser.expect(await page.evaluate(() => globalThis.adapter.isOpen), 'not open');
browser.expect(await page.inputValue('#speed') === '1', 'not in real time');
await says('.dial-state', 'no frame any more'); // the virtual car is silent

// Frames in pieces, with answers and time stamps between; 0xA5 is 165 - 60 = 105 °C.
let shows = '';
let pushed = 0;
for (let i = 0; i < 200 && !shows.startsWith('105'); i++) {
    await push('z\rt15');
    await push('6800A5000000000000\rF00\r\x07t156800A5000000000000ABCD\rT18FEEE008FF');
    await push('00000000000000\rnonsense\r');
    await page.waitForTimeout(50);
    shows = await page.textContent('.dial-value');
    pushed += 3;
}
browser.expect(shows.startsWith('105'), `shows ${shows}`);
await says('#bus-frames', '18FEEE00other');
await says('#serial-state', `^${pushed} frames`);
browser.expect(await told() === '\r\rC\rS6\rL\r', 'something was sent on a bus that was only to be listened to');
await page.getByRole('button', {name: 'Disconnect', exact: true}).click();
await page.waitForFunction(() => !globalThis.adapter.isOpen);
browser.expect((await told()).endsWith('C\r'), 'not closed');
await says('.dial-state', 'live'); // the virtual car again

// An active board's requests go out.
await page.selectOption('#profile', 'obd2-generic.yaml');
await says('#profile-wrong', 'Nothing is wrong');
await page.getByRole('button', {name: 'Start with this profile', exact: true}).click();
await says('#car', 'OBD');
await page.evaluate(() => {
    globalThis.adapter.told = '';
});
await page.getByLabel('only listen').uncheck();
await page.selectOption('#serial-rate', '500000');
await connect();
// All control units, or the one that the virtual car had, if it was found before.
const asked = () => /t7DF8|T18DB33F18|t7E08/.test(globalThis.adapter.told);
for (let i = 0; !await page.evaluate(asked) && i < 400; i++) {
    await push('t12F80000000000000000\r'); // the car's own traffic: without it nothing is asked
    await page.waitForTimeout(50);
}
browser.expect(await page.evaluate(asked), `told ${JSON.stringify((await told()).slice(0, 200))}`);
browser.expect((await told()).startsWith('\r\rC\rS6\rO\r'), 'not opened');

await page.getByRole('button', {name: 'Disconnect', exact: true}).click();
await page.waitForFunction(() => !globalThis.adapter.isOpen);

// A bus of CAN FD: 12 bytes at the second rate; 0xA5 is 165 - 60 = 105 °C.
await page.selectOption('#profile', 'ford-mustang-s550.yaml');
await says('#profile-wrong', 'Nothing is wrong');
await page.fill('#profile-text', (await page.inputValue('#profile-text'))
    .replace('bitrate: 500k', 'bitrate: 500k, fd: {data_bitrate: 2M}'));
await says('#profile-wrong', 'Nothing is wrong');
await page.getByRole('button', {name: 'Start with this profile', exact: true}).click();
await says('.dial-state', 'live');
await page.evaluate(() => {
    globalThis.adapter.told = '';
});
await page.getByLabel('only listen').check();
await page.selectOption('#serial-data-rate', '2000000');
await connect();
await says('#serial-state', '0 frames from the car');
browser.expect(await told() === '\r\rC\rS6\rY2\rL\r', `told ${JSON.stringify(await told())}`);
await says('.dial-state', 'no frame any more');
shows = '';
for (let i = 0; i < 200 && !shows.startsWith('105'); i++) {
    await push(`b15690${'0A5'.padEnd(23, '0')}\r`);
    await page.waitForTimeout(50);
    shows = await page.textContent('.dial-value');
}
browser.expect(shows.startsWith('105'), `of CAN FD it shows ${shows}`);
await says('#bus-frames', '156other[0-9.]*12');

// It is pulled out.
await page.evaluate(() => globalThis.adapter.unplug());
await says('#serial-state', 'The adapter is gone: The device has been lost');
browser.expect(await page.getByRole('button', {name: 'Connect an slcan adapter', exact: true}).isVisible(), 'still connected');

await browser.end();
