// SPDX-FileCopyrightText: candial contributors
// SPDX-License-Identifier: MIT
/** What a verdict says, for somebody who has never heard of VCORE. No decision is made here. */

export const verdicts = {
    safe: {
        title: 'SAFE: this image does not lock up your board',
        text: 'In no sequence of power, reset and time that was tried did it take the supply away, exceed a limit, ' +
            'fault or fail to start.',
    },
    unsafe: {
        title: 'UNSAFE: do not flash this image',
        text: 'At least one of the starts below ended badly. What did it, and what to change, stands here.',
    },
    unknown: {
        title: 'COULD NOT TELL',
        text: 'Nothing bad was seen, but the image depends on something that the virtual board does not model. ' +
            'What that is stands here.',
    },
};

/** Whom a kind of finding needs explained to, beyond its own words. */
export const meanings = {
    'vcore-lost': 'The chip\'s cores get their power from a regulator that the program itself selects, once after each ' +
        'power-on. The board is wired for one of them. This image selects another: from then on the cores have no ' +
        'power. The ST-LINK finds nothing any more, and the reset button does nothing. It often works the first ' +
        'time, because the program before it has locked the selection until the power goes.',
    'supply-race': 'Both cores select a supply, and differ. Which of the two is first decides whether the board lives.',
    'over-voltage': 'It asks for a core voltage above what the chip survives with this supply.',
    'overclock': 'A clock is faster than the chip guarantees to work at with this core voltage.',
    'wait-states': 'The flash is read faster than it can answer: the cores read wrong instructions.',
    'fault': 'A core runs into a fault exception, as by a wrong pointer, and never comes back from it.',
    'lockup': 'A core runs into a fault while it handles a fault. Only a reset gets it going again.',
    'never-starts': 'After power-on it waits for something that never comes.',
};

/** Histories, in the order of the program, and what they are. */
export const histories = {
    'fresh': 'From a board without power',
    'after-good': 'Flashed over a program that works',
    'after-rom': 'Flashed through the boot ROM',
    'stimulated': 'While something happens: button, inputs, frames, bytes',
    'with-partner': 'While bank 2 still holds an image of an earlier project',
};

export const starts = {
    'flashed': 'Right after flashing',
    'power-on': 'Plugged in',
    'reset': 'Reset button',
    'early-reset': 'Reset while it starts',
    'watchdog-reset': 'Watchdog',
    'software-reset': 'Reset by software',
    'other-reset': 'Another reset',
    'power-cycle': 'Unplugged, plugged in',
    'power-on-cm4-first': 'Plugged in, M4 is faster',
    'power-on-cm7-first': 'Plugged in, M7 is faster',
};
