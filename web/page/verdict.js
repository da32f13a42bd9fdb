// SPDX-FileCopyrightText: candial contributors
// SPDX-License-Identifier: MIT
/** The verdict's JSON (docs/check.md) as something to read. */
import {make} from './dom.js';
import {histories, meanings, starts, verdicts} from './words.js';

function facts(item) {
    const rows = [
        ['Function', item.where],
        ['Called from', item.caller],
        ['Core', item.core && `Cortex-${item.core.slice(1)}`],
        ['Register', item.register],
        ['Value', item.value],
        ['Line of the project', item.line],
        ['When', `${histories[item.history] ?? item.history}: ${nameOf(item)}` +
            (item.t_s > 0 ? `, after ${timeOf(item.t_s)}` : '')],
    ].filter(([, value]) => value);
    return make('dl', {class: 'facts'}, rows.map(([name, value]) => [
        make('dt', {}, name),
        make('dd', {}, make('code', {}, String(value))),
    ]));
}

function timeOf(seconds) {
    if (seconds < 1e-3) {
        return `${(seconds * 1e6).toFixed(1)} µs`;
    }
    return seconds < 1 ? `${(seconds * 1e3).toFixed(1)} ms` : `${seconds.toFixed(2)} s`;
}

function itemOf(item) {
    return make('article', {class: 'card'},
        make('h3', {}, item.text),
        meanings[item.kind] ? make('p', {}, meanings[item.kind]) : null,
        facts(item),
        item.change ? make('p', {class: 'change'}, make('strong', {}, 'What to change: '), item.change) : null);
}

function markOf(start, verdict) {
    const isOf = (item) => item.history === start.history && item.start === start.start &&
        item.stimulus === start.stimulus;
    if (start.supply === 'deadlock' || verdict.unsafe.some(isOf)) {
        return {kind: 'bad', sign: '✕', word: 'bad'};
    }
    if (verdict.unknown.some(isOf)) {
        return {kind: 'unknown', sign: '?', word: 'not known'};
    }
    return {kind: 'good', sign: '✓', word: 'good'};
}

/** With what happened in it, where something did. */
function nameOf({start, stimulus}) {
    const name = starts[start] ?? start;
    return stimulus ? `${name}, ${stimulus}` : name;
}

function lineOf(history, verdict) {
    const all = verdict.starts.filter((start) => start.history === history);
    return [
        make('h3', {id: `line-${history}`}, histories[history] ?? history),
        make('ol', {class: 'timeline', 'aria-labelledby': `line-${history}`}, all.map((start) => {
            const mark = markOf(start, verdict);
            return make('li', {},
                make('span', {class: 'mark'},
                    make('span', {class: `dot ${mark.kind}`, role: 'img', 'aria-label': mark.word}, mark.sign)),
                make('span', {}, make('strong', {}, nameOf(start)), start.outcome));
        })),
    ];
}

function timeLine(verdict) {
    const order = [...new Set(verdict.starts.map((start) => start.history))];
    if (order.length === 0) {
        return null;
    }
    return make('section', {class: 'card', 'aria-labelledby': 'starts-title'},
        make('h2', {id: 'starts-title'}, 'What would happen, start by start'),
        order.map((history) => lineOf(history, verdict)));
}

function wayBack() {
    return make('p', {},
        'Is it on your board already? It is not broken. ',
        make('a', {href: '#tour'}, 'The way back, step by step'), '.');
}

function list(title, items) {
    return items.length === 0 ? null : make('section', {}, make('h2', {}, title), items.map(itemOf));
}

function notes(items) {
    return items.length === 0 ? null : make('details', {class: 'card'},
        make('summary', {}, `${items.length} ${items.length === 1 ? 'note' : 'notes'}, which change nothing about it`),
        items.map(itemOf));
}

function save(json, images) {
    const address = URL.createObjectURL(new Blob([json], {type: 'application/json'}));
    return make('p', {}, make('a', {href: address, download: `${images[0].replace(/.*\//, '')}.check.json`},
        'Save the verdict as JSON'), make('span', {class: 'quiet'}, ': the same bytes that the program writes'));
}

const shortVerdicts = {safe: ['SAFE', 'good', '✓'], unsafe: ['UNSAFE', 'bad', '✕'], unknown: ['COULD NOT TELL', 'unknown', '?']};
const wirings = {'smps': 'direct SMPS', 'ldo': 'LDO', 'smps-ldo': 'SMPS and LDO', 'bypass': 'from outside'};

function boardRow(verdict) {
    const [words, kind, sign] = shortVerdicts[verdict.verdict];
    const [decider] = [...verdict.unsafe, ...verdict.unknown];
    return make('tr', {},
        make('th', {scope: 'row'}, verdict.assumed.board),
        make('td', {}, wirings[verdict.assumed.wiring] ?? verdict.assumed.wiring),
        make('td', {}, make('span', {class: `dot small ${kind}`, 'aria-hidden': 'true'}, sign), ` ${words}`),
        make('td', {class: 'wraps'}, decider && verdict.verdict !== 'safe' ? [decider.where, decider.text].filter(Boolean).join(': ')
            : ''));
}

/** The same image on each board: on which would it live? */
function showBoards(json, boards) {
    return [
        make('section', {class: 'card', 'aria-labelledby': 'boards-title'},
            make('h2', {id: 'boards-title'}, 'On which boards would it live?'),
            make('p', {class: 'quiet'}, boards[0].images.join(' and ')),
            make('div', {class: 'scroll whole', tabindex: 0, role: 'region', 'aria-labelledby': 'boards-title'},
                make('table', {class: 'boards'}, make('thead', {}, make('tr', {},
                    ['Board', 'VCORE from', 'Verdict', 'What decided'].map((text) => make('th', {scope: 'col'}, text)))),
                make('tbody', {}, boards.map(boardRow)))),
            make('p', {class: 'quiet'}, 'Choose one of them above for all of what happens on it.')),
        save(json, boards[0].images),
    ];
}

/**
 * @param {string} json as the board's program wrote it
 * @returns {Node[]}
 */
export function showVerdict(json) {
    const verdict = JSON.parse(json);
    if (verdict.boards) {
        return showBoards(json, verdict.boards);
    }
    const words = verdicts[verdict.verdict];
    return [
        make('section', {class: `card verdict ${verdict.verdict}`},
            make('h2', {}, words.title),
            make('p', {}, words.text),
            make('p', {class: 'quiet'}, `${verdict.images.join(' and ')}, on ${verdict.assumed.board}`),
            verdict.unsafe.some((item) => item.kind === 'vcore-lost') ? wayBack() : null),
        list('What is unsafe', verdict.unsafe),
        list('What could not be told', verdict.unknown),
        timeLine(verdict),
        notes(verdict.notes),
        save(json, verdict.images),
    ].filter(Boolean);
}
