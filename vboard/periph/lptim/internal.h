/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_LPTIM_INTERNAL_H
#define VBOARD_PERIPH_LPTIM_INTERNAL_H

/* Shared by lptim.c and input.c. Nobody else includes this. */
#include "vboard/chip/chip.h"
#include "vboard/periph/lptim/lptim.h"

enum { R_ISR, R_ICR, R_IER, R_CFGR, R_CR, R_CMP, R_ARR, R_CNT, R_CFGR2, R_COUNT };

#define ISR_CMPM (1u << 0)
#define ISR_ARRM (1u << 1)
#define ISR_EXTTRIG (1u << 2)
#define ISR_CMPOK (1u << 3)
#define ISR_ARROK (1u << 4)
#define CFGR_CKSEL (1u << 0)
#define CFGR_CKPOL_POS 1
#define CFGR_PRESC_POS 9
#define CFGR_TRIGSEL (7u << 13)
#define CFGR_TRIGEN_POS 17
#define CFGR_TIMOUT (1u << 19)
#define CFGR_WAVE (1u << 20)
#define CFGR_WAVPOL (1u << 21)
#define CFGR_PRELOAD (1u << 22)
#define CFGR_COUNTMODE (1u << 23)
#define CFGR_ENC (1u << 24)
#define CR_ENABLE (1u << 0)
#define CR_SNGSTRT (1u << 1)
#define CR_CNTSTRT (1u << 2)
#define CR_COUNTRST (1u << 3)
#define CR_RSTARE (1u << 4)

/* Kernel clocks from a write to its effect (45.4.7, 45.4.14); for ARR and CMP: see lptim.h. */
#define CROSSING 3u
/* Counter clocks from a trigger to the start (45.4.7). */
#define TRIGGER_LATENCY 2u

/* Periods that are walked through one by one before the rest is jumped over. */
#define WALK 4u

struct lptim;

/* Something on its way into the kernel clock's domain. */
struct crossing {
    struct lptim *timer;
    void (*arrived)(struct lptim *t, vtime_ps now);
    struct event event;
    bool pending;
    uint64_t ticks; /* of the kernel clock */
};

enum { X_START, X_CLEAR, X_CMP, X_ARR, X_COUNT };

struct lptim {
    struct periph p;
    struct clock *kernel;
    struct clock_listener listener;
    struct debug_listener debug;
    struct ticker ticker;
    struct crossing crossing[X_COUNT];
    struct event event; /* the next position at which somebody could notice something */
    struct pinfunc *out, *etr, *in1;
    struct wire *trigger;        /* LPTIMx_OUT inside the chip */
    uint32_t arr, cmp;           /* what the counter is compared with */
    uint32_t next_arr, next_cmp; /* preloaded for the next period */
    uint32_t asserted;           /* flags that came while enabled in IER (45.6) */
    uint64_t start;              /* the ticker's count at CNT = 0 */
    int64_t seen;                /* the last position that has had its effects; -1: none */
    bool counting, single, armed, once_over, reset_on_read;
    bool active;     /* the output, before WAVPOL */
    uint64_t pulses; /* of input 1 that the prescaler has taken since it began */
};

static inline bool lptim_has(const struct lptim *t, unsigned slot, uint32_t bits)
{
    return (t->p.values[slot] & bits) != 0;
}

/* The counter moves with edges of input 1, not with the kernel clock (45.4.9, 45.4.12). */
static inline bool lptim_counts_pulses(const struct lptim *t)
{
    return lptim_has(t, R_CFGR, CFGR_CKSEL | CFGR_COUNTMODE);
}

/* Its kernel clock runs, and reaches it. */
bool lptim_is_clocked(const struct lptim *t);
bool lptim_is_frozen(const struct lptim *t);
/* What has happened until now has its effects. */
void lptim_sync(struct lptim *t, vtime_ps now);
/* The same, and the next event is found anew. */
void lptim_follow(struct lptim *t, vtime_ps now);

/* ---- input.c ---- */
void lptim_input_connect(struct lptim *t);
/* The counter starts: so does the prescaler. */
void lptim_input_begin(struct lptim *t);

#endif
