// SPDX-FileCopyrightText: candial contributors
// SPDX-License-Identifier: MIT
/** The virtual car's engine: key, oil, sensor. */
import {make, mark, say} from './dom.js';

/** @param {HTMLElement} place @returns {import('./bench.js').Panel} */
export function carPanel(place, bench) {
    const engine = make('button', {type: 'button', 'aria-pressed': 'true'}, 'Engine runs');
    const sensor = make('button', {type: 'button', 'aria-pressed': 'true'}, 'Oil sensor works');
    const oil = make('input', {type: 'range', min: -40, max: 170, value: 90, step: 1, id: 'oil'});
    const wanted = make('output', {for: 'oil'}, '90 °C');
    const sent = make('output', {}, '–');
    const hold = make('button', {type: 'button', onclick: () => bench.do(`oil ${oil.value}`)}, 'Bring it there');
    const what = make('p', {class: 'quiet'});
    const flip = (button, word) => () =>
        bench.do(`${word} ${button.getAttribute('aria-pressed') === 'true' ? 'off' : 'on'}`);
    engine.addEventListener('click', flip(engine, 'engine'));
    sensor.addEventListener('click', flip(sensor, 'sensor'));
    oil.addEventListener('input', () => {
        wanted.textContent = `${oil.value} °C`;
    });
    place.replaceChildren(what,
        make('div', {class: 'buttons left'}, engine, sensor),
        make('p', {}, make('label', {for: 'oil'}, 'Oil temperature '), wanted, oil, hold),
        make('p', {class: 'quiet'}, 'On the bus now: ', sent));
    let frame = null;

    return {
        everyMs: 60,
        hello({drives, profile}) {
            const words = drives ? `A virtual car that fits “${profile}” warms up, is driven hard, and cools down.`
                : 'A recorded log plays instead of the virtual car.';
            what.textContent = words;
            for (const control of [engine, sensor, oil, hold]) {
                control.disabled = !drives;
            }
        },
        take({samples, hands}) {
            frame = samples.at(-1)?.frame_c ?? frame;
            mark(engine, 'aria-pressed', hands.engine); // at once: the next click goes by it
            mark(sensor, 'aria-pressed', hands.sensor);
        },
        draw() {
            say(sent, frame === null ? '–' : `${frame.toFixed(1)} °C`);
        },
    };
}
