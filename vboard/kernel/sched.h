/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_KERNEL_SCHED_H
#define VBOARD_KERNEL_SCHED_H

/*
 * The event queue: everything that happens by itself (a counter overflows, a frame ends, a pulse
 * begins) is an event at a virtual time. Events at the same time run in the order of insertion.
 *
 * `now` is the time of whoever is acting: while an event runs, the event's; while a core accesses a
 * register, that core's. The two cores may be up to one slice (1 us) apart, so `now` may step back by
 * as much between two accesses: never compute `now - earlier` unguarded; use struct ticker (clock.h).
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "vboard/kernel/vtime.h"

struct event {
    void (*run)(void *ctx, vtime_ps now);
    void *ctx;
    vtime_ps at;
    uint64_t order;    /* insertion number: breaks ties */
    size_t heap_index; /* 1-based place in the heap, 0 = not queued */
};

struct sched {
    struct event **heap; /* binary heap, entries 1..count */
    size_t count, capacity;
    /* While an event runs its place at the top stays free, for what it queues: most queue one. `free` stands there,
     * as early as the event. */
    struct event free;
    bool top_is_free;
    uint64_t next_order;
    vtime_ps now;
    /* Called when a new event is earlier than all others: the core that runs must stop there. */
    void (*earlier)(void *ctx, vtime_ps at);
    void *earlier_ctx;
};

void sched_init(struct sched *s);
void sched_destroy(struct sched *s);

/* Prepares an event; `run` is called with `ctx` and the event's own time. The caller owns it. */
void event_init(struct event *e, void (*run)(void *ctx, vtime_ps now), void *ctx);

/* Queues `e` at `at` (a time before `now` counts as `now`); an event already queued is moved. */
void sched_at(struct sched *s, struct event *e, vtime_ps at);
void sched_cancel(struct sched *s, struct event *e);
bool event_queued(const struct event *e);
/* Takes every event out of the queue: before their owners go, in whatever order. */
void sched_clear(struct sched *s);

/* The earliest queued time, or VTIME_NEVER; not while an event runs. */
static inline vtime_ps sched_next(const struct sched *s)
{
    return s->count != 0 ? s->heap[1]->at : VTIME_NEVER;
}

/* Runs all events with time <= `until`, in order; `now` is each event's time. */
void sched_run_until(struct sched *s, vtime_ps until);

#endif
