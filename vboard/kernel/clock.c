/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/kernel/clock.h"

#include <stddef.h>

/* ps per second times uHz per Hz: ticks = span_ps * uhz / 1e18. Products may need 128 bits, whose
 * division is a slow call: reciprocals take its place. */
#define PS_UHZ UINT64_C(1000000000000000000)

__extension__ typedef unsigned __int128 u128;

static uint64_t common_divisor(uint64_t a, uint64_t b)
{
    while (b != 0) {
        uint64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* Both are below 2^62, so that the remainder has room for one more bit. */
static struct clock_ratio ratio_of(uint64_t times, uint64_t by)
{
    u128 reciprocal = times / by;
    uint64_t rest = times % by;
    unsigned shift = 0;
    for (; reciprocal >> 127 == 0; shift++) {
        rest <<= 1;
        reciprocal = reciprocal << 1 | (rest >= by);
        rest -= rest >= by ? by : 0;
    }
    reciprocal += rest != 0;
    return (struct clock_ratio){times, by, (uint64_t)(reciprocal >> 64), (uint64_t)reciprocal,
                                shift - 64};
}

static void set_period(struct clock *c)
{
    if (c->uhz != 0) {
        uint64_t divisor = common_divisor(PS_UHZ, c->uhz);
        c->ps_per_tick = ratio_of(PS_UHZ / divisor, c->uhz / divisor);
        c->ticks_per_ps = ratio_of(c->uhz / divisor, PS_UHZ / divisor);
    }
}

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
    set_period(c);
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

void clock_want(struct clock *c, uint32_t who, bool on, vtime_ps now)
{
    uint32_t wanted = on ? c->wanted | who : c->wanted & ~who;
    if (wanted == c->wanted) {
        return;
    }
    c->wanted = wanted;
    if (c->wanted_changed != NULL) {
        c->wanted_changed(c->owner, now);
    }
}

void clock_serve(struct clock *c, void (*wanted_changed)(void *ctx, vtime_ps now), void *owner)
{
    c->wanted_changed = wanted_changed;
    c->owner = owner;
}

uint64_t clock_hz(const struct clock *c)
{
    return (c->uhz + UINT64_C(500000)) / UINT64_C(1000000);
}

/*
 * n * times / by, rounded down. The reciprocal is too large by less than 2^-s, s = 64 + shift, so n times it by less
 * than n / 2^s. That does not reach the next whole number, which is 1 / by away at least: as the reciprocal has 128
 * bits, 2^s / by is 2^126 / times at least, and times is below 2^62, n below 2^64.
 */
static inline u128 scale(uint64_t n, const struct clock_ratio *r)
{
    u128 low = (u128)n * r->low;
    return ((u128)n * r->high + (uint64_t)(low >> 64)) >> r->shift;
}

/* The same rounded up. */
static inline u128 scale_up(uint64_t n, const struct clock_ratio *r)
{
    u128 down = scale(n, r);
    return down + ((uint64_t)down * r->by != n * r->times);
}

uint64_t clock_ticks(const struct clock *c, vtime_ps span)
{
    return c->uhz == 0 ? 0 : (uint64_t)scale(span, &c->ticks_per_ps);
}

uint64_t clock_ticks_up(const struct clock *c, vtime_ps span)
{
    return c->uhz == 0 ? 0 : (uint64_t)scale_up(span, &c->ticks_per_ps);
}

vtime_ps clock_time(const struct clock *c, uint64_t ticks)
{
    return (vtime_ps)scale(ticks, &c->ps_per_tick);
}

vtime_ps clock_span(const struct clock *c, uint64_t ticks)
{
    if (c->uhz == 0) {
        return VTIME_NEVER;
    }
    u128 ps = scale_up(ticks, &c->ps_per_tick);
    return ps >= VTIME_NEVER ? VTIME_NEVER : (vtime_ps)ps;
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
    uint64_t ticks = clock_ticks(t->clock, now - t->epoch);
    return t->base + (t->divider == 1 ? ticks : ticks / t->divider);
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

static vtime_ps span_of(const struct ticker *t, uint64_t ticks)
{
    uint64_t product;
    return __builtin_mul_overflow(ticks, t->divider, &product) ? VTIME_NEVER
                                                               : clock_span(t->clock, product);
}

vtime_ps ticker_when(const struct ticker *t, uint64_t count)
{
    if (!t->running) {
        return VTIME_NEVER;
    }
    if (count <= t->base) {
        return t->epoch;
    }
    vtime_ps span = span_of(t, count - t->base);
    return span >= VTIME_NEVER - t->epoch ? VTIME_NEVER : t->epoch + span;
}
