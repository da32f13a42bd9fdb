/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The core as a host without a device: a port that nobody comes to, channels that carry nothing (RM0399 60.7). */
#include "vboard/periph/otg/internal.h"

/* Port reset and resume end the suspend (60.14.28); with nobody there a reset enables nothing. */
void otg_hprt_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)old;
    (void)written;
    if ((p->values[slot] & (HPRT_PRST | HPRT_PRES)) != 0) {
        p->values[slot] &= ~HPRT_PSUSP;
    }
    otg_follow(otg_of(p));
}

/* "In response to disable request by the application": halted at once, as nothing is under way. */
void otg_hcchar_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    const uint32_t both = HCCHAR_CHENA | HCCHAR_CHDIS;
    (void)old;
    (void)written;
    if ((p->values[slot] & both) == both) {
        p->values[slot] &= ~both;
        p->values[R_HCINT + slot - R_HCCHAR] |= HCINT_CHH;
    }
    otg_follow(otg_of(p));
}

void otg_host_follow(struct otg *o)
{
    uint32_t *v = o->p.values;
    uint32_t all = 0;
    for (unsigned i = 0; o->host && i < OTG_CHANNELS; i++) {
        all |= (v[R_HCINT + i] & v[R_HCINTMSK + i]) != 0 ? 1u << i : 0;
    }
    v[R_HAINT] = all;
    v[R_GINTSTS] &= ~GINTSTS_HCINT;
    v[R_GINTSTS] |= (all & v[R_HAINTMSK]) != 0 ? GINTSTS_HCINT : 0;
}
