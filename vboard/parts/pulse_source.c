/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/parts/pulse_source.h"

/* An even number of edges is left while the pin is low. */
static void edge(void *ctx, vtime_ps now)
{
    struct pulse_source *s = ctx;
    s->edges--;
    if (s->edges != 0) {
        sched_at(s->sched, &s->event, now + s->half_ps);
    }
    signal_drive(&s->driver, s->edges % 2 != 0 ? DRIVE_HIGH : DRIVE_LOW, now);
}

void pulse_source_init(struct pulse_source *s, struct sched *sched, struct signal *wire)
{
    *s = (struct pulse_source){.sched = sched};
    event_init(&s->event, edge, s);
    signal_attach(wire, &s->driver);
    signal_drive(&s->driver, DRIVE_LOW, sched->now);
}

void pulse_source_start(struct pulse_source *s, vtime_ps period_ps, uint64_t count)
{
    s->half_ps = period_ps / 2;
    s->edges = 2 * count;
    signal_drive(&s->driver, DRIVE_LOW, s->sched->now);
    if (count == 0) {
        sched_cancel(s->sched, &s->event);
    } else {
        sched_at(s->sched, &s->event, s->sched->now + s->half_ps);
    }
}

void pulse_source_destroy(struct pulse_source *s)
{
    sched_cancel(s->sched, &s->event);
}
