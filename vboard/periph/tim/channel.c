/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * The channels of the timers: output compare and PWM (RM0399 Rev 4 41.3.7 to 41.3.9), outputs
 * (41.4.11), input capture (41.3.5).
 */
#include "vboard/periph/tim/internal.h"

#include <string.h>

/* ---- fields ---- */

static uint32_t ccmr_of(const struct tim *t, unsigned n)
{
    return t->p.values[n < 2 ? R_CCMR1 : R_CCMR2] >> (8 * (n & 1u));
}

/* CCxS: 0 output, 1 own input, 2 the neighbour's input, 3 trigger. */
static unsigned selection(const struct tim *t, unsigned n)
{
    return ccmr_of(t, n) & 3u;
}

bool tim_is_output(const struct tim *t, unsigned n)
{
    return n < t->traits->channels && selection(t, n) == 0;
}

/* OCxM, whose bit 3 is apart (41.4.8). */
static unsigned mode_of(const struct tim *t, unsigned n)
{
    uint32_t ccmr = ccmr_of(t, n);
    return ((ccmr >> 4) & 7u) | ((ccmr >> 16) & 1u) << 3;
}

static uint32_t ccer_of(const struct tim *t, unsigned n)
{
    return t->p.values[R_CCER] >> (4 * n);
}

static bool is_pwm(unsigned mode)
{
    return mode == OC_PWM1 || mode == OC_PWM2;
}

/* ---- compare ---- */

bool tim_match_position(const struct tim *t, unsigned n, uint64_t length, uint64_t *position)
{
    *position = tim_compare_position(t, n);
    return *position < length && tim_is_output(t, n);
}

static void drive(struct tim *t, unsigned n, vtime_ps at)
{
    struct tim_channel *c = &t->channels[n];
    uint32_t ccer = ccer_of(t, n);
    bool on = (ccer & 1u) != 0 && tim_is_output(t, n) &&
              (!t->traits->advanced || tim_has(t, R_BDTR, BDTR_MOE));
    bool high = c->ref != ((ccer & 2u) != 0);
    enum drive wanted = !on ? DRIVE_NONE : high ? DRIVE_HIGH : DRIVE_LOW;
    if (c->pin->wanted != wanted) {
        pinfunc_drive(c->pin, wanted, at);
    }
}

/* 41.4.8: PWM mode 1 is active while CNT < CCR going up, inactive while CNT > CCR going down. */
static bool pwm_ref(const struct tim *t, unsigned n, uint64_t position, unsigned mode)
{
    uint64_t ccr = t->channels[n].ccr;
    bool active = t->down ? t->top - position <= ccr : position < ccr;
    return active == (mode == OC_PWM1);
}

void tim_refresh(struct tim *t, unsigned n, uint64_t position, vtime_ps at)
{
    struct tim_channel *c = &t->channels[n];
    unsigned mode = mode_of(t, n);
    if (n >= t->traits->channels) {
        return;
    }
    if (is_pwm(mode)) {
        c->ref = pwm_ref(t, n, position, mode);
    } else if (mode == OC_FORCE_LOW || mode == OC_FORCE_HIGH) {
        c->ref = mode == OC_FORCE_HIGH;
    }
    drive(t, n, at);
}

/* 41.4.1 CMS: center-aligned modes 1, 2 and 3 flag matches going down, up, or both. */
static bool flags_match(const struct tim *t)
{
    unsigned cms = (t->p.values[R_CR1] & CR1_CMS) >> CR1_CMS_POS;
    return cms == 0 || (cms & (t->down ? 1u : 2u)) != 0;
}

void tim_match(struct tim *t, unsigned n, uint64_t position, vtime_ps at)
{
    struct tim_channel *c = &t->channels[n];
    switch (mode_of(t, n)) {
    case OC_ACTIVE:
        c->ref = true;
        break;
    case OC_INACTIVE:
        c->ref = false;
        break;
    case OC_TOGGLE:
        c->ref = !c->ref;
        break;
    default:
        break;
    }
    if (flags_match(t)) {
        t->p.values[R_SR] |= SR_CCIF(n);
    }
    tim_refresh(t, n, position, at);
}

