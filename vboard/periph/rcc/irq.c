/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* RCC: interrupts (RM0399 Rev 4, 9.6, Table 68). */
#include "vboard/periph/rcc/internal.h"

#define CIF_LSECSS (1u << 9)
#define CIF_READY 0x1FFu

void rcc_irq_update(struct rcc *r)
{
    uint32_t flags = r->base.values[R_CIFR];
    irq_set(&r->base.irq[RCC_IRQ_GLOBAL], (flags & CIF_READY) != 0);
    irq_set(&r->base.irq[RCC_IRQ_HSECSS], (flags & CIF_HSECSS) != 0);
    irq_set(&r->base.irq[RCC_IRQ_LSECSS], (flags & CIF_LSECSS) != 0);
}

/* CIER has its enable bits at the places of CIFR's flags. */
void rcc_flag(struct rcc *r, uint32_t flag)
{
    r->base.values[R_CIFR] |= flag & r->base.values[R_CIER];
    rcc_irq_update(r);
}

void rcc_cier_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)slot;
    (void)old;
    (void)written;
    rcc_irq_update(rcc_of(p));
}

void rcc_cicr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)slot;
    (void)old;
    p->values[R_CIFR] &= ~written;
    rcc_irq_update(rcc_of(p));
}
