/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * General-purpose and basic timers: RM0399 Rev 4 chapters 41 (TIM2-5), 42 (TIM12-14), 43 (TIM15-17)
 * and 44 (TIM6/7); registers and life.
 *
 * Modelled: up, down and center-aligned counting, prescaler, all preload registers, one-pulse mode,
 * repetition counter, the eight basic output modes, input capture of pins and of internal clocks: LSE,
 * CSI (TIM15), LSI, LSE (TIM16), HSE_1MHz (TIM17). What is left out, field by field: fields.c. Beyond
 * any field: the one clock from CEN to the first count.
 */
#include "vboard/periph/tim/internal.h"

#include <stdio.h>

void tim_update_irq(struct tim *t)
{
    uint32_t active = t->p.values[R_SR] & t->p.values[R_DIER] & SR_FLAGS;
    irq_set(&t->p.irq[TIM_IRQ_GLOBAL], active != 0);
}

/* ---- register hooks ---- */

/* Before any write: what happened until now happened with the old values. */
bool tim_before_write(struct periph *p, unsigned slot, uint32_t written)
{
    struct tim *t = (struct tim *)p;
    (void)written;
    tim_sync(t, p->chip->sched.now);
    if (slot == R_CNT) { /* for writes of less than a word */
        p->values[R_CNT] = tim_cnt(t, p->chip->sched.now);
    }
    return false;
}

/* 41.4.7, 41.4.9: CCxS of a channel that is on keeps its value. */
static void keep_selections(struct tim *t, unsigned slot, uint32_t old)
{
    unsigned first = slot == R_CCMR1 ? 0 : 2;
    for (unsigned n = 0; n < 2; n++) {
        uint32_t selection = 3u << (8 * n);
        if ((t->p.values[R_CCER] >> (4 * (first + n)) & 1u) != 0) {
            t->p.values[slot] = (t->p.values[slot] & ~selection) | (old & selection);
        }
    }
}

static void write_cr1(struct tim *t, uint32_t old, vtime_ps now)
{
    uint32_t *cr1 = &t->p.values[R_CR1];
    if ((old & *cr1 & CR1_CMS) != 0) { /* 41.4.1: DIR is read-only when center-aligned */
        *cr1 = (*cr1 & ~CR1_DIR) | (old & CR1_DIR);
    }
    if ((*cr1 & CR1_ARPE) == 0) {
        t->arr = t->p.values[R_ARR];
    }
    if (((old ^ *cr1) & (CR1_DIR | CR1_CMS)) != 0) {
        uint32_t cnt = tim_cnt(t, now);
        t->down = (*cr1 & CR1_DIR) != 0;
        tim_set_cnt(t, cnt, now);
    }
    tim_set_running(t, now);
}

static void write_arr(struct tim *t, vtime_ps now)
{
    if (!tim_has(t, R_CR1, CR1_ARPE)) {
        t->arr = t->p.values[R_ARR];
        tim_set_running(t, now);
    }
}

/* OCxPE of channel `n`. */
static bool is_preloaded(const struct tim *t, unsigned n)
{
    return ((t->p.values[n < 2 ? R_CCMR1 : R_CCMR2] >> (8 * (n & 1u))) & 8u) != 0;
}

/* 41.4.16: an input channel's register cannot be written. */
static void write_ccr(struct tim *t, unsigned n, uint32_t old, vtime_ps now)
{
    if (!tim_is_output(t, n)) {
        t->p.values[R_CCR1 + n] = old;
    } else if (!is_preloaded(t, n)) {
        t->channels[n].ccr = t->p.values[R_CCR1 + n];
        tim_refresh(t, n, tim_position(t, now), now);
    }
}

/* What of a channel's byte of CCMR1 or CCMR2 is not modelled depends on what CCxS makes of it: an input's
 * filter, an output's OCxCE, which timers with four channels have, and its modes 8 to 15, whose bit 3 is
 * apart (41.4.8, 41.4.9). */
