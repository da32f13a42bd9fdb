/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_DFSDM_INTERNAL_H
#define VBOARD_PERIPH_DFSDM_INTERNAL_H

/* Shared by dfsdm.c (registers, life), filter.c (conversions), sinc.c (arithmetic). */
#include "vboard/chip/chip.h"
#include "vboard/chip/fields.h"
#include "vboard/periph/dfsdm/dfsdm.h"

#define CHANNELS 8u
#define FILTERS 4u

/* Of arrays: the first one's. */
enum {
    R_CHCFGR1,
    R_CHCFGR2 = R_CHCFGR1 + CHANNELS,
    R_CHAWSCDR = R_CHCFGR2 + CHANNELS,
    R_CHWDATR = R_CHAWSCDR + CHANNELS,
    R_CHDATINR = R_CHWDATR + CHANNELS,
    R_CR1 = R_CHDATINR + CHANNELS,
    R_CR2 = R_CR1 + FILTERS,
    R_ISR = R_CR2 + FILTERS,
    R_ICR = R_ISR + FILTERS,
    R_JCHGR = R_ICR + FILTERS,
    R_FCR = R_JCHGR + FILTERS,
    R_JDATAR = R_FCR + FILTERS,
    R_RDATAR = R_JDATAR + FILTERS,
    R_AWHTR = R_RDATAR + FILTERS,
    R_AWLTR = R_AWHTR + FILTERS,
    R_AWSR = R_AWLTR + FILTERS,
    R_AWCFR = R_AWSR + FILTERS,
    R_EXMAX = R_AWCFR + FILTERS,
    R_EXMIN = R_EXMAX + FILTERS,
    R_CNVTIMR = R_EXMIN + FILTERS,
    R_COUNT = R_CNVTIMR + FILTERS
};

#define CFGR1_SITP 3u
#define CFGR1_SPICKSEL_POS 2u
#define CFGR1_CKABEN (1u << 6)
#define CFGR1_CHEN (1u << 7)
#define CFGR1_DATMPX_POS 12u
#define CFGR1_DATPACK_POS 14u
#define CFGR1_CKOUTDIV_POS 16u
#define CFGR1_CKOUTSRC (1u << 30)
#define CFGR1_DFSDMEN (1u << 31)
#define CR1_DFEN (1u << 0)
#define CR1_JSWSTART (1u << 1)
#define CR1_JSYNC (1u << 3)
#define CR1_JSCAN (1u << 4)
#define CR1_JDMAEN (1u << 5)
#define CR1_JEXTSEL_POS 8u
#define CR1_JEXTEN_POS 13u
#define CR1_RSWSTART (1u << 17)
#define CR1_RCONT (1u << 18)
#define CR1_RSYNC (1u << 19)
#define CR1_RDMAEN (1u << 21)
#define CR1_RCH_POS 24u
#define CR1_FAST (1u << 29)
#define CR2_CKABIE (1u << 6)
#define FLAG_JEOC (1u << 0)
#define FLAG_REOC (1u << 1)
#define FLAG_JOVR (1u << 2)
#define FLAG_ROVR (1u << 3)
#define FLAG_AWD (1u << 4)
#define ISR_JCIP (1u << 13)
#define ISR_RCIP (1u << 14)
#define ISR_CKABF_POS 16u
#define RDATAR_RPEND (1u << 4)

enum dfsdm_input { INPUT_SERIAL, INPUT_ADC, INPUT_MEMORY };

/* A cascaded integrator-comb filter, and the integrator behind it: arithmetic of 32 bits, as the hardware's. */
struct sinc {
    unsigned order, ratio, sums; /* 0: FastSinc; FOSR; IOSR */
    uint32_t integrators[5], combs[5];
    uint32_t before[2]; /* FastSinc: the last two outputs */
    unsigned in;        /* samples of the output to come */
    unsigned unsettled; /* outputs that are still not worth anything */
    unsigned summed;
    uint32_t sum;
    uint32_t results[8]; /* a ring: what is done, and not asked for */
    unsigned first, count;
};

enum converting { NOTHING, REGULAR, INJECTED };

struct dfsdm_filter {
    struct dfsdm *d;
    unsigned number;
    struct event over; /* of a serial channel's conversion */
    struct wire_listener trigger;
    struct dma_request *dma;
    enum converting converting;
    unsigned channel;
    bool runs;        /* samples come by themselves, until `due` */
    uint64_t due;     /* in ticks of what CKOUT is made from */
    uint64_t left;    /* samples until it is over */
    unsigned dropped; /* ... of them at its beginning that are not filtered */
    uint64_t begun;   /* in ticks of the DFSDM clock */
    bool continuous;  /* began with RCONT */
    bool restarts;    /* the next conversion is as a first one */
    bool delayed;     /* by an injected one: RPEND */
    uint8_t group;    /* injected channels still to be converted */
    uint8_t turn;     /* without JSCAN: the channel that is next */
    struct sinc sinc;
};

struct dfsdm {
    struct periph p;
    struct ticker ticks, audio; /* the DFSDM clock, SAI1's */
    struct clock_listener listener, audio_listener;
    struct pinfunc *ckout;
    struct dfsdm_filter filters[FILTERS];
};

static inline uint32_t *dfsdm_of(struct dfsdm_filter *f, unsigned slot)
{
    return &f->d->p.values[slot + f->number];
}

/* ---- sinc.c ---- */
void sinc_start(struct sinc *s, uint32_t fcr);
void sinc_put(struct sinc *s, int32_t sample);
/* The oldest result that is done. */
int32_t sinc_take(struct sinc *s);
/* What comes of nothing but -1. */
int32_t sinc_of_zeros(uint32_t fcr);
/* Samples of a whole conversion (31.4.4), and of a fast one. */
uint64_t sinc_samples(uint32_t fcr);
uint64_t sinc_fast_samples(uint32_t fcr);
bool sinc_is_bypassed(uint32_t fcr);

/* ---- filter.c ---- */
bool dfsdm_is_on(const struct dfsdm *d);
/* Does the channel beat with a clock of its own? */
bool dfsdm_is_clocked(const struct dfsdm *d, unsigned channel);
void dfsdm_start_regular(struct dfsdm_filter *f);
void dfsdm_start_injected(struct dfsdm_filter *f);
/* RCONT has been cleared. */
void dfsdm_stop_regular(struct dfsdm_filter *f);
/* DFEN or DFSDMEN is 0. */
void dfsdm_stop(struct dfsdm_filter *f);
/* A channel, a clock or a flag has changed: the event is where it belongs. */
void dfsdm_follow(struct dfsdm_filter *f);
void dfsdm_sample(struct dfsdm *d, unsigned channel, uint16_t sample);
void dfsdm_update(struct dfsdm_filter *f);
void dfsdm_over(void *ctx, vtime_ps now);

extern const struct reg_fields dfsdm_fields[];

#endif
