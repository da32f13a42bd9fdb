/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What `candial run` was asked to do. */
#ifndef BENCH_OPTIONS_H
#define BENCH_OPTIONS_H

#include "host/board_options.h"

#include <stdbool.h>
#include <stdint.h>

#define BENCH_SPEED_MAX 0.0 /* as fast as the computer can */

struct bench_options {
    struct board_options board;
    const char *profile;  /* file, or name of one of the project's; NULL: the default */
    const char *log;      /* NULL: none */
    uint64_t for_ps;      /* 0: until the log ends */
    double speed;         /* board seconds per second, or BENCH_SPEED_MAX */
    const char *json;     /* file, "-" for standard output, NULL: none */
    const char *plot;     /* PNG, NULL: none */
    const char *dial;     /* PNG, NULL: none */
    const char *scenario; /* YAML, NULL: none */
    const char *uart;     /* "pty" or "pty:PATH": the console is there; NULL: nowhere */
    const char *flash;    /* flash file, NULL: the flash is forgotten */
};

#endif
