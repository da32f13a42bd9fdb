/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The beat of a wire that goes up and down: period and high time, and whether they stay the same. */
#ifndef BENCH_RHYTHM_H
#define BENCH_RHYTHM_H

#include <stdbool.h>
#include <stdint.h>

/* All zero: a wire that is low and has not changed yet. */
struct bench_rhythm {
    bool high;
    uint64_t edges;
    uint64_t rose_ps, fell_ps;   /* the last times */
    uint64_t cycles;             /* from one rise to the next */
    uint64_t period_ps, high_ps; /* of the last whole cycle */
    /* Of all whole cycles but the first, which setting up may have cut short. */
    uint64_t period_min_ps, period_max_ps, high_min_ps, high_max_ps;
};

/* The wire is high, or low, from now on; no change is no edge. */
void bench_rhythm_take(struct bench_rhythm *rhythm, bool high, uint64_t now_ps);

/* Does it go up and down at `now_ps`? Else it stands at `high`, for longer than its rhythm allows. */
bool bench_rhythm_beats(const struct bench_rhythm *rhythm, uint64_t now_ps);

/* Periods and high times within 1 % of each other. */
bool bench_rhythm_is_regular(const struct bench_rhythm *rhythm);

#endif
