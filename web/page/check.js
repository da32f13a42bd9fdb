// SPDX-FileCopyrightText: candial contributors
// SPDX-License-Identifier: MIT
/** The view that checks images: files in, verdict out. */
import {BoardChoice, isBoardFile} from './boards.js';
import {byId, make} from './dom.js';
import {filesOfDrop, filesOfInput} from './files.js';
import {isImage, sortFiles, wordOf} from './images.js';
import {WorkerLink} from './link.js';
import {showVerdict} from './verdict.js';

/** @type {WorkerLink} */
let link;
/** @type {BoardChoice} */
let boards;
/** Counts checks: what one says is shown unless another has been asked for since. */
let asked = 0;
/** What was dropped last. @type {ReturnType<typeof sortFiles>} */
let sorted;

function progress(text, isBusy) {
    const line = byId('check-progress');
    line.textContent = text;
    line.classList.toggle('busy', isBusy);
}

function fillChoice(select, files, chosen) {
    select.replaceChildren(make('option', {value: ''}, 'none'),
        ...files.map(({path}) => make('option', {value: path, selected: path === chosen}, path)));
}

function showChoice() {
    byId('chosen').hidden = sorted.images.length + sorted.projects.length === 0;
    fillChoice(byId('choose-cm7'), sorted.images, sorted.cm7);
    fillChoice(byId('choose-cm4'), sorted.images, sorted.cm4);
}

async function verdictOf(files, words, mine) {
    const first = words.findIndex((word) => word.startsWith('--'));
    const what = words.slice(0, first < 0 ? undefined : first).join(' and ').replace(/@0x\S+/g, '');
    progress(`Checking ${what}: starting it again and again …`, true);
    const beganMs = performance.now();
    const {json, error} = await link.call('check', {files, words});
    if (mine !== asked) {
        return [];
    }
    const seconds = (performance.now() - beganMs) / 1000;
    progress(error ? '' : `${what}: checked in ${seconds.toFixed(1)} s`, false);
    return json ? showVerdict(json) : [make('p', {class: 'card verdict unknown', role: 'alert'}, error)];
}

async function check() {
    const mine = ++asked;
    const words = [];
    const cm7 = byId('choose-cm7').value;
    const cm4 = byId('choose-cm4').value;
    if (cm7) {
        words.push(wordOf(cm7, false));
    }
    if (cm4) {
        words.push(wordOf(cm4, true));
    }
    const shown = [];
    const wiring = byId('choose-wiring').value;
    const wired = wiring ? ['--wiring', wiring] : [];
    const board = boards.options;
    for (const project of sorted.projects) { // made for one board
        const options = boards.isAll ? wired : [...board.words, ...wired];
        shown.push(make('h2', {}, project.path),
            ...await verdictOf([project, ...board.files], [project.path, ...options], mine));
    }
    if (words.length > 0) {
        shown.push(...await verdictOf([...sorted.images, ...board.files], [...words, ...board.words, ...wired], mine));
    }
    if (mine === asked) {
        byId('verdict').replaceChildren(...shown);
    }
}

/** Boards come with images, or before them. False: there were none. */
async function takeBoards(files) {
    for (const file of files) {
        const error = await boards.add(file);
        if (error) {
            throw new Error(error);
        }
        progress(`${file.path} is the board now.`, false);
    }
    return files.length > 0;
}

async function take(reading) {
    asked++;
    byId('verdict').replaceChildren();
    try {
        const files = (await reading).filter(({path}) => isImage(path) || isBoardFile(path)); // none of a folder's own
        const boardFiles = files.filter(({path}) => isBoardFile(path));
        const isAlone = await takeBoards(boardFiles) && boardFiles.length === files.length;
        if (isAlone) {
            await (sorted && check());
            return;
        }
        sorted = sortFiles(files.filter((file) => !boardFiles.includes(file)));
        if (sorted.images.length + sorted.projects.length === 0) {
            throw new Error('None of this is an ELF, HEX, BIN or .ioc file: look into your project\'s Debug folder');
        }
        showChoice();
        await check();
    } catch (error) {
        progress(error.message, false);
    }
}

async function example(name) {
    const files = await Promise.all([name, 'candial_cm4.elf'].map(async (path) =>
        ({path, data: new Uint8Array(await (await fetch(`firmware/${path}`)).arrayBuffer())})));
    await take(Promise.resolve(files));
}

function listenToDrops(area) {
    addEventListener('dragover', (event) => event.preventDefault());
    addEventListener('drop', (event) => event.preventDefault());
    area.addEventListener('dragover', () => area.classList.add('over'));
    area.addEventListener('dragleave', () => area.classList.remove('over'));
    area.addEventListener('drop', (event) => {
        area.classList.remove('over');
        take(filesOfDrop(event.dataTransfer, isImage, isWanted));
    });
}

/** Of what was dropped itself; in zips only images are looked for. */
function isWanted(name) {
    return isImage(name) || isBoardFile(name);
}

export function startCheck() {
    link = new WorkerLink();
    boards = new BoardChoice(byId('choose-board'), link, {all: true});
    listenToDrops(byId('drop'));
    for (const id of ['pick-files', 'pick-folder']) {
        byId(id).addEventListener('change', ({target}) => {
            take(filesOfInput(target.files, isImage, isWanted));
            target.value = '';
        });
    }
    byId('check-again').addEventListener('click', check);
    byId('choose-board').addEventListener('change', () => sorted && check());
    byId('try-bad').addEventListener('click', () => example('candial_cm7_ldo.elf'));
    byId('try-good').addEventListener('click', () => example('candial_cm7.elf'));
}
