/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PARTS_LED_H
#define VBOARD_PARTS_LED_H

/* An LED from a wire to ground: lit while the wire is high; or from the supply, lit while it is low. */
#include <stdbool.h>
#include <stddef.h>

#include "vboard/kernel/signal.h"

struct led {
    struct signal_listener listener;
    void (*changed)(void *ctx, bool on, vtime_ps now); /* may be NULL */
    void *ctx;
    bool lit_low;
    bool on;
};

/* changed, ctx and lit_low must be set before. */
void led_init(struct led *l, struct signal *wire);

#endif
