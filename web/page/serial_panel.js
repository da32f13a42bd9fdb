// SPDX-FileCopyrightText: candial contributors
// SPDX-License-Identifier: MIT
/**
 * A real bus at the board: an slcan adapter, through the browser's Web Serial. What comes from it goes onto the board's
 * bus; what the board sends goes out, unless the adapter is only to listen.
 */
import {byId, make, mark, say} from './dom.js';
import {dataSpeeds, frameOf, isFd, Lines, slcanOf, speeds} from './slcan.js';

const BAUD = 115200; // USB adapters take any
const WAITING_MAX = 4096; // frames that the adapter has not taken

class Adapter {
    #port;
    #reader;
    #writer;
    #waiting = 0;
    #encoder = new TextEncoder();
    #takesFd = false;
    isOpen = false;
    received = 0;
    sent = 0;
    dropped = 0;

    /**
     * @param {SerialPort} port
     * @param {{bitrate: number, dataBitrate: number, onlyListens: boolean}} how `dataBitrate` 0: without CAN FD
     */
    async open(port, {bitrate, dataBitrate, onlyListens}) {
        await port.open({baudRate: BAUD});
        this.#port = port;
        this.#writer = port.writable.getWriter();
        this.#reader = port.readable.getReader();
        this.isOpen = true;
        this.#takesFd = dataBitrate > 0;
        // Whatever it did: closed, then the speeds, then opened.
        const second = dataBitrate > 0 ? [dataSpeeds.get(dataBitrate)] : [];
        for (const command of ['', '', 'C', speeds.get(bitrate), ...second, onlyListens ? 'L' : 'O']) {
            await this.#write(`${command}\r`);
        }
    }

    #write(text) {
        return this.#writer.write(this.#encoder.encode(text));
    }

    /** Frames, as long as it is open. */
    async* frames() {
        const lines = new Lines();
        const decoder = new TextDecoder();
        for (;;) {
            const {value, done} = await this.#reader.read();
            if (done) {
                return;
            }
            for (const line of lines.take(decoder.decode(value, {stream: true}))) {
                const frame = frameOf(line);
                if (frame) {
                    this.received++;
                    yield frame;
                }
            }
        }
    }

    send(frame) {
        if (this.#waiting >= WAITING_MAX || (isFd(frame) && !this.#takesFd)) {
            this.dropped++;
            return;
        }
        this.#waiting++;
        this.#write(slcanOf(frame)).then(() => this.sent++, () => this.dropped++).finally(() => this.#waiting--);
    }

    async close() {
        this.isOpen = false;
        await this.#write('C\r').catch(() => {}); // it may be unplugged
        await this.#reader.cancel().catch(() => {});
        this.#reader.releaseLock();
        this.#writer.releaseLock();
        await this.#port.close().catch(() => {});
    }
}

/** @param {HTMLElement} place @returns {import('./bench.js').Panel} */
export function serialPanel(place, bench) {
    if (!navigator.serial) { // Firefox, Safari, or no secure origin
        return {};
    }
    byId('serial-card').hidden = false;
    /** @type {Adapter | null} */
    let adapter = null;
    const connect = make('button', {type: 'button', 'aria-pressed': 'false'}, 'Connect an slcan adapter');
    const rate = make('select', {id: 'serial-rate'}, [...speeds.keys()].map((bps) =>
        make('option', {value: bps, selected: bps === 500000}, `${bps / 1000} kbit/s`)));
    const dataRate = make('select', {id: 'serial-data-rate'}, make('option', {value: 0}, 'none'),
        [...dataSpeeds.keys()].map((bps) => make('option', {value: bps}, `${bps / 1000000} Mbit/s`)));
    const listens = make('input', {type: 'checkbox', checked: true});
    const state = make('p', {role: 'status', id: 'serial-state', class: 'quiet'});
    const help = make('p', {class: 'quiet'}, 'A CANable, CANtact, USBtin or another adapter that speaks slcan stands for the ' +
        'car then: the virtual one falls silent, and the board runs at the speed of real time. Your browser asks which ' +
        'port; what comes from it stays in this page.');
    place.replaceChildren(help, make('p', {class: 'row'}, connect, make('label', {for: 'serial-rate'}, 'at', rate),
        make('label', {for: 'serial-data-rate'}, 'CAN FD', dataRate),
        make('label', {}, listens, 'only listen: nothing is sent to the car')), state);

    async function pump() {
        for await (const frame of adapter.frames()) {
            bench.link.do(`can ${frame}`); // one the board has no room for is gone, as on a bus
        }
    }

    async function begin() {
        const port = await navigator.serial.requestPort();
        adapter = new Adapter();
        await adapter.open(port, {bitrate: Number(rate.value), dataBitrate: Number(dataRate.value),
            onlyListens: listens.checked});
        await bench.link.do('engine off');
        await bench.link.do(`tap ${listens.checked ? 'off' : 'on'}`);
        await bench.playLive();
        pump().catch((error) => end(`The adapter is gone: ${error.message}`));
    }

    async function end(why) {
        const old = adapter;
        adapter = null;
        show();
        say(state, why);
        await bench.link.do('tap off');
        await bench.link.do('engine on');
        await old?.close();
    }

    function show() {
        mark(connect, 'aria-pressed', adapter !== null);
        say(connect, adapter ? 'Disconnect' : 'Connect an slcan adapter');
        rate.disabled = dataRate.disabled = listens.disabled = adapter !== null;
    }

    connect.addEventListener('click', async () => {
        if (adapter) {
            await end('');
            return;
        }
        try {
            await begin();
        } catch (error) {
            adapter = null; // none was chosen, or it is in use
            say(state, error.name === 'NotFoundError' ? '' : `It cannot be opened: ${error.message}`);
        }
        show();
    });

    return {
        everyMs: 200,
        hello() {
            if (adapter) { // another board on the same bus
                bench.link.do('engine off');
                bench.link.do(`tap ${listens.checked ? 'off' : 'on'}`);
            }
        },
        take({frames}) {
            for (const frame of adapter && !listens.checked ? frames : []) {
                adapter.send(frame);
            }
        },
        draw() {
            if (adapter) {
                say(state, `${adapter.received} frames from the car, ${adapter.sent} to it` +
                    (adapter.dropped > 0 ? `, ${adapter.dropped} that it did not take` : ''));
            }
        },
    };
}
