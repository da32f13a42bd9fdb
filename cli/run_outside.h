/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What a run has beyond its views: a real bus, an adapter, a page, files for other programs. */
#ifndef CLI_RUN_OUTSIDE_H
#define CLI_RUN_OUTSIDE_H

#include "cli/run_options.h"
#include "link/can_port.h"
#include "view/eth_capture.h"
#include "view/frame_log.h"
#include "view/vcd.h"
#include "web/server.h"

struct run_outside {
    struct can_port can, can_out;
    bool has_can, has_can_out;
    struct web_server *server;
    const struct board_data *board; /* for it */
    struct web_log log;             /* for it */
    FILE *vcd_file, *record_file, *eth_file;
    struct vcd vcd;
    struct frame_log record;
    struct eth_capture eth;
};

/* Opens what the options ask for; all zero before. False with a line in `error`; close it even then. */
bool run_outside_open(struct run_outside *outside, const struct run_options *options,
                      const struct record *record, char *error, size_t error_size)
    __attribute__((warn_unused_result));

/* Before the board is made. */
void run_outside_attach(struct run_outside *outside, struct bench *bench,
                        const struct image_pair *images);

/* Standard output is given away to one of the files. */
bool run_outside_takes_stdout(const struct run_outside *outside);

/* Keeps `status` unless a file could not be written. */
int run_outside_close(struct run_outside *outside, const struct run_options *options, int status);

#endif
