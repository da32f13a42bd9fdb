/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* PM0253 4.4; DDI 0403 B3.3. */
#include "vboard/cpu/systick.h"

#include <string.h>

#define CTRL_ENABLE 1u
#define CTRL_TICKINT 2u
#define CTRL_CLKSOURCE 4u
#define CTRL_COUNTFLAG (1u << 16)
#define COUNTER_MASK 0xFFFFFFu
/* STCALIB: no TENMS value, SKEW (DDI 0403 B3.3.6); ST documents no other for the H7. */
#define CALIB 0x40000000u

/* The tick number at which the counter reaches 0 for the `n`th time (n >= 1) after base. */
static uint64_t zero_tick(const struct systick *s, uint64_t n)
{
    uint64_t period = (uint64_t)s->load + 1;
    uint64_t first = s->value_at != 0 ? s->value_at : period;
    return s->base + first + (n - 1) * period;
}

/* How often it has reached 0 in the `ticks` since base. */
static uint64_t zeros_in(const struct systick *s, uint64_t ticks)
{
    uint64_t period = (uint64_t)s->load + 1;
    uint64_t first = s->value_at != 0 ? s->value_at : period;
    if (ticks < first || (s->load == 0 && s->value_at == 0)) {
        return 0;
    }
    return s->load == 0 ? 1 : 1 + (ticks - first) / period;
}

static uint64_t ticks_since(const struct systick *s, vtime_ps now)
{
    uint64_t count = ticker_count(&s->ticker, now);
    return count > s->base ? count - s->base : 0;
}

static uint32_t value_after(const struct systick *s, uint64_t ticks)
{
    if (ticks <= s->value_at) {
        return s->value_at - (uint32_t)ticks;
    }
    if (s->load == 0) {
        return 0;
    }
    uint64_t place = (ticks - s->value_at - 1) % ((uint64_t)s->load + 1);
    return s->load - (uint32_t)place;
}

/* Takes the present state as the new base: before LOAD, VAL, CTRL or a clock changes. */
static void rebase(struct systick *s, vtime_ps now)
{
    uint64_t ticks = ticks_since(s, now);
    s->count_flag = s->count_flag || zeros_in(s, ticks) > s->wraps_read;
    s->wraps_read = 0;
    s->value_at = value_after(s, ticks);
    s->base += ticks;
}

static void schedule(struct systick *s, vtime_ps now)
{
    if ((s->ctrl & (CTRL_ENABLE | CTRL_TICKINT)) != (CTRL_ENABLE | CTRL_TICKINT)) {
        sched_cancel(s->sched, &s->zero);
        return;
    }
    uint64_t done = zeros_in(s, ticks_since(s, now));
    if (s->load == 0 && (s->value_at == 0 || done != 0)) {
        sched_cancel(s->sched, &s->zero);
        return;
    }
    sched_at(s->sched, &s->zero, ticker_when(&s->ticker, zero_tick(s, done + 1)));
}

static void reached_zero(void *ctx, vtime_ps now)
{
    struct systick *s = ctx;
    s->pend(s->ctx, now);
    schedule(s, now);
}

static void before_clock(void *ctx, vtime_ps now)
{
    struct systick *s = ctx;
    ticker_sync(&s->ticker, now);
}

static void after_clock(void *ctx, vtime_ps now)
{
    schedule(ctx, now);
}

void systick_init(struct systick *s, struct sched *sched, struct clock *core_clock,
                  struct clock *reference_clock, void (*pend)(void *ctx, vtime_ps now), void *ctx)
{
    memset(s, 0, sizeof(*s));
    s->sched = sched;
    s->core_clock = core_clock;
    s->reference_clock = reference_clock;
    s->pend = pend;
    s->ctx = ctx;
    event_init(&s->zero, reached_zero, s);
    ticker_init(&s->ticker, reference_clock, 1);
    s->core_listener = (struct clock_listener){before_clock, after_clock, s, NULL};
    s->reference_listener = (struct clock_listener){before_clock, after_clock, s, NULL};
    clock_listen(core_clock, &s->core_listener);
    clock_listen(reference_clock, &s->reference_listener);
}

void systick_destroy(struct systick *s)
{
    if (s->sched != NULL) {
        sched_cancel(s->sched, &s->zero);
        clock_unlisten(s->core_clock, &s->core_listener);
        clock_unlisten(s->reference_clock, &s->reference_listener);
    }
}

void systick_reset(struct systick *s)
{
    sched_cancel(s->sched, &s->zero);
    ticker_init(&s->ticker, s->reference_clock, 1);
    s->ctrl = 0;
    s->load = 0;
    s->value_at = 0;
    s->base = 0;
    s->wraps_read = 0;
    s->count_flag = false;
}

static uint32_t read_ctrl(struct systick *s, vtime_ps now, bool peek)
{
    uint64_t zeros = zeros_in(s, ticks_since(s, now));
    bool flag = s->count_flag || zeros > s->wraps_read;
    if (!peek) {
        s->count_flag = false;
        s->wraps_read = zeros;
    }
    return s->ctrl | (flag ? CTRL_COUNTFLAG : 0);
}

bool systick_stands(const struct systick *s)
{
    return (s->ctrl & CTRL_ENABLE) == 0 && !s->count_flag;
}

uint32_t systick_read(struct systick *s, uint32_t offset, vtime_ps now, bool peek)
{
    switch (offset) {
    case 0x10:
        return read_ctrl(s, now, peek);
    case 0x14:
        return s->load;
    case 0x18:
        return value_after(s, ticks_since(s, now));
    case 0x1C:
        return CALIB;
    default:
        return 0;
    }
}

static void write_ctrl(struct systick *s, uint32_t value, vtime_ps now)
{
    const struct clock *clock = (value & CTRL_CLKSOURCE) != 0 ? s->core_clock : s->reference_clock;
    rebase(s, now);
    s->ctrl = value & (CTRL_ENABLE | CTRL_TICKINT | CTRL_CLKSOURCE);
    if (s->ticker.clock != clock) {
        ticker_sync(&s->ticker, now);
        s->ticker.clock = clock;
    }
    if ((value & CTRL_ENABLE) != 0) {
        ticker_start(&s->ticker, now);
    } else {
        ticker_stop(&s->ticker, now);
    }
}

void systick_write(struct systick *s, uint32_t offset, uint32_t value, vtime_ps now)
{
    switch (offset) {
    case 0x10:
        write_ctrl(s, value, now);
        break;
    case 0x14:
        rebase(s, now);
        s->load = value & COUNTER_MASK;
        break;
    case 0x18: /* any write clears the counter and COUNTFLAG */
        rebase(s, now);
        s->value_at = 0;
        s->count_flag = false;
        break;
    default:
        return;
    }
    schedule(s, now);
}
