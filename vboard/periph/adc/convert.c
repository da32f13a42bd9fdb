/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* ADC: sequences, triggers, data (RM0399 Rev 4, 26.4.14 to 26.4.25). One event a conversion. */
#include "vboard/periph/adc/internal.h"

/* ---- sequences ---- */

static unsigned length(const struct adc *a, const struct adc_group *g)
{
    return (g->injected ? a->values[A_JSQR] & 3u : a->values[A_SQR1] & 15u) + 1;
}

/* SQ1 to SQ4 from bit 6 on in SQR1, five more in each register after it; JSQ1 to JSQ4 from bit 9 on. */
static unsigned channel_at(const struct adc *a, const struct adc_group *g)
{
    if (g->injected) {
        static const uint8_t shift[4] = {9, 15, 21, 27};
        return a->values[A_JSQR] >> shift[g->at % 4] & 31u;
    }
    unsigned place = g->at + 1; /* L has the first */
    return a->values[A_SQR1 + place / 5] >> (6 * (place % 5)) & 31u;
}

static bool is_discontinuous(const struct adc *a, const struct adc_group *g)
{
    return adc_has(a, A_CFGR, g->injected ? CFGR_JDISCEN : CFGR_DISCEN);
}

static unsigned part_length(const struct adc *a, const struct adc_group *g)
{
    return g->injected ? 1 : (a->values[A_CFGR] >> CFGR_DISCNUM_POS & 7u) + 1;
}

static unsigned edges(const struct adc *a, const struct adc_group *g)
{
    return g->injected ? a->values[A_JSQR] >> JSQR_JEXTEN_POS & 3u
                       : a->values[A_CFGR] >> CFGR_EXTEN_POS & 3u;
}

static uint32_t start_bit(const struct adc_group *g)
{
    return g->injected ? CR_JADSTART : CR_ADSTART;
}

/* ---- conversions ---- */

static void convert_alone(struct adc *a, struct adc_group *g)
{
    struct chip *c = a->block->p.chip;
    vtime_ps span = adc_span(a, adc_half_cycles(a, channel_at(a, g), g->injected));
    a->busy = g;
    g->waits = false;
    if (span != VTIME_NEVER) {
        sched_at(&c->sched, &a->conversion, c->sched.now + span);
    }
}

/* It is still busy when the clocks' rounding has it so: then at once after that. */
void adc_slave_turn(void *ctx, vtime_ps now)
{
    struct adc *a = ctx;
    (void)now;
    if (a->busy != NULL) {
        a->regular.waits = true;
    } else if (adc_has(a, A_CR, CR_ADSTART)) {
        convert_alone(a, &a->regular);
    }
}

static void convert(struct adc *a, struct adc_group *g)
{
    convert_alone(a, g);
    if (!g->injected && a->number == 0 && adc_is_dual(a)) {
        adc_dual_convert(a);
    }
}

/* An injected group goes first; the regular conversion under way is done anew after it (26.4.16). */
static void begin(struct adc *a, struct adc_group *g)
{
    g->of_part = 0;
    if (g->injected && a->busy == &a->regular) {
        a->resumes = true;
        sched_cancel(&a->block->p.chip->sched, &a->conversion);
        a->busy = NULL;
    }
    if (a->busy == NULL) {
        convert(a, g);
    } else {
        a->resumes = a->resumes || !g->injected;
    }
}

static void request_dma(struct adc *a)
{
    bool on = (a->values[A_CFGR] & 1u) != 0; /* one-shot or circular */
    if (adc_dual_request_dma(a)) {
        return;
    }
    for (unsigned i = 0; on && i < 2; i++) {
        dma_request_set(a->block->p.chip, a->dma[i], !adc_has(a, A_ISR, ISR_OVR));
    }
}

