/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * What a run shows while it goes on: in a terminal the dial, or what foreign firmware does, and a progress
 * line, redrawn some 15 times a second of real time and as large as the terminal then is: the dial needs
 * 80 x 18, less shows its numbers. In a pipe one plain line for each second of the board's time.
 */
#ifndef VIEW_LIVE_H
#define VIEW_LIVE_H

#include "bench/activity.h"
#include "bench/observer.h"
#include "core/record.h"
#include "view/terminal.h"

#include <stdbool.h>
#include <stdio.h>

/* An observer. */
struct live_view {
    FILE *out;
    const struct record *record;
    const struct bench_activity *activity; /* of foreign firmware; NULL: the dial is shown */
    bool live;
    int rows_drawn; /* on the screen */
    struct terminal_size size;
    struct sample latest;
    bool has_latest;
    bool leds[BENCH_LED_COUNT];
    char console[128]; /* the latest console line */
    uint64_t next_line_ps;
    uint64_t next_draw_ns;
    struct bench_observer observer;
};

/* Goes live if `out` is a terminal that can move its cursor. */
void live_view_start(struct live_view *view, FILE *out, const struct record *record,
                     const struct bench_activity *activity);

/* Leaves the terminal as it was. */
void live_view_stop(struct live_view *view);

#endif
