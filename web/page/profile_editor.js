// SPDX-FileCopyrightText: candial contributors
// SPDX-License-Identifier: MIT
/**
 * A profile's text: checked as it is typed, by the program's own reader; what the key under the cursor means and what can
 * be typed there is said by its schema.
 */
import {make, mark, say} from './dom.js';
import {meaningOf, suggestionsAt} from './schema_help.js';
import {placeAt} from './yaml_place.js';

const CHECK_AFTER_MS = 250;
const SUGGESTIONS_MAX = 12;

/** As far as the word goes on behind the cursor. */
function endOfWord(text, cursor) {
    return cursor + /^[\w.-]*/.exec(text.slice(cursor))[0].length;
}

function pathText(path, name) {
    return [...path, name].filter(Boolean).join('.').replaceAll('.[]', '[]');
}

/** The keys and values that can stand where the cursor is: buttons, with arrow keys from one to the next. */
class Suggestions {
    constructor(ontake, onleave) {
        this.ontake = ontake;
        this.node = make('div', {class: 'suggestions', role: 'group', 'aria-label': 'What can stand here'});
        this.node.addEventListener('keydown', (event) => {
            const to = {ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1}[event.key];
            if (to) {
                event.preventDefault();
                const all = [...this.node.children];
                all[(all.indexOf(document.activeElement) + to + all.length) % all.length].focus();
            } else if (event.key === 'Escape') {
                event.preventDefault();
                onleave();
            }
        });
    }

    show(suggestions) {
        this.node.replaceChildren(...suggestions.slice(0, SUGGESTIONS_MAX).map((one) => make('button',
            {type: 'button', title: one.about || null, onclick: () => this.ontake(one)}, one.text)));
    }

    focus() {
        this.node.firstElementChild?.focus();
    }
}

export class ProfileEditor {
    #schema = null;
    #timer = 0;
    #line = 0;
    #place = {path: [], key: null, word: '', before: []};

    /**
     * @param {import('./link.js').WorkerLink} link
     * @param {(isGood: boolean) => void} oncheck told whether the text is a profile
     */
    constructor(link, oncheck) {
        this.link = link;
        this.oncheck = oncheck;
        this.area = make('textarea', {id: 'profile-text', rows: 18, spellcheck: 'false', autocapitalize: 'off', class: 'mono',
            'aria-describedby': 'profile-about', wrap: 'off'});
        this.wrong = make('p', {role: 'status', id: 'profile-wrong'});
        this.goto = make('button', {type: 'button', hidden: true, onclick: () => this.#goToLine()}, 'Go to that line');
        this.about = make('p', {id: 'profile-about', class: 'quiet about'});
        this.suggestions = new Suggestions((one) => this.#insert(one), () => this.area.focus());
        this.node = make('div', {},
            make('label', {for: 'profile-text'}, 'Its text, checked as you type'),
            this.area,
            make('div', {class: 'row'}, this.wrong, this.goto), this.about, this.suggestions.node,
            make('p', {class: 'quiet'}, 'Ctrl+Space goes to what can stand at the cursor, Escape comes back.'));
        this.area.addEventListener('input', () => this.#changed());
        for (const event of ['keyup', 'click', 'focus']) {
            this.area.addEventListener(event, () => this.#look());
        }
        this.area.addEventListener('keydown', (event) => {
            if (event.key === ' ' && event.ctrlKey) {
                event.preventDefault();
                this.#look();
                this.suggestions.focus();
            }
        });
        fetch('profiles/profile.schema.json').then(async (answer) => {
            this.#schema = await answer.json();
            this.#look();
        });
    }

    get text() {
        return this.area.value;
    }

    set text(text) {
        this.area.value = text;
        this.area.setSelectionRange(0, 0);
        this.area.scrollTop = 0;
        this.#look();
        this.check();
    }

    #changed() {
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.check(), CHECK_AFTER_MS);
        this.#look();
    }

    /** What the cursor is at. */
    #look() {
        if (!this.#schema) {
            return;
        }
        const {value, selectionStart: cursor} = this.area;
        const whole = placeAt(value, endOfWord(value, cursor));
        const name = whole.key ?? whole.word.trim();
        const meaning = name ? meaningOf(this.#schema, whole.path, name) : null;
        const parts = meaning ? [meaning.text, meaning.type, meaning.values.join(' | ')].filter(Boolean) : [];
        const where = pathText(whole.path, meaning ? name : '');
        say(this.about, `${where}${parts.length > 0 ? `: ${parts.join('; ')}` : ''}` || 'A profile begins with name, can, dials.');
        this.#place = placeAt(value, cursor);
        this.suggestions.show(suggestionsAt(this.#schema, this.#place));
    }

    /** In the place of what is typed of it already. */
    #insert({text, end}) {
        const {area} = this;
        const cursor = area.selectionStart;
        const begun = /[\w.-]*$/.exec(area.value.slice(0, cursor))[0];
        area.focus();
        area.setRangeText(text + end, cursor - begun.length, endOfWord(area.value, cursor), 'end');
        this.#changed();
    }

    #goToLine() {
        const lines = this.area.value.split('\n');
        const from = lines.slice(0, this.#line - 1).join('\n').length + (this.#line > 1 ? 1 : 0);
        this.area.focus();
        this.area.setSelectionRange(from, from + (lines[this.#line - 1] ?? '').length);
        this.area.scrollTop = Math.max(0, (this.#line - 4) * this.area.scrollHeight / lines.length);
        this.#look();
    }

    async check() {
        const isEmpty = this.area.value === '';
        const {error} = isEmpty ? {error: ''} : await this.link.call('profile', {text: this.area.value});
        this.#line = Number(/^line (\d+)/.exec(error)?.[1] ?? 0);
        say(this.wrong, isEmpty ? '' : error || 'Nothing is wrong with it.');
        mark(this.wrong, 'class', error ? 'bad' : 'good');
        mark(this.area, 'aria-invalid', error !== '');
        this.goto.hidden = this.#line === 0;
        this.oncheck(!isEmpty && !error);
    }
}
