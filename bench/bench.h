/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * One run: a board, perhaps a log, and everyone who wants to know. The board is handed in, so that
 * tests can run a made-up one.
 */
#ifndef BENCH_BENCH_H
#define BENCH_BENCH_H

#include "bench/flash_keeper.h"
#include "view/json_lines.h"
#include "link/rom_uart.h"
#include "bench/model.h"
#include "bench/options.h"
#include "view/live.h"
#include "bench/watch.h"
#include "bench/scenario_play.h"
#include "core/record.h"
#include "formats/can_log/can_log.h"

#include <stdio.h>

/* The first frame is sent then. */
#define BENCH_FIRST_FRAME_PS PS_PER_S

/* The virtual car starts cold. */
#define BENCH_AMBIENT_MILLI 20000

struct bench {
    const struct bench_options *options;
    const struct record *record;
    struct bench_model model;
    struct bench_watch watch;
    struct live_view view;
    bench_pull_frame *source; /* the log's frames; NULL: none */
    void *source_context;
    struct can_log *log; /* counts bad lines; NULL: none */
    bool drives;         /* without a log the virtual car does */
    uint64_t drive_end_ps;
    bool source_ended;
    uint64_t pulled;            /* frames handed to the board */
    FILE *json;                 /* NULL: none */
    struct scenario_play play;  /* its scenario is set by the caller */
    struct rom_uart *rom_uart;  /* NULL: none */
    struct pty *console;        /* the ST-LINK's virtual COM port; NULL: nobody there */
    struct flash_keeper *flash; /* NULL: none */
    /* Also told of each sample; may be NULL. */
    sample_take *extra;
    void *extra_context;
    /* results */
    uint64_t end_ps;
    uint64_t real_ns;
    bool deadlock;
    bool lockup;
    bool interrupted;
    struct json_summary summary;
};

/* Connects all but the model, which the caller makes with bench_listener() and sets then. */
void bench_init(struct bench *session, const struct bench_options *options,
                const struct record *record, FILE *out);

struct bench_listener bench_listener(struct bench *session);

/* Powers the board on and runs to the end; the results are in the session. */
void bench_run(struct bench *session);

#endif
