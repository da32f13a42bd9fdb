/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/parts/led.h"

/* Floating and conflict are dark. */
static bool lit(const struct led *l, const struct signal *s)
{
    return s->level == (l->lit_low ? LEVEL_LOW : LEVEL_HIGH);
}

static void wire_changed(void *ctx, struct signal *s, vtime_ps now)
{
    struct led *l = ctx;
    bool on = lit(l, s);
    if (on == l->on) {
        return;
    }
    l->on = on;
    if (l->changed != NULL) {
        l->changed(l->ctx, on, now);
    }
}

void led_init(struct led *l, struct signal *wire)
{
    l->on = lit(l, wire);
    l->listener = (struct signal_listener){.changed = wire_changed, .ctx = l};
    signal_listen(wire, &l->listener);
}
