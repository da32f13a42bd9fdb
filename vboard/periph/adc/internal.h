/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_ADC_INTERNAL_H
#define VBOARD_PERIPH_ADC_INTERNAL_H

/* Shared by adc.c (registers, life), convert.c (sequences) and value.c (voltages, data). Nobody else includes this. */
#include "vboard/periph/adc/adc.h"

#define ADC_CONVERTERS 2u

/* Of one converter; those of ADC2 follow ADC1's, then the common ones. */
enum {
    A_ISR,
    A_IER,
    A_CR,
    A_CFGR,
    A_CFGR2,
    A_SMPR1,
    A_SMPR2,
    A_PCSEL,
    A_LTR1,
    A_HTR1,
    A_SQR1,
    A_SQR2,
    A_SQR3,
    A_SQR4,
    A_DR,
    A_JSQR,
    A_OFR1,
    A_JDR1 = A_OFR1 + 4,
    A_AWD2CR = A_JDR1 + 4,
    A_AWD3CR,
    A_LTR2,
    A_HTR2,
    A_LTR3,
    A_HTR3,
    A_DIFSEL,
    A_CALFACT,
    A_CALFACT2,
    A_COUNT
};

#define C_CSR (ADC_CONVERTERS * A_COUNT)
#define C_CCR (C_CSR + 1)
#define C_CDR (C_CSR + 2)
#define C_CDR2 (C_CSR + 3)
#define C_COUNT (C_CSR + 4)

#define ISR_ADRDY (1u << 0)
#define ISR_EOSMP (1u << 1)
#define ISR_EOC (1u << 2)
#define ISR_EOS (1u << 3)
#define ISR_OVR (1u << 4)
#define ISR_JEOC (1u << 5)
#define ISR_JEOS (1u << 6)
#define ISR_AWD(n) (1u << (6 + (n))) /* 1 to 3 */
#define ISR_LDORDY (1u << 12)
#define CR_ADEN (1u << 0)
#define CR_ADDIS (1u << 1)
#define CR_ADSTART (1u << 2)
#define CR_JADSTART (1u << 3)
#define CR_ADSTP (1u << 4)
#define CR_JADSTP (1u << 5)
#define CR_ADCALLIN (1u << 16)
#define CR_LINCALRDY (0x3Fu << 22)
#define CR_ADVREGEN (1u << 28)
#define CR_DEEPPWD (1u << 29)
#define CR_ADCAL (1u << 31)
#define CFGR_DMNGT 3u
#define CFGR_RES_POS 2u
#define CFGR_EXTSEL_POS 5u
#define CFGR_EXTEN_POS 10u
#define CFGR_OVRMOD (1u << 12)
#define CFGR_CONT (1u << 13)
#define CFGR_AUTDLY (1u << 14)
#define CFGR_DISCEN (1u << 16)
#define CFGR_DISCNUM_POS 17u
#define CFGR_JDISCEN (1u << 20)
#define CFGR_AWD1SGL (1u << 22)
#define CFGR_AWD1EN (1u << 23)
#define CFGR_JAWD1EN (1u << 24)
#define CFGR_JAUTO (1u << 25)
#define CFGR_AWD1CH_POS 26u
#define CFGR2_ROVSE 1u
#define CFGR2_JOVSE 2u
#define CFGR2_OVSS_POS 5u
#define CFGR2_OSVR_POS 16u
#define CFGR2_LSHIFT_POS 28u
#define JSQR_JEXTSEL_POS 2u
#define JSQR_JEXTEN_POS 7u
#define CCR_CKMODE_POS 16u
#define CCR_PRESC_POS 18u
#define CCR_VREFEN (1u << 22)
#define CCR_TSEN (1u << 23)
#define CCR_VBATEN (1u << 24)

#define CCR_DUAL 31u
#define CCR_DELAY_POS 8u
#define CCR_DAMDF_POS 14u

struct adc_block;

/* A regular or an injected group on its way. */
struct adc_group {
    struct wire_listener trigger;
    bool injected;
    bool waits;       /* for its trigger, or for DR to be read (AUTDLY) */
    unsigned at;      /* place in the sequence */
    unsigned of_part; /* conversions since a trigger, in discontinuous mode */
};

struct adc {
    struct adc_block *block;
    unsigned number;  /* 0: ADC1 or ADC3, 1: ADC2 */
    uint32_t *values; /* its registers */
    struct adc_group regular, injected;
    struct adc_group *busy; /* which of them converts now; NULL: none */
    bool resumes;           /* a regular conversion that an injected one has interrupted */
    struct event conversion, ready, regulator, calibration;
    struct event turn;          /* a slave's next conversion begins */
    struct dma_request *dma[2]; /* ADC3 has two, one a DMAMUX */
};

struct adc_block {
    struct periph p;
    struct clock_listener listeners[2];
    unsigned count;
    struct adc adc[ADC_CONVERTERS];
};

static inline bool adc_has(const struct adc *a, unsigned reg, uint32_t bits)
{
    return (a->values[reg] & bits) == bits;
}

/* ---- adc.c ---- */

void adc_update(struct adc *a);
void adc_flag(struct adc *a, uint32_t flags);
/* As many cycles of ADC's clock, in halves; VTIME_NEVER without one. */
vtime_ps adc_span(const struct adc *a, uint64_t half_cycles);

/* ---- convert.c ---- */

/* ADSTART or JADSTART was set. */
void adc_start(struct adc *a, struct adc_group *g);
void adc_stop(struct adc *a, struct adc_group *g);
void adc_converted(void *ctx, vtime_ps now);
/* EOC was cleared: a delayed conversion may go on. */
void adc_data_read(struct adc *a);
/* CFGR or JSQR has changed. */
void adc_follow_triggers(struct adc *a);
/* EXTSEL or JEXTSEL names what no model drives. */
bool adc_trigger_missing(const struct adc *a, bool injected);
void adc_convert_init(struct adc *a);

/* The slave's turn of dual mode has come. */
void adc_slave_turn(void *ctx, vtime_ps now);

/* ---- dual.c ---- */

/* The regular groups of ADC1 and ADC2 are coupled (26.4.32); the slave is ADC2. */
bool adc_is_dual(const struct adc *a);
bool adc_is_slave(const struct adc *a);
/* The master's regular conversion begins: so does the slave's, at once or interleaved. */
void adc_dual_convert(struct adc *master);
/* Both have converted: one request for both. False: requests are those of single converters. */
bool adc_dual_request_dma(struct adc *a);
/* The master was started or stopped. */
void adc_dual_start(struct adc *master, bool on);
uint32_t adc_cdr_read(struct periph *p, unsigned slot, uint32_t value);
void adc_ccr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written);

/* ---- value.c ---- */

/* The sampling of a channel, in half cycles. */
uint64_t adc_sampling_half_cycles(const struct adc *a, unsigned channel);

/* What converting a channel gives now, and how long it takes in half cycles. */
int32_t adc_value(const struct adc *a, unsigned channel, bool injected);
uint64_t adc_half_cycles(const struct adc *a, unsigned channel, bool injected);
/* The analog watchdogs look at it. */
void adc_watch(struct adc *a, unsigned channel, bool injected, int32_t value);

#endif
