/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Time stamps and the timeout counter (RM0399 59.4.1, 59.5.8 to 59.5.11). Both count nominal bit times,
 * also within a data phase, by TSCC.TCP + 1. The time stamp counter runs whenever TSS = 01 and the kernel
 * clock does.
 */
#include "vboard/periph/fdcan/internal.h"

#define TSS_INTERNAL 1u
#define TSS_TIM3 2u
#define WRAP 0x10000u
#define TIM3_CNT 0x24u
/* TOCC */
#define TOCC_ETOC 1u
#define TIMEOUT_CONTINUOUS 0u

static struct sched *sched_of(const struct fdcan *f)
{
    return &f->base.chip->sched;
}

static uint32_t stamp_select(const struct fdcan *f)
{
    return fdcan_field(fdcan_value(f, R_TSCC), 0, 2);
}

static void await_wrap(struct fdcan *f, vtime_ps now)
{
    uint64_t count = ticker_count(&f->stamp_ticker, now);

    sched_at(sched_of(f), &f->stamp_wrap, ticker_when(&f->stamp_ticker, (count / WRAP + 1) * WRAP));
}

static void on_wrap(void *ctx, vtime_ps now)
{
    struct fdcan *f = ctx;

    fdcan_raise(f, IR_TSW);
    await_wrap(f, now);
}

/* ---- timeout counter ---- */

static uint32_t timeout_period(const struct fdcan *f)
{
    return fdcan_value(f, R_TOCC) >> 16;
}

static uint32_t timeout_select(const struct fdcan *f)
{
    return fdcan_field(fdcan_value(f, R_TOCC), 1, 2);
}

static bool timeout_enabled(const struct fdcan *f)
{
    return (fdcan_value(f, R_TOCC) & TOCC_ETOC) != 0 && (fdcan_value(f, R_CCCR) & CCCR_INIT) == 0 &&
           f->clock->uhz != 0;
}

static void timeout_stop(struct fdcan *f, vtime_ps now)
{
    ticker_stop(&f->timeout_ticker, now);
    sched_cancel(sched_of(f), &f->timeout);
}

static void timeout_run(struct fdcan *f, vtime_ps now)
{
    ticker_start(&f->timeout_ticker, now);
    sched_at(sched_of(f), &f->timeout, ticker_when(&f->timeout_ticker, timeout_period(f)));
}

static void timeout_preset(struct fdcan *f, vtime_ps now)
{
    ticker_set(&f->timeout_ticker, 0, now);
    if (f->timeout_ticker.running) {
        timeout_run(f, now);
    }
}

static void on_timeout(void *ctx, vtime_ps now)
{
    struct fdcan *f = ctx;

    fdcan_raise(f, IR_TOO);
    if (timeout_select(f) == TIMEOUT_CONTINUOUS && timeout_period(f) != 0) {
        timeout_preset(f, now);
    } else {
        timeout_stop(f, now);
    }
}

void fdcan_time_fifo(struct fdcan *f, unsigned source, bool empty, vtime_ps now)
{
    if (timeout_select(f) != source || !timeout_enabled(f)) {
        return;
    }
    timeout_stop(f, now);
    ticker_set(&f->timeout_ticker, 0, now);
    if (!empty) {
        timeout_run(f, now);
    }
}

uint32_t fdcan_tocv_read(struct periph *p, unsigned slot, uint32_t value)
{
    struct fdcan *f = fdcan_of(p);
    uint64_t gone = ticker_count(&f->timeout_ticker, fdcan_now(f));
    uint32_t period = timeout_period(f);

    (void)slot;
    (void)value;
    return gone < period ? period - (uint32_t)gone : 0;
}

/* "Writing to TOCV has no effect" when a FIFO controls the counter. */
void fdcan_tocv_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct fdcan *f = fdcan_of(p);

    (void)slot;
    (void)old;
    (void)written;
    if (timeout_select(f) == TIMEOUT_CONTINUOUS) {
        timeout_preset(f, fdcan_now(f));
    }
}

