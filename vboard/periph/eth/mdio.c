/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* ETH: the station management agent, which speaks MDIO to the PHY (RM0399 Rev 4, 61.6.1). */
#include "vboard/periph/eth/internal.h"

#define MB (1u << 0)
#define C45E (1u << 1)
#define GOC_POS 2u
#define GOC_WRITE 1u
#define CR_POS 8u
#define NTC_POS 12u
#define RDA_POS 16u
#define PA_POS 21u
#define BTB (1u << 26)
#define PSE (1u << 27)
#define NOBODY 0xFFFFu /* the line is pulled up */

/* Bus clocks of one of MDC, by CR; 0: reserved. */
static const uint8_t dividers[16] = {42, 62, 16, 26, 102, 124, 0, 0, 4, 6, 8, 10, 12, 14, 16, 18};

static unsigned field(const struct eth *e, unsigned pos, unsigned mask)
{
    return e->p.values[R_MACMDIOAR] >> pos & mask;
}

static void done(void *ctx, vtime_ps now)
{
    struct eth *e = ctx;
    const struct mii_phy *phy = e->p.chip->mii.phy;
    uint32_t *data = &e->p.values[R_MACMDIODR];
    unsigned address = field(e, PA_POS, 0x1F);
    unsigned reg = field(e, RDA_POS, 0x1F);
    bool heard = eth_reaches_phy(e) && !eth_has(e, R_MACMDIOAR, C45E);
    if (field(e, GOC_POS, 3) == GOC_WRITE) {
        if (heard) {
            phy->write(phy->ctx, address, reg, (uint16_t)*data, now);
        }
    } else {
        *data = (*data & 0xFFFF0000u) | (heard ? phy->read(phy->ctx, address, reg, now) : NOBODY);
    }
    e->p.values[R_MACMDIOAR] &= ~MB;
}

void eth_mdio_init(struct eth *e)
{
    event_init(&e->mdio_done, done, e);
}

bool eth_mdio_intercept(struct periph *p, unsigned slot, uint32_t written)
{
    (void)slot;
    (void)written;
    return (p->values[R_MACMDIOAR] & MB) != 0;
}

/* 32 bits of frame behind 32 of preamble, or 1; of clause 45 an address frame before it; then NTC clocks, unless
 * the end of the frame counts (BTB). */
static unsigned clocks(const struct eth *e)
{
    unsigned frame = (eth_has(e, R_MACMDIOAR, PSE) ? 1 : 32) + 32;
    unsigned frames = eth_has(e, R_MACMDIOAR, C45E) ? 2 : 1;
    unsigned trailing = eth_has(e, R_MACMDIOAR, BTB) ? 0 : field(e, NTC_POS, 7);
    unsigned divider = dividers[field(e, CR_POS, 0xF)];
    return (frame * frames + trailing) * (divider != 0 ? divider : dividers[0]);
}

void eth_mdio_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct eth *e = (struct eth *)p;
    struct chip *c = p->chip;
    (void)slot;
    (void)old;
    if ((written & MB) != 0) {
        vtime_ps span = clock_span(&c->clocks[CLK_HCLK1], clocks(e));
        sched_at(&c->sched, &e->mdio_done, c->sched.now + (span != VTIME_NEVER ? span : 0));
    }
}
