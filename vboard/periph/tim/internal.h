/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_TIM_INTERNAL_H
#define VBOARD_PERIPH_TIM_INTERNAL_H

/*
 * Shared by the files of this folder: tim.c (registers, life), regs.c (tables), count.c (time base), channel.c
 * (compare, OCREF), output.c (pins, dead time, break), input.c (pins and clocks that are captured), slave.c
 * (triggers), request.c (TRGO, DMA). Nobody else includes this.
 *
 * The counter's motion is cut into segments: a run up or down to the next overflow or underflow.
 * Within a segment the position (counts since its start) follows from the clock alone; CNT is that
 * position, or counted from the top when going down. Whatever happens at a segment's end or at a
 * compare match is caught up with by tim_sync, at its exact time, whenever somebody looks.
 *
 * A counter that is clocked from outside (trigger, ETR, encoder) has a ticker that stands; each edge moves it
 * by one and syncs.
 */
#include "vboard/chip/chip.h"
#include "vboard/periph/tim/tim.h"

#define TIM_CHANNELS 6u
#define TIM_PINS 4u /* channels 5 and 6 have none */
#define TIM_INPUTS 4u
#define TIM_SOURCES 4u /* internal clocks that some timer can capture */
#define TIM_ITRS 9u

enum {
    R_CR1,
    R_CR2,
    R_SMCR,
    R_DIER,
    R_SR,
    R_EGR,
    R_CCMR1,
    R_CCMR2,
    R_CCMR3,
    R_CCER,
    R_CNT,
    R_PSC,
    R_ARR,
    R_RCR,
    R_CCR1,
    R_CCR2,
    R_CCR3,
    R_CCR4,
    R_CCR5,
    R_CCR6,
    R_BDTR,
    R_DCR,
    R_DMAR,
    R_AF1,
    R_AF2,
    R_TISEL,
    R_COUNT
};

#define CR1_UIFREMAP (1u << 11)
#define CR1_CKD_POS 8u
#define CR1_ARPE (1u << 7)
#define CR1_CMS_POS 5u
#define CR1_CMS (3u << CR1_CMS_POS)
#define CR1_DIR (1u << 4)
#define CR1_OPM (1u << 3)
#define CR1_URS (1u << 2)
#define CR1_UDIS (1u << 1)
#define CR1_CEN (1u << 0)

#define CR2_CCPC (1u << 0)
#define CR2_CCUS (1u << 2)
#define CR2_CCDS (1u << 3)
#define CR2_MMS_POS 4u
#define CR2_TI1S (1u << 7)
#define CR2_OIS_POS 8u
#define CR2_MMS2_POS 20u

#define SMCR_ECE (1u << 14)
#define SMCR_ETP (1u << 15)
#define SMCR_ETPS_POS 12u

/* DIER, SR and EGR have the same bits in the same places; DIER's DMA enables are eight places higher. */
#define SR_UIF (1u << 0)
#define SR_CCIF(n) ((n) < 4 ? 1u << ((n) + 1) : 1u << ((n) + 12))
#define SR_COMIF (1u << 5)
#define SR_TIF (1u << 6)
#define SR_BIF (1u << 7)
#define SR_B2IF (1u << 8)
#define SR_SBIF (1u << 13)
#define SR_CCOF(n) (1u << ((n) + 9))
#define DIER_DE(flag) ((flag) << 8)

#define BDTR_DTG 0xFFu
#define BDTR_LOCK_POS 8u
#define BDTR_OSSI (1u << 10)
#define BDTR_OSSR (1u << 11)
#define BDTR_BKE (1u << 12)
#define BDTR_BKP (1u << 13)
#define BDTR_AOE (1u << 14)
#define BDTR_MOE (1u << 15)
#define BDTR_BK2E (1u << 24)
#define BDTR_BK2P (1u << 25)
#define AF_BKINE (1u << 0)
#define AF_BKINP (1u << 9)

enum tim_mode {
    OC_FROZEN,
    OC_ACTIVE,
    OC_INACTIVE,
    OC_TOGGLE,
    OC_FORCE_LOW,
    OC_FORCE_HIGH,
    OC_PWM1,
    OC_PWM2,
    OC_RETRIGGERED1,
    OC_RETRIGGERED2,
    OC_COMBINED1 = 12,
    OC_COMBINED2,
    OC_ASYMMETRIC1,
    OC_ASYMMETRIC2
};

