/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What the timers' events ask of others: TRGO and TRGO2, DMA requests and bursts, commutation (RM0399 Rev 4
 * 40.3.19, 40.3.28, 40.4.2, 40.4.21, 40.4.22). */
#include <stdio.h>

#include "vboard/periph/tim/parts.h"

/* CR2.MMS: 0 to 3 are events or CNT_EN, 4 to 7 OC1REFC to OC4REFC; MMS2 goes on with two channels more and
 * pulses at their edges. */
enum { MMS_RESET, MMS_ENABLE, MMS_UPDATE, MMS_COMPARE_PULSE, MMS_REF1, MMS2_REF6 = 9, MMS2_PULSES };

static unsigned mms(const struct tim *t)
{
    return t->p.values[R_CR2] >> CR2_MMS_POS & 7u;
}

static unsigned mms2(const struct tim *t)
{
    return t->p.values[R_CR2] >> CR2_MMS2_POS & 15u;
}

static bool is_wanted(const struct wire *w)
{
    return w != NULL && w->wanted != 0;
}

static void pulse(struct tim *t, unsigned mode, vtime_ps at)
{
    if (is_wanted(t->trgo) && mms(t) == mode) {
        wire_pulse(t->trgo, at);
    }
    if (is_wanted(t->trgo2) && mms2(t) == mode) {
        wire_pulse(t->trgo2, at);
    }
}

/* ---- levels ---- */

static bool counts(const struct tim *t)
{
    bool open = tim_slave_mode(t) != SMS_GATED || t->gate_open;
    return tim_has(t, R_CR1, CR1_CEN) && open;
}

/* Which channels' edges MMS2 10 to 15 make pulses of: 1 rising, 2 falling (40.4.2). */
static const uint8_t edges[6][3] = {/* OC4, OC5, OC6 */
                                    {3, 0, 0}, {0, 0, 3}, {1, 0, 1},
                                    {1, 0, 2}, {0, 1, 1}, {0, 1, 2}};

static void follow_pulses(struct tim *t, vtime_ps at)
{
    bool pulses = false;
    for (unsigned i = 0; i < 3; i++) {
        bool ref = tim_ref(t, i + 3);
        unsigned wanted = edges[mms2(t) - MMS2_PULSES][i];
        pulses = pulses || (ref != t->pulse_ref[i] && (wanted & (ref ? 1u : 2u)) != 0);
        t->pulse_ref[i] = ref;
    }
    if (pulses) {
        wire_pulse(t->trgo2, at);
    }
}

void tim_follow(struct tim *t, vtime_ps at)
{
    if (is_wanted(t->trgo) && (mms(t) == MMS_ENABLE || mms(t) >= MMS_REF1)) {
        wire_set(t->trgo, mms(t) == MMS_ENABLE ? counts(t) : tim_ref(t, mms(t) - MMS_REF1), at);
    }
    if (!is_wanted(t->trgo2)) {
        return;
    }
    if (mms2(t) >= MMS2_PULSES) {
        follow_pulses(t, at);
    } else if (mms2(t) == MMS_ENABLE || mms2(t) >= MMS_REF1) {
        wire_set(t->trgo2, mms2(t) == MMS_ENABLE ? counts(t) : tim_ref(t, mms2(t) - MMS_REF1), at);
    }
}

static bool mixes(unsigned select, unsigned n)
{
    return select >= MMS_REF1 && select <= MMS2_REF6 && select - MMS_REF1 == n;
}

bool tim_trgo_wants_ref(const struct tim *t, unsigned n)
{
    if (is_wanted(t->trgo) && (mixes(mms(t), n) || mixes(mms(t), n ^ 1u))) {
        return true;
    }
    return is_wanted(t->trgo2) &&
           ((n >= 3 && mms2(t) >= MMS2_PULSES) || mixes(mms2(t), n) || mixes(mms2(t), n ^ 1u));
}

/* ---- who would miss an event ---- */

static bool wants(const struct tim *t, unsigned mode)
{
    return (is_wanted(t->trgo) && mms(t) == mode) || (is_wanted(t->trgo2) && mms2(t) == mode);
}

bool tim_wants_every_end(const struct tim *t)
{
    const uint32_t all = DIER_DE(SR_CCIF(0) | SR_CCIF(1) | SR_CCIF(2) | SR_CCIF(3));
    uint32_t dier = t->p.values[R_DIER];
    bool by_dma =
        (dier & DIER_DE(SR_UIF)) != 0 || ((dier & all) != 0 && tim_has(t, R_CR2, CR2_CCDS));
    bool by_break =
        t->traits->advanced && tim_has(t, R_BDTR, BDTR_AOE) && !tim_has(t, R_BDTR, BDTR_MOE);
    return by_dma || by_break || wants(t, MMS_UPDATE) || t->triggered;
}

bool tim_wants_every_match(const struct tim *t, unsigned n)
{
    bool by_dma =
        n < TIM_PINS && tim_has(t, R_DIER, DIER_DE(SR_CCIF(n))) && !tim_has(t, R_CR2, CR2_CCDS);
    return by_dma || (n == 0 && wants(t, MMS_COMPARE_PULSE));
}

/* ---- events ---- */

