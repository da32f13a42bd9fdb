// SPDX-FileCopyrightText: candial contributors
// SPDX-License-Identifier: MIT
/**
 * The board in a worker. It is asked by messages {id, call, ...} and answers each with {id, ...}; while a board
 * plays, it also sends {state: JSON}, the next one only after the page has said that it took the last ({took: true}).
 */
import {Board} from './board.js';

const FRAME_MS = 1000 / 60;
const BUDGET_MS = 12; // of computing between two messages
const FIRST_US = 2000; // of the board's time, when nobody knows yet how fast it goes
const OWN = ['candial_cm7.elf', 'candial_cm4.elf', 'candial_cm7_ldo.elf'];

let board;
let mayTell = true;

/** The pace: how fast, and what the clock said at the last step. */
const pace = {speed: 20, playing: false, lastMs: 0, usPerMs: 1000};

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
    if (!pace.playing) {
        return;
    }
    const beganMs = performance.now();
    const us = Math.round(nextUs(beganMs));
    if (mayTell && us > 0) {
        pace.lastMs = beganMs;
        mayTell = false;
        const state = board.advance(us);
        const tookMs = Math.max(performance.now() - beganMs, 0.1);
        pace.usPerMs = 0.8 * pace.usPerMs + 0.2 * us / tookMs;
        postMessage({state});
    }
    setTimeout(step, Math.max(0, FRAME_MS - (performance.now() - beganMs)));
}

function play(on) {
    const was = pace.playing;
    pace.playing = on;
    pace.lastMs = performance.now();
    if (on && !was) {
        step();
    }
}

const calls = {
    check({files, words}) {
        for (const {path, data} of files) {
            board.put(path, data);
        }
        return board.check(words);
    },
    profile({text}) {
        board.put('checked.yaml', new TextEncoder().encode(text));
        return {error: board.profile('checked.yaml').replace(/^checked\.yaml:/, 'line ')};
    },
    open({files, words, playing}) {
        play(false);
        for (const {path, data} of files) {
            board.put(path, data);
        }
        const opened = board.open(words);
        mayTell = true;
        pace.usPerMs = FIRST_US;
        if (opened.hello) {
            postMessage({state: opened.hello});
            postMessage({state: board.advance(0)});
            play(playing);
        }
        return {error: opened.error};
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
            postMessage({state: board.advance(0)});
        }
        return {error};
    },
    /** So much of the board's time at once, while it does not play: for who tells a story. */
    advance({us}) {
        for (let left = us; left > 0; left -= 100000) {
            postMessage({state: board.advance(Math.min(left, 100000))});
        }
        return {error: ''};
    },
    pace({speed, playing}) {
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
        return;
    }
    try {
        await loading;
        postMessage({id: data.id, ...calls[data.call](data)});
    } catch (error) {
        postMessage({id: data.id, error: String(error.message ?? error)});
    }
};
