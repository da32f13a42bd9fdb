// SPDX-FileCopyrightText: candial contributors
// SPDX-License-Identifier: MIT
/** The dial, as it would look in the car: the needle stands where the servo's shaft is. */
import {draw, make, mark, say} from './dom.js';

const RADIUS = 100;
const VIEW = '-116 -116 232 232';
const LABEL_EVERY_MS = 500; // nobody hears more
const states = {
    boot: 'starting', sweep: 'moved by command', wait: 'waiting for a value', live: 'live',
    stale: 'no frame any more: parked', fault: 'sensor fault: parked',
};

/** A point at `part` of the radius where the needle points at `deg`; straight up is `middle`. */
function at(deg, middle, part) {
    const angle = (deg - middle) * Math.PI / 180;
    return [Math.sin(angle) * RADIUS * part, -Math.cos(angle) * RADIUS * part].map((v) => v.toFixed(2));
}

function arc(from, to, middle, part, attributes) {
    const large = Math.abs(to - from) > 180 ? 1 : 0;
    const radius = RADIUS * part;
    return draw('path', {
        d: `M${at(from, middle, part)} A${radius} ${radius} 0 ${large} 1 ${at(to, middle, part)}`,
        fill: 'none', ...attributes,
    });
}

function scaleMark([celsius, deg, isNumbered], middle) {
    const [x1, y1] = at(deg, middle, 1);
    const [x2, y2] = at(deg, middle, isNumbered ? 0.88 : 0.93);
    const [x, y] = at(deg, middle, 0.72);
    return [
        draw('line', {x1, y1, x2, y2, class: 'dial-mark'}),
        isNumbered ? draw('text', {x, y, class: 'dial-number'}, String(celsius)) : null,
    ];
}

function face(dial, middle) {
    return [
        draw('circle', {r: RADIUS * 1.12, class: 'dial-face'}),
        arc(dial.low_deg, dial.high_deg, middle, 1, {class: 'dial-scale'}),
        dial.warn_deg === null ? null
            : arc(dial.warn_deg, dial.high_deg, middle, 1.03, {class: 'dial-warn'}),
        dial.marks.map((one) => scaleMark(one, middle)),
    ];
}

/** @param {HTMLElement} place @returns {import('./bench.js').Panel} */
export function dialPanel(place) {
    let middle = 90;
    let sample = null;
    // Turned by the compositor: a needle in the picture itself would have the whole face painted for each frame.
    const needle = draw('svg', {viewBox: VIEW, class: 'dial-needle', 'aria-hidden': 'true'},
        draw('path', {d: `M-3 14 L-1.2 ${-RADIUS * 0.9} L1.2 ${-RADIUS * 0.9} L3 14 Z`}),
        draw('circle', {r: 8}));
    const warning = draw('circle', {cy: 42, r: 6, class: 'dial-lamp'});
    const unit = draw('text', {y: 66, class: 'dial-unit'}, '°C');
    const picture = draw('svg', {viewBox: VIEW, role: 'img', 'aria-label': 'Dial', class: 'dial'});
    const value = make('p', {class: 'dial-value'}, '– °C');
    const state = make('p', {class: 'quiet dial-state', 'aria-live': 'polite'});
    let labelledMs = 0;
    place.replaceChildren(make('div', {class: 'dial-box'}, picture, needle), value, state);

    return {
        hello({dials, own_firmware: isOwn}) {
            const dial = dials[0];
            middle = (dial.low_deg + dial.high_deg) / 2;
            sample = null;
            say(state, isOwn ? '' : 'This firmware is not candial\'s: only its servo pulse is known.');
            picture.replaceChildren(...[face(dial, middle), warning, unit].flat(Infinity).filter(Boolean));
        },
        take({samples}) {
            sample = samples.at(-1) ?? sample;
        },
        draw() {
            if (!sample) {
                return;
            }
            needle.style.transform = `rotate(${(sample.servo_deg - middle).toFixed(2)}deg)`;
            warning.classList.toggle('on', sample.warn);
            const shown = sample.shown_c === null ? '–' : sample.shown_c.toFixed(1);
            say(value, `${shown} °C`);
            if (performance.now() - labelledMs > LABEL_EVERY_MS) {
                labelledMs = performance.now();
                mark(picture, 'aria-label', `Dial: the needle shows ${shown} °C`);
            }
            say(state, sample.supply === 'deadlock' ? 'the board is dead: the needle stays where it was'
                : sample.supply === 'off' ? 'no power' : states[sample.state] ?? '');
        },
    };
}