/* 41.4.5: a compare value beyond the auto-reload value is flagged at overflow or underflow. */
void tim_missed(struct tim *t, unsigned n)
{
    uint32_t top = t->down ? t->top : t->arr;
    if (tim_is_output(t, n) && t->channels[n].ccr > top) {
        t->p.values[R_SR] |= SR_CCIF(n);
    }
}

static bool pin_is_watched(const struct tim *t, unsigned n)
{
    const struct pinfunc *f = t->channels[n].pin;
    return f->pin != NULL && f->wanted != DRIVE_NONE && chip_pin_is_watched(t->p.chip, f->pin);
}

bool tim_wants_match(const struct tim *t, unsigned n)
{
    unsigned mode = mode_of(t, n);
    if (!tim_is_output(t, n)) {
        return false;
    }
    if (tim_has(t, R_DIER, SR_CCIF(n)) && !tim_has(t, R_SR, SR_CCIF(n))) {
        return true;
    }
    return pin_is_watched(t, n) && (is_pwm(mode) || (mode >= OC_ACTIVE && mode <= OC_TOGGLE));
}

bool tim_wants_end(const struct tim *t, unsigned n)
{
    return tim_is_output(t, n) && is_pwm(mode_of(t, n)) && pin_is_watched(t, n);
}

/* Somebody looks at the pin, or begins to. */
void tim_pin_settle(void *ctx)
{
    struct tim_channel *c = ctx;
    tim_sync(c->tim, c->tim->p.chip->sched.now);
    tim_reschedule(c->tim);
}

void tim_pin_routed(void *ctx, bool routed, vtime_ps now)
{
    struct tim_channel *c = ctx;
    (void)routed;
    tim_sync(c->tim, now);
    tim_reschedule(c->tim);
}

/* ---- capture ---- */

/* Channel `n` is an input that listens to TI `input`. */
static bool listens(const struct tim *t, unsigned n, unsigned input)
{
    unsigned sel = selection(t, n);
    bool own = sel == 1 && n == input;
    bool neighbour = sel == 2 && (n ^ 1u) == input;
    return (own || neighbour) && (ccer_of(t, n) & 1u) != 0;
}

void tim_capture(struct tim *t, unsigned n, vtime_ps now)
{
    uint32_t *sr = &t->p.values[R_SR];
    t->p.values[R_CCR1 + n] = tim_cnt(t, now);
    if ((*sr & SR_CCIF(n)) != 0) {
        *sr |= SR_CCOF(n);
    }
    *sr |= SR_CCIF(n);
}

/* An edge on TI `input`. ICxPSC: every 1st, 2nd, 4th or 8th is captured. */
static void input_edge(struct tim *t, unsigned input, bool rising, vtime_ps now)
{
    for (unsigned n = 0; n < t->traits->channels; n++) {
        uint32_t ccer = ccer_of(t, n);
        bool both = (ccer & 0xAu) == 0xAu;
        bool falling = (ccer & 2u) != 0;
        if (!listens(t, n, input) || (!both && rising == falling)) {
            continue;
        }
        struct tim_channel *c = &t->channels[n];
        if (++c->edges >= 1u << ((ccmr_of(t, n) >> 2) & 3u)) {
            c->edges = 0;
            tim_capture(t, n, now);
        }
    }
}

static unsigned input_select(const struct tim *t, unsigned input)
{
    return (t->p.values[R_TISEL] >> (8 * input)) & 15u;
}

void tim_pin_changed(void *ctx, bool high, vtime_ps now)
{
    struct tim_channel *c = ctx;
    struct tim *t = c->tim;
    if (input_select(t, c->number) != 0 ||
        !(listens(t, c->number, c->number) || listens(t, c->number ^ 1u, c->number))) {
        return;
    }
    tim_sync(t, now);
    input_edge(t, c->number, high, now);
    tim_update_irq(t);
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

bool tim_source_missing(const struct tim *t)
{
    return input_select(t, 0) != 0 && source_clock(t) == NULL;
}

void tim_source_update(struct tim *t)
{
    const struct clock *clock = source_clock(t);
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
    input_edge(t, 0, polarity == 0, now); /* one edge a period, whichever is asked for */
    tim_update_irq(t);
    tim_source_update(t);
}
