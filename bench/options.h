/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* How long and how fast a bench runs. */
#ifndef BENCH_OPTIONS_H
#define BENCH_OPTIONS_H

#include <stdint.h>

#define BENCH_SPEED_MAX 0.0 /* as fast as the computer can */

struct bench_options {
    uint64_t for_ps; /* 0: until the log ends */
    double speed;    /* board seconds per second, or BENCH_SPEED_MAX */
    uint64_t seed;   /* of the virtual car */
};

#endif
