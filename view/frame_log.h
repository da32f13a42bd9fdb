/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* `--record FILE`: every whole frame on the bus, as `candump -l` writes it, with the board's time. */
#ifndef VIEW_FRAME_LOG_H
#define VIEW_FRAME_LOG_H

#include "bench/observer.h"

#include <stdio.h>

struct frame_log {
    FILE *out;
    struct bench_observer observer;
};

/* `out` stays the caller's, who closes it and sees whether writing went well. */
void frame_log_init(struct frame_log *log, FILE *out);

#endif
