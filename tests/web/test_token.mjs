// SPDX-FileCopyrightText: candial contributors
// SPDX-License-Identifier: MIT
/** `candial run --web --listen ADDRESS`: who knows the token may connect, from whatever name; nobody else may. */
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {request} from 'node:http';
import {Browser, sayer} from './browser.mjs';

const run = spawn(process.env.CANDIAL, ['run', '--web', '0', '--listen', '127.0.0.1', '--speed', '20'],
    {stdio: ['ignore', 'ignore', 'pipe']});
process.on('exit', () => run.kill()); // however this ends
let said = '';
while (!/\?live\n/.test(said)) {
    const [bytes] = await once(run.stderr, 'data');
    said += bytes;
}
run.stderr.on('data', (bytes) => {
    said += bytes;
});
const [, address, token] = said.match(/(http:\/\/127\.0\.0\.1:\d+\/([0-9a-f]{32})\/)\?live/);
const {port, host} = new URL(address);
const browser = await Browser.start(process.env.CANDIAL_PAGE, address);

/** The status of an answer; 0: none came. */
function statusOf(path, headers = {}, method = 'GET') {
    return new Promise((done) => {
        const asked = request({port, host: '127.0.0.1', path, headers, method});
        asked.on('response', ({statusCode}) => done(statusCode));
        asked.on('upgrade', (response, socket) => {
            socket.destroy();
            done(response.statusCode);
        });
        asked.on('error', () => done(0));
        asked.end();
    });
}

const last = token.at(-1) === '0' ? '1' : '0';
const wrong = ['/', '/index.html', '/bench', `/${token.slice(0, -1)}${last}/`, `/${token.slice(0, -1)}${last}`,
    `/${token}x/`, `/x/${token}/`, `/${'0'.repeat(32)}/main.js`];
for (const path of wrong) {
    browser.expect(await statusOf(path) === 403, `${path}: ${await statusOf(path)}`);
}
browser.expect(await statusOf('/', {}, 'POST') === 403, 'a POST is answered');
browser.expect(await statusOf(`/${token}/main.js`) === 200, 'the token is refused');
browser.expect(await statusOf(`/${token}/main.js`, {Host: 'my-computer.example'}) === 200, 'another name is refused');

const upgrade = {
    'Upgrade': 'websocket', 'Connection': 'Upgrade', 'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Version': '13', 'Sec-WebSocket-Protocol': 'candial',
};
const connect = (path, headers) => statusOf(path, {...upgrade, ...headers});
for (const path of ['/bench', `/${token.slice(0, -1)}${last}/bench`, '/']) {
    const status = await connect(path, {Host: host, Origin: `http://${host}`});
    browser.expect(status === 403, `a page is let in at ${path}: ${status}`);
}
for (const origin of ['http://evil.example', `http://localhost:${port}`, 'null', `https://${host}`]) {
    const status = await connect(`/${token}/bench`, {Host: host, Origin: origin});
    browser.expect(status === 403, `a page of ${origin} is let in: ${status}`);
}
browser.expect(await connect(`/${token}/bench`, {Host: host}) === 403, 'a page without origin is let in');
browser.expect(await connect(`/${token}/bench`, {Host: host, Origin: `http://${host}`}) === 101, 'the token is refused');
const named = {Host: 'my-computer.example:8033', Origin: 'http://my-computer.example:8033'};
browser.expect(await connect(`/${token}/bench`, named) === 101, 'a page of another name is refused');

// A page at work.
const page = await browser.open('bench');
const says = sayer(page);
await says('.supply', 'VCORE is there');
await page.getByRole('button', {name: 'Power', exact: true}).click();
await says('.supply', 'no power');
await page.close();

run.kill('SIGINT');
await once(run, 'close');
browser.expect(!/ERROR|Sanitizer|runtime error/.test(said), said);
await browser.end();