/* 26.4.22: data that was not read is kept, or (OVRMOD) lost. */
static void put_regular(struct adc *a, int32_t value)
{
    bool overrun = adc_has(a, A_ISR, ISR_EOC);
    bool dma = (a->values[A_CFGR] & 1u) != 0;
    if (overrun) {
        adc_flag(a, ISR_OVR);
    }
    if (!overrun || (adc_has(a, A_CFGR, CFGR_OVRMOD) && !dma)) {
        a->values[A_DR] = (uint32_t)value;
    }
    adc_flag(a, ISR_EOC | ISR_EOSMP);
    request_dma(a);
}

static void end_of_group(struct adc *a, struct adc_group *g)
{
    bool again = !g->injected && adc_has(a, A_CFGR, CFGR_CONT) && !is_discontinuous(a, g);
    g->at = 0;
    adc_flag(a, g->injected ? ISR_JEOS : ISR_EOS);
    if (!g->injected && adc_has(a, A_CFGR, CFGR_JAUTO)) {
        a->injected.at = 0;
        a->resumes = again;
        g->waits = !again;
        convert(a, &a->injected);
        return;
    }
    if (again) {
        begin(a, g);
    } else if (edges(a, g) == 0) {
        a->values[A_CR] &= ~start_bit(g);
    } else {
        g->waits = true;
    }
}

/* The slave of dual mode: the master begins each of its conversions. */
static void slave_goes_on(struct adc *a)
{
    if (a->regular.at >= length(a, &a->regular)) {
        a->regular.at = 0;
        adc_flag(a, ISR_EOS);
    }
    if (a->regular.waits) {
        convert_alone(a, &a->regular);
    }
}

static void go_on(struct adc *a, struct adc_group *g)
{
    bool part_over = is_discontinuous(a, g) && g->of_part >= part_length(a, g);
    if (!g->injected && adc_is_slave(a)) {
        slave_goes_on(a);
        return;
    }
    if (g->at >= length(a, g)) {
        end_of_group(a, g);
    } else if (!part_over) {
        convert(a, g);
    } else if (edges(a, g) == 0) {
        a->values[A_CR] &= ~start_bit(g);
    } else {
        g->waits = true;
    }
}

static bool is_delayed(const struct adc *a, const struct adc_group *g)
{
    return !g->injected && adc_has(a, A_CFGR, CFGR_AUTDLY) && adc_has(a, A_ISR, ISR_EOC);
}

void adc_converted(void *ctx, vtime_ps now)
{
    struct adc *a = ctx;
    struct adc_group *g = a->busy;
    unsigned channel = channel_at(a, g);
    int32_t value = adc_value(a, channel, g->injected);
    (void)now;
    a->busy = NULL;
    if (g->injected) {
        a->values[A_JDR1 + g->at % 4] = (uint32_t)value;
        adc_flag(a, ISR_JEOC);
    } else {
        put_regular(a, value);
    }
    adc_watch(a, channel, g->injected, value);
    g->at++;
    g->of_part++;
    if (is_delayed(a, g)) {
        g->waits = true;
        a->resumes = true;
    } else {
        go_on(a, g);
    }
    if (a->busy == NULL && a->resumes && !is_delayed(a, &a->regular)) {
        a->resumes = false;
        convert(a, &a->regular);
    }
    adc_update(a);
}

void adc_data_read(struct adc *a)
{
    if (a->busy == NULL && a->resumes && adc_has(a, A_CFGR, CFGR_AUTDLY)) {
        a->resumes = false;
        go_on(a, &a->regular);
        adc_update(a);
    }
}

/* ---- starting, triggers ---- */

void adc_start(struct adc *a, struct adc_group *g)
{
    if (!is_discontinuous(a, g) || g->at >= length(a, g)) {
        g->at = 0;
    }
    adc_follow_triggers(a);
    if (!g->injected) {
        adc_dual_start(a, true);
    }
    if (edges(a, g) == 0) {
        begin(a, g);
    } else {
        g->waits = true;
    }
}

