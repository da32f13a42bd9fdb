/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * LPTIM: input 1 as what is counted (RM0399 Rev 4, 45.4.9, 45.4.12): as the clock (CKSEL), or sampled by the kernel clock
 * (COUNTMODE), which must run then. An edge counts at once, without the samplings' two or three clocks; CKFLT filters
 * nothing.
 */
#include "vboard/periph/lptim/internal.h"

#include <stdio.h>

/* CKPOL: 0 rising, 1 falling, 2 both edges. */
static bool is_active_edge(const struct lptim *t, bool high)
{
    uint32_t ckpol = t->p.values[R_CFGR] >> CFGR_CKPOL_POS & 3u;
    return ckpol == 2 || (ckpol == 1) != high;
}

static bool is_sampled(const struct lptim *t)
{
    return lptim_has(t, R_CFGR, CFGR_CKSEL) || (lptim_is_clocked(t) && t->kernel->uhz != 0);
}

static void edge(void *ctx, bool high, vtime_ps now)
{
    struct lptim *t = ctx;
    bool counts = t->counting && lptim_counts_pulses(t) && !lptim_has(t, R_CFGR, CFGR_ENC) &&
                  !lptim_is_frozen(t) && is_sampled(t) && is_active_edge(t, high);
    if (!counts) {
        return;
    }
    t->pulses++;
    uint64_t count = t->pulses >> (t->p.values[R_CFGR] >> CFGR_PRESC_POS & 7u);
    if (count != ticker_count(&t->ticker, now)) {
        ticker_set(&t->ticker, count, now);
        lptim_follow(t, now);
    }
}

void lptim_input_begin(struct lptim *t)
{
    t->pulses = 0;
}

void lptim_input_connect(struct lptim *t)
{
    char name[24];
    snprintf(name, sizeof(name), "%s_IN1", t->p.name);
    t->in1 = chip_pinfunc(t->p.chip, name);
    t->in1->changed = edge;
    t->in1->ctx = t;
}
