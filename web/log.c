/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "web/log.h"

#include "bench/bench.h"

bool web_log_measure(const char *path, const char *channel, struct web_log *size, char *error,
                     size_t error_size)
{
    struct can_log_frame frame;
    struct can_log *log = can_log_open(path, NULL, NULL, error, error_size);
    *size = (struct web_log){0};
    if (log == NULL) {
        return false;
    }
    can_log_choose_channel(log, channel);
    while (can_log_next(log, &frame) == 1) {
        size->frames++;
        size->length_ns = frame.time_ns;
    }
    can_log_close(log);
    return true;
}
