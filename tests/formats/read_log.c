/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/formats/read_log.h"

#include "tests/formats/scratch_file.h"

#include <stdio.h>
#include <string.h>

static void take_report(void *context, const char *text)
{
    struct read_log *log = context;
    size_t used = strlen(log->reports);
    snprintf(log->reports + used, sizeof log->reports - used, "%s\n", text);
}

void read_log(struct read_log *log, const char *path, const char *channel)
{
    struct can_log_frame frame;
    memset(log, 0, sizeof *log);
    struct can_log *file = can_log_open(path, take_report, log, log->error, sizeof log->error);
    if (file == NULL) {
        log->count = -1;
        return;
    }
    can_log_choose_channel(file, channel);
    while ((log->ended = can_log_next(file, &frame)) == 1) {
        if (log->count < READ_LOG_FRAMES_MAX) {
            log->frames[log->count] = frame;
        }
        log->count++;
    }
    log->bad_lines = can_log_bad_lines(file);
    snprintf(log->format, sizeof log->format, "%s", can_log_format(file));
    can_log_list_channels(file, log->channels, sizeof log->channels);
    can_log_close(file);
}

void read_log_bytes(struct read_log *log, const void *bytes, size_t length)
{
    read_log(log, scratch_file("log", bytes, length), NULL);
}

void read_log_text(struct read_log *log, const char *text)
{
    read_log_bytes(log, text, strlen(text));
}
