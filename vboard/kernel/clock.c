/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/kernel/clock.h"

#include <stddef.h>

/* ps per second times uHz per Hz: ticks = span_ps * uhz / 1e18. Products need 128 bits. */
#define PS_UHZ UINT64_C(1000000000000000000)

__extension__ typedef unsigned __int128 u128;

void clock_set(struct clock *c, uint64_t uhz, vtime_ps now)
{
    if (c->uhz == uhz) {
        return;
    }
    for (struct clock_listener *l = c->listeners; l != NULL; l = l->next) {
        if (l->before != NULL) {
            l->before(l->ctx, now);
        }
    }
    c->uhz = uhz;
    for (struct clock_listener *l = c->listeners; l != NULL; l = l->next) {
        if (l->after != NULL) {
            l->after(l->ctx, now);
        }
    }
}

void clock_listen(struct clock *c, struct clock_listener *l)
{
    struct clock_listener **end = &c->listeners;
    while (*end != NULL) {
        end = &(*end)->next;
    }
    l->next = NULL;
    *end = l;
}

void clock_unlisten(struct clock *c, struct clock_listener *l)
{
    for (struct clock_listener **at = &c->listeners; *at != NULL; at = &(*at)->next) {
        if (*at == l) {
            *at = l->next;
            return;
        }
    }
}

uint64_t clock_hz(const struct clock *c)
{
    return (c->uhz + UINT64_C(500000)) / UINT64_C(1000000);
}

static uint64_t ticks_in(uint64_t uhz, uint64_t divider, vtime_ps span)
{
    return (uint64_t)((u128)span * uhz / PS_UHZ / divider);
}

static vtime_ps span_of(uint64_t uhz, uint64_t divider, uint64_t ticks)
{
    if (uhz == 0) {
        return VTIME_NEVER;
    }
    u128 ps = ((u128)ticks * divider * PS_UHZ + (uhz - 1)) / uhz;
    return ps >= VTIME_NEVER ? VTIME_NEVER : (vtime_ps)ps;
}

uint64_t clock_ticks(const struct clock *c, vtime_ps span)
{
    return ticks_in(c->uhz, 1, span);
}

vtime_ps clock_span(const struct clock *c, uint64_t ticks)
{
    return span_of(c->uhz, 1, ticks);
}

void ticker_init(struct ticker *t, const struct clock *c, uint64_t divider)
{
    t->clock = c;
    t->divider = divider;
    t->running = false;
    t->epoch = 0;
    t->base = 0;
}

uint64_t ticker_count(const struct ticker *t, vtime_ps now)
{
    if (!t->running || now <= t->epoch) {
        return t->base;
    }
    return t->base + ticks_in(t->clock->uhz, t->divider, now - t->epoch);
}

void ticker_set(struct ticker *t, uint64_t count, vtime_ps now)
{
    t->base = count;
    t->epoch = now;
}

void ticker_start(struct ticker *t, vtime_ps now)
{
    if (!t->running) {
        t->running = true;
        t->epoch = now;
    }
}

void ticker_stop(struct ticker *t, vtime_ps now)
{
    ticker_sync(t, now);
    t->running = false;
}

void ticker_sync(struct ticker *t, vtime_ps now)
{
    t->base = ticker_count(t, now);
    if (now > t->epoch) {
        t->epoch = now;
    }
}

vtime_ps ticker_when(const struct ticker *t, uint64_t count)
{
    if (!t->running) {
        return VTIME_NEVER;
    }
    if (count <= t->base) {
        return t->epoch;
    }
    vtime_ps span = span_of(t->clock->uhz, t->divider, count - t->base);
    return span >= VTIME_NEVER - t->epoch ? VTIME_NEVER : t->epoch + span;
}
