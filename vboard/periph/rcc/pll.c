/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* RCC: PLL1 to PLL3 (RM0399 Rev 4, 9.5.5, 9.7.10 to 9.7.17). */
#include "vboard/periph/rcc/internal.h"

/* Typical lock time in the data sheets of ST's H74x/75x parts; not checked against DS12923. */
#define LOCK_TIME VTIME_US(50)

#define MHZ(n) CLOCK_UHZ((n)*UINT64_C(1000000))
#define FRACTIONS 8192u /* FRACN counts 2^-13 (9.5.5) */

/* One PLL's fields of registers that all three share. */
#define RGE(cfgr, i) ((cfgr) >> (2u + 4u * (i)) & 3u)
#define VCOSEL(i) (1u << (1u + 4u * (i)))
#define FRACEN(i) (1u << (4u * (i)))
#define RANGE_BITS(i) (0xEu << (4u * (i)))
#define DIVYEN(i, y) (1u << (16u + 3u * (i) + (y)))
#define DIVM_POS(i) (4u + 8u * (i))
#define DIVM_BITS(i) (0x3Fu << DIVM_POS(i))

enum pll_source rcc_pll_source(const struct rcc *r)
{
    return (enum pll_source)(r->base.values[R_PLLCKSELR] & 3u);
}

bool rcc_pll_any_on(const struct rcc *r)
{
    return r->pll[0].on || r->pll[1].on || r->pll[2].on;
}

/* refx_ck: the common source divided by DIVMx; DIVMx = 0 is off (9.7.10). */
static uint64_t reference_uhz(const struct rcc *r, unsigned i)
{
    uint32_t divm = r->base.values[R_PLLCKSELR] >> DIVM_POS(i) & 0x3Fu;
    uint64_t source_uhz = 0;
    switch (rcc_pll_source(r)) {
    case PLL_HSI:
        source_uhz = rcc_osc_uhz(r, OSC_HSI);
        break;
    case PLL_CSI:
        source_uhz = rcc_osc_uhz(r, OSC_CSI);
        break;
    case PLL_HSE:
        source_uhz = rcc_osc_uhz(r, OSC_HSE);
        break;
    case PLL_NONE:
        break;
    }
    return divm == 0 ? 0 : source_uhz / divm;
}

static uint64_t vco_uhz(const struct rcc *r, unsigned i)
{
    uint64_t reference = reference_uhz(r, i);
    uint32_t divn = (r->base.values[R_PLL1DIVR + 2 * i] & 0x1FFu) + 1;
    return reference * divn + reference * r->pll[i].fraction / FRACTIONS;
}

uint64_t rcc_pll_uhz(const struct rcc *r, unsigned i, unsigned output)
{
    static const uint8_t position[] = {9, 16, 24};
    if (!r->pll[i].locked || (r->base.values[R_PLLCFGR] & DIVYEN(i, output)) == 0) {
        return 0;
    }
    uint32_t divider = (r->base.values[R_PLL1DIVR + 2 * i] >> position[output] & 0x7Fu) + 1;
    return vco_uhz(r, i) / divider;
}

/* With 1 % grace: firmware reckons with nominal sources, and HSI is off by as much. */
static bool within(uint64_t uhz, unsigned low_mhz, unsigned high_mhz)
{
    return uhz >= MHZ(low_mhz) / 100 * 99 && uhz <= MHZ(high_mhz) / 100 * 101;
}

/* The bounds of 9.5.5 and 9.7.12; outside of them "the output frequency is not guaranteed". */
static void check_ranges(struct rcc *r, unsigned i)
{
    static const uint8_t low_mhz[] = {1, 2, 4, 8};
    static const uint8_t high_mhz[] = {2, 4, 8, 16};
    uint32_t cfgr = r->base.values[R_PLLCFGR];
    uint64_t reference = reference_uhz(r, i);
    uint64_t vco = vco_uhz(r, i);
    bool medium = (cfgr & VCOSEL(i)) != 0;
    unsigned vco_low = medium ? 150 : 192;
    unsigned vco_high = medium ? 420 : 960;
    unsigned range = RGE(cfgr, i);
    if (!within(reference, low_mhz[range], high_mhz[range])) {
        periph_report(&r->base, R_PLLCFGR, FOUND_PLL_INPUT,
                      &(struct finding_data){.subject = i + 1,
                                             .khz = (uint32_t)(reference / CLOCK_UHZ(1000)),
                                             .low_mhz = low_mhz[range],
                                             .high_mhz = high_mhz[range]});
    }
    if (!within(vco, vco_low, vco_high)) {
        periph_report(&r->base, R_PLL1DIVR + 2 * i, FOUND_PLL_VCO,
                      &(struct finding_data){.subject = i + 1,
                                             .khz = (uint32_t)(vco / CLOCK_UHZ(1000)),
                                             .low_mhz = vco_low,
                                             .high_mhz = vco_high});
    }
    if (i == 0 && (r->base.values[R_PLL1DIVR] >> 9 & 0x7Fu) != 0 &&
        (r->base.values[R_PLL1DIVR] >> 9 & 1u) == 0) {
        periph_report(&r->base, R_PLL1DIVR, FOUND_PLL_DIVP1_ODD, NULL);
    }
}

