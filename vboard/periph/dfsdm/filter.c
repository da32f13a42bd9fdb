/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * DFSDM: conversions (RM0399 Rev 4, 31.4.7, 31.4.10, 31.4.12 to 31.4.17). Of a serial channel all samples are alike, so
 * that its conversion is one event; written samples are filtered as they come.
 */
#include "vboard/periph/dfsdm/internal.h"

static uint32_t cfgr1(const struct dfsdm *d, unsigned channel)
{
    return d->p.values[R_CHCFGR1 + channel];
}

bool dfsdm_is_on(const struct dfsdm *d)
{
    return (cfgr1(d, 0) & CFGR1_DFSDMEN) != 0;
}

static bool is_enabled(struct dfsdm_filter *f)
{
    return dfsdm_is_on(f->d) && (*dfsdm_of(f, R_CR1) & CR1_DFEN) != 0;
}

static enum dfsdm_input input_of(const struct dfsdm *d, unsigned channel)
{
    return (enum dfsdm_input)(cfgr1(d, channel) >> CFGR1_DATMPX_POS & 3u);
}

static unsigned ckoutdiv(const struct dfsdm *d)
{
    return cfgr1(d, 0) >> CFGR1_CKOUTDIV_POS & 0xFFu;
}

bool dfsdm_is_clocked(const struct dfsdm *d, unsigned channel)
{
    uint32_t c = cfgr1(d, channel);
    return dfsdm_is_on(d) && (c & CFGR1_CHEN) != 0 && input_of(d, channel) == INPUT_SERIAL &&
           (c & CFGR1_SITP) < 2 && (c >> CFGR1_SPICKSEL_POS & 3u) != 0 && ckoutdiv(d) != 0;
}

static const struct ticker *source(const struct dfsdm *d)
{
    return (cfgr1(d, 0) & CFGR1_CKOUTSRC) != 0 ? &d->audio : &d->ticks;
}

static uint64_t now_in(const struct dfsdm *d, const struct ticker *t)
{
    return ticker_count(t, d->p.chip->sched.now);
}

/* Ticks between two samples: each, or each second one of CKOUT. */
static uint64_t sample_ticks(const struct dfsdm *d, unsigned channel)
{
    bool halved = (cfgr1(d, channel) >> CFGR1_SPICKSEL_POS & 2u) != 0;
    return (ckoutdiv(d) + 1) * UINT64_C(1) << (halved ? 1 : 0);
}

/* ---- flags ---- */

static bool clock_is_absent(const struct dfsdm *d)
{
    uint32_t absent = d->p.values[R_ISR] >> ISR_CKABF_POS;
    for (unsigned c = 0; c < CHANNELS; c++) {
        if ((absent >> c & 1u) != 0 && (cfgr1(d, c) & CFGR1_CKABEN) != 0) {
            return true;
        }
    }
    return false;
}

void dfsdm_update(struct dfsdm_filter *f)
{
    uint32_t *isr = dfsdm_of(f, R_ISR);
    uint32_t cr1 = *dfsdm_of(f, R_CR1), cr2 = *dfsdm_of(f, R_CR2);
    *isr = *dfsdm_of(f, R_AWSR) != 0 ? *isr | FLAG_AWD : *isr & ~FLAG_AWD;
    bool absent = f->number == 0 && (cr2 & CR2_CKABIE) != 0 && clock_is_absent(f->d);
    irq_set(&f->d->p.irq[f->number], (*isr & cr2 & 0x1Fu) != 0 || absent);
    bool regular = (cr1 & CR1_RDMAEN) != 0 && (*isr & FLAG_REOC) != 0;
    bool injected = (cr1 & CR1_JDMAEN) != 0 && (*isr & FLAG_JEOC) != 0;
    dma_request_set(f->d->p.chip, f->dma, regular || injected);
}

static void mark(struct dfsdm_filter *f, uint32_t in_progress, bool on)
{
    uint32_t *isr = dfsdm_of(f, R_ISR);
    *isr = on ? *isr | in_progress : *isr & ~in_progress;
}

/* ---- results: 31.4.13, 31.4.10, 31.4.12 ---- */

/* As a register has it: in its upper 24 bits. */
static uint32_t to_data(const struct dfsdm *d, unsigned channel, int32_t result)
{
    uint32_t cfgr2 = d->p.values[R_CHCFGR2 + channel];
    unsigned shift = cfgr2 >> 3 & 31u;
    int64_t value = result;
    if (shift != 0) {
        value = (value + (INT64_C(1) << (shift - 1))) >> shift;
    }
    return ((uint32_t)value << 8) - (cfgr2 & ~0xFFu);
}

static int32_t signed_data(uint32_t data)
{
    return (int32_t)(data & ~0xFFu);
}

