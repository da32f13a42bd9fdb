/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* RCC: oscillators (RM0399 Rev 4, 9.5.2), clock security on HSE (9.5.3), registers CR, CSR, BDCR. */
#include "vboard/periph/rcc/internal.h"

/*
 * Start-up times. RM0399 says "a few microseconds" for HSI and CSI (9.5.2) and leaves the figures to
 * the data sheet; these are typical values of the data sheets of ST's H74x/75x parts, not checked
 * against DS12923. HSE in bypass is assumed: 512 cycles of an 8 MHz input.
 */
static const vtime_ps startup_default[OSC_COUNT] = {
    [OSC_HSI] = VTIME_US(2),  [OSC_CSI] = VTIME_US(2),   [OSC_HSI48] = VTIME_US(4),
    [OSC_HSE] = VTIME_US(64), [OSC_LSI] = VTIME_US(200), [OSC_LSE] = VTIME_S(2),
};
#define HSE_CRYSTAL_STARTUP VTIME_MS(2)
/* "Not an immediate effect" (9.7.2, HSIDIVF): assumed. */
#define HSIDIV_DELAY VTIME_US(1)

#define HSI_HZ 64000000u
#define CSI_HZ 4000000u
#define HSI48_HZ 48000000u
#define LSI_HZ 32000u

/* ---- one oscillator ---- */

static bool present(const struct rcc *r, enum osc_id id)
{
    if (id == OSC_HSE) {
        return r->hse_there && !(r->hse.crystal && (r->base.values[R_CR] & CR_HSEBYP) != 0);
    }
    return id != OSC_LSE || r->lse_uhz != 0;
}

static vtime_ps startup(const struct rcc *r, enum osc_id id)
{
    if (id == OSC_HSE && r->hse.startup != 0) {
        return r->hse.startup;
    }
    if (id == OSC_HSE && (r->base.values[R_CR] & CR_HSEBYP) == 0) {
        return HSE_CRYSTAL_STARTUP;
    }
    return id == OSC_LSE ? r->lse_startup : startup_default[id];
}

static uint64_t drifted(uint64_t uhz, int32_t ppm)
{
    return (uint64_t)((int64_t)uhz + (int64_t)(uhz / 1000000u) * ppm);
}

uint64_t rcc_osc_uhz(const struct rcc *r, enum osc_id id)
{
    static const uint32_t nominal_hz[OSC_COUNT] = {
        [OSC_HSI] = HSI_HZ, [OSC_CSI] = CSI_HZ, [OSC_HSI48] = HSI48_HZ, [OSC_LSI] = LSI_HZ};
    if (!r->osc[id].ready) {
        return 0;
    }
    if (id == OSC_HSE) {
        return r->hse.uhz;
    }
    if (id == OSC_LSE) {
        return r->lse_uhz;
    }
    int32_t trim_ppm = id == OSC_HSI48 ? r->base.chip->hsi48_trim.ppm : 0;
    uint64_t uhz = drifted(CLOCK_UHZ(nominal_hz[id]), r->osc[id].drift_ppm + trim_ppm);
    return id == OSC_HSI ? uhz >> r->hsi_shift : uhz;
}

/* CIFR's flag of each oscillator's readiness. */
static uint32_t ready_flag(enum osc_id id)
{
    static const uint8_t bit[OSC_COUNT] = {
        [OSC_LSI] = 0, [OSC_LSE] = 1, [OSC_HSI] = 2, [OSC_HSE] = 3, [OSC_CSI] = 4, [OSC_HSI48] = 5};
    return 1u << bit[id];
}

static void started(void *ctx, vtime_ps now)
{
    struct osc *o = ctx;
    if (!o->on || !present(o->rcc, o->id)) {
        return;
    }
    o->ready = true;
    rcc_flag(o->rcc, ready_flag(o->id));
    rcc_update(o->rcc, now);
}

static void start(struct osc *o, vtime_ps now)
{
    if (o->on && !o->ready && present(o->rcc, o->id) && !event_queued(&o->start)) {
        sched_at(&o->rcc->base.chip->sched, &o->start, now + startup(o->rcc, o->id));
    }
}

