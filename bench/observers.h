/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What bench.c tells the observers itself; all else comes from the board (bench_listener). */
#ifndef BENCH_OBSERVERS_H
#define BENCH_OBSERVERS_H

#include "bench/bench.h"

/* The board starts: tells it what the observers want. */
void observers_begin(struct bench *bench);
/* Looks at supply, cores and findings after a step, tells what is new, and then of the step. */
void observers_look(struct bench *bench);
void observers_step(struct bench *bench, const struct bench_step *step);
void observers_act(struct bench *bench, const char *line);
void observers_end(struct bench *bench);
/* The board has been made anew. */
void observers_again(struct bench *bench);
/* The run waits; false: none of them has anything to do meanwhile. */
bool observers_idle(struct bench *bench);
/* The shortest of the steps that the observers ask for, and BENCH_STEP_PS. */
uint64_t observers_step_ps(const struct bench *bench);
/* Real time for which they have kept the board standing. */
uint64_t observers_held_ns(const struct bench *bench);
/* Does one of them hold the run up? */
bool observers_stay(const struct bench *bench);

#endif
