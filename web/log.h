/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* How long a log is that plays: known to who reads it through beforehand. */
#ifndef WEB_LOG_H
#define WEB_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* All zero: none plays, or it comes from a pipe. */
struct web_log {
    uint64_t frames, length_ns; /* first frame to last */
};

/* `channel`: of the log, which may hold several; NULL: all of them. False with a line in `error`. */
bool web_log_measure(const char *path, const char *channel, struct web_log *size, char *error,
                     size_t error_size) __attribute__((warn_unused_result));

#endif