static void stop(struct osc *o)
{
    o->ready = false;
    sched_cancel(&o->rcc->base.chip->sched, &o->start);
}

static void turn(struct rcc *r, enum osc_id id, bool on, vtime_ps now)
{
    struct osc *o = &r->osc[id];
    if (o->on == on) {
        return;
    }
    o->on = on;
    if (on) {
        start(o, now);
    } else {
        stop(o);
    }
}

void rcc_osc_apply(struct rcc *r, vtime_ps now)
{
    uint32_t cr = r->base.values[R_CR];
    turn(r, OSC_HSI, (cr & CR_HSION) != 0, now);
    turn(r, OSC_CSI, (cr & CR_CSION) != 0, now);
    turn(r, OSC_HSI48, (cr & CR_HSI48ON) != 0, now);
    turn(r, OSC_HSE, (cr & CR_HSEON) != 0, now);
    turn(r, OSC_LSI,
         (r->base.values[R_CSR] & CSR_LSION) != 0 || r->base.chip->clocks[CLK_LSI].wanted != 0,
         now);
    turn(r, OSC_LSE, (r->base.values[R_BDCR] & BDCR_LSEON) != 0, now);
}

/* ---- HSE: what hangs on the pin, clock security ---- */

/*
 * The clock detector has seen HSE fail (9.5.3): HSE and the PLLs it fed are switched off, sys_ck falls
 * to HSI, the cores get an NMI. That HSI may have to start first (2 us) is left out: it is there at once.
 */
static void security_event(struct rcc *r, vtime_ps now)
{
    bool feeds_plls = rcc_pll_source(r) == PLL_HSE && rcc_pll_any_on(r);
    uint32_t *cr = &r->base.values[R_CR];
    *cr &= ~CR_HSEON;
    if (r->sws == SYS_HSE || (r->sws == SYS_PLL1 && feeds_plls)) {
        *cr |= CR_HSION;
        r->base.values[R_CFGR] &= ~CFGR_SW;
        r->sws = SYS_HSI;
        r->osc[OSC_HSI].on = true;
        stop(&r->osc[OSC_HSI]);
        r->osc[OSC_HSI].ready = true;
    }
    if (feeds_plls) {
        *cr &= ~CR_PLLS_ON;
        rcc_pll_apply(r, now);
    }
    r->base.values[R_CIFR] |= CIF_HSECSS;
    rcc_osc_apply(r, now);
    rcc_irq_update(r);
}

static void hse_gone(struct rcc *r, vtime_ps now)
{
    bool was_ready = r->osc[OSC_HSE].ready;
    r->hse_there = false;
    stop(&r->osc[OSC_HSE]);
    if (was_ready && (r->base.values[R_CR] & CR_HSECSSON) != 0) {
        security_event(r, now);
    }
    rcc_update(r, now);
}

static void hse_dropped(void *ctx, vtime_ps now)
{
    hse_gone(ctx, now);
}

static void hse_appeared(void *ctx, vtime_ps now)
{
    struct rcc *r = ctx;
    r->hse_there = true;
    start(&r->osc[OSC_HSE], now);
}

void rcc_set_hse(struct chip *c, const struct rcc_hse *hse)
{
    struct rcc *r = rcc_find(c);
    vtime_ps now = c->sched.now;
    sched_cancel(&c->sched, &r->hse_appears);
    sched_cancel(&c->sched, &r->hse_drops);
    r->hse = *hse;
    bool dropped = hse->drops_at != 0 && now >= hse->drops_at;
    if (hse->uhz == 0 || now < hse->appears_at || dropped) {
        hse_gone(r, now);
    } else {
        hse_appeared(r, now);
        rcc_update(r, now);
    }
    if (hse->uhz != 0 && now < hse->appears_at) {
        sched_at(&c->sched, &r->hse_appears, hse->appears_at);
    }
    if (hse->uhz != 0 && hse->drops_at > now) {
        sched_at(&c->sched, &r->hse_drops, hse->drops_at);
    }
}

