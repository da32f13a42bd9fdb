/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The timers' inputs: pins and internal clocks, capture, their XOR (RM0399 Rev 4 40.3.7, 40.3.24). */
#include <string.h>

#include "vboard/periph/tim/parts.h"

/* ---- capture ---- */

/* Channel `n` is an input that listens to TI `input`. */
static bool listens(const struct tim *t, unsigned n, unsigned input)
{
    unsigned sel = tim_selection(t, n);
    bool own = sel == 1 && n == input;
    bool neighbour = sel == 2 && (n ^ 1u) == input;
    return (own || neighbour) && (tim_ccer(t, n) & 1u) != 0;
}

void tim_capture(struct tim *t, unsigned n, vtime_ps now)
{
    uint32_t *sr = &t->p.values[R_SR];
    t->p.values[R_CCR1 + n] = tim_cnt(t, now);
    if ((*sr & SR_CCIF(n)) != 0) {
        *sr |= SR_CCOF(n);
    }
    tim_cc_event(t, n, now);
}

/* ICxPSC: every 1st, 2nd, 4th or 8th edge is captured. */
static void count_edge(struct tim *t, unsigned n, vtime_ps now)
{
    struct tim_channel *c = &t->channels[n];
    if (++c->edges >= 1u << ((tim_ccmr(t, n) >> 2) & 3u)) {
        c->edges = 0;
        tim_capture(t, n, now);
    }
}

/* An edge on TI `input`, for the channels that capture it. */
static void capture_edge(struct tim *t, unsigned input, bool rising, vtime_ps now)
{
    for (unsigned n = 0; n < t->traits->channels && n < TIM_PINS; n++) {
        uint32_t ccer = tim_ccer(t, n);
        bool both = (ccer & 0xAu) == 0xAu;
        bool falling = (ccer & 2u) != 0;
        if (listens(t, n, input) && (both || rising != falling)) {
            count_edge(t, n, now);
        }
    }
}

void tim_capture_trc(struct tim *t, vtime_ps now)
{
    for (unsigned n = 0; n < t->traits->channels && n < TIM_PINS; n++) {
        if (tim_selection(t, n) == 3 && (tim_ccer(t, n) & 1u) != 0) {
            count_edge(t, n, now);
        }
    }
}

/* ---- pins ---- */

static unsigned input_select(const struct tim *t, unsigned input)
{
    return (t->p.values[R_TISEL] >> (8 * input)) & 15u;
}

static bool pin_level(const struct tim *t, unsigned input)
{
    const struct pinfunc *f = input < TIM_PINS ? t->channels[input].out.pin : NULL;
    return f != NULL && input_select(t, input) == 0 && pinfunc_is_high(f);
}

/* 40.4.2 TI1S: TI1 is the XOR of the first three pins. */
static bool level_of(const struct tim *t, unsigned input)
{
    bool high = pin_level(t, input);
    if (input == 0 && tim_has(t, R_CR2, CR2_TI1S)) {
        high = (high != pin_level(t, 1)) != pin_level(t, 2);
    }
    return high;
}

bool tim_input_level(const struct tim *t, unsigned input)
{
    return level_of(t, input) != ((t->p.values[R_CCER] >> (4 * input) & 2u) != 0);
}

static bool is_used(const struct tim *t, unsigned input)
{
    return listens(t, input, input) || listens(t, input ^ 1u, input) ||
           (input < 2 && (t->p.values[R_SMCR] & 0x00310077u) != 0);
}

static void follow(struct tim *t, unsigned input, vtime_ps now)
{
    bool high = level_of(t, input);
    if (high == t->input[input]) {
        return;
    }
    t->input[input] = high;
    if (input_select(t, input) != 0 || !is_used(t, input)) {
        return;
    }
    tim_sync(t, now);
    capture_edge(t, input, high, now);
    tim_slave_input(t, input, high, now);
    tim_update_irq(t);
    tim_reschedule(t);
}

void tim_pin_changed(void *ctx, bool high, vtime_ps now)
{
    struct tim_channel *c = ctx;
    struct tim *t = c->tim;
    if (t->etr != NULL && t->etr == c->out.pin) {
        tim_etr_changed(t, high, now);
    }
    follow(t, c->number, now);
    if (c->number != 0 && tim_has(t, R_CR2, CR2_TI1S)) {
        follow(t, 0, now);
    }
}

/* ---- internal clocks as capture sources (43.5.20, 43.6.18, 43.6.20) ---- */

static const struct clock *source_clock(const struct tim *t)
{
    const struct clock *clocks = t->p.chip->clocks;
    unsigned select = input_select(t, 0);
    if (t->traits->model == &tim15_model) {
        return select == 4 ? &clocks[CLK_LSE] : select == 5 ? &clocks[CLK_CSI] : NULL;
    }
    if (strcmp(t->p.name, "TIM16") == 0) {
        return select == 1 ? &clocks[CLK_LSI] : select == 2 ? &clocks[CLK_LSE] : NULL;
    }
    if (strcmp(t->p.name, "TIM17") == 0) {
        return select == 2 ? &clocks[CLK_HSE1M] : NULL;
    }
    return NULL;
}

bool tim_source_missing(const struct tim *t, unsigned input)
{
    return input_select(t, input) != 0 && (input != 0 || source_clock(t) == NULL);
}

void tim_source_update(struct tim *t)
{
    const struct clock *clock = t->traits->captures_clocks ? source_clock(t) : NULL;
    vtime_ps now = t->p.chip->sched.now;
    bool used = clock != NULL && clock->uhz != 0 && (listens(t, 0, 0) || listens(t, 1, 0)) &&
                (t->p.gate == NULL || t->p.gate->any);
    if (!used) {
        sched_cancel(&t->p.chip->sched, &t->source_event);
        t->source.clock = NULL;
        return;
    }
    if (t->source.clock != clock) {
        ticker_init(&t->source, clock, 1);
        ticker_start(&t->source, 0); /* the clock's edges are where they are since power-on */
    }
    uint64_t next = ticker_count(&t->source, now) + 1;
    sched_at(&t->p.chip->sched, &t->source_event, ticker_when(&t->source, next));
}

void tim_source_edge(void *ctx, vtime_ps now)
{
    struct tim *t = ctx;
    uint32_t polarity = t->p.values[R_CCER] & 2u;
    tim_sync(t, now);
    capture_edge(t, 0, polarity == 0, now); /* one edge a period, whichever is asked for */
    tim_update_irq(t);
    tim_source_update(t);
}
