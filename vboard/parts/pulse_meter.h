/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PARTS_PULSE_METER_H
#define VBOARD_PARTS_PULSE_METER_H

/*
 * A counter on a wire: tells of every high pulse, when it rises and when it falls.
 */
#include <stdbool.h>
#include <stdint.h>

#include "vboard/kernel/signal.h"

struct pulse {
    uint64_t number; /* 0-based */
    vtime_ps rise;
    vtime_ps width;  /* 0 in `rose` */
    vtime_ps period; /* since the rising edge before; 0 for the first */
};

struct pulse_meter {
    struct signal_listener listener;
    /* Called at the edges; either may be NULL. With neither, edges need not come at their time. */
    void (*rose)(void *ctx, const struct pulse *p);
    void (*fell)(void *ctx, const struct pulse *p);
    void *ctx;
    struct pulse now;
    bool high;
    uint64_t count; /* rising edges so far */
};

/* The callbacks and ctx must be set before; the rest is set up here. */
void pulse_meter_init(struct pulse_meter *m, struct signal *wire);
/* Numbers start at 0 again (power-on). */
void pulse_meter_clear(struct pulse_meter *m);

#endif
