// SPDX-FileCopyrightText: candial contributors
// SPDX-License-Identifier: MIT
/** The ST-LINK's virtual COM port as a terminal. */
import {make} from './dom.js';

const LINES_MAX = 300;
const TELEMETRY = /^~/;

/** @param {HTMLElement} place @returns {import('./bench.js').Panel} */
export function consolePanel(place, bench) {
    let lines = [''];
    let isStale = false;
    let shown = '';
    const screen = make('pre', {class: 'screen', tabindex: 0, role: 'log', 'aria-live': 'off',
        'aria-label': 'What the board says'});
    const telemetry = make('input', {type: 'checkbox'});
    const line = make('input', {type: 'text', id: 'console-line', autocomplete: 'off', autocapitalize: 'off',
        spellcheck: 'false', placeholder: 'help', enterkeyhint: 'send'});
    const form = make('form', {class: 'row'},
        make('label', {for: 'console-line', class: 'sr'}, 'Command'), line,
        make('button', {}, 'Send'));
    form.addEventListener('submit', (event) => {
        event.preventDefault();
        bench.do(`type ${line.value}`);
        line.value = '';
    });
    telemetry.addEventListener('change', () => {
        isStale = true;
        show();
    });
    place.replaceChildren(screen, form, make('label', {class: 'quiet'}, telemetry, ' show telemetry (lines with ~)'));

    function add(text) {
        const parts = text.replace(/\r/g, '').split('\n');
        lines[lines.length - 1] += parts[0];
        lines.push(...parts.slice(1));
        lines = lines.filter((one, i) => telemetry.checked || i === lines.length - 1 || !TELEMETRY.test(one))
            .slice(-LINES_MAX);
    }

    function show() {
        if (!isStale) {
            return;
        }
        isStale = false;
        const text = lines.filter((one) => telemetry.checked || !TELEMETRY.test(one)).join('\n');
        if (text === shown) { // telemetry that is not shown
            return;
        }
        shown = text;
        const isAtEnd = screen.scrollTop + screen.clientHeight >= screen.scrollHeight - 8;
        screen.textContent = text;
        if (isAtEnd) {
            screen.scrollTop = screen.scrollHeight;
        }
    }

    return {
        everyMs: 60,
        hello() {
            lines = [''];
            isStale = true;
        },
        take(message) {
            if (message.console_dropped) {
                add(`\n[${message.console_dropped} bytes were too many to show]\n`);
            }
            add(message.console);
            isStale ||= message.console !== '';
        },
        draw: show,
    };
}
