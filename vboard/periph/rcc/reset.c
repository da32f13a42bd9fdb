/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* RCC: reset flags per core (RM0399 Rev 4, 9.4.4, 9.7.38) and the hold boot function (9.4.7). */
#include "vboard/periph/rcc/internal.h"

#define RSR_RMVF (1u << 16)
#define RSR_C1RSTF (1u << 17)
#define RSR_C2RSTF (1u << 18)
#define RSR_CORES (RSR_C1RSTF | RSR_C2RSTF) /* "set every time a CPU reset occurs" */
#define RSR_FLAGS 0xFFFE0000u

#define PINRSTF (1u << 22)

/* Table 57. All but a domain's wake-up drive NRST, so PINRSTF is set as well. */
static uint32_t flags_of(enum reset_source source)
{
    static const uint32_t flags[] = {
        [RESET_SRC_POR] = 0x00F80000u,
        [RESET_SRC_BOR] = 1u << 21 | PINRSTF,
        [RESET_SRC_PIN] = PINRSTF,
        [RESET_SRC_SFT1] = 1u << 24 | PINRSTF,
        [RESET_SRC_SFT2] = 1u << 25 | PINRSTF,
        [RESET_SRC_IWDG1] = 1u << 26 | PINRSTF,
        [RESET_SRC_IWDG2] = 1u << 27 | PINRSTF,
        [RESET_SRC_WWDG1] = 1u << 28 | PINRSTF,
        [RESET_SRC_WWDG2] = 1u << 29 | PINRSTF,
        [RESET_SRC_LPWR1] = 1u << 30 | PINRSTF,
        [RESET_SRC_LPWR2] = 1u << 31 | PINRSTF,
        [RESET_SRC_D1] = 1u << 19,
        [RESET_SRC_D2] = 1u << 20,
    };
    return flags[source];
}

/* What the chip says the reset is due to; flags pile up until each core clears its own. */
void rcc_flags_reset(struct rcc *r, enum reset_kind kind)
{
    uint32_t sources = r->base.chip->resets.pending;
    uint32_t flags = RSR_CORES;
    if (kind == RESET_POWER_ON) {
        return; /* the register's reset value, 0x00FE0000, says it all */
    }
    for (unsigned source = RESET_SRC_POR; source <= RESET_SRC_D2; source++) {
        if ((sources >> source & 1u) != 0) {
            flags |= flags_of((enum reset_source)source);
        }
    }
    for (unsigned bank = R_C1; bank <= R_C2; bank += B_COUNT) {
        uint32_t *rsr = &r->base.values[bank + B_RSR];
        *rsr = (*rsr & ~RSR_RMVF) | flags;
    }
}

/* RMVF clears the flags of its own bank only. */
void rcc_rsr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)old;
    if ((written & RSR_RMVF) != 0) {
        p->values[slot] &= ~RSR_FLAGS;
    }
}

/* ---- who may run (Table 58) ---- */

/* The option bytes count at reset only: changing them does not stop a running core. */
void rcc_hold_reset(struct rcc *r)
{
    const struct option_bytes *options = &r->base.chip->options;
    r->bcm[CORE_CM7] = option_bytes_boot(options, CORE_CM7);
    r->bcm[CORE_CM4] = option_bytes_boot(options, CORE_CM4);
    rcc_hold_update(r);
}

void rcc_hold_update(struct rcc *r)
{
    struct chip *c = r->base.chip;
    uint32_t gcr = r->base.values[R_GCR];
    bool dead = c->power.vcore_lost || !c->resets.powered;
    bool hold1 = !r->bcm[CORE_CM7] && r->bcm[CORE_CM4] && (gcr & GCR_BOOT_C1) == 0;
    bool hold2 = !r->bcm[CORE_CM4] && (gcr & GCR_BOOT_C2) == 0;
    chip_hold_core(c, CORE_CM7, dead || hold1);
    chip_hold_core(c, CORE_CM4, dead || hold2);
}

void rcc_gcr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)slot;
    (void)old;
    (void)written;
    rcc_hold_update(rcc_of(p));
}

/* A domain has its supply again: "D1 exits DStandby" (Table 57), and its CPU is reset with it. */
void rcc_power_supplied(void *ctx, enum power_domain domain, bool on, vtime_ps now)
{
    struct rcc *r = ctx;
    (void)now;
    if (!on) {
        return;
    }
    uint32_t flags = flags_of(domain == POWER_D1 ? RESET_SRC_D1 : RESET_SRC_D2) |
                     (domain == POWER_D1 ? RSR_C1RSTF : RSR_C2RSTF);
    for (unsigned bank = R_C1; bank <= R_C2; bank += B_COUNT) {
        r->base.values[bank + B_RSR] |= flags;
    }
}

/* Cores are held while VCORE is lost, limits are checked anew. */
void rcc_power_selected(void *ctx, vtime_ps now)
{
    (void)now;
    rcc_hold_update(ctx);
    rcc_check_limits(ctx);
}
