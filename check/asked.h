/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What a core keeps asking: does it wait for a register? */
#ifndef CHECK_ASKED_H
#define CHECK_ASKED_H

#include "vboard/kernel/vtime.h"

#include <stdbool.h>
#include <stdint.h>

struct cpu;

/* Asked so long and nothing else done: the core waits. Longer than 65,535 turns of ST's bounded loops
 * (15 ms), shorter than nothing that ends by itself but HAL's time-outs, which also read the clock. */
#define CHECK_WAIT_MIN VTIME_MS(100)
/* The registers that one loop asks. */
#define CHECK_ASKED 4u

struct check_asked {
    uint32_t pc, address, value;
    vtime_ps last; /* asked at */
    vtime_ps noted;
    uint32_t regs[2]; /* sums of r0 to r14 at a first and a last asking */
    bool regs_known;
};

/* What a core asks, in thread mode [0] and in handlers [1]. */
struct check_window {
    struct check_asked asked[CHECK_ASKED];
    unsigned count;
    vtime_ps since, last;
};

/* A reading of a register. */
struct check_asking {
    uint32_t pc, address, value;
    vtime_ps now;
};

void check_ask(struct check_window *window, const struct cpu *cpu,
               const struct check_asking *asking);
/* For long it has asked the same and nothing else was done, and it still asks: the board runs
 * in slices that begin with some turns. */
bool check_window_waits(const struct check_window *window, uint32_t pc, vtime_ps now,
                        vtime_ps wait_min, vtime_ps slice);
/* The question that was asked last. */
const struct check_asked *check_last_asked(const struct check_window *window);
/* The same registers at each turn of the loop. */
bool check_turns_alike(const struct check_window *window);

#endif
