/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * What a run shows while it goes on: in a terminal the dial and a progress line, redrawn some 15 times a
 * second of real time; in a pipe one plain line for each second of the board's time.
 */
#ifndef VIEW_LIVE_H
#define VIEW_LIVE_H

#include "bench/model.h"
#include "bench/sample.h"
#include "core/record.h"

#include <stdbool.h>
#include <stdio.h>

struct live_view {
    FILE *out;
    const struct record *record;
    bool live;
    bool drawn; /* the dial is on the screen */
    struct sample latest;
    bool has_latest;
    char console[128]; /* the latest console line */
    uint64_t next_line_ps;
    uint64_t next_draw_ns;
};

struct run_progress {
    uint64_t now_ps;
    uint64_t end_ps;  /* BENCH_NEVER: not known yet */
    uint64_t real_ns; /* a clock of real time */
    double speed;     /* board seconds per second so far */
    uint64_t frames;
    bool leds[BENCH_LED_COUNT];
};

/* Goes live if `out` is a terminal that can move its cursor. */
void live_view_start(struct live_view *view, FILE *out, const struct record *record);

void live_view_sample(struct live_view *view, const struct sample *sample);

/* A line of the board's console. */
void live_view_console(struct live_view *view, const char *line);

/* Something that somebody did to the board, or that a tool said. */
void live_view_event(struct live_view *view, const char *line);

/* To be called often; draws when it is time to. `last`: draw now, the run is over. */
void live_view_update(struct live_view *view, const struct run_progress *progress, bool last);

/* Leaves the terminal as it was. */
void live_view_stop(struct live_view *view);

#endif
