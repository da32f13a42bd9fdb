// SPDX-FileCopyrightText: candial contributors
// SPDX-License-Identifier: MIT
/** The CAN monitor: a row an identifier, what it says by DBC or profile, errors, and frames to inject. */
import {make} from './dom.js';

const REDRAW_MS = 150;
const ERRORS_SHOWN = 5;

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

class Row {
    constructor() {
        this.cells = Array.from({length: 6}, (_, i) => make('td', {class: i === 4 ? 'mono' : null}));
        this.id = make('th', {scope: 'row', class: 'mono'});
        this.node = make('tr', {}, this.id, this.cells);
    }

    show(frame) {
        const rate = frame.period_s > 0 ? `${(1 / frame.period_s).toFixed(1)}` : '';
        const texts = [frame.sender, String(frame.count), rate, String(frame.length), bytesOf(frame), meaningOf(frame)];
        this.id.textContent = idText(frame);
        texts.forEach((text, i) => {
            this.cells[i].textContent = text;
        });
    }
}

/** @param {HTMLElement} place @returns {import('./bench.js').Panel} */
export function busPanel(place, bench) {
    /** @type {Map<string, {frame: object, row: Row, isNew: boolean}>} */
    let rows = new Map();
    let errors = [];
    let errorCount = 0;
    let drawnMs = 0;
    let cans = [];
    const filter = make('input', {type: 'search', placeholder: 'id or name', 'aria-label': 'Show only'});
    const body = make('tbody');
    const controllers = make('p', {class: 'quiet'});
    const mistakes = make('ul', {class: 'plain'});
    const frame = make('input', {type: 'text', id: 'inject', placeholder: '156#009B000000000000', class: 'mono',
        spellcheck: 'false', autocomplete: 'off'});
    const form = make('form', {class: 'row'}, make('label', {for: 'inject'}, 'Inject a frame'), frame,
        make('button', {}, 'Send'));
    form.addEventListener('submit', (event) => {
        event.preventDefault();
        bench.do(`can ${frame.value.trim()}`);
    });
    filter.addEventListener('input', () => {
        drawnMs = 0;
        draw();
    });
    place.replaceChildren(controllers, form, make('p', {class: 'row'}, filter),
        make('div', {class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Frames by identifier'},
            make('table', {},
                make('thead', {}, make('tr', {}, ['Id', 'From', 'Frames', 'per s', 'Length', 'Last data', 'Says']
                    .map((text) => make('th', {scope: 'col'}, text)))), body)),
        mistakes);

    function wants({frame: seen}) {
        const text = filter.value.trim().toLowerCase();
        return text === '' || `${idText(seen)} ${seen.sender} ${meaningOf(seen)}`.toLowerCase().includes(text);
    }

    function draw() {
        if (performance.now() - drawnMs < REDRAW_MS) {
            return;
        }
        drawnMs = performance.now();
        const shown = [...rows.values()].filter(wants).sort((a, b) =>
            a.frame.extended - b.frame.extended || a.frame.id - b.frame.id);
        for (const entry of shown) {
            entry.row.show(entry.frame);
        }
        if (body.childElementCount !== shown.length || shown.some(({row}, i) => body.children[i] !== row.node)) {
            body.replaceChildren(...shown.map(({row}) => row.node));
        }
        controllers.textContent = cans.filter(({state, bit_hz: rate}) => state !== 'off' || rate === 500000).map((can) =>
            `${can.name}: ${can.state}, ${can.bit_hz / 1000} kbit/s, ${can.received} seen, ${can.sent} sent, ` +
            `${can.lost} lost, error counters ${can.tec}/${can.rec}`).join('. ');
        mistakes.replaceChildren(...(errorCount === 0 ? [] : [make('li', {},
            make('strong', {}, `${errorCount} destroyed: `),
            errors.map(({t_s: t, id, error}) => `${t.toFixed(3)} s ${id.toString(16).toUpperCase()} ${error}`)
                .join(', '))]));
    }

    return {
        hello() {
            rows = new Map();
            errors = [];
            errorCount = 0;
            body.replaceChildren();
        },
        take(message) {
            for (const seen of message.ids) {
                const key = `${seen.extended}${seen.id}`;
                const entry = rows.get(key) ?? {row: new Row()};
                entry.frame = seen;
                rows.set(key, entry);
            }
            errorCount += message.errors.length + (message.errors_dropped ?? 0);
            errors = [...errors, ...message.errors].slice(-ERRORS_SHOWN);
            cans = message.cans;
        },
        draw,
    };
}
