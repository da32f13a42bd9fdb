/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* DSIHOST: regulator, PLL, lanes, and the refresh in adapted command mode (RM0399 Rev 4, 34.6, 34.12, 34.14.9). */
#include "vboard/periph/dsihost/internal.h"

#define REGULATOR_SPAN VTIME_US(100)
#define LOCK_SPAN VTIME_US(200)
#define NDIV_LOW 10u
#define NDIV_HIGH 125u

static void status(struct dsihost *d, uint32_t clear, uint32_t set)
{
    d->p.values[R_WISR] = (d->p.values[R_WISR] & ~clear) | set;
    dsi_update(d);
}

/* Queues `e` once while it is wanted; cancels it else. */
static void run_while(struct dsihost *d, struct event *e, bool wanted, vtime_ps span)
{
    struct sched *s = &d->p.chip->sched;
    if (!wanted || span == VTIME_NEVER) {
        sched_cancel(s, e);
    } else if (!event_queued(e)) {
        sched_at(s, e, s->now + span);
    }
}

/* ---- regulator and PLL ---- */

static bool is_up(const struct dsihost *d, uint32_t bits)
{
    return dsi_has(d, R_WISR, bits);
}

static bool may_lock(const struct dsihost *d)
{
    uint32_t ndiv = d->p.values[R_WRPCR] >> 2 & 0x7Fu;
    return dsi_has(d, R_WRPCR, WRPCR_PLLEN) && is_up(d, WISR_RRS) && ndiv >= NDIV_LOW &&
           ndiv <= NDIV_HIGH && d->p.chip->clocks[CLK_HSE].uhz != 0;
}

static void follow_regulator(struct dsihost *d)
{
    bool enabled = dsi_has(d, R_WRPCR, WRPCR_REGEN);
    run_while(d, &d->regulator, enabled && !is_up(d, WISR_RRS), REGULATOR_SPAN);
    if (!enabled) {
        status(d, WISR_RRS, 0);
    }
}

static void follow_pll(struct dsihost *d)
{
    run_while(d, &d->pll, may_lock(d) && !is_up(d, WISR_PLLLS), LOCK_SPAN);
    if (!may_lock(d) && is_up(d, WISR_PLLLS)) {
        status(d, WISR_PLLLS, WISR_PLLUIF);
    }
}

static void regulator_ready(void *ctx, vtime_ps now)
{
    (void)now;
    status(ctx, 0, WISR_RRS | WISR_RRIF);
    dsi_wrapper_follow(ctx);
}

static void pll_locked(void *ctx, vtime_ps now)
{
    (void)now;
    status(ctx, 0, WISR_PLLLS | WISR_PLLLIF);
}

/* ---- refresh: one frame, then LTDCEN falls back (34.6) ---- */

static void follow_refresh(struct dsihost *d)
{
    struct chip *c = d->p.chip;
    bool runs = dsi_has(d, R_WCR, WCR_DSIEN | WCR_LTDCEN) && dsi_has(d, R_WCFGR, WCFGR_DSIM) &&
                dsi_has(d, R_CR, CR_EN);
    vtime_ps frame = c->ltdc_frame_pixels != 0
                         ? clock_span(&c->clocks[CLK_PLL3R], c->ltdc_frame_pixels)
                         : VTIME_NEVER;
    run_while(d, &d->refresh, runs, frame);
    status(d, WISR_BUSY, runs ? WISR_BUSY : 0);
}

static void refreshed(void *ctx, vtime_ps now)
{
    struct dsihost *d = ctx;
    (void)now;
    d->p.values[R_WCR] &= ~WCR_LTDCEN;
    status(d, WISR_BUSY, WISR_ERIF);
}

/* ---- lanes ---- */

static bool phy_is_on(const struct dsihost *d)
{
    return is_up(d, WISR_RRS) && dsi_has(d, R_PCTLR, PCTLR_DEN);
}

static bool clock_lane_is_on(const struct dsihost *d)
{
    return phy_is_on(d) && dsi_has(d, R_PCTLR, PCTLR_CKE);
}

/* The lane byte clock comes from the D-PHY or, by D1CCIPR.DSISEL, from PLL2. */
bool dsi_link_is_ready(const struct dsihost *d)
{
    bool clocked = is_up(d, WISR_PLLLS) || d->p.chip->clocks[CLK_DSI].uhz != 0;
    return clocked && clock_lane_is_on(d) && dsi_has(d, R_CR, CR_EN);
}

/* In ULPS from its request until the request to leave; in the stop state again when both are taken back. */
static uint32_t lane(bool on, uint32_t pucr, uint32_t request, uint32_t leave, uint32_t stop,
                     uint32_t not_active)
{
    bool asked = (pucr & request) != 0;
    bool in_ulps = on && asked && (pucr & leave) == 0;
    return (on && !asked ? stop : 0) | (in_ulps ? 0 : not_active);
}

uint32_t dsi_phy_status(const struct dsihost *d)
{
    uint32_t pucr = d->p.values[R_PUCR];
    bool second = (d->p.values[R_PCONFR] & PCONFR_NL) != 0;
    bool on = phy_is_on(d);
    return lane(clock_lane_is_on(d), pucr, PUCR_URCL, PUCR_UECL, PSR_PSSC, PSR_UANC) |
           lane(on, pucr, PUCR_URDL, PUCR_UEDL, PSR_PSS0, PSR_UAN0) |
           lane(on && second, pucr, PUCR_URDL, PUCR_UEDL, PSR_PSS1, PSR_UAN1);
}

/* ---- life ---- */

void dsi_wrapper_follow(struct dsihost *d)
{
    follow_regulator(d);
    follow_pll(d);
    follow_refresh(d);
}

static void after_hse(void *ctx, vtime_ps now)
{
    (void)now;
    follow_pll(ctx);
}

void dsi_wrapper_init(struct dsihost *d)
{
    event_init(&d->regulator, regulator_ready, d);
    event_init(&d->pll, pll_locked, d);
    event_init(&d->refresh, refreshed, d);
}

void dsi_wrapper_connect(struct dsihost *d)
{
    d->hse = (struct clock_listener){.after = after_hse, .ctx = d};
    clock_listen(&d->p.chip->clocks[CLK_HSE], &d->hse);
}

void dsi_wrapper_reset(struct dsihost *d)
{
    sched_cancel(&d->p.chip->sched, &d->regulator);
    sched_cancel(&d->p.chip->sched, &d->pll);
    sched_cancel(&d->p.chip->sched, &d->refresh);
}
