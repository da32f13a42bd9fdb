// SPDX-FileCopyrightText: candial contributors
// SPDX-License-Identifier: MIT
/**
 * test_live.mjs [RELOADS]: `candial run --web`: pages look at a board of the program, and work at it; who sends garbage, comes from elsewhere,
 * reads nothing or reloads again and again costs nothing but itself.
 */
import {spawn} from 'node:child_process';
import {request} from 'node:http';
import {connect} from 'node:net';
import {once} from 'node:events';
import {Browser, sayer} from './browser.mjs';

const RELOADS = Number(process.argv[2] ?? 200);
const run = spawn(process.env.CANDIAL, ['run', '--web', '0', '--speed', '20'], {stdio: ['ignore', 'ignore', 'pipe']});
process.on('exit', () => run.kill()); // however this ends
let said = '';
while (!/localhost:\d+\//.test(said)) {
    const [bytes] = await once(run.stderr, 'data');
    said += bytes;
}
run.stderr.on('data', (bytes) => {
    said += bytes;
});
const address = said.match(/http:\/\/localhost:\d+\//)[0];
const port = Number(new URL(address).port);
const browser = await Browser.start(process.env.CANDIAL_PAGE, address);

/** What comes first, its end or the beginning of what it sends. A connection that is reset ends, too. */
function firstOf(socket, ...events) {
    return new Promise((done) => events.forEach((name) => socket.once(name, (bytes) => done(name === 'data' ? bytes : ''))));
}

/** A WebSocket by hand: the answer's first line, and the socket. */
async function handshake(headers) {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => {});
    const lines = Object.entries({
        'Host': `localhost:${port}`, 'Upgrade': 'websocket', 'Connection': 'Upgrade', 'Origin': address.slice(0, -1),
        'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==', 'Sec-WebSocket-Version': '13',
        'Sec-WebSocket-Protocol': 'candial', ...headers,
    }).map(([name, value]) => `${name}: ${value}\r\n`).join('');
    socket.write(`GET /bench HTTP/1.1\r\n${lines}\r\n`);
    const bytes = await firstOf(socket, 'data', 'close');
    return {answer: String(bytes).split('\r\n')[0], socket};
}

/** A text frame, masked by zeros (RFC 6455 5.2). */
function frame(text, opcode = 1) {
    const bytes = Buffer.from(text);
    const head = bytes.length < 126 ? Buffer.from([0x80 | opcode, 0x80 | bytes.length])
        : Buffer.from([0x80 | opcode, 0x80 | 126, bytes.length >> 8, bytes.length & 0xff]);
    return Buffer.concat([head, Buffer.alloc(4), bytes]);
}

// A page.
const page = await browser.open('bench');
const says = sayer(page);
await says('.supply', 'VCORE is there');
await page.getByRole('button', {name: 'Power', exact: true}).click();
await says('.supply', 'no power');
await page.getByRole('button', {name: 'Power', exact: true}).click();
await says('.supply', 'VCORE is there');
await page.fill('#inject', 'nonsense');
await page.press('#inject', 'Enter');
await says('#bench-status', 'expected a frame');

// Two see the same board.
const second = await browser.open('bench');
await sayer(second)('.supply', 'VCORE is there'); // what the board says from here on, it is told
await page.fill('#console-line', 'version');
await page.press('#console-line', 'Enter');
await sayer(second)('#console .screen', 'candial');
await second.close();

// Others are turned away.
for (const headers of [{Origin: 'http://evil.example'}, {Origin: `http://localhost:${port + 1}`},
    {Host: 'evil.example'}]) {
    const {answer, socket} = await handshake(headers);
    browser.expect(!answer.includes('101'), `let in with ${JSON.stringify(headers)}`);
    socket.destroy();
}
const elsewhere = await new Promise((done) => request({port, host: '127.0.0.1', path: '/', headers: {Host: 'evil.example'}},
    (response) => done(response.statusCode)).on('error', () => done(0)).end());
browser.expect(elsewhere !== 200, 'the page is given to another name of this computer');

// Garbage ends its own connection.
for (const bytes of [frame('x'.repeat(4000)), frame('do power off', 2), Buffer.from('\xff\xff\xff\xff\xff')]) {
    const {answer, socket} = await handshake({});
    browser.expect(answer.includes('101'), 'no connection');
    const closed = firstOf(socket, 'close');
    socket.resume();
    socket.write(bytes);
    await closed;
}

// Who never reads, and who comes and goes.
const lazy = await handshake({});
lazy.socket.pause();
for (let i = 0; i < RELOADS; i++) {
    const {socket} = await handshake({});
    socket.destroy();
}
const before = parseFloat(await page.textContent('#clock'));
await page.waitForFunction((from) => parseFloat(document.getElementById('clock').textContent) > from + 20, before);
lazy.socket.destroy();
await page.close();

run.kill('SIGINT');
await once(run, 'close');
browser.expect(!/ERROR|Sanitizer|runtime error/.test(said), said);
browser.expect(run.signalCode === null, `the program ended by ${run.signalCode}`);
await browser.end();