void rcc_set_lse(struct chip *c, uint64_t uhz, vtime_ps startup_time)
{
    struct rcc *r = rcc_find(c);
    r->lse_uhz = uhz;
    r->lse_startup = startup_time;
    if (uhz == 0) {
        stop(&r->osc[OSC_LSE]);
    } else {
        start(&r->osc[OSC_LSE], c->sched.now);
    }
    rcc_update(r, c->sched.now);
}

void rcc_set_drift(struct chip *c, enum clock_id clock, int32_t ppm)
{
    struct rcc *r = rcc_find(c);
    r->osc[clock - CLK_HSI].drift_ppm = ppm;
    rcc_update(r, c->sched.now);
}

void rcc_set_strict_mux(struct chip *c, bool strict)
{
    struct rcc *r = rcc_find(c);
    r->strict_mux = strict;
    rcc_update(r, c->sched.now);
}

/* The IWDGs force it on (9.5.2). */
static void lsi_wanted(void *ctx, vtime_ps now)
{
    rcc_osc_apply(ctx, now);
    rcc_update(ctx, now);
}

/* ---- CR ---- */

uint32_t rcc_cr_read(struct periph *p, unsigned slot, uint32_t value)
{
    const struct rcc *r = rcc_of(p);
    (void)slot;
    static const uint32_t ready[] = {CR_HSIRDY, CR_CSIRDY, CR_HSI48RDY, CR_HSERDY};
    for (unsigned id = OSC_HSI; id <= OSC_HSE; id++) {
        value |= r->osc[id].ready ? ready[id] : 0;
    }
    for (unsigned i = 0; i < PLL_COUNT; i++) {
        value |= r->pll[i].locked ? (CR_PLL1ON << 1) << (2 * i) : 0;
    }
    value |= event_queued(&r->hsi_divided) ? 0 : CR_HSIDIVF;
    value |= rcc_domain_runs(r, CORE_CM7) ? CR_D1CKRDY : 0;
    value |= rcc_domain_runs(r, CORE_CM4) ? CR_D2CKRDY : 0;
    return value;
}

/* The enable bits that hardware keeps at 1 because they carry sys_ck (9.5.2, 9.5.5). */
static uint32_t bits_in_use(const struct rcc *r)
{
    static const uint32_t direct[] = {
        [SYS_HSI] = CR_HSION, [SYS_CSI] = CR_CSION, [SYS_HSE] = CR_HSEON, [SYS_PLL1] = CR_PLL1ON};
    static const uint32_t reference[] = {
        [PLL_HSI] = CR_HSION, [PLL_CSI] = CR_CSION, [PLL_HSE] = CR_HSEON, [PLL_NONE] = 0};
    uint32_t bits = direct[r->sws];
    return r->sws == SYS_PLL1 ? bits | reference[rcc_pll_source(r)] : bits;
}

static void hsi_divided(void *ctx, vtime_ps now)
{
    struct rcc *r = ctx;
    r->hsi_shift = (uint8_t)(r->base.values[R_CR] >> 3 & 3u);
    rcc_update(r, now);
}

void rcc_cr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct rcc *r = rcc_of(p);
    uint32_t *cr = &p->values[slot];
    vtime_ps now = rcc_now(r);
    (void)written;
    *cr |= old & bits_in_use(r);
    if ((old & CR_HSEON) != 0) {
        *cr = (*cr & ~CR_HSEBYP) | (old & CR_HSEBYP);
    }
    if (rcc_pll_source(r) == PLL_HSI && rcc_pll_any_on(r)) {
        *cr = (*cr & ~CR_HSIDIV) | (old & CR_HSIDIV);
    }
    if (((*cr ^ old) & CR_HSIDIV) != 0) {
        sched_at(&p->chip->sched, &r->hsi_divided, now + HSIDIV_DELAY);
    }
    rcc_osc_apply(r, now);
    rcc_pll_apply(r, now);
    rcc_update(r, now);
}

/* ---- CSR and BDCR ---- */

uint32_t rcc_csr_read(struct periph *p, unsigned slot, uint32_t value)
{
    (void)slot;
    return value | (rcc_of(p)->osc[OSC_LSI].ready ? CSR_LSIRDY : 0);
}

