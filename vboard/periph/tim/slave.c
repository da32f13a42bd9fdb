/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * The slave mode controller of the timers: trigger selection, reset, gated, trigger and combined mode, external
 * clocks, encoders (RM0399 Rev 4 40.3.3, 40.3.22, 40.3.25, 40.4.3).
 */
#include <stdio.h>
#include <string.h>

#include "vboard/periph/tim/parts.h"

/* TS, whose bits 4:3 are apart. */
static unsigned selection(const struct tim *t)
{
    uint32_t smcr = t->p.values[R_SMCR];
    return (smcr >> 4 & 7u) | (smcr >> 17 & 0x18u);
}

/* ---- internal triggers: Tables 353, 358, 42.4.3 and 366 ---- */

static const struct {
    const char *name;
    const char *itr[TIM_ITRS]; /* NULL: none, or from a peripheral that is not modelled */
} triggers[] = {
    {"TIM1", {"TIM15_TRGO", "TIM2_TRGO", "TIM3_TRGO", "TIM4_TRGO"}},
    {"TIM8", {"TIM1_TRGO", "TIM2_TRGO", "TIM4_TRGO", "TIM5_TRGO"}},
    {"TIM2", {"TIM1_TRGO", "TIM8_TRGO", "TIM3_TRGO", "TIM4_TRGO"}},
    {"TIM3", {"TIM1_TRGO", "TIM2_TRGO", "TIM15_TRGO", "TIM4_TRGO"}},
    {"TIM4", {"TIM1_TRGO", "TIM2_TRGO", "TIM3_TRGO", "TIM8_TRGO"}},
    {"TIM5", {"TIM1_TRGO", "TIM8_TRGO", "TIM3_TRGO", "TIM4_TRGO"}},
    {"TIM12", {"TIM4_TRGO", "TIM5_TRGO", "TIM13_OC1", "TIM14_OC1"}},
    {"TIM15", {"TIM1_TRGO", "TIM3_TRGO", "TIM16_OC1", "TIM17_OC1"}},
};

/* ITR0 to ITR3 are TS 0 to 3, ITR4 to ITR8 8 to 12. */
static const char *itr_name(const struct tim *t)
{
    unsigned ts = selection(t);
    unsigned itr = ts <= TS_ITR3 ? ts : ts >= TS_ITR4 ? ts - 4 : TIM_ITRS;
    for (unsigned i = 0; itr < TIM_ITRS && i < sizeof(triggers) / sizeof(triggers[0]); i++) {
        if (strcmp(triggers[i].name, t->p.name) == 0) {
            return triggers[i].itr[itr];
        }
    }
    return NULL;
}

static bool uses_trigger(const struct tim *t)
{
    bool by_mode = tim_slave_mode(t) >= SMS_RESET;
    bool by_com = tim_has(t, R_CR2, CR2_CCPC | CR2_CCUS);
    bool by_capture = false;
    for (unsigned n = 0; n < t->traits->channels && n < TIM_PINS; n++) {
        by_capture = by_capture || tim_selection(t, n) == 3;
    }
    return by_mode || by_com || by_capture;
}

bool tim_trigger_missing(const struct tim *t)
{
    unsigned ts = selection(t);
    if (!uses_trigger(t) || (ts >= TS_TI1_ED && ts <= TS_ETR)) {
        return false;
    }
    const char *name = itr_name(t);
    return name == NULL || !chip_wire(t->p.chip, name)->has_source;
}

bool tim_trigger_level(const struct tim *t)
{
    switch (selection(t)) {
    case TS_TI1_ED:
        return false;
    case TS_TI1:
        return tim_input_level(t, 0);
    case TS_TI2:
        return tim_input_level(t, 1);
    case TS_ETR:
        return t->etr_high;
    default:
        return t->itr.wire != NULL && t->itr.wire->high;
    }
}

/* ---- what a trigger does ---- */

/* OCxFE: the edge acts as a match of channels in PWM mode (40.4.8). */
static void act_fast(struct tim *t, vtime_ps now)
{
    for (unsigned n = 0; n < t->traits->channels; n++) {
        struct tim_channel *c = &t->channels[n];
        if (tim_is_output(t, n) && (tim_ccmr(t, n) & 4u) != 0 &&
            (c->mode == OC_PWM1 || c->mode == OC_PWM2)) {
            c->ref = c->mode == OC_PWM2;
            tim_drive(t, n, now);
        }
    }
}

