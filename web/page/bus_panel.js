// SPDX-FileCopyrightText: candial contributors
// SPDX-License-Identifier: MIT
/** The CAN monitor: the controllers' health, a row an identifier, what it says by DBC or profile, errors, frames to inject. */
import {make, say} from './dom.js';

const ERRORS_SHOWN = 5;
const ROWS_AT_ONCE = 4;
const LONG = 44; // letters that have room in one line

/* ISO 11898-1: above 127 error passive, above 255 off the bus. */
const health = {
    'off': ['takes no part', ''],
    'synchronizing': ['waits for the bus to be idle', ''],
    'active': ['error active', 'good'],
    'passive': ['error passive: too many errors', 'bad'],
    'bus-off': ['BUS-OFF: it has left the bus', 'bad'],
};

const errorWords = {
    stuff: 'stuff error', form: 'form error', ack: 'nobody acknowledged', bit1: 'bit error (sent 1, saw 0)',
    bit0: 'bit error (sent 0, saw 1)', crc: 'CRC error',
};

function idText({id, extended}) {
    return id.toString(16).toUpperCase().padStart(extended ? 8 : 3, '0');
}

function meaningOf({signals}) {
    return (signals ?? []).map(([name, value, unit]) =>
        `${name} ${value === null ? '–' : value} ${unit}`.trim()).join(', ');
}

function bytesOf({data}) {
    return data.replace(/(..)(?=.)/g, '$1 ');
}

function headOf(names) {
    return make('thead', {}, make('tr', {}, names.map((text) => make('th', {scope: 'col'}, text))));
}

class Row {
    constructor() {
        this.cells = Array.from({length: 6}, (_, i) => make('td', {role: 'cell', class: i === 4 ? 'mono' : null}));
        this.id = make('th', {scope: 'row', role: 'rowheader', class: 'mono'});
        this.node = make('tr', {role: 'row'}, this.id, this.cells);
    }

    show(frame) {
        const rate = frame.period_s > 0 ? `${(1 / frame.period_s).toFixed(1)}` : '';
        const texts = [frame.sender, String(frame.count), rate, String(frame.length), bytesOf(frame), meaningOf(frame)];
        say(this.id, idText(frame));
        this.node.classList.toggle('long', texts.at(-1).length > LONG || frame.length > 8);
        texts.forEach((text, i) => say(this.cells[i], text));
    }
}

/*
 * A table to whoever hears it, but rows of their own to the layout: a table whose cells get new texts many times a second
 * costs a quarter of each frame.
 */
function frameTable(body) {
    const head = headOf(['Id', 'From', 'Frames', 'per s', 'Length', 'Last data', 'Says']);
    head.setAttribute('role', 'rowgroup');
    head.firstElementChild.setAttribute('role', 'row');
    [...head.firstElementChild.children].forEach((cell) => cell.setAttribute('role', 'columnheader'));
    return make('table', {class: 'frames', role: 'table'}, head, body);
}

/** A controller of the chip: how it is, and its error counters. */
class Controller {
    constructor() {
        this.cells = Array.from({length: 7}, () => make('td'));
        this.name = make('th', {scope: 'row'});
        this.node = make('tr', {}, this.name, this.cells);
    }

    show(can) {
        const [words, kind] = health[can.state];
        const texts = [words, String(can.tec), String(can.rec),
            can.state === 'off' ? '–' : `${(can.bit_hz / 1000).toFixed(1).replace('.0', '')} kbit/s`, String(can.received),
            String(can.sent), String(can.lost)];
        say(this.name, can.name);
        texts.forEach((text, i) => say(this.cells[i], text));
        this.cells[0].className = kind;
    }
}

function injectForm(bench) {
    const frame = make('input', {type: 'text', id: 'inject', placeholder: '156#009B000000000000', class: 'mono',
        spellcheck: 'false', autocomplete: 'off'});
    const form = make('form', {class: 'row'}, make('label', {for: 'inject'}, 'Inject a frame'), frame,
        make('button', {}, 'Send'));
    form.addEventListener('submit', (event) => {
        event.preventDefault();
        bench.do(`can ${frame.value.trim()}`);
    });
    return form;
}