enum tim_slave_mode {
    SMS_OFF,
    SMS_ENCODER1,
    SMS_ENCODER2,
    SMS_ENCODER3,
    SMS_RESET,
    SMS_GATED,
    SMS_TRIGGER,
    SMS_CLOCK,
    SMS_RESET_TRIGGER
};

enum tim_trigger { TS_ITR3 = 3, TS_TI1_ED, TS_TI1, TS_TI2, TS_ETR, TS_ITR4 };

/* What the instances differ in besides their register tables. */
struct tim_traits {
    const struct model *model;
    uint8_t channels;
    uint8_t complements; /* channels 1 to this one have a complementary output */
    bool wide;           /* 32-bit counter */
    bool advanced;       /* RCR, BDTR, on APB2 */
    bool four_irqs;      /* break, update, trigger and capture apart */
    bool has_trgo, has_etr, captures_clocks;
};

struct tim;

/* One of a channel's two outputs, OCx or OCxN. */
struct tim_output {
    struct pinfunc *pin; /* NULL: the timer has no such output */
    enum drive next;     /* what it becomes when its dead time is over */
    struct event dead;
    struct tim_channel *channel;
};

struct tim_channel {
    struct tim *tim;
    unsigned number; /* 0-based */
    struct tim_output out, complement;
    struct wire *oc; /* OCx, for who triggers by it; NULL: channels 5 and 6 */
    uint32_t ccr;    /* the active compare register */
    uint8_t mode;    /* OCxM, as active */
    bool ref;        /* OCxREF, before what mixes it with others */
    bool cleared;    /* by ETRF, until the next cycle */
    unsigned edges;  /* counted by the input prescaler */
    struct signal_late late;
    struct dma_request *dma;
};

struct tim {
    struct periph p;
    const struct tim_traits *traits;
    struct clock *kernel;
    struct clock_listener listener;
    struct ticker ticker; /* kernel clock ticks while the counter runs */
    vtime_ps step_at;     /* of the edge that moves a counter clocked from outside */
    uint32_t psc, arr;    /* active registers */
    uint32_t repeat;      /* repetition counter */
    uint32_t ccer;        /* CCER, as active */
    bool down;
    bool triggered; /* of the retriggerable modes: since the last update */
    uint32_t top;   /* CNT at the start of a segment going down */
    uint64_t start; /* tick at which the segment began */
    int64_t seen;   /* last position whose matches have been dealt with; -1: none yet */
    struct tim_channel channels[TIM_CHANNELS];
    struct event event;
    /* Triggers. */
    struct pinfunc *etr, *break_pin[2];
    struct wire_listener itr;
    struct wire *trgo, *trgo2;
    bool input[TIM_INPUTS]; /* TI1 to TI4 as they were last */
    bool etr_high, gate_open;
    bool pulse_ref[3]; /* OC4REFC to OC6REFC, of whose edges TRGO2 makes pulses */
    unsigned etr_edges;
    struct dma_request *update_dma, *trigger_dma, *com_dma;
    unsigned burst; /* index of the next access by DMAR */
    /* An internal clock captured through TISEL (TI1 only). */
    struct ticker source;
    struct tim_source {
        struct clock_listener listener;
        struct tim *tim;
        const struct clock *clock;
    } sources[TIM_SOURCES];
    struct event source_event;
};

static inline bool tim_has(const struct tim *t, unsigned slot, uint32_t bits)
{
    return (t->p.values[slot] & bits) == bits;
}

static inline bool tim_is_centered(const struct tim *t)
{
    return (t->p.values[R_CR1] & CR1_CMS) != 0;
}

static inline uint64_t tim_divider(const struct tim *t)
{
    return (uint64_t)t->psc + 1;
}

/* SMS, whose bit 3 is apart (41.4.3). */
static inline enum tim_slave_mode tim_slave_mode(const struct tim *t)
{
    uint32_t smcr = t->p.values[R_SMCR];
    return (enum tim_slave_mode)((smcr & 7u) | (smcr >> 13 & 8u));
}

/* The counter moves by edges from outside. */
static inline bool tim_is_external(const struct tim *t)
{
    enum tim_slave_mode mode = tim_slave_mode(t);
    return (mode >= SMS_ENCODER1 && mode <= SMS_ENCODER3) || mode == SMS_CLOCK ||
           (t->p.values[R_SMCR] & SMCR_ECE) != 0;
}

#endif
