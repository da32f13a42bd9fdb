/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Has a core come to its end? By its state: locked up, in a fault's handler, in an interrupt's handler
 * that jumps to itself. By names: in a function that firmware calls when it gives up (`bench_last_calls`
 * in fate.c), or in what that one calls.
 *
 * One look is no proof: a handler may return, or reset the chip. Whoever asks does so again and again.
 */
#ifndef BENCH_FATE_H
#define BENCH_FATE_H

#include "bench/events.h"

#define BENCH_LAST_CALLS_MAX 24u

enum bench_fate {
    BENCH_FATE_NONE,
    BENCH_FATE_LOCKED_UP,
    BENCH_FATE_FAULT, /* the handler of NMI or of a fault is active */
    BENCH_FATE_ERROR, /* in one of the last calls */
    BENCH_FATE_STUCK  /* an interrupt's handler jumps to itself */
};

/* "none", "locked-up", "fault", "error-handler", "stuck": the words of `--json`. */
const char *bench_fate_name(enum bench_fate fate);

/* "HardFault" for exception 3 ...; NULL: not NMI and no fault (Armv7-M B1.5.2). */
const char *bench_fault_name(uint32_t exception);

/* Where an image has its last calls; found once, all zero at first. */
struct bench_last_calls {
    const struct image *image;
    uint32_t address[BENCH_LAST_CALLS_MAX]; /* 0: it has none of that name */
};

/* *function becomes the last call that a core with BENCH_FATE_ERROR is in. */
enum bench_fate bench_fate_of(struct bench_last_calls *calls, const struct bench_core *look,
                              const char **function);

#endif