static void report_ccmr(struct tim *t, unsigned slot, uint32_t old)
{
    const uint32_t clear_enable = t->traits->channels == TIM_CHANNELS ? 0x80 : 0;
    const uint32_t filter = 0xF0, mode = 0x10070, mode_8 = 0x10000;
    for (unsigned shift = 0; shift <= 8; shift += 8) {
        uint32_t ccmr = t->p.values[slot] >> shift;
        uint32_t left_out = 0;
        if ((ccmr & 3u) != 0) {
            left_out = (ccmr & filter) != 0 ? filter : 0;
        } else {
            left_out = (ccmr & clear_enable) | ((ccmr & mode_8) != 0 ? mode : 0);
        }
        if (left_out != 0 && ((ccmr ^ old >> shift) & (left_out | 3u)) != 0) {
            periph_unmodelled(&t->p, slot, left_out << shift);
        }
    }
}

static void write_ccmr(struct tim *t, unsigned slot, uint32_t old, vtime_ps now)
{
    keep_selections(t, slot, old);
    for (unsigned n = slot == R_CCMR1 ? 0 : 2; n < t->traits->channels; n++) {
        if (tim_is_output(t, n) && !is_preloaded(t, n)) {
            t->channels[n].ccr = t->p.values[R_CCR1 + n];
        }
        tim_refresh(t, n, tim_position(t, now), now);
    }
    report_ccmr(t, slot, old);
}

static void write_outputs(struct tim *t, vtime_ps now)
{
    for (unsigned n = 0; n < t->traits->channels; n++) {
        tim_refresh(t, n, tim_position(t, now), now);
        if (((t->p.values[R_CCER] >> (4 * n)) & 1u) == 0) {
            t->channels[n].edges = 0; /* the input prescaler is reset with CCxE (41.4.7) */
        }
    }
}

static void write_egr(struct tim *t, uint32_t written, vtime_ps now)
{
    uint32_t set = written & t->p.model->regs[R_EGR].wo;
    t->p.values[R_SR] |= set & (SR_TIF | SR_COMIF | SR_BIF);
    if ((set & SR_BIF) != 0) {
        t->p.values[R_BDTR] &= ~BDTR_MOE;
        write_outputs(t, now);
    }
    for (unsigned n = 0; n < t->traits->channels; n++) {
        if ((set & SR_CCIF(n)) == 0) {
            continue;
        }
        if (tim_is_output(t, n)) {
            t->p.values[R_SR] |= SR_CCIF(n);
        } else {
            tim_capture(t, n, now);
        }
    }
    if ((set & SR_UIF) != 0) {
        tim_generate_update(t, now);
    }
}

static void write_tisel(struct tim *t, uint32_t old)
{
    const uint32_t ti1sel = 0xF;
    bool by_mask = (t->p.model->regs[R_TISEL].unmodelled & ti1sel) != 0;
    if (!by_mask && ((old ^ t->p.values[R_TISEL]) & ti1sel) != 0 && tim_source_missing(t)) {
        periph_unmodelled(&t->p, R_TISEL, ti1sel);
    }
}

static void dispatch(struct tim *t, unsigned slot, uint32_t old, uint32_t written, vtime_ps now)
{
    switch (slot) {
    case R_CR1:
        write_cr1(t, old, now);
        break;
    case R_EGR:
        write_egr(t, written, now);
        break;
    case R_CCMR1:
    case R_CCMR2:
        write_ccmr(t, slot, old, now);
        break;
    case R_CCER:
    case R_BDTR:
        write_outputs(t, now);
        break;
    case R_CNT:
        tim_set_cnt(t, t->p.values[R_CNT], now);
        break;
    case R_ARR:
        write_arr(t, now);
        break;
    case R_CCR1:
    case R_CCR2:
    case R_CCR3:
    case R_CCR4:
        write_ccr(t, slot - R_CCR1, old, now);
        break;
    case R_TISEL:
        write_tisel(t, old);
        break;
    default:
        break;
    }
}

void tim_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct tim *t = (struct tim *)p;
    dispatch(t, slot, old, written, p->chip->sched.now);
    tim_source_update(t);
    tim_update_irq(t);
    tim_reschedule(t);
}

uint32_t tim_read(struct periph *p, unsigned slot, uint32_t value)
{
    struct tim *t = (struct tim *)p;
    (void)value;
    tim_sync(t, p->chip->sched.now);
    return p->values[slot];
}

