/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/parts/led.h"

static void wire_changed(void *ctx, struct signal *s, vtime_ps now)
{
    struct led *l = ctx;
    bool on = signal_is_high(s);
    if (on == l->on) {
        return; /* low, floating and conflict are all dark */
    }
    l->on = on;
    if (l->changed != NULL) {
        l->changed(l->ctx, on, now);
    }
}

void led_init(struct led *l, struct signal *wire)
{
    l->on = signal_is_high(wire);
    l->listener = (struct signal_listener){.changed = wire_changed, .ctx = l};
    signal_listen(wire, &l->listener);
}
