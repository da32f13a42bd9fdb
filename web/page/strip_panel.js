// SPDX-FileCopyrightText: candial contributors
// SPDX-License-Identifier: MIT
/** A strip chart: the value on the bus, what the needle shows, where the shaft stands. */
import {Chart} from './chart.js';
import {make, mark} from './dom.js';

const SAMPLES_MAX = 6000;
const LEFT = 40;
const BOTTOM = 20;
const LINES_C = [0, 50, 100, 150];

/** @param {HTMLElement} place @returns {import('./bench.js').Panel} */
export function stripPanel(place) {
    let samples = [];
    const canvas = make('canvas', {class: 'chart', role: 'img', 'aria-label': 'Strip chart'});
    const span = make('select', {'aria-label': 'Time shown'},
        [['10', '10 s'], ['60', '1 min'], ['600', '10 min']].map(([value, text]) =>
            make('option', {value, selected: value === '60'}, text)));
    place.replaceChildren(
        make('p', {class: 'legend'},
            make('span', {class: 'key k1'}, 'value on the bus'), make('span', {class: 'key k2'}, 'needle shows'),
            make('span', {class: 'key k3'}, 'shaft, as °'), span),
        canvas);
    const chart = new Chart(canvas, draw);
    span.addEventListener('change', draw);

    /* At most a sample a pixel is drawn; kept are so many that ten minutes fit. */
    function keep(some) {
        samples.push(...some);
        if (samples.length > SAMPLES_MAX) {
            const old = samples.length - SAMPLES_MAX / 2;
            samples = samples.filter((_, i) => i >= old || i % 2 === 0);
        }
    }

    /** Those from that second on, at most one a pixel. */
    function shownFrom(from, width) {
        let first = samples.length;
        while (first > 0 && samples[first - 1].t_s >= from) {
            first--;
        }
        const step = Math.max(1, Math.ceil((samples.length - first) / width));
        const shown = [];
        for (let i = samples.length - 1; i >= first; i -= step) {
            shown.push(samples[i]);
        }
        return shown;
    }

    function draw() {
        const size = chart.begin();
        if (!size) {
            return;
        }
        const {width, height} = size;
        const end = samples.at(-1)?.t_s ?? 0;
        const from = Math.max(0, end - Number(span.value));
        const shown = shownFrom(from, width - LEFT);
        const x = (t) => LEFT + (t - from) / Number(span.value) * (width - LEFT);
        const y = (value) => (height - BOTTOM) * (1 - (value + 20) / 210) + 4;
        for (const celsius of LINES_C) {
            chart.line([[LEFT, y(celsius)], [width, y(celsius)]], chart.colour('--line'));
            chart.text(`${celsius}`, 4, y(celsius) + 4, chart.colour('--quiet'));
        }
        const number = (value) => value === null ? NaN : y(value);
        const series = [['frame_c', '--trace-1'], ['shown_c', '--trace-2'], ['servo_deg', '--trace-3']];
        for (const [key, colour] of series) {
            chart.line(shown.map((s) => [x(s.t_s), number(s[key])]), chart.colour(colour));
        }
        chart.text(`${from.toFixed(0)} s`, LEFT, height - 4, chart.colour('--quiet'));
        chart.text(`${(from + Number(span.value)).toFixed(0)} s`, width - 44, height - 4, chart.colour('--quiet'));
        const last = samples.at(-1);
        mark(canvas, 'aria-label', last ? `Strip chart; at ${last.t_s.toFixed(0)} s: bus ${
            last.frame_c ?? 'nothing'}, needle ${last.shown_c ?? 'nothing'}, shaft ${last.servo_deg.toFixed(0)} degrees`
            : 'Strip chart');
    }

    return {
        everyMs: 100,
        hello() {
            samples = [];
        },
        take(message) {
            keep(message.samples);
        },
        draw,
    };
}