static void locked(void *ctx, vtime_ps now)
{
    struct pll *pll = ctx;
    pll->locked = true;
    rcc_flag(pll->rcc, 1u << (6 + pll->index));
    rcc_update(pll->rcc, now);
}

void rcc_pll_follow(struct rcc *r, vtime_ps now)
{
    for (unsigned i = 0; i < PLL_COUNT; i++) {
        struct pll *pll = &r->pll[i];
        if (!pll->on || reference_uhz(r, i) == 0) {
            /* Without its reference a real VCO wanders off; here the output stops. Assumed. */
            pll->locked = false;
            sched_cancel(&r->base.chip->sched, &pll->lock);
        } else if (!pll->locked && !event_queued(&pll->lock)) {
            sched_at(&r->base.chip->sched, &pll->lock, now + LOCK_TIME);
            check_ranges(r, i);
        }
    }
}

/* Figure 54: PLLxFRACEN = 0 before PLLxON is integer mode, 1 takes FRACN as the initial value. */
static void load_fraction(struct rcc *r, unsigned i)
{
    bool enabled = (r->base.values[R_PLLCFGR] & FRACEN(i)) != 0;
    r->pll[i].fraction = enabled ? r->base.values[R_PLL1FRACR + 2 * i] >> 3 : 0;
}

void rcc_pll_apply(struct rcc *r, vtime_ps now)
{
    for (unsigned i = 0; i < PLL_COUNT; i++) {
        bool on = (r->base.values[R_CR] & CR_PLL1ON << (2 * i)) != 0;
        if (on && !r->pll[i].on) {
            load_fraction(r, i);
        }
        r->pll[i].on = on;
    }
    rcc_pll_follow(r, now);
}

/* ---- registers: what an enabled PLL depends on does not change (9.5.5) ---- */

static void keep(struct periph *p, unsigned slot, uint32_t old, uint32_t bits)
{
    uint32_t changed = (p->values[slot] ^ old) & bits;
    if (changed != 0) {
        periph_report(p, slot, FOUND_PLL_LOCKED, &(struct finding_data){.mask = changed});
        p->values[slot] = (p->values[slot] & ~bits) | (old & bits);
    }
}

void rcc_pllckselr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct rcc *r = rcc_of(p);
    (void)written;
    uint32_t fixed = rcc_pll_any_on(r) ? 3u : 0;
    for (unsigned i = 0; i < PLL_COUNT; i++) {
        fixed |= r->pll[i].on ? DIVM_BITS(i) : 0;
    }
    keep(p, slot, old, fixed);
    rcc_update(r, rcc_now(r));
}

/* DIVyEN is not protected here. RM0399 says that it cannot be changed once the PLL is on (9.5.5, 9.7.11), yet ST's
 * HAL_RCCEx_PeriphCLKConfig enables an output of a running PLL1, on every board whose FDCAN has PLL1Q, and gets it. */
void rcc_pllcfgr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct rcc *r = rcc_of(p);
    uint32_t fixed = 0;
    (void)written;
    for (unsigned i = 0; i < PLL_COUNT; i++) {
        fixed |= r->pll[i].on ? RANGE_BITS(i) : 0;
    }
    keep(p, slot, old, fixed);
    for (unsigned i = 0; i < PLL_COUNT; i++) {
        /* PLLxFRACEN from 0 to 1 latches FRACN into SH_REG, also on the fly. */
        if ((p->values[slot] & ~old & FRACEN(i)) != 0) {
            load_fraction(r, i);
        }
    }
    rcc_update(r, rcc_now(r));
}

void rcc_plldivr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct rcc *r = rcc_of(p);
    (void)written;
    if (r->pll[(slot - R_PLL1DIVR) / 2].on) {
        keep(p, slot, old, ~0u);
    }
    rcc_update(r, rcc_now(r));
}

/* ---- life ---- */

void rcc_pll_init(struct rcc *r)
{
    for (unsigned i = 0; i < PLL_COUNT; i++) {
        r->pll[i].rcc = r;
        r->pll[i].index = i;
        event_init(&r->pll[i].lock, locked, &r->pll[i]);
    }
}

void rcc_pll_cancel(struct rcc *r)
{
    for (unsigned i = 0; i < PLL_COUNT; i++) {
        sched_cancel(&r->base.chip->sched, &r->pll[i].lock);
    }
}

void rcc_pll_reset(struct rcc *r)
{
    rcc_pll_cancel(r);
    for (unsigned i = 0; i < PLL_COUNT; i++) {
        r->pll[i].on = false;
        r->pll[i].locked = false;
        r->pll[i].fraction = 0;
    }
}