static void watch(struct dfsdm_filter *f, uint32_t data)
{
    uint32_t channel = 1u << f->channel, cr2 = *dfsdm_of(f, R_CR2);
    if ((cr2 >> 16 & channel) != 0) {
        bool high = signed_data(data) >= signed_data(*dfsdm_of(f, R_AWHTR));
        bool low = signed_data(data) <= signed_data(*dfsdm_of(f, R_AWLTR));
        *dfsdm_of(f, R_AWSR) |= (high ? channel << 8 : 0) | (low ? channel : 0);
    }
    if ((cr2 >> 8 & channel) != 0) {
        uint32_t *exmax = dfsdm_of(f, R_EXMAX), *exmin = dfsdm_of(f, R_EXMIN);
        *exmax = signed_data(data) > signed_data(*exmax) ? data | f->channel : *exmax;
        *exmin = signed_data(data) < signed_data(*exmin) ? data | f->channel : *exmin;
    }
}

/* "RDATAR is not affected by overruns"; nor is JDATAR. */
static void keep(struct dfsdm_filter *f, uint32_t data)
{
    bool regular = f->converting == REGULAR;
    uint32_t *isr = dfsdm_of(f, R_ISR);
    uint32_t done = regular ? FLAG_REOC : FLAG_JEOC;
    if ((*isr & done) != 0) {
        *isr |= regular ? FLAG_ROVR : FLAG_JOVR;
        return;
    }
    *isr |= done;
    *dfsdm_of(f, regular ? R_RDATAR : R_JDATAR) =
        data | f->channel | (regular && f->delayed ? RDATAR_RPEND : 0);
}

/* ---- one conversion ---- */

/* An overrun that nobody has seen to: nothing changes with the conversions that follow, as all are alike. */
static bool is_unread(struct dfsdm_filter *f)
{
    const uint32_t both = FLAG_REOC | FLAG_ROVR;
    return f->converting == REGULAR && f->continuous && (*dfsdm_of(f, R_ISR) & both) == both;
}

/* The conversions that have passed unseen. */
static void skip(struct dfsdm_filter *f, uint64_t now)
{
    uint32_t fcr = *dfsdm_of(f, R_FCR);
    bool fast = (*dfsdm_of(f, R_CR1) & CR1_FAST) != 0;
    uint64_t samples =
        fast ? sinc_fast_samples(fcr) : sinc_samples(fcr) + (sinc_is_bypassed(fcr) ? 0 : 1);
    uint64_t period = samples * sample_ticks(f->d, f->channel);
    f->due += ((now - f->due) / period + 1) * period;
    f->begun = now_in(f->d, &f->d->ticks);
}

void dfsdm_follow(struct dfsdm_filter *f)
{
    struct dfsdm *d = f->d;
    bool beats = f->converting != NOTHING && dfsdm_is_clocked(d, f->channel);
    uint64_t now = now_in(d, source(d));
    if (beats && !f->runs) {
        f->due = now + f->left * sample_ticks(d, f->channel);
    } else if (beats && f->due < now && !is_unread(f)) {
        skip(f, now);
    }
    f->runs = beats;
    vtime_ps at = beats && !is_unread(f) ? ticker_when(source(d), f->due) : VTIME_NEVER;
    if (at == VTIME_NEVER) {
        sched_cancel(&d->p.chip->sched, &f->over);
    } else {
        sched_at(&d->p.chip->sched, &f->over, at);
    }
}

static void begin(struct dfsdm_filter *f, enum converting what, unsigned channel)
{
    uint32_t fcr = *dfsdm_of(f, R_FCR);
    f->converting = what;
    f->channel = channel;
    f->left = sinc_samples(fcr);
    f->dropped = 0;
    f->begun = now_in(f->d, &f->d->ticks);
    f->runs = false;
    sinc_start(&f->sinc, fcr);
    dfsdm_follow(f);
}

static void begin_regular(struct dfsdm_filter *f)
{
    f->continuous = (*dfsdm_of(f, R_CR1) & CR1_RCONT) != 0;
    f->restarts = false;
    begin(f, REGULAR, *dfsdm_of(f, R_CR1) >> CR1_RCH_POS & 7u);
}

static void begin_injected(struct dfsdm_filter *f)
{
    begin(f, INJECTED, (unsigned)__builtin_ctz(f->group));
}

static void idle(struct dfsdm_filter *f)
{
    f->converting = NOTHING;
    f->runs = false;
    dfsdm_follow(f);
}

