/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * One run: a board, perhaps a log, and everyone who wants to know. The board is handed in, so that
 * tests can run a made-up one.
 */
#ifndef CLI_RUN_SESSION_H
#define CLI_RUN_SESSION_H

#include "cli/flash_keeper.h"
#include "cli/json_lines.h"
#include "cli/rom_uart.h"
#include "cli/run_model.h"
#include "cli/run_options.h"
#include "cli/run_view.h"
#include "cli/run_watch.h"
#include "cli/scenario_play.h"
#include "core/record.h"
#include "formats/can_log.h"

#include <stdio.h>

/* The first frame is sent then. */
#define RUN_FIRST_FRAME_PS PS_PER_S

/* The virtual car starts cold. */
#define RUN_AMBIENT_MILLI 20000

struct run_session {
    const struct run_options *options;
    const struct record *record;
    struct run_model model;
    struct run_watch watch;
    struct run_view view;
    run_pull_frame *source; /* the log's frames; NULL: none */
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

/* Connects all but the model, which the caller makes with run_session_listener() and sets then. */
void run_session_init(struct run_session *session, const struct run_options *options,
                      const struct record *record, FILE *out);

struct run_listener run_session_listener(struct run_session *session);

/* Powers the board on and runs to the end; the results are in the session. */
void run_session_run(struct run_session *session);

#endif