static void start(struct tim *t, vtime_ps now)
{
    t->p.values[R_CR1] |= CR1_CEN;
    tim_set_running(t, now);
    tim_follow(t, now);
    act_fast(t, now);
}

static void restart(struct tim *t, vtime_ps now)
{
    tim_generate_update(t, now);
    tim_reset_event(t, now);
}

/* TRGI has risen. */
static void trigger(struct tim *t, vtime_ps now)
{
    enum tim_slave_mode mode = tim_slave_mode(t);
    if (selection(t) <= TS_TI1_ED || selection(t) >= TS_ITR4) {
        tim_capture_trc(t, now);
    }
    if (tim_has(t, R_CR2, CR2_CCPC | CR2_CCUS)) {
        tim_com_event(t, now);
    }
    if (mode < SMS_RESET) {
        return;
    }
    if (mode == SMS_RESET || mode == SMS_RESET_TRIGGER) {
        restart(t, now);
    }
    t->triggered = mode == SMS_RESET_TRIGGER || t->triggered;
    if (mode == SMS_TRIGGER || mode == SMS_RESET_TRIGGER) {
        start(t, now);
        for (unsigned n = 0; n < t->traits->channels && t->triggered; n++) {
            tim_refresh(t, n, tim_position(t, now), now);
        }
    }
    if (mode == SMS_CLOCK) {
        tim_step(t, now);
    }
    tim_trigger_event(t, now);
}

/* Gated: both edges start or stop the counter and set TIF. */
static void gate(struct tim *t, vtime_ps now)
{
    bool open = tim_trigger_level(t);
    if (tim_slave_mode(t) == SMS_GATED && open != t->gate_open) {
        t->gate_open = open;
        tim_set_running(t, now);
        tim_follow(t, now);
        tim_trigger_event(t, now);
    }
}

static void trgi_changed(struct tim *t, bool rising, vtime_ps now)
{
    if (tim_slave_mode(t) == SMS_GATED) {
        gate(t, now);
    } else if (rising) {
        trigger(t, now);
    }
}

/* A counter that its trigger has started, and that runs on: another one brings nothing new, as long as TIF is set and
 * neither a capture, nor DMA, nor a commutation, nor a fast output (OCxFE) comes of it. */
static bool is_started_for_good(const struct tim *t)
{
    if (tim_slave_mode(t) != SMS_TRIGGER || !tim_has(t, R_CR1, CR1_CEN) ||
        !tim_has(t, R_SR, SR_TIF)) {
        return false;
    }
    bool hears = tim_has(t, R_CR2, CR2_CCPC | CR2_CCUS) || tim_has(t, R_DIER, DIER_DE(SR_TIF)) ||
                 tim_has(t, R_CR1, CR1_OPM);
    for (unsigned n = 0; n < t->traits->channels; n++) {
        bool fast = tim_is_output(t, n) && (tim_ccmr(t, n) & 4u) != 0;
        hears = hears || fast || (n < TIM_PINS && tim_selection(t, n) == 3);
    }
    return !hears;
}

void tim_slave_attend(struct tim *t, vtime_ps now)
{
    wire_pause(&t->itr, is_started_for_good(t), now);
}

static void itr_changed(void *ctx, bool high, vtime_ps now)
{
    struct tim *t = ctx;
    if (t->p.gate != NULL && !t->p.gate->any) {
        return;
    }
    tim_sync(t, now);
    trgi_changed(t, high, now);
    tim_update_irq(t);
    tim_reschedule(t);
    tim_slave_attend(t, now);
}

/* ---- encoders (40.3.22, Table 352) ---- */

static void turn(struct tim *t, bool down, vtime_ps now)
{
    uint32_t *cr1 = &t->p.values[R_CR1];
    if (down != t->down) {
        uint32_t cnt = tim_cnt(t, now);
        t->down = down;
        tim_set_cnt(t, cnt, now);
    }
    *cr1 = (*cr1 & ~CR1_DIR) | (down ? CR1_DIR : 0);
}

