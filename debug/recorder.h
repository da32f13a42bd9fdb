/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * What the cores execute, into files: --trace (functions entered and left, for Perfetto and chrome://tracing),
 * --profile-cpu (folded stacks, for flamegraph.pl and speedscope), --coverage (lcov), --swo (ITM, PC samples).
 */
#ifndef DEBUG_RECORDER_H
#define DEBUG_RECORDER_H

#include "bench/bench.h"
#include "debug/coverage.h"
#include "debug/calls.h"
#include "debug/pc_samples.h"
#include "vboard/chip/bus.h"

#include <stdio.h>

/* Files; NULL: not asked for, "-": standard output. */
struct recorder_options {
    const char *trace, *profile, *coverage, *swo;
};

struct recorder {
    struct recorder_options options;
    FILE *trace, *profile, *coverage, *swo;
    struct board *board;
    struct image *cm7, *cm4;
    struct calls calls;
    struct cpu_tracer tracer;
    struct chip_watch watch;
    struct coverage executed[CORE_COUNT];
    struct bench_observer observer;
    bool has_event;     /* of the trace, one is written: the next begins with a comma */
    bool follows_calls; /* trace or profile */
    struct pc_samples samples[CORE_COUNT];
    char line[CORE_COUNT][200]; /* of SWO's port 0 */
    size_t length[CORE_COUNT];
};

/* Nothing asked for: nothing is opened, and the others do nothing. False with one line in `error`. */
bool recorder_open(struct recorder *r, const struct recorder_options *options, char *error,
                   size_t error_size) __attribute__((warn_unused_result));
bool recorder_is_asked(const struct recorder_options *options);
/* Standard output is one of its files. */
bool recorder_takes_stdout(const struct recorder *r);
/* The board is made and has no power yet. cm4 may be NULL. Attach the observer, too. */
void recorder_begin(struct recorder *r, struct board *board, struct image *cm7, struct image *cm4);
/* The run is over; the board still there. False with one line in `error`: a file could not be written. */
bool recorder_end(struct recorder *r, char *error, size_t error_size)
    __attribute__((warn_unused_result));
void recorder_close(struct recorder *r);

#endif
