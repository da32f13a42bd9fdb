/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_TIM_INTERNAL_H
#define VBOARD_PERIPH_TIM_INTERNAL_H

/*
 * Shared by tim.c (registers), tim_regs.c (tables), tim_count.c (time base) and tim_channel.c
 * (compare, outputs, capture). Nobody else includes this.
 *
 * The counter's motion is cut into segments: a run up or down to the next overflow or underflow.
 * Within a segment the position (counts since its start) follows from the clock alone; CNT is that
 * position, or counted from the top when going down. Whatever happens at a segment's end or at a
 * compare match is caught up with by tim_sync, at its exact time, whenever somebody looks.
 */
#include "vboard/chip/chip.h"
#include "vboard/periph/tim/tim.h"

#define TIM_CHANNELS 4u
#define TIM_SOURCES 4u /* internal clocks that some timer can capture */

enum {
    R_CR1,
    R_CR2,
    R_SMCR,
    R_DIER,
    R_SR,
    R_EGR,
    R_CCMR1,
    R_CCMR2,
    R_CCER,
    R_CNT,
    R_PSC,
    R_ARR,
    R_RCR,
    R_CCR1,
    R_CCR2,
    R_CCR3,
    R_CCR4,
    R_BDTR,
    R_DCR,
    R_DMAR,
    R_AF1,
    R_TISEL,
    R_COUNT
};

#define CR1_UIFREMAP (1u << 11)
#define CR1_ARPE (1u << 7)
#define CR1_CMS_POS 5u
#define CR1_CMS (3u << CR1_CMS_POS)
#define CR1_DIR (1u << 4)
#define CR1_OPM (1u << 3)
#define CR1_URS (1u << 2)
#define CR1_UDIS (1u << 1)
#define CR1_CEN (1u << 0)

/* DIER, SR and EGR have the same bits in the same places. */
#define SR_UIF (1u << 0)
#define SR_CCIF(n) (1u << ((n) + 1))
#define SR_COMIF (1u << 5)
#define SR_TIF (1u << 6)
#define SR_BIF (1u << 7)
#define SR_CCOF(n) (1u << ((n) + 9))
#define SR_FLAGS 0xFFu

#define BDTR_MOE (1u << 15)

enum tim_mode {
    OC_FROZEN,
    OC_ACTIVE,
    OC_INACTIVE,
    OC_TOGGLE,
    OC_FORCE_LOW,
    OC_FORCE_HIGH,
    OC_PWM1,
    OC_PWM2,
    OC_FIRST_UNMODELLED
};

/* What the instances differ in besides their register tables. */
struct tim_traits {
    const struct model *model;
    uint8_t channels;
    bool wide;     /* 32-bit counter */
    bool advanced; /* TIM15 to TIM17: RCR, BDTR, on APB2 */
};

struct tim;

struct tim_channel {
    struct tim *tim;
    unsigned number;     /* 0-based */
    struct pinfunc *pin; /* NULL: the timer has no such channel */
    uint32_t ccr;        /* the active compare register */
    bool ref;            /* OCxREF */
    unsigned edges;      /* counted by the input prescaler */
    struct signal_late late;
};

struct tim {
    struct periph p;
    const struct tim_traits *traits;
    struct clock *kernel;
    struct clock_listener listener;
    struct ticker ticker; /* kernel clock ticks while the counter runs */
    uint32_t psc, arr;    /* active registers */
    uint32_t repeat;      /* repetition counter */
    bool down;
    uint32_t top;   /* CNT at the start of a segment going down */
    uint64_t start; /* tick at which the segment began */
    int64_t seen;   /* last position whose matches have been dealt with; -1: none yet */
    struct tim_channel channels[TIM_CHANNELS];
    struct event event;
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

/* ---- tim_regs.c ---- */

const struct tim_traits *tim_traits_of(const struct model *m);

/* ---- tim.c: hooks of the register tables and the models ---- */

bool tim_before_write(struct periph *p, unsigned slot, uint32_t written);
void tim_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written);
uint32_t tim_read(struct periph *p, unsigned slot, uint32_t value);
uint32_t tim_read_cnt(struct periph *p, unsigned slot, uint32_t value);
uint32_t tim_read_ccr(struct periph *p, unsigned slot, uint32_t value);
int tim_init(struct periph *p);
void tim_connect(struct periph *p);
void tim_reset(struct periph *p, enum reset_kind kind);
void tim_gated(struct periph *p, bool on);
void tim_update_irq(struct tim *t);

/* ---- tim_count.c ---- */

/* Brings counter, flags and outputs up to `now`. */
void tim_sync(struct tim *t, vtime_ps now);
/* CNT as of the last tim_sync. */
uint32_t tim_cnt(const struct tim *t, vtime_ps now);
void tim_set_cnt(struct tim *t, uint32_t value, vtime_ps now);
/* Position in the segment at `now`. */
uint64_t tim_position(const struct tim *t, vtime_ps now);
/* EGR UG: the counter starts over and the active registers are loaded. */
void tim_generate_update(struct tim *t, vtime_ps now);
/* Starts or stops the ticker by CEN, clock gate and ARR. */
void tim_set_running(struct tim *t, vtime_ps now);
/* Queues the next event that somebody needs, or none. */
void tim_reschedule(struct tim *t);
void tim_event(void *ctx, vtime_ps now);
void tim_clear(struct tim *t);

/* ---- tim_channel.c ---- */

bool tim_is_output(const struct tim *t, unsigned n);
/* Where channel `n` compares, counted from the segment's start; beyond any end if CCR is above `top`. */
static inline uint64_t tim_compare_position(const struct tim *t, unsigned n)
{
    uint64_t ccr = t->channels[n].ccr;
    return t->down ? t->top - ccr : ccr;
}
/* The same, but false if it is no output or lies behind the end of the present segment. */
bool tim_match_position(const struct tim *t, unsigned n, uint64_t length, uint64_t *position);
/* CNT equals the compare value at `position`. */
void tim_match(struct tim *t, unsigned n, uint64_t position, vtime_ps at);
/* A segment with this channel's compare value out of reach has ended. */
void tim_missed(struct tim *t, unsigned n);
/* OCxREF of the modes that follow from position alone, then the pin. */
void tim_refresh(struct tim *t, unsigned n, uint64_t position, vtime_ps at);
/* An event at the next match of channel `n` (or segment end) would be seen by somebody. */
bool tim_wants_match(const struct tim *t, unsigned n);
/* ... at the next segment end. */
bool tim_wants_end(const struct tim *t, unsigned n);
void tim_capture(struct tim *t, unsigned n, vtime_ps now);
/* The routed pin of a channel has a new level. */
void tim_pin_changed(void *ctx, bool high, vtime_ps now);
void tim_pin_settle(void *ctx);
void tim_pin_routed(void *ctx, bool routed, vtime_ps now);
/* Chooses and follows the internal clock that TISEL selects. */
void tim_source_update(struct tim *t);
/* TISEL of TI1 asks for an internal source that is not modelled. */
bool tim_source_missing(const struct tim *t);
void tim_source_edge(void *ctx, vtime_ps now);

#endif
