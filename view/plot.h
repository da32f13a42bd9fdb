/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* A run over time as a picture: value on the bus, value shown, needle, shaft, and the state. */
#ifndef VIEW_PLOT_H
#define VIEW_PLOT_H

#include "bench/observer.h"
#include "core/record.h"

#include <stdbool.h>
#include <stddef.h>

struct plot_row {
    double time_s;
    float frame_c, shown_c, needle_deg, servo_deg; /* NAN: unknown */
    int state;                                     /* enum gauge_state, -1: unknown */
    bool has_pulse;
    bool warn;
};

struct plot {
    struct plot_row *rows;
    size_t count, room;
    bool failed; /* out of memory: the plot ends early */
    struct bench_observer observer;
};

/* An observer that keeps what is to be seen. */
void plot_init(struct plot *plot);

/* Writes a PNG, 1400 x 860. False if the file cannot be written. */
bool plot_write(const struct plot *plot, const char *path, const struct record *record)
    __attribute__((warn_unused_result));

void plot_free(struct plot *plot);

#endif
