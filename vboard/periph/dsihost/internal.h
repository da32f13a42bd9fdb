/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_DSIHOST_INTERNAL_H
#define VBOARD_PERIPH_DSIHOST_INTERNAL_H

/* DSIHOST's registers and state, for the files of this folder. */
#include "vboard/periph/dsihost/dsihost.h"

enum {
    R_VR,
    R_CR,
    R_CCR,
    R_LVCIDR,
    R_LCOLCR,
    R_LPCR,
    R_LPMCR,
    R_PCR,
    R_GVCIDR,
    R_MCR,
    R_VMCR,
    R_VPCR,
    R_VCCR,
    R_VNPCR,
    R_VHSACR,
    R_VHBPCR,
    R_VLCR,
    R_VVSACR,
    R_VVBPCR,
    R_VVFPCR,
    R_VVACR,
    R_LCCR,
    R_CMCR,
    R_GHCR,
    R_GPDR,
    R_GPSR,
    R_TCCR0,
    R_TCCR1,
    R_TCCR2,
    R_TCCR3,
    R_TCCR4,
    R_TCCR5,
    R_CLCR,
    R_CLTCR,
    R_DLTCR,
    R_PCTLR,
    R_PCONFR,
    R_PUCR,
    R_PTTCR,
    R_PSR,
    R_ISR0,
    R_ISR1,
    R_IER0,
    R_IER1,
    R_FIR0,
    R_FIR1,
    R_VSCR,
    R_LCVCIDR,
    R_LCCCR,
    R_LPMCCR,
    R_VMCCR,
    R_VPCCR,
    R_VCCCR,
    R_VNPCCR,
    R_VHSACCR,
    R_VHBPCCR,
    R_VLCCR,
    R_VVSACCR,
    R_VVBPCCR,
    R_VVFPCCR,
    R_VVACCR,
    R_WCFGR,
    R_WCR,
    R_WIER,
    R_WISR,
    R_WIFCR,
    R_WPCR0,
    R_WPCR1,
    R_WPCR2,
    R_WPCR3,
    R_WPCR4,
    R_WRPCR,
    R_COUNT
};

#define CR_EN (1u << 0)
#define GPSR_EMPTY 0x15u
#define GPSR_CMDFE (1u << 0)
#define GPSR_PWRFE (1u << 2)
#define GPSR_PRDFE (1u << 4)
#define GPSR_RCB (1u << 6)
#define PCTLR_DEN (1u << 1)
#define PCTLR_CKE (1u << 2)
#define PCONFR_NL 3u
#define PUCR_URCL (1u << 0)
#define PUCR_UECL (1u << 1)
#define PUCR_URDL (1u << 2)
#define PUCR_UEDL (1u << 3)
#define PSR_PSSC (1u << 2)
#define PSR_UANC (1u << 3)
#define PSR_PSS0 (1u << 4)
#define PSR_UAN0 (1u << 5)
#define PSR_PSS1 (1u << 7)
#define PSR_UAN1 (1u << 8)
#define VSCR_EN (1u << 0)
#define VSCR_UR (1u << 8)
#define WCFGR_DSIM (1u << 0)
#define WCR_LTDCEN (1u << 2)
#define WCR_DSIEN (1u << 3)
#define WISR_TEIF (1u << 0)
#define WISR_ERIF (1u << 1)
#define WISR_BUSY (1u << 2)
#define WISR_PLLLS (1u << 8)
#define WISR_PLLLIF (1u << 9)
#define WISR_PLLUIF (1u << 10)
#define WISR_RRS (1u << 12)
#define WISR_RRIF (1u << 13)
#define WRPCR_PLLEN (1u << 0)
#define WRPCR_REGEN (1u << 24)

struct dsihost {
    struct periph p;
    struct clock_listener hse;
    struct event regulator, pll, refresh;
    struct wire *refreshed;     /* ERIF, to MDMA */
    unsigned commands, payload; /* waiting for the link */
    uint64_t packets;           /* sent to nobody */
    uint32_t answer;            /* while PRDFE is 0 */
    uint32_t taken[R_COUNT];    /* the auxiliary registers: what UR took over */
};

static inline bool dsi_has(const struct dsihost *d, unsigned reg, uint32_t bits)
{
    return (d->p.values[reg] & bits) == bits;
}

/* ---- dsihost.c ---- */

void dsi_update(struct dsihost *d);

/* ---- wrapper.c ---- */

void dsi_wrapper_init(struct dsihost *d);
void dsi_wrapper_connect(struct dsihost *d);
void dsi_wrapper_reset(struct dsihost *d);
/* Regulator, PLL and refresh, after whatever they depend on has changed. */
void dsi_wrapper_follow(struct dsihost *d);
/* Can a packet go out? */
bool dsi_link_is_ready(const struct dsihost *d);
/* What PSR reads. */
uint32_t dsi_phy_status(const struct dsihost *d);

#endif