function spoilForm(bench) {
    const count = make('input', {type: 'number', id: 'spoil', value: 1, min: 1, max: 10000});
    const form = make('form', {class: 'row'}, make('label', {for: 'spoil'}, 'Destroy the next frames'), count,
        make('button', {}, 'Disturb'),
        make('span', {class: 'quiet'}, 'a bit of each is flipped, as by noise: error frames'));
    form.addEventListener('submit', (event) => {
        event.preventDefault();
        bench.do(`spoil ${count.value}`);
    });
    return form;
}

/** @param {HTMLElement} place @returns {import('./bench.js').Panel} */
export function busPanel(place, bench) {
    /** @type {Map<string, {frame: object, row: Row, isNew: boolean, shownMs: number}>} */
    let rows = new Map();
    let errors = [];
    let errorCount = 0;
    let cans = [];
    /** @type {Map<string, Controller>} */
    const controllers = new Map();
    const filter = make('input', {type: 'search', placeholder: 'id or name', 'aria-label': 'Show only'});
    const body = make('tbody', {id: 'bus-frames', role: 'rowgroup'});
    const controllerBody = make('tbody');
    const mistakes = make('p', {id: 'bus-errors', class: 'quiet'}, 'No error frames.');
    filter.addEventListener('input', draw);
    place.replaceChildren(
        make('div', {class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'CAN controllers'},
            make('table', {id: 'controllers', class: 'controllers'}, headOf(['Controller', 'Health', 'TEC', 'REC', 'Bit rate', 'Seen', 'Sent',
                'Lost']), controllerBody)),
        mistakes, injectForm(bench), spoilForm(bench), make('p', {class: 'row'}, filter),
        make('div', {class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Frames by identifier'},
            frameTable(body)));

    function wants({frame: seen}) {
        const text = filter.value.trim().toLowerCase();
        return text === '' || `${idText(seen)} ${seen.sender} ${meaningOf(seen)}`.toLowerCase().includes(text);
    }

    function drawRows() {
        const shown = [...rows.values()].filter(wants).sort((a, b) =>
            a.frame.extended - b.frame.extended || a.frame.id - b.frame.id);
        // Some at a time, those that have waited longest.
        const stale = shown.filter(({isNew}) => isNew).sort((a, b) => a.shownMs - b.shownMs);
        for (const entry of stale.slice(0, Math.max(ROWS_AT_ONCE, Math.ceil(stale.length / 4)))) {
            entry.row.show(entry.frame);
            entry.isNew = false;
            entry.shownMs = performance.now();
        }
        if (body.childElementCount !== shown.length || shown.some(({row}, i) => body.children[i] !== row.node)) {
            body.replaceChildren(...shown.map(({row}) => row.node));
        }
    }

    function drawControllers() {
        for (const can of cans) {
            if (!controllers.has(can.name)) {
                controllers.set(can.name, new Controller());
                controllerBody.append(controllers.get(can.name).node);
            }
            controllers.get(can.name).show(can);
        }
    }

    function drawErrors() {
        if (errorCount === 0) {
            say(mistakes, 'No error frames.');
            return;
        }
        const last = errors.toReversed().map(({t_s: t, id, error}) =>
            `${t.toFixed(3)} s ${id.toString(16).toUpperCase().padStart(3, '0')} ${errorWords[error] ?? error}`).join(', ');
        say(mistakes, `${errorCount} error ${errorCount === 1 ? 'frame' : 'frames'}; the last: ${last}`);
    }

    function draw() {
        drawRows();
        drawControllers();
        drawErrors();
    }

    return {
        everyMs: 40,
        hello() {
            rows = new Map();
            errors = [];
            errorCount = 0;
            controllers.clear();
            body.replaceChildren();
            controllerBody.replaceChildren();
        },
        take(message) {
            for (const seen of message.ids) {
                const key = `${seen.extended}${seen.id}`;
                const entry = rows.get(key) ?? {row: new Row(), shownMs: 0};
                entry.frame = seen;
                entry.isNew = true;
                rows.set(key, entry);
            }
            errorCount += message.errors.length + (message.errors_dropped ?? 0);
            errors = [...errors, ...message.errors].slice(-ERRORS_SHOWN);
            cans = message.cans;
        },
        draw,
    };
}