/* Up: TI1 rises while TI2 is low, TI2 rises while TI1 is high; and the falling edges the other way round. */
static void encode(struct tim *t, unsigned input, vtime_ps now)
{
    enum tim_slave_mode mode = tim_slave_mode(t);
    bool same = tim_input_level(t, 0) == tim_input_level(t, 1);
    bool down = input == 0 ? same : !same;
    turn(t, down, now);
    /* Mode 1 counts TI1's edges (40.4.3; 40.3.22 has it the other way round), mode 2 TI2's. */
    if (mode == SMS_ENCODER3 || (mode == SMS_ENCODER1) == (input == 0)) {
        tim_step(t, now);
    }
}

void tim_slave_input(struct tim *t, unsigned input, bool rising, vtime_ps now)
{
    enum tim_slave_mode mode = tim_slave_mode(t);
    uint32_t ccer = t->p.values[R_CCER] >> (4 * input);
    bool both = (ccer & 0xAu) == 0xAu;
    bool active = rising != ((ccer & 2u) != 0);
    if (mode >= SMS_ENCODER1 && mode <= SMS_ENCODER3 && input < 2) {
        encode(t, input, now);
    }
    if (selection(t) == TS_TI1_ED && input == 0) {
        trgi_changed(t, true, now);
    } else if (selection(t) == TS_TI1 + input && input < 2) {
        trgi_changed(t, both || active, now);
    }
}

/* ---- ETR ---- */

/* ETPS: one edge of 1, 2, 4 or 8. */
static bool passes_prescaler(struct tim *t, bool rising)
{
    unsigned every = 1u << (t->p.values[R_SMCR] >> SMCR_ETPS_POS & 3u);
    if (!rising || ++t->etr_edges < every) {
        return false;
    }
    t->etr_edges = 0;
    return true;
}

/* Clocked or triggered by it, or an output is cleared (OCxCE). TIM2's is on CH1's pin, whose pulses it hears. */
static bool hears_etr(const struct tim *t)
{
    bool clears = false;
    for (unsigned n = 0; n < t->traits->channels; n++) {
        clears = clears || (tim_is_output(t, n) && (tim_ccmr(t, n) & 0x80u) != 0);
    }
    return clears || tim_has(t, R_SMCR, SMCR_ECE) || selection(t) == TS_ETR;
}

void tim_etr_changed(void *ctx, bool high, vtime_ps now)
{
    struct tim *t = ctx;
    bool is_high = high != tim_has(t, R_SMCR, SMCR_ETP);
    bool is_used = (t->p.values[R_AF1] >> 14 & 15u) == 0;
    if (is_high == t->etr_high || !is_used || (t->p.gate != NULL && !t->p.gate->any)) {
        return;
    }
    t->etr_high = is_high;
    bool edge = passes_prescaler(t, is_high);
    if (!hears_etr(t)) {
        return;
    }
    tim_sync(t, now);
    tim_clear_refs(t, now);
    if (edge && tim_has(t, R_SMCR, SMCR_ECE)) {
        tim_step(t, now);
    }
    if (selection(t) == TS_ETR) {
        trgi_changed(t, edge, now);
    }
    tim_update_irq(t);
    tim_reschedule(t);
}

/* ---- life ---- */

void tim_slave_update(struct tim *t, vtime_ps now)
{
    const char *name = uses_trigger(t) ? itr_name(t) : NULL;
    wire_listen(name != NULL ? chip_wire(t->p.chip, name) : NULL, &t->itr, now);
    if (t->etr != NULL) {
        t->etr_high =
            pinfunc_is_high(t->etr) != tim_has(t, R_SMCR, SMCR_ETP) && t->etr->pin != NULL;
    }
    t->gate_open = tim_trigger_level(t);
    tim_set_running(t, now);
}

void tim_slave_connect(struct tim *t)
{
    char name[24];
    t->itr = (struct wire_listener){.changed = itr_changed, .ctx = t};
    if (strcmp(t->p.name, "TIM2") == 0) { /* its ETR is CH1's pin (data sheet: TIM2_CH1/TIM2_ETR) */
        t->etr = t->channels[0].out.pin;
    } else if (t->traits->has_etr && strcmp(t->p.name, "TIM5") != 0) { /* TIM5 has no pin for it */
        snprintf(name, sizeof(name), "%s_ETR", t->p.name);
        t->etr = chip_pinfunc(t->p.chip, name);
        t->etr->changed = tim_etr_changed;
        t->etr->ctx = t;
    }
}