/* 31.4.16: a fast one goes on with the filter as it is; others begin anew, a sample later. */
static void continue_regular(struct dfsdm_filter *f)
{
    uint32_t fcr = *dfsdm_of(f, R_FCR), cr1 = *dfsdm_of(f, R_CR1);
    bool same = (cr1 >> CR1_RCH_POS & 7u) == f->channel && !f->restarts;
    uint64_t begun = f->due;
    bool ran = f->runs;
    if (same && (cr1 & CR1_FAST) != 0) {
        f->left = sinc_fast_samples(fcr);
        f->begun = now_in(f->d, &f->d->ticks);
    } else {
        begin_regular(f);
        f->dropped = sinc_is_bypassed(fcr) ? 0 : 1;
        f->left += f->dropped;
    }
    if (ran) {
        f->due = begun + f->left * sample_ticks(f->d, f->channel);
    }
    dfsdm_follow(f);
}

static void after_injected(struct dfsdm_filter *f)
{
    f->group &= (uint8_t)(f->group - 1);
    if (f->group != 0) {
        begin_injected(f);
        return;
    }
    mark(f, ISR_JCIP, false);
    if ((*dfsdm_of(f, R_ISR) & ISR_RCIP) != 0) {
        begin_regular(f);
    } else {
        idle(f);
    }
}

static void after_regular(struct dfsdm_filter *f)
{
    f->delayed = false;
    if (f->continuous) {
        continue_regular(f);
        return;
    }
    mark(f, ISR_RCIP, false);
    idle(f);
}

static void finish(struct dfsdm_filter *f, int32_t result)
{
    uint32_t data = to_data(f->d, f->channel, result);
    uint64_t took = now_in(f->d, &f->d->ticks) - f->begun;
    bool bypassed = sinc_is_bypassed(*dfsdm_of(f, R_FCR));
    *dfsdm_of(f, R_CNVTIMR) = bypassed ? 0 : (uint32_t)took << 4;
    keep(f, data);
    watch(f, data);
    if (f->converting == INJECTED) {
        after_injected(f);
    } else {
        after_regular(f);
    }
    dfsdm_update(f);
}

void dfsdm_over(void *ctx, vtime_ps now)
{
    struct dfsdm_filter *f = ctx;
    (void)now;
    finish(f, sinc_of_zeros(*dfsdm_of(f, R_FCR)));
}

void dfsdm_sample(struct dfsdm *d, unsigned channel, uint16_t sample)
{
    if (!dfsdm_is_on(d) || (cfgr1(d, channel) & CFGR1_CHEN) == 0 ||
        input_of(d, channel) != INPUT_MEMORY) {
        return;
    }
    for (unsigned i = 0; i < FILTERS; i++) {
        struct dfsdm_filter *f = &d->filters[i];
        if (f->converting == NOTHING || f->channel != channel) {
            continue;
        }
        if (f->dropped != 0) {
            f->dropped--;
        } else {
            sinc_put(&f->sinc, (int16_t)sample);
        }
        if (--f->left == 0) {
            finish(f, sinc_take(&f->sinc));
        }
    }
}

/* ---- requests: 31.4.15, 31.4.17 ---- */

void dfsdm_start_regular(struct dfsdm_filter *f)
{
    if (!is_enabled(f) || (*dfsdm_of(f, R_ISR) & ISR_RCIP) != 0) {
        return;
    }
    mark(f, ISR_RCIP, true);
    f->delayed = f->converting == INJECTED;
    if (!f->delayed) {
        begin_regular(f);
    }
}

/* Without JSCAN one channel a request, in turn. */
static uint8_t take_turn(struct dfsdm_filter *f)
{
    uint32_t jchg = *dfsdm_of(f, R_JCHGR);
    if ((*dfsdm_of(f, R_CR1) & CR1_JSCAN) != 0) {
        return (uint8_t)jchg;
    }
    while ((jchg >> f->turn & 1u) == 0) {
        f->turn = (uint8_t)((f->turn + 1) % CHANNELS);
    }
    uint8_t channel = (uint8_t)(1u << f->turn);
    f->turn = (uint8_t)((f->turn + 1) % CHANNELS);
    return channel;
}

void dfsdm_start_injected(struct dfsdm_filter *f)
{
    if (!is_enabled(f) || (*dfsdm_of(f, R_ISR) & ISR_JCIP) != 0) {
        return;
    }
    mark(f, ISR_JCIP, true);
    f->delayed = f->delayed || f->converting == REGULAR;
    f->group = take_turn(f);
    begin_injected(f);
}

void dfsdm_stop_regular(struct dfsdm_filter *f)
{
    mark(f, ISR_RCIP, false);
    f->delayed = false;
    if (f->converting == REGULAR) {
        idle(f);
    }
}

void dfsdm_stop(struct dfsdm_filter *f)
{
    *dfsdm_of(f, R_ISR) &= f->number == 0 ? 0xFFu << ISR_CKABF_POS : 0;
    *dfsdm_of(f, R_AWSR) = 0;
    f->delayed = false;
    f->group = 0;
    f->turn = 0;
    idle(f);
    dfsdm_update(f);
}
