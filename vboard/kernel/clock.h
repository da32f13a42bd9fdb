/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_KERNEL_CLOCK_H
#define VBOARD_KERNEL_CLOCK_H

/*
 * Clocks and what counts them. A clock has a frequency in microhertz (so that PLLs with fractions and
 * odd crystals stay exact enough: 480 MHz is 4.8e14 uHz); 0 means stopped. Only its owner (the RCC, or
 * the board for HSE and LSE) calls clock_set. Whoever counts a clock listens: `before` is called while
 * the old frequency still holds (bring your state up to date), `after` when the new one does
 * (reschedule your events).
 */
#include <stdbool.h>
#include <stdint.h>

#include "vboard/kernel/vtime.h"

struct clock_listener {
    void (*before)(void *ctx, vtime_ps now); /* may be NULL */
    void (*after)(void *ctx, vtime_ps now);  /* may be NULL */
    void *ctx;
    struct clock_listener *next;
};

/* times / by, and the same as a reciprocal of 128 bits / 2^(64 + shift), rounded up. */
struct clock_ratio {
    uint64_t times, by;
    uint64_t high, low;
    unsigned shift;
};

struct clock {
    const char *name; /* RM0399's name where it has one: "sys_ck", "rcc_tim_ker_ck" ... */
    uint64_t uhz;
    struct clock_ratio ps_per_tick, ticks_per_ps; /* while it runs */
    struct clock_listener *listeners;
    uint32_t wanted; /* who forces it on, a bit each */
    void (*wanted_changed)(void *ctx, vtime_ps now);
    void *owner;
    const struct clock *source; /* of a multiplexer's output: what it lets through; else NULL */
};

#define CLOCK_UHZ(hz) ((uint64_t)(hz)*UINT64_C(1000000))

/* Sets the frequency and tells the listeners; no call if nothing changes. */
void clock_set(struct clock *c, uint64_t uhz, vtime_ps now);
void clock_listen(struct clock *c, struct clock_listener *l);
void clock_unlisten(struct clock *c, struct clock_listener *l);
/* Who counts the clock forces it on, or lets it go: `who` is a bit of its own. The owner is told of changes,
 * if it has asked to be (clock_serve). */
void clock_want(struct clock *c, uint32_t who, bool on, vtime_ps now);
void clock_serve(struct clock *c, void (*wanted_changed)(void *ctx, vtime_ps now), void *owner);
/* Whole Hz, rounded: for messages and limits. */
uint64_t clock_hz(const struct clock *c);
/* Whole ticks that fit into `span`. */
uint64_t clock_ticks(const struct clock *c, vtime_ps span);
/* As many ticks as begin within `span`: the number of the first one that is not before its end. */
uint64_t clock_ticks_up(const struct clock *c, vtime_ps span);
/* When `ticks` ticks are over, rounded down. The clock must run. */
vtime_ps clock_time(const struct clock *c, uint64_t ticks);
/* The shortest span that holds `ticks` ticks (rounded up); VTIME_NEVER if the clock is stopped. */
vtime_ps clock_span(const struct clock *c, uint64_t ticks);

/*
 * A free count of a clock's ticks divided by `divider`, computed from an epoch, never stepped.
 * Prescaled counters (TIM, SysTick, IWDG, DWT, baud generators) build on it.
 */
struct ticker {
    const struct clock *clock;
    uint64_t divider; /* >= 1 */
    bool running;
    vtime_ps epoch; /* start of the tick numbered `base` */
    uint64_t base;
};

void ticker_init(struct ticker *t, const struct clock *c, uint64_t divider);
/* Count at `now`; a `now` before the epoch (the other core's clock lags) gives the epoch's count. */
uint64_t ticker_count(const struct ticker *t, vtime_ps now);
/* Sets count and phase: the next tick is one whole period after `now`. */
void ticker_set(struct ticker *t, uint64_t count, vtime_ps now);
void ticker_start(struct ticker *t, vtime_ps now);
void ticker_stop(struct ticker *t, vtime_ps now);
/* Call from a clock_listener's `before`: keeps the count, the fraction of a tick is lost. */
void ticker_sync(struct ticker *t, vtime_ps now);
/* First time at which the count reaches `count`; VTIME_NEVER while stopped. */
vtime_ps ticker_when(const struct ticker *t, uint64_t count);

#endif
