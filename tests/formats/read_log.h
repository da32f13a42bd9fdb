/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* A log read whole by a test. */
#ifndef TESTS_FORMATS_READ_LOG_H
#define TESTS_FORMATS_READ_LOG_H

#include "formats/can_log/can_log.h"

#define READ_LOG_FRAMES_MAX 64

struct read_log {
    int count; /* of all frames, also of those not kept; -1: it could not be opened, see `error` */
    uint64_t bad_lines;
    int ended;                                        /* what can_log_next said at the end */
    struct can_log_frame frames[READ_LOG_FRAMES_MAX]; /* the first ones */
    char format[32];
    char channels[200];
    char reports[4096];
    char error[512];
};

/* Frames of `channel` only, or NULL: of all. */
void read_log(struct read_log *log, const char *path, const char *channel);

/* The same of a file made of these bytes. */
void read_log_bytes(struct read_log *log, const void *bytes, size_t length);
void read_log_text(struct read_log *log, const char *text);

#endif
