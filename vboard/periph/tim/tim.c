/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * The timers but HRTIM and the low-power ones: RM0399 Rev 4 chapters 40 (TIM1, TIM8), 41 (TIM2-5), 42 (TIM12-14),
 * 43 (TIM15-17) and 44 (TIM6, TIM7); registers and life.
 *
 * What is left out, field by field: fields.c. Beyond any field: the one clock from CEN to the first count, and
 * the two or three that a trigger takes to get there.
 */
#include "vboard/periph/tim/parts.h"

/* DIER's enables of the flags that interrupt. */
#define DIER_IE 0xFFu

void tim_update_irq(struct tim *t)
{
    uint32_t active = t->p.values[R_SR] & t->p.values[R_DIER] & DIER_IE;
    if (!t->traits->four_irqs) {
        irq_set(&t->p.irq[TIM_IRQ_GLOBAL], active != 0);
        return;
    }
    bool breaks = tim_has(t, R_DIER, SR_BIF) && (t->p.values[R_SR] & (SR_BIF | SR_B2IF)) != 0;
    irq_set(&t->p.irq[TIM_IRQ_BREAK], breaks);
    irq_set(&t->p.irq[TIM_IRQ_UPDATE], (active & SR_UIF) != 0);
    irq_set(&t->p.irq[TIM_IRQ_TRIGGER], (active & (SR_TIF | SR_COMIF)) != 0);
    irq_set(&t->p.irq[TIM_IRQ_CAPTURE], (active & 0x1Eu) != 0);
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
    unsigned first = 2 * (slot - R_CCMR1);
    for (unsigned n = 0; n < 2 && slot != R_CCMR3; n++) {
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
    tim_follow(t, now);
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
    return (tim_ccmr(t, n) & 8u) != 0;
}

/* 41.4.16: an input channel's register cannot be written. */
static void write_ccr(struct tim *t, unsigned n, uint32_t old, vtime_ps now)
{
    if (!tim_is_output(t, n)) {
        t->p.values[R_CCR1 + n] = old;
    } else if (!is_preloaded(t, n)) {
        t->channels[n].ccr = t->p.values[R_CCR1 + n] & (t->traits->wide ? ~0u : 0xFFFFu);
        tim_refresh(t, n, tim_position(t, now), now);
    }
    if (n == 4) {
        tim_drive_all(t, now); /* GC5Cx */
    }
}

/* An input's filter is not modelled; whether its bits are one depends on CCxS (40.4.7, 40.4.8). Nor are
 * the two modes that the manual reserves. */
static void report_ccmr(struct tim *t, unsigned slot, uint32_t old)
{
    const uint32_t filter = 0xF0, mode = 0x10070;
    for (unsigned shift = 0; shift <= 8; shift += 8) {
        uint32_t ccmr = t->p.values[slot] >> shift;
        bool is_input = slot != R_CCMR3 && (ccmr & 3u) != 0;
        uint32_t left_out = is_input && (ccmr & filter) != 0 ? filter : 0;
        if (!is_input && ((ccmr & mode) == 0x10020 || (ccmr & mode) == 0x10030)) {
            left_out = mode;
        }
        if (left_out != 0 && ((ccmr ^ old >> shift) & (left_out | 3u)) != 0) {
            periph_unmodelled(&t->p, slot, left_out << shift);
        }
    }
}

static void write_ccmr(struct tim *t, unsigned slot, uint32_t old, vtime_ps now)
{
    keep_selections(t, slot, old);
    tim_keep_locked(t, slot, old);
    tim_take_controls(t, false);
    for (unsigned n = 2 * (slot - R_CCMR1); n < t->traits->channels; n++) {
        if (tim_is_output(t, n) && !is_preloaded(t, n)) {
            t->channels[n].ccr = t->p.values[R_CCR1 + n] & (t->traits->wide ? ~0u : 0xFFFFu);
        }
        tim_refresh(t, n, tim_position(t, now), now);
    }
    report_ccmr(t, slot, old);
}

static void write_outputs(struct tim *t, unsigned slot, uint32_t old, vtime_ps now)
{
    tim_keep_locked(t, slot, old);
    if (slot == R_BDTR && (tim_breaks(t, 0) || tim_breaks(t, 1))) {
        t->p.values[R_BDTR] &=
            ~BDTR_MOE; /* "the MOE cannot be set while the break input is active" */
        t->p.values[R_SR] |= (tim_breaks(t, 0) ? SR_BIF : 0) | (tim_breaks(t, 1) ? SR_B2IF : 0);
    }
    tim_take_controls(t, false);
    for (unsigned n = 0; n < t->traits->channels; n++) {
        tim_refresh(t, n, tim_position(t, now), now);
        if ((tim_ccer(t, n) & 1u) == 0) {
            t->channels[n].edges = 0; /* the input prescaler is reset with CCxE (41.4.7) */
        }
    }
}

static void write_cr2(struct tim *t, uint32_t old, vtime_ps now)
{
    tim_keep_locked(t, R_CR2, old);
    tim_take_controls(t, false);
    tim_drive_all(t, now);
    tim_slave_update(t, now);
}

static void write_smcr(struct tim *t, uint32_t old, vtime_ps now)
{
    const uint32_t ts = 0x00300070, filter = 0xF00;
    tim_slave_update(t, now);
    if (tim_trigger_missing(t) && old != t->p.values[R_SMCR]) {
        periph_unmodelled(&t->p, R_SMCR, ts);
    }
    if (((old ^ t->p.values[R_SMCR]) & t->p.values[R_SMCR] & filter) != 0) {
        periph_unmodelled(&t->p, R_SMCR, filter);
    }
}

/* 40.3.16: the flags of a break cannot be cleared while its input is active. */
static void write_sr(struct tim *t)
{
    t->p.values[R_SR] |= (tim_breaks(t, 0) ? SR_BIF : 0) | (tim_breaks(t, 1) ? SR_B2IF : 0);
}

static void write_egr(struct tim *t, uint32_t written, vtime_ps now)
{
    uint32_t set = written & t->p.model->regs[R_EGR].wo;
    if ((set & SR_TIF) != 0) {
        tim_trigger_event(t, now);
    }
    if ((set & SR_COMIF) != 0) {
        tim_com_event(t, now);
    }
    if ((set & SR_BIF) != 0) {
        tim_break(t, 0, now);
    }
    if ((set & SR_B2IF) != 0) {
        tim_break(t, 1, now);
    }
    for (unsigned n = 0; n < t->traits->channels && n < TIM_PINS; n++) {
        if ((set & SR_CCIF(n)) == 0) {
            continue;
        }
        if (tim_is_output(t, n)) {
            tim_cc_event(t, n, now);
        } else {
            tim_capture(t, n, now);
        }
    }
    if ((set & SR_UIF) != 0) {
        tim_generate_update(t, now);
        tim_reset_event(t, now);
    }
}

static void write_tisel(struct tim *t, uint32_t old)
{
    for (unsigned input = 0; input < TIM_INPUTS; input++) {
        uint32_t select = 0xFu << (8 * input);
        if (((old ^ t->p.values[R_TISEL]) & select) != 0 && tim_source_missing(t, input)) {
            periph_unmodelled(&t->p, R_TISEL, select);
        }
    }
}

static void write_cnt(struct tim *t, vtime_ps now)
{
    tim_set_cnt(t, t->p.values[R_CNT], now);
}

static void dispatch(struct tim *t, unsigned slot, uint32_t old, uint32_t written, vtime_ps now)
{
    switch (slot) {
    case R_CR1:
        write_cr1(t, old, now);
        break;
    case R_CR2:
        write_cr2(t, old, now);
        break;
    case R_SMCR:
        write_smcr(t, old, now);
        break;
    case R_SR:
        write_sr(t);
        break;
    case R_EGR:
        write_egr(t, written, now);
        break;
    case R_CCMR1:
    case R_CCMR2:
    case R_CCMR3:
        write_ccmr(t, slot, old, now);
        break;
    case R_CCER:
    case R_BDTR:
        write_outputs(t, slot, old, now);
        break;
    case R_CNT:
        write_cnt(t, now);
        break;
    case R_ARR:
        write_arr(t, now);
        break;
    case R_CCR1:
    case R_CCR2:
    case R_CCR3:
    case R_CCR4:
    case R_CCR5:
    case R_CCR6:
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
    tim_slave_attend(t, p->chip->sched.now);
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
    tim_output_init(t);
    ticker_init(&t->ticker, t->kernel, 1);
    return 0;
}

void tim_connect(struct periph *p)
{
    static const enum clock_id sources[TIM_SOURCES] = {CLK_LSE, CLK_LSI, CLK_CSI, CLK_HSE1M};
    struct tim *t = (struct tim *)p;
    clock_listen(t->kernel, &t->listener);
    tim_output_connect(t);
    tim_request_connect(t);
    tim_slave_connect(t);
    for (unsigned i = 0; t->traits->captures_clocks && i < TIM_SOURCES; i++) {
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
    t->etr_edges = 0;
    tim_output_reset(t);
    tim_request_reset(t);
    tim_slave_update(t, p->chip->sched.now);
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