uint32_t tim_read_cnt(struct periph *p, unsigned slot, uint32_t value)
{
    struct tim *t = (struct tim *)p;
    (void)slot;
    (void)value;
    tim_sync(t, p->chip->sched.now);
    uint32_t cnt = tim_cnt(t, p->chip->sched.now);
    if (tim_has(t, R_CR1, CR1_UIFREMAP)) { /* 41.3.16 */
        cnt = (cnt & 0x7FFFFFFFu) | (tim_has(t, R_SR, SR_UIF) ? 1u << 31 : 0);
    }
    return cnt;
}

/* 41.4.5: reading a captured value clears its flag. */
uint32_t tim_read_ccr(struct periph *p, unsigned slot, uint32_t value)
{
    struct tim *t = (struct tim *)p;
    unsigned n = slot - R_CCR1;
    (void)value;
    tim_sync(t, p->chip->sched.now);
    if (!tim_is_output(t, n) && p->chip->access.master != MASTER_DEBUG) {
        p->values[R_SR] &= ~SR_CCIF(n);
        tim_update_irq(t);
    }
    return p->values[slot];
}

/* ---- clocks ---- */

static void before_clock(void *ctx, vtime_ps now)
{
    struct tim *t = ctx;
    tim_sync(t, now);
    ticker_sync(&t->ticker, now);
}

static void after_clock(void *ctx, vtime_ps now)
{
    (void)now;
    tim_reschedule(ctx);
}

static void before_source(void *ctx, vtime_ps now)
{
    struct tim_source *s = ctx;
    if (s->tim->source.clock == s->clock) {
        ticker_sync(&s->tim->source, now);
    }
}

static void after_source(void *ctx, vtime_ps now)
{
    (void)now;
    tim_source_update(((struct tim_source *)ctx)->tim);
}

/* ---- life ---- */

int tim_init(struct periph *p)
{
    struct tim *t = (struct tim *)p;
    t->traits = tim_traits_of(p->model);
    t->kernel = &p->chip->clocks[t->traits->advanced ? CLK_TIMY : CLK_TIMX];
    t->listener = (struct clock_listener){.before = before_clock, .after = after_clock, .ctx = t};
    event_init(&t->event, tim_event, t);
    event_init(&t->source_event, tim_source_edge, t);
    ticker_init(&t->ticker, t->kernel, 1);
    return 0;
}

void tim_connect(struct periph *p)
{
    static const enum clock_id sources[TIM_SOURCES] = {CLK_LSE, CLK_LSI, CLK_CSI, CLK_HSE1M};
    struct tim *t = (struct tim *)p;
    clock_listen(t->kernel, &t->listener);
    for (unsigned n = 0; n < t->traits->channels; n++) {
        struct tim_channel *c = &t->channels[n];
        char name[24];
        snprintf(name, sizeof(name), "%s_CH%u", p->name, n + 1);
        c->tim = t;
        c->number = n;
        c->pin = chip_pinfunc(p->chip, name);
        c->pin->changed = tim_pin_changed;
        c->pin->routed = tim_pin_routed;
        c->pin->ctx = c;
        c->late = (struct signal_late){tim_pin_settle, c};
        c->pin->late = &c->late;
    }
    for (unsigned i = 0; t->traits->advanced && i < TIM_SOURCES; i++) {
        struct tim_source *s = &t->sources[i];
        s->tim = t;
        s->clock = &p->chip->clocks[sources[i]];
        s->listener =
            (struct clock_listener){.before = before_source, .after = after_source, .ctx = s};
        clock_listen(&p->chip->clocks[sources[i]], &s->listener);
    }
}

void tim_reset(struct periph *p, enum reset_kind kind)
{
    struct tim *t = (struct tim *)p;
    (void)kind;
    tim_clear(t);
    for (unsigned n = 0; n < t->traits->channels; n++) {
        t->channels[n].ref = false;
        t->channels[n].edges = 0;
    }
    write_outputs(t, p->chip->sched.now);
    tim_source_update(t);
    tim_update_irq(t);
    tim_reschedule(t);
}

void tim_gated(struct periph *p, bool on)
{
    struct tim *t = (struct tim *)p;
    (void)on;
    tim_sync(t, p->chip->sched.now);
    tim_set_running(t, p->chip->sched.now);
    tim_source_update(t);
    tim_reschedule(t);
}
