// SPDX-FileCopyrightText: candial contributors
// SPDX-License-Identifier: MIT
/** A scope: levels of chosen pins over the board's time. */
import {Chart} from './chart.js';
import {make} from './dom.js';

const EDGES_MAX = 20000;
const ROW = 44;
const LEFT = 46;
const HIGH = 1; // bench_level: low, high, floating, conflict
const FLOATING = 2;

/** @param {HTMLElement} place @returns {import('./bench.js').Panel} */
export function scopePanel(place, bench) {
    /** @type {Map<string, [number, number][]>} pin: times and levels */
    let traces = new Map();
    let now = 0;
    const pins = make('input', {type: 'text', id: 'pins', value: 'PA0 PB0 PE1 PB14', spellcheck: 'false', class: 'mono'});
    const span = make('select', {'aria-label': 'Time shown'},
        [['0.1', '100 ms'], ['1', '1 s'], ['10', '10 s']].map(([value, text]) =>
            make('option', {value, selected: value === '1'}, text)));
    const form = make('form', {class: 'row'},
        make('label', {for: 'pins'}, 'Pins'), pins, make('button', {}, 'Watch'), span);
    const canvas = make('canvas', {class: 'chart scope', role: 'img', 'aria-label': 'Levels of the pins'});
    const chart = new Chart(canvas, draw);
    span.addEventListener('change', draw);
    place.replaceChildren(form, canvas, make('p', {class: 'quiet'},
        'PA0 is the servo\'s pulse; on the NUCLEO PB0, PE1 and PB14 are LD1, LD2 and LD3. A pin that nobody drives is dashed.'));

    function watch() {
        const names = pins.value.toUpperCase().split(/[\s,]+/).filter(Boolean);
        traces = new Map(names.map((name) => [name, []]));
        return bench.do(`scope ${names.join(' ')}`.trim());
    }

    form.addEventListener('submit', (event) => {
        event.preventDefault();
        watch();
    });

    /* Driven levels in one line, floating ones dashed in another. */
    function drawTrace(edges, top, from, x, end) {
        const y = (level) => top + ROW - 10 - (level === HIGH ? ROW - 18 : level === FLOATING ? (ROW - 18) / 2 : 0);
        const driven = [];
        const floating = [];
        const first = Math.max(edges.findLastIndex(([t]) => t <= from), 0);
        for (let i = first; i < edges.length; i++) {
            const [t, level] = edges[i];
            const left = Math.max(x(t), LEFT);
            const right = x(edges[i + 1]?.[0] ?? end);
            const [to, other] = level === FLOATING ? [floating, driven] : [driven, floating];
            to.push([left, y(level)], [right, y(level)]);
            other.push([right, NaN]);
        }
        chart.line(driven, chart.colour('--trace-2'));
        chart.context.setLineDash([3, 3]);
        chart.line(floating, chart.colour('--trace-2'));
        chart.context.setLineDash([]);
    }

    function draw() {
        canvas.classList.toggle('tall', traces.size > 4);
        const size = chart.begin();
        if (!size) {
            return;
        }
        const {width} = size;
        const from = now - Number(span.value);
        const x = (t) => LEFT + (t - from) / Number(span.value) * (width - LEFT);
        let top = 0;
        for (const [name, edges] of traces) {
            chart.text(name, 4, top + ROW / 2 + 4, chart.colour('--ink'));
            drawTrace(edges, top, from, x, now);
            top += ROW;
        }
    }

    return {
        everyMs: 50,
        hello() {
            watch();
        },
        take(message) {
            now = message.t_s;
            for (const [name, t, level] of message.edges) {
                const trace = traces.get(name);
                trace?.push([t, level]);
                if (trace?.length > EDGES_MAX) {
                    trace.splice(0, EDGES_MAX / 2);
                }
            }
        },
        draw,
    };
}