void adc_stop(struct adc *a, struct adc_group *g)
{
    a->values[A_CR] &= ~start_bit(g);
    g->waits = false;
    g->at = 0;
    if (!g->injected) {
        a->resumes = false;
        sched_cancel(&a->block->p.chip->sched, &a->turn);
        adc_dual_start(a, false);
    }
    if (a->busy == g) {
        a->busy = NULL;
        sched_cancel(&a->block->p.chip->sched, &a->conversion);
        if (a->resumes) {
            a->resumes = false;
            convert(a, &a->regular);
        }
    }
    adc_follow_triggers(a);
}

/* Tables 214 and 215; NULL is HRTIM, or reserved. */
static const char *const regular_triggers[32] = {
    "TIM1_OC1",   "TIM1_OC2",   "TIM1_OC3",   "TIM2_OC2",  "TIM3_TRGO",  "TIM4_OC4",
    "EXTI11",     "TIM8_TRGO",  "TIM8_TRGO2", "TIM1_TRGO", "TIM1_TRGO2", "TIM2_TRGO",
    "TIM4_TRGO",  "TIM6_TRGO",  "TIM15_TRGO", "TIM3_OC4",  NULL,         NULL,
    "LPTIM1_OUT", "LPTIM2_OUT", "LPTIM3_OUT"};
static const char *const injected_triggers[32] = {
    "TIM1_TRGO", "TIM1_OC4",   "TIM2_TRGO", "TIM2_OC1",   "TIM3_OC4",   "TIM4_TRGO",  "EXTI15",
    "TIM8_OC4",  "TIM1_TRGO2", "TIM8_TRGO", "TIM8_TRGO2", "TIM3_OC3",   "TIM3_TRGO",  "TIM3_OC1",
    "TIM6_TRGO", "TIM15_TRGO", NULL,        NULL,         "LPTIM1_OUT", "LPTIM2_OUT", "LPTIM3_OUT"};

static const char *trigger_name(const struct adc *a, bool injected)
{
    return injected ? injected_triggers[a->values[A_JSQR] >> JSQR_JEXTSEL_POS & 31u]
                    : regular_triggers[a->values[A_CFGR] >> CFGR_EXTSEL_POS & 31u];
}

bool adc_trigger_missing(const struct adc *a, bool injected)
{
    const struct adc_group *g = injected ? &a->injected : &a->regular;
    const char *name = trigger_name(a, injected);
    return edges(a, g) != 0 && (name == NULL || !chip_wire(a->block->p.chip, name)->has_source);
}

static void follow(struct adc *a, struct adc_group *g)
{
    const char *name = trigger_name(a, g->injected);
    bool listens = adc_has(a, A_CR, start_bit(g)) && edges(a, g) != 0 && name != NULL;
    wire_listen(listens ? chip_wire(a->block->p.chip, name) : NULL, &g->trigger,
                a->block->p.chip->sched.now);
}

void adc_follow_triggers(struct adc *a)
{
    follow(a, &a->regular);
    follow(a, &a->injected);
}

/* Triggers that come while the group converts are ignored (26.4.19). */
static void triggered(struct adc *a, struct adc_group *g, bool high)
{
    if (g->waits && a->busy != g && (edges(a, g) & (high ? 1u : 2u)) != 0) {
        g->waits = false;
        begin(a, g);
    }
}

static void regular_triggered(void *ctx, bool high, vtime_ps now)
{
    struct adc *a = ctx;
    (void)now;
    triggered(a, &a->regular, high);
}

static void injected_triggered(void *ctx, bool high, vtime_ps now)
{
    struct adc *a = ctx;
    (void)now;
    triggered(a, &a->injected, high);
}

void adc_convert_init(struct adc *a)
{
    a->injected.injected = true;
    a->regular.trigger = (struct wire_listener){.changed = regular_triggered, .ctx = a};
    a->injected.trigger = (struct wire_listener){.changed = injected_triggered, .ctx = a};
    event_init(&a->conversion, adc_converted, a);
    event_init(&a->turn, adc_slave_turn, a);
}