/* ---- time stamps ---- */

/* TIM3's counter, as a debugger would see it: without side effects. */
static uint16_t tim3_count(struct fdcan *f)
{
    struct access saved = f->base.chip->access;
    uint32_t count = 0;

    if (f->tim3 != NULL) {
        f->base.chip->access.master = MASTER_DEBUG;
        count = periph_read(f->tim3, TIM3_CNT, 4);
        f->base.chip->access = saved;
    }
    return (uint16_t)count;
}

uint16_t fdcan_time_stamp(struct fdcan *f, vtime_ps now)
{
    switch (stamp_select(f)) {
    case TSS_INTERNAL:
        return (uint16_t)ticker_count(&f->stamp_ticker, now);
    case TSS_TIM3:
        return tim3_count(f);
    default:
        return 0;
    }
}

uint32_t fdcan_tscv_read(struct periph *p, unsigned slot, uint32_t value)
{
    struct fdcan *f = fdcan_of(p);

    (void)slot;
    (void)value;
    return fdcan_time_stamp(f, fdcan_now(f));
}

void fdcan_tscv_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct fdcan *f = fdcan_of(p);
    vtime_ps now = fdcan_now(f);

    (void)slot;
    (void)old;
    (void)written;
    if (stamp_select(f) == TSS_INTERNAL) {
        ticker_set(&f->stamp_ticker, 0, now);
        await_wrap(f, now);
    }
}

/* ---- both ---- */

void fdcan_time_hold(struct fdcan *f, vtime_ps now)
{
    ticker_sync(&f->stamp_ticker, now);
    ticker_sync(&f->timeout_ticker, now);
}

static void set_divider(struct ticker *t, uint64_t divider, vtime_ps now)
{
    if (t->divider != divider) {
        ticker_sync(t, now);
        t->divider = divider;
    }
}

void fdcan_time_apply(struct fdcan *f, vtime_ps now)
{
    uint64_t divider = fdcan_bit_ticks(f) * (fdcan_field(fdcan_value(f, R_TSCC), 16, 4) + 1);
    bool stamps = stamp_select(f) == TSS_INTERNAL && f->clock->uhz != 0;

    set_divider(&f->stamp_ticker, divider, now);
    set_divider(&f->timeout_ticker, divider, now);
    if (stamps) {
        ticker_start(&f->stamp_ticker, now);
        await_wrap(f, now);
    } else {
        ticker_stop(&f->stamp_ticker, now);
        sched_cancel(sched_of(f), &f->stamp_wrap);
    }
    if (!timeout_enabled(f)) {
        timeout_stop(f, now);
        if ((fdcan_value(f, R_CCCR) & CCCR_CCE) != 0) {
            ticker_set(&f->timeout_ticker, 0, now); /* preset while CCE is set (59.4.1) */
        }
    } else if (timeout_select(f) == TIMEOUT_CONTINUOUS || f->timeout_ticker.running) {
        timeout_run(f, now);
    }
}

void fdcan_time_config_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct fdcan *f = fdcan_of(p);

    (void)slot;
    (void)old;
    (void)written;
    fdcan_time_apply(f, fdcan_now(f));
}

void fdcan_time_init(struct fdcan *f)
{
    ticker_init(&f->stamp_ticker, f->clock, 1);
    ticker_init(&f->timeout_ticker, f->clock, 1);
    event_init(&f->stamp_wrap, on_wrap, f);
    event_init(&f->timeout, on_timeout, f);
}

void fdcan_time_reset(struct fdcan *f, vtime_ps now)
{
    ticker_stop(&f->stamp_ticker, now);
    timeout_stop(f, now);
    ticker_set(&f->stamp_ticker, 0, now);
    ticker_set(&f->timeout_ticker, 0, now);
    sched_cancel(sched_of(f), &f->stamp_wrap);
}