void rcc_csr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)slot;
    (void)old;
    (void)written;
    rcc_osc_apply(rcc_of(p), rcc_now(rcc_of(p)));
    rcc_update(rcc_of(p), rcc_now(rcc_of(p)));
}

uint32_t rcc_bdcr_read(struct periph *p, unsigned slot, uint32_t value)
{
    (void)slot;
    return value | (rcc_of(p)->osc[OSC_LSE].ready ? BDCR_LSERDY : 0);
}

bool rcc_bdcr_intercept(struct periph *p, unsigned slot, uint32_t written)
{
    (void)written;
    if (p->chip->power.backup_writable) {
        return false;
    }
    periph_report(p, slot, FOUND_BACKUP_PROTECTED, NULL);
    return true;
}

/* 9.4.6: BDRST reaches the RTC, too, and holds it. */
static void reset_backup(struct periph *p, bool was_held, bool held)
{
    struct periph *rtc = chip_periph(p->chip, "RTC");
    if (rtc == NULL || was_held == held) {
        return;
    }
    rtc->held_in_reset = held;
    if (held) {
        periph_reset(rtc, RESET_PERIPH);
    }
}

/* RTCSEL can be written once, LSEBYP and LSEDRV only while LSE is off (9.7.25). */
void rcc_bdcr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct rcc *r = rcc_of(p);
    uint32_t kept = 0;
    (void)written;
    kept |= (old & 0x300u) != 0 ? 0x300u : 0;
    kept |= (old & BDCR_LSEON) != 0 ? 0x1Cu : 0;
    p->values[slot] = (p->values[slot] & ~kept) | (old & kept);
    if ((p->values[slot] & BDCR_BDRST) != 0) {
        p->values[slot] = BDCR_BDRST;
    }
    reset_backup(p, (old & BDCR_BDRST) != 0, (p->values[slot] & BDCR_BDRST) != 0);
    rcc_osc_apply(r, rcc_now(r));
    rcc_update(r, rcc_now(r));
}

/* ---- life ---- */

/* CRS has moved HSI48. */
static void trimmed(void *ctx, vtime_ps now)
{
    rcc_update(ctx, now);
}

void rcc_osc_init(struct rcc *r)
{
    r->base.chip->hsi48_trim = (struct chip_trim){.changed = trimmed, .ctx = r};
    for (unsigned id = 0; id < OSC_COUNT; id++) {
        r->osc[id].rcc = r;
        r->osc[id].id = (enum osc_id)id;
        event_init(&r->osc[id].start, started, &r->osc[id]);
    }
    event_init(&r->hse_appears, hse_appeared, r);
    event_init(&r->hse_drops, hse_dropped, r);
    event_init(&r->hsi_divided, hsi_divided, r);
    clock_serve(&r->base.chip->clocks[CLK_LSI], lsi_wanted, r);
    r->hse.uhz = CLOCK_UHZ(8000000);
    r->hse_there = true;
    r->lse_uhz = CLOCK_UHZ(32768);
    r->lse_startup = startup_default[OSC_LSE];
}

/* The cores start when HSI is stable (9.4.7, Figure 50), so it is ready at once. */
void rcc_osc_reset(struct rcc *r, enum reset_kind kind)
{
    sched_cancel(&r->base.chip->sched, &r->hsi_divided);
    r->hsi_shift = 0;
    if (kind == RESET_POWER_ON) {
        turn(r, OSC_LSE, false, rcc_now(r));
    }
    rcc_osc_apply(r, rcc_now(r));
    stop(&r->osc[OSC_HSI]);
    r->osc[OSC_HSI].on = true;
    r->osc[OSC_HSI].ready = true;
}

void rcc_osc_cancel(struct rcc *r)
{
    for (unsigned id = 0; id < OSC_COUNT; id++) {
        sched_cancel(&r->base.chip->sched, &r->osc[id].start);
    }
    sched_cancel(&r->base.chip->sched, &r->hse_appears);
    sched_cancel(&r->base.chip->sched, &r->hse_drops);
    sched_cancel(&r->base.chip->sched, &r->hsi_divided);
}
