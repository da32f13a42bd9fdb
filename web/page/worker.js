// SPDX-FileCopyrightText: candial contributors
// SPDX-License-Identifier: MIT
/**
 * The board in a worker. It is asked by messages {id, call, ...} and answers each with {id, ...}; while a board
 * plays, it also sends {state: JSON}, the next one as soon as the page has said that it took the last ({took: true}).
 * The bench says so when it draws: so the board computes the next frame while the screen shows this one.
 */
import {Board} from './board.js';

const SHORTEST_MS = 4; // from message to message; no screen shows more
const BUDGET_MS = 12; // of computing between two messages
const FIRST_US = 2000; // of the board's time, when nobody knows yet how fast it goes
const OWN = ['candial_cm7.elf', 'candial_cm4.elf', 'candial_cm7_ldo.elf'];

const SEEK_US = 500000; // of the board's time between two messages on the way to a place

let board;
let mayTell = true;
/** What was opened last. @type {string[]} */
let opened = [];
/** Counts places that are sought and boards that are opened: whoever is on the way to an older one stops. */
let sought = 0;
let nowS = 0; // of the board's time

/** The pace: how fast, and what the clock said at the last step. */
const pace = {speed: 20, playing: false, lastMs: 0, usPerMs: 1000, timer: 0};

async function fetchBytes(path) {
    const answer = await fetch(path);
    if (!answer.ok) {
        throw new Error(`${path}: ${answer.status} ${answer.statusText}`);
    }
    return new Uint8Array(await answer.arrayBuffer());
}

async function load() {
    const bytes = await fetchBytes('candial.wasm');
    board = await Board.create(await WebAssembly.compile(bytes));
    for (const name of OWN) {
        board.put(`firmware/${name}`, await fetchBytes(`firmware/${name}`));
    }
}

const loading = load();

/** So much of the board's time that real time keeps its pace, but no more than can be computed until the next frame. */
function nextUs(nowMs) {
    const most = Math.max(FIRST_US, pace.usPerMs * BUDGET_MS);
    if (pace.speed === 'max') {
        return most;
    }
    return Math.min(most, (nowMs - pace.lastMs) * 1000 * pace.speed);
}

function step() {
    clearTimeout(pace.timer);
    if (!pace.playing || !mayTell) {
        return;
    }
    const beganMs = performance.now();
    const us = Math.round(nextUs(beganMs));
    if (beganMs - pace.lastMs < SHORTEST_MS || us <= 0) {
        pace.timer = setTimeout(step, SHORTEST_MS);
        return;
    }
    pace.lastMs = beganMs;
    tell(us);
    const tookMs = Math.max(performance.now() - beganMs, 0.1);
    pace.usPerMs = 0.8 * pace.usPerMs + 0.2 * us / tookMs;
}

function play(on) {
    const was = pace.playing;
    pace.playing = on;
    pace.lastMs = performance.now();
    if (on && !was) {
        step();
    }
}

/** Lets time go by, and tells what happened. */
function tell(us) {
    mayTell = false;
    const state = board.advance(us);
    nowS = Number(/"t_s":([0-9.]+)/.exec(state)[1]);
    postMessage({state});
}

/** A board, powered on. */
function start(words) {
    play(false);
    const {hello, error} = board.open(words);
    const mine = ++sought;
    pace.usPerMs = FIRST_US;
    nowS = 0;
    if (hello) {
        opened = words;
        postMessage({state: hello});
        tell(0);
    }
    mayTell = true;
    return {error, mine};
}

const calls = {
    check({files, words}) {
        for (const {path, data} of files) {
            board.put(path, data);
        }
        return board.check(words);
    },
    boards() {
        return {error: '', boards: board.boards()};
    },
    boardFile({file}) {
        board.put(file.path, file.data);
        return {error: board.boardFile(file.path)};
    },
    profile({text}) {
        board.put('checked.yaml', new TextEncoder().encode(text));
        return {error: board.profile('checked.yaml').replace(/^checked\.yaml:/, 'line ')};
    },
    open({files, words, playing}) {
        for (const {path, data} of files) {
            board.put(path, data);
        }
        const {error} = start(words);
        if (!error) {
            play(playing);
        }
        return {error};
    },
    /** To that second of the board's time: from where it is, or, if that is behind it, from the start. */
    async seek({t_s: toS, playing}) {
        play(false);
        const mine = toS < nowS ? start(opened).mine : ++sought;
        while (nowS < toS && mine === sought) {
            if (mayTell) {
                tell(Math.min(SEEK_US, Math.ceil((toS - nowS) * 1000000)));
            }
            await new Promise((done) => setTimeout(done));
        }
        if (mine === sought) {
            play(playing);
        }
        return {error: ''};
    },
    put({files}) {
        for (const {path, data} of files) {
            board.put(path, data);
        }
        return {error: ''};
    },
    do({line}) {
        const error = board.do(line);
        if (!pace.playing) {
            tell(0);
        }
        return {error};
    },
    /** So much of the board's time at once, while it does not play: for who tells a story. */
    advance({us}) {
        for (let left = us; left > 0; left -= 100000) {
            tell(Math.min(left, 100000));
        }
        return {error: ''};
    },
    pace({speed, playing}) {
        sought++;
        pace.speed = speed;
        play(playing);
        return {error: ''};
    },
    /** A whole run, for its lines of JSON. */
    json({words}) {
        const {error} = board.open([...words, '--json', 'run.json']);
        while (!error && !JSON.parse(board.advance(1000000)).ended) {
            // goes on
        }
        board.close();
        return {error, text: new TextDecoder().decode(board.get('run.json'))};
    },
};

onmessage = async ({data}) => {
    if (data.took) {
        mayTell = true;
        step();
        return;
    }
    try {
        await loading;
        postMessage({id: data.id, ...await calls[data.call](data)});
    } catch (error) {
        postMessage({id: data.id, error: String(error.message ?? error)});
    }
};
