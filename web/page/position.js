// SPDX-FileCopyrightText: candial contributors
// SPDX-License-Identifier: MIT
/**
 * Where in the log the board is. A run is the same whenever it is made anew, so a place behind is gone to from the start,
 * as fast as the board can; what hands did is not done again.
 */
import {byId, make, mark, say} from './dom.js';

const FIRST_FRAME_S = 1; // of the board's time (BENCH_FIRST_FRAME_PS)

function timeText(seconds) {
    const minutes = Math.floor(seconds / 60);
    return minutes > 0 ? `${minutes}:${(seconds % 60).toFixed(1).padStart(4, '0')} min` : `${seconds.toFixed(1)} s`;
}

/** @returns {import('./bench.js').Panel} */
export function positionPanel(bench) {
    const place = byId('log-position');
    const slider = make('input', {type: 'range', id: 'log-at', min: 0, max: 1, step: 0.1, value: 0});
    const text = make('output', {for: 'log-at'});
    let log = null;
    let length = null;
    let isHeld = false;
    let goal = null; // {t_s}: on the way there
    place.replaceChildren(make('label', {for: 'log-at'}, 'Log'), slider, text);

    slider.addEventListener('input', () => {
        isHeld = true;
        draw();
    });
    slider.addEventListener('change', async () => {
        isHeld = false;
        const mine = {t_s: Number(slider.value)};
        goal = mine;
        await bench.seek(mine.t_s + FIRST_FRAME_S);
        if (goal === mine) { // else somebody has chosen another place on the way
            goal = null;
        }
        bench.redraw();
    });

    function draw() {
        if (!log) {
            return;
        }
        const at = isHeld ? Number(slider.value) : Math.min(log.t_s, length ?? log.t_s);
        const isOnTheWay = goal !== null && log.t_s < goal.t_s;
        if (!isHeld) {
            slider.value = isOnTheWay ? goal.t_s : at; // a step by keyboard is one from where it was put
        }
        mark(slider, 'aria-valuetext', timeText(at));
        const end = length === null ? '' : ` of ${timeText(length)}`;
        say(text, isOnTheWay ? `${timeText(at)} on the way to ${timeText(goal.t_s)}`
            : `${timeText(at)}${end}, ${log.frames} frames${log.ended ? ', at its end' : ''}`);
    }

    return {
        everyMs: 60,
        hello({log: about}) {
            log = null;
            length = about?.length_s ?? null;
            place.hidden = about === null;
            slider.hidden = length === null;
            slider.max = length ?? 1;
        },
        take(message) {
            log = message.log;
        },
        draw,
    };
}
