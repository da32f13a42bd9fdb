// SPDX-FileCopyrightText: candial contributors
// SPDX-License-Identifier: MIT
/** What hands did, what tools said, resets, and what the images did that the manual forbids. */
import {make} from './dom.js';

const ITEMS_MAX = 60;
/* bench/events.h, enum bench_reset_cause */
const causes = [[1, 'power-on'], [2, 'brown-out'], [4, 'NRST'], [8, 'software'], [16, 'watchdog'],
    [32, 'low power'], [64, 'domain']];

/** @param {HTMLElement} place @returns {import('./bench.js').Panel} */
export function saidPanel(place) {
    const list = make('ol', {class: 'plain log', tabindex: 0, 'aria-label': 'What happened, the latest first'});
    place.replaceChildren(list);

    function add(time, text, kind) {
        list.prepend(make('li', {class: kind}, make('span', {class: 'quiet'}, `${time.toFixed(3)} s `), text));
        while (list.childElementCount > ITEMS_MAX) {
            list.lastElementChild.remove();
        }
    }

    return {
        hello() {
            list.replaceChildren();
        },
        take({acts, resets, findings}) {
            acts.forEach(({t_s: t, text}) => add(t, text));
            resets.forEach(({t_s: t, causes: set}) => add(t, `reset: ${
                causes.filter(([bit]) => set & bit).map(([, name]) => name).join(', ')}`));
            findings.forEach(({t_s: t, core, function: name, text}) =>
                add(t, `${core}${name ? ` ${name}` : ''}: ${text}`, 'bad'));
        },
    };
}
