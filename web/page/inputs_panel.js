// SPDX-FileCopyrightText: candial contributors
// SPDX-License-Identifier: MIT
/** What the board is given: images, a log, a DBC file, a profile that can be edited. */
import {make} from './dom.js';
import {filesOfInput} from './files.js';
import {isImage, isProject, sortFiles, wordOf} from './images.js';

const CHECK_AFTER_MS = 250;

function picker(text, accept, ontake) {
    const input = make('input', {type: 'file', class: 'hidden-input', accept, multiple: true});
    input.addEventListener('change', async () => {
        await ontake(input.files);
        input.value = '';
    });
    return make('label', {class: 'button'}, text, input);
}

async function textOf(path) {
    return (await fetch(path)).text();
}

/** @param {HTMLElement} place @returns {import('./bench.js').Panel} */
export function inputsPanel(place, bench) {
    if (bench.link.isNative) {
        place.replaceChildren(make('p', {class: 'quiet'}, 'The program was given them when it was started.'));
        return {};
    }
    /** What the next board is made of, by option. */
    const given = {images: null, log: null, dbc: null, profile: null};
    const list = make('ul', {class: 'plain'});
    const choice = make('select', {id: 'profile'}, make('option', {value: ''}, 'Ford Mustang S550 (built in)'));
    const editor = make('textarea', {id: 'profile-text', rows: 14, spellcheck: 'false', class: 'mono'});
    const wrong = make('p', {role: 'status'});
    const use = make('button', {type: 'button'}, 'Start with this profile');

    function optionsOf() {
        const files = [];
        const words = [];
        const option = (name, file, word = file?.path) => {
            if (file) {
                files.push(file);
                words.push(name, word);
            }
        };
        const {images, log, dbc, profile} = given;
        if (images) {
            files.push(...images.images);
            words.push('--cm7', wordOf(images.cm7, false));
            words.push(...(images.cm4 ? ['--cm4', wordOf(images.cm4, true)] : []));
        }
        option('--log', log);
        option('--dbc', dbc);
        option('--profile', profile);
        return {files, words};
    }

    function show() {
        const names = [
            ['Images', given.images ? [given.images.cm7, given.images.cm4].filter(Boolean).join(', ')
                : 'candial\'s own'],
            ['Log', given.log?.path ?? 'none: the virtual car drives'],
            ['DBC', given.dbc?.path ?? 'none: the profile decodes'],
            ['Profile', given.profile ? 'as edited below' : 'built in'],
        ];
        list.replaceChildren(...names.map(([name, value]) => make('li', {}, `${name}: ${value}`)));
    }

    async function restart() {
        show();
        bench.opened = optionsOf();
        return bench.open(bench.opened);
    }

    async function takeImages(chosen) {
        const sorted = sortFiles(await filesOfInput(chosen, (name) => isImage(name) && !isProject(name)));
        given.images = sorted.cm7 ? sorted : null;
        await restart();
    }

    async function takeFile(what, chosen) {
        const [file] = await filesOfInput(chosen, () => true);
        given[what] = file ?? null;
        if (await restart()) {
            given[what] = null; // what was wrong with it stands above the panels
            show();
        }
    }

    let timer;
    async function check() {
        const {error} = editor.value === '' ? {error: ''} : await bench.link.call('profile', {text: editor.value});
        wrong.textContent = editor.value === '' ? '' : error || 'Nothing is wrong with it.';
        wrong.className = error ? 'bad' : 'good';
        editor.setAttribute('aria-invalid', error !== '');
        use.disabled = error !== '' || editor.value === '';
    }
    editor.addEventListener('input', () => {
        clearTimeout(timer);
        timer = setTimeout(check, CHECK_AFTER_MS);
    });
    choice.addEventListener('change', async () => {
        editor.value = choice.value ? await textOf(`profiles/${choice.value}`) : '';
        await check();
    });
    use.addEventListener('click', async () => {
        given.profile = {path: 'profile.yaml', data: new TextEncoder().encode(editor.value)};
        await restart();
    });
    const none = make('button', {type: 'button', onclick: () => {
        Object.assign(given, {images: null, log: null, dbc: null, profile: null});
        return restart();
    }}, 'As at the start');
    textOf('profiles/index.json').then((text) => choice.append(
        ...JSON.parse(text).map((name) => make('option', {value: name}, name.replace(/\.yaml$/, '')))));
    place.replaceChildren(list,
        make('div', {class: 'buttons left'},
            picker('Images', null, takeImages),
            picker('Log', null, (files) => takeFile('log', files)),
            picker('DBC', '.dbc', (files) => takeFile('dbc', files)), none),
        make('h3', {}, 'Profile'),
        make('p', {class: 'row'}, make('label', {for: 'profile'}, 'Car'), choice),
        make('label', {for: 'profile-text'}, 'Its text, checked as you type'),
        editor, wrong, use);
    show();
    check();
    return {};
}
