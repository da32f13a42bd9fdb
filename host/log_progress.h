/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* How far the reading of a log has come, on standard error if that is a terminal. */
#ifndef HOST_LOG_PROGRESS_H
#define HOST_LOG_PROGRESS_H

#include "formats/can_log/can_log.h"

struct log_progress {
    bool is_shown;
    unsigned reports;
    uint64_t frames;
};

struct log_progress log_progress_begin(void);

/* After each frame; writes a line now and then. */
void log_progress_frame(struct log_progress *progress, const struct can_log *log);

/* Takes the line away. */
void log_progress_end(struct log_progress *progress);

/* A can_log_report, `context` being the progress: the first bad lines on standard error, then silence. */
void log_progress_report(void *context, const char *text);

#endif
