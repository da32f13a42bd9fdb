/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* A board that runs in the page itself: what `candial run` opens, without its terminal. */
#ifndef WEB_RUN_H
#define WEB_RUN_H

#include "bench/bench.h"
#include "core/record.h"
#include "formats/image/pair.h"
#include "host/board_options.h"
#include "view/json_lines.h"
#include "web/session.h"

struct web_run {
    struct board_options board;
    struct bench_options options;
    const char *profile, *log, *dbc, *json;
    struct record record;
    uint8_t settings[RECORD_SIZE];
    struct image_pair images;
    struct can_log *log_file;
    struct web_log log_size;
    FILE *json_file;
    struct json_lines lines;
    struct bench bench;
    struct web_session session;
    bool has_session, over;
    char error[512];
};

/*
 * `arguments`: as those of `candial run`, arguments[0] being ignored: --cm7, --cm4, --profile, --log, --json, --for and
 * the board parameters, and --dbc FILE to decode frames by. Without images candial's own, of firmware/. The board gets
 * power. False with a line in run->error, or on stderr; to be closed even then.
 */
bool web_run_open(struct web_run *run, int argc, char **arguments)
    __attribute__((warn_unused_result));

/* Lets so much of the board's time go by; false: the run is over. With --json a run ends, else only by web_run_close. */
bool web_run_advance(struct web_run *run, uint64_t ps);

void web_run_close(struct web_run *run);

#endif
