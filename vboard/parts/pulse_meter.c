/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/parts/pulse_meter.h"

#include <stddef.h>

static void rise(struct pulse_meter *m, vtime_ps now)
{
    m->now.number = m->count;
    m->now.period = m->count != 0 ? now - m->now.rise : 0;
    m->now.rise = now;
    m->now.width = 0;
    m->count++;
    if (m->rose != NULL) {
        m->rose(m->ctx, &m->now);
    }
}

static void wire_changed(void *ctx, struct signal *s, vtime_ps now)
{
    struct pulse_meter *m = ctx;
    bool high = signal_is_high(s);
    if (high == m->high) {
        return;
    }
    m->high = high;
    if (high) {
        rise(m, now);
        return;
    }
    m->now.width = now - m->now.rise;
    if (m->fell != NULL) {
        m->fell(m->ctx, &m->now);
    }
}

void pulse_meter_init(struct pulse_meter *m, struct signal *wire)
{
    m->now = (struct pulse){0};
    m->count = 0;
    m->high = signal_is_high(wire);
    bool told = m->rose != NULL || m->fell != NULL;
    m->listener = (struct signal_listener){.changed = wire_changed, .ctx = m, .passive = !told};
    signal_listen(wire, &m->listener);
}

void pulse_meter_clear(struct pulse_meter *m)
{
    m->count = 0;
}