static void request(struct tim *t, struct dma_request *r, uint32_t flag)
{
    if (r != NULL && tim_has(t, R_DIER, DIER_DE(flag))) {
        dma_request_set(t->p.chip, r, true);
    }
}

void tim_cc_event(struct tim *t, unsigned n, vtime_ps at)
{
    t->p.values[R_SR] |= SR_CCIF(n);
    if (n < TIM_PINS && !tim_has(t, R_CR2, CR2_CCDS)) {
        request(t, t->channels[n].dma, SR_CCIF(n));
    }
    if (n == 0) {
        pulse(t, MMS_COMPARE_PULSE, at);
    }
}

/* 40.3.16 AOE: MOE comes back with an update, unless an input still breaks. */
static void enable_outputs(struct tim *t, vtime_ps at)
{
    if (t->traits->advanced && tim_has(t, R_BDTR, BDTR_AOE) && !tim_has(t, R_BDTR, BDTR_MOE) &&
        !tim_breaks(t, 0) && !tim_breaks(t, 1)) {
        t->p.values[R_BDTR] |= BDTR_MOE;
        tim_drive_all(t, at);
    }
}

void tim_update_event(struct tim *t, vtime_ps at)
{
    request(t, t->update_dma, SR_UIF);
    for (unsigned n = 0; n < TIM_PINS && tim_has(t, R_CR2, CR2_CCDS); n++) {
        request(t, t->channels[n].dma, SR_CCIF(n));
    }
    enable_outputs(t, at);
    pulse(t, MMS_UPDATE, at);
}

void tim_trigger_event(struct tim *t, vtime_ps at)
{
    (void)at;
    t->p.values[R_SR] |= SR_TIF;
    request(t, t->trigger_dma, SR_TIF);
}

void tim_com_event(struct tim *t, vtime_ps at)
{
    t->p.values[R_SR] |= SR_COMIF;
    request(t, t->com_dma, SR_COMIF);
    tim_take_controls(t, true);
    for (unsigned n = 0; n < t->traits->channels; n++) {
        tim_refresh(t, n, tim_position(t, at), at);
    }
}

void tim_reset_event(struct tim *t, vtime_ps at)
{
    pulse(t, MMS_RESET, at);
}

/* ---- DMA ---- */

/* A request stays until the whole burst has gone through DMAR (40.3.28). */
static void served(void *ctx, struct dma_request *r, vtime_ps now)
{
    struct tim *t = ctx;
    (void)now;
    if (t->burst == 0) {
        dma_request_set(t->p.chip, r, false);
    }
}

static struct dma_request *connect(struct tim *t, const char *name)
{
    struct dma_request *r = periph_dma(&t->p, name, 1);
    if (r != NULL) {
        r->served = served;
        r->ctx = t;
    }
    return r;
}

static void trgo_wanted(void *ctx, vtime_ps now)
{
    struct tim *t = ctx;
    tim_sync(t, now);
    tim_follow(t, now);
    tim_reschedule(t);
}

void tim_request_connect(struct tim *t)
{
    char name[20];
    for (unsigned n = 0; n < TIM_PINS; n++) {
        snprintf(name, sizeof(name), "CH%u", n + 1);
        t->channels[n].dma = connect(t, name);
    }
    t->update_dma = connect(t, "UP");
    t->trigger_dma = connect(t, "TRIG");
    t->com_dma = connect(t, "COM");
    if (t->traits->has_trgo) {
        snprintf(name, sizeof(name), "%s_TRGO", t->p.name);
        t->trgo = chip_wire_source(t->p.chip, name, trgo_wanted, t);
    }
    if (t->traits->four_irqs) {
        snprintf(name, sizeof(name), "%s_TRGO2", t->p.name);
        t->trgo2 = chip_wire_source(t->p.chip, name, trgo_wanted, t);
    }
}

void tim_request_reset(struct tim *t)
{
    t->burst = 0;
    for (unsigned n = 0; n < TIM_PINS; n++) {
        dma_request_set(t->p.chip, t->channels[n].dma, false);
    }
    dma_request_set(t->p.chip, t->update_dma, false);
    dma_request_set(t->p.chip, t->trigger_dma, false);
    dma_request_set(t->p.chip, t->com_dma, false);
}

/* DMAR stands for the registers from DBA on, DBL + 1 of them, one after the other (40.4.22). */
static uint32_t burst_offset(struct tim *t)
{
    uint32_t dcr = t->p.values[R_DCR];
    uint32_t offset = ((dcr & 31u) + t->burst) * 4;
    if (t->p.chip->access.master != MASTER_DEBUG) {
        t->burst = t->burst >= (dcr >> 8 & 31u) ? 0 : t->burst + 1;
    }
    return offset;
}

uint32_t tim_read_dmar(struct periph *p, unsigned slot, uint32_t value)
{
    uint32_t offset = burst_offset((struct tim *)p);
    (void)slot;
    return offset == p->model->regs[R_DMAR].offset ? value : periph_read(p, offset, 4);
}

bool tim_write_dmar(struct periph *p, unsigned slot, uint32_t written)
{
    uint32_t offset = burst_offset((struct tim *)p);
    (void)slot;
    if (offset != p->model->regs[R_DMAR].offset) {
        periph_write(p, offset, p->chip->access.lanes == 0xFFFFu ? 2 : 4, written);
    }
    return true;
}
