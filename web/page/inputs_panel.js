// SPDX-FileCopyrightText: candial contributors
// SPDX-License-Identifier: MIT
/** What the bench is given: a board, images, a log, a DBC file, a profile that can be edited. */
import {BoardChoice} from './boards.js';
import {make} from './dom.js';
import {filesOfInput} from './files.js';
import {isImage, isProject, sortFiles, wordOf} from './images.js';
import {ProfileEditor} from './profile_editor.js';

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
    const use = make('button', {type: 'button', disabled: true}, 'Start with this profile');
    const editor = new ProfileEditor(bench.link, (isGood) => {
        use.disabled = !isGood;
    });
    const boardSelect = make('select', {id: 'bench-board', onchange: () => restart()});
    const boards = new BoardChoice(boardSelect, bench.link);

    function optionsOf() {
        const {files, words} = boards.options;
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

    async function takeBoard(chosen) {
        const [file] = await filesOfInput(chosen, () => true);
        const error = await boards.add(file);
        if (error) {
            bench.say(error);
        } else {
            await restart();
        }
    }

    choice.addEventListener('change', async () => {
        editor.text = choice.value ? await textOf(`profiles/${choice.value}`) : '';
    });
    use.addEventListener('click', async () => {
        given.profile = {path: 'profile.yaml', data: new TextEncoder().encode(editor.text)};
        await restart();
    });
    const none = make('button', {type: 'button', onclick: () => {
        Object.assign(given, {images: null, log: null, dbc: null, profile: null});
        boards.reset();
        return restart();
    }}, 'As at the start');
    textOf('profiles/index.json').then((text) => choice.append(
        ...JSON.parse(text).map((name) => make('option', {value: name}, name.replace(/\.yaml$/, '')))));
    place.replaceChildren(make('p', {class: 'row'}, make('label', {for: 'bench-board'}, 'Board'), boardSelect,
        picker('Board file', '.yaml,.yml', takeBoard)), list,
        make('div', {class: 'buttons left'},
            picker('Images', null, takeImages),
            picker('Log', null, (files) => takeFile('log', files)),
            picker('DBC', '.dbc', (files) => takeFile('dbc', files)), none),
        make('h3', {}, 'Profile'),
        make('p', {class: 'row'}, make('label', {for: 'profile'}, 'Car'), choice),
        editor.node, use);
    show();
    return {};
}
