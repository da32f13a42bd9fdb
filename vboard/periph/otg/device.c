/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The core as a device without a host: pull-up, suspend, NAKs, endpoints (RM0399 60.6, 60.14.38 and on). */
#include "vboard/periph/otg/internal.h"

#define IDLE VTIME_MS(3) /* 60.6.2: early suspend, and suspend as long again later */

/* ---- the bus ---- */

static bool is_connected(const struct otg *o)
{
    return o->session && !otg_has(o, R_DCTL, DCTL_SDIS) && otg_phy_is_on(o) &&
           !otg_has(o, R_GRSTCTL, GRSTCTL_CSRST);
}

void otg_idle_for_3_ms(void *ctx, vtime_ps now)
{
    struct otg *o = ctx;
    (void)now;
    o->idle_said++;
    if (o->idle_said == 1) {
        o->p.values[R_GINTSTS] |= GINTSTS_ESUSP;
    } else {
        o->p.values[R_GINTSTS] |= GINTSTS_USBSUSP;
        o->p.values[R_DSTS] |= DSTS_SUSPSTS;
    }
    otg_follow(o);
}

/* A pull-up at D+ and nobody else: J, which is idle, but while the device itself signals a wake-up. */
void otg_device_follow(struct otg *o)
{
    struct sched *s = &o->p.chip->sched;
    bool connected = is_connected(o);
    bool idle = connected && !otg_has(o, R_DCTL, DCTL_RWUSIG);
    if (!idle) {
        o->idle_said = 0;
        o->p.values[R_DSTS] &= ~DSTS_SUSPSTS;
    }
    o->p.values[R_DSTS] = (o->p.values[R_DSTS] & ~DSTS_DP) | (idle ? DSTS_DP : 0);
    if (!idle || !otg_phy_runs(o) || o->idle_said == 2) {
        sched_cancel(s, &o->idle);
    } else if (!event_queued(&o->idle)) {
        sched_at(s, &o->idle, s->now + IDLE);
    }
}

/* ---- global NAKs (60.14.40) ---- */

/* The pattern goes through the receive FIFO (60.15.6); in DMA mode the core pops it itself. */
static void set_out_nak(struct otg *o)
{
    o->p.values[R_DCTL] |= DCTL_GONSTS;
    if (otg_has(o, R_GAHBCFG, GAHBCFG_DMAEN)) {
        o->out_nak = true;
    } else if (!o->out_nak) {
        o->nak_pattern = true;
    }
}

static void clear_out_nak(struct otg *o)
{
    o->p.values[R_DCTL] &= ~DCTL_GONSTS;
    o->out_nak = false;
    o->nak_pattern = false;
}

void otg_dctl_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct otg *o = otg_of(p);
    (void)old;
    if ((written & DCTL_CGINAK) != 0) {
        p->values[slot] &= ~DCTL_GINSTS;
    }
    if ((written & DCTL_SGINAK) != 0) {
        p->values[slot] |= DCTL_GINSTS;
    }
    if ((written & DCTL_CGONAK) != 0) {
        clear_out_nak(o);
    }
    if ((written & DCTL_SGONAK) != 0) {
        set_out_nak(o);
    }
    otg_follow(o);
}

/* ---- endpoints ---- */

static void nak_and_pid(uint32_t *ctl, uint32_t written)
{
    if ((written & DEPCTL_CNAK) != 0) {
        *ctl &= ~DEPCTL_NAKSTS;
    }
    if ((written & DEPCTL_SNAK) != 0) {
        *ctl |= DEPCTL_NAKSTS;
    }
    if ((written & DEPCTL_SD0PID) != 0) {
        *ctl &= ~DEPCTL_DPID;
    }
    if ((written & DEPCTL_SD1PID) != 0) {
        *ctl |= DEPCTL_DPID;
    }
}

/* Nothing is on the bus that would have to end first. An OUT endpoint should be disabled under the global NAK only
 * (60.15.6); ST's HAL does it without, and waits for the same end. */
static void disable(uint32_t *ctl, uint32_t *interrupts)
{
    if ((*ctl & DEPCTL_EPDIS) == 0) {
        return;
    }
    *interrupts |= (*ctl & DEPCTL_EPENA) != 0 ? DEPINT_EPDISD : 0;
    *ctl &= ~(DEPCTL_EPDIS | DEPCTL_EPENA);
}

void otg_diepctl_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct otg *o = otg_of(p);
    unsigned endpoint = slot - R_DIEPCTL;
    uint32_t *flags = &p->values[R_DIEPINT + endpoint];
    nak_and_pid(&p->values[slot], written);
    if ((written & DEPCTL_SNAK) != 0) {
        *flags |= DIEPINT_INEPNE;
    } else if ((written & DEPCTL_CNAK) != 0) {
        *flags &= ~DIEPINT_INEPNE;
    }
    bool starts = (~old & p->values[slot] & DEPCTL_EPENA) != 0;
    disable(&p->values[slot], flags);
    if (starts && otg_has(o, R_GAHBCFG, GAHBCFG_DMAEN)) {
        periph_unmodelled(p, R_GAHBCFG, GAHBCFG_DMAEN); /* the core would fetch its data now */
    }
    p->values[R_DOEPCTL] = (p->values[R_DOEPCTL] & ~3u) | (p->values[R_DIEPCTL] & 3u); /* MPSIZ */
    otg_follow(o);
}

void otg_doepctl_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    uint32_t bits = slot == R_DOEPCTL ? written & ~(DEPCTL_SD0PID | DEPCTL_SD1PID) : written;
    (void)old;
    nak_and_pid(&p->values[slot], bits);
    disable(&p->values[slot], &p->values[R_DOEPINT + slot - R_DOEPCTL]);
    otg_follow(otg_of(p));
}

/* ---- interrupts (60.12, Figure 801) ---- */

static uint32_t in_flags(const struct otg *o, unsigned endpoint)
{
    const uint32_t *v = o->p.values;
    uint32_t empty = (v[R_DIEPEMPMSK] >> endpoint & 1u) != 0 ? DIEPINT_TXFE : 0;
    return v[R_DIEPINT + endpoint] & (v[R_DIEPMSK] | empty);
}

void otg_endpoints_follow(struct otg *o)
{
    uint32_t *v = o->p.values;
    uint32_t in = 0, out = 0;
    for (unsigned i = 0; i < OTG_ENDPOINTS; i++) {
        in |= in_flags(o, i) != 0 ? 1u << i : 0;
        out |= (v[R_DOEPINT + i] & v[R_DOEPMSK]) != 0 ? 1u << i : 0;
    }
    v[R_DAINT] = o->host ? 0 : in | out << 16;
    v[R_DEACHINT] = o->host ? 0
                            : ((v[R_DIEPINT + 1] & v[R_DIEPEACHMSK1]) != 0 ? BIT(1) : 0) |
                                  ((v[R_DOEPINT + 1] & v[R_DOEPEACHMSK1]) != 0 ? BIT(17) : 0);
    uint32_t seen = v[R_DAINT] & v[R_DAINTMSK];
    v[R_GINTSTS] &= ~(GINTSTS_IEPINT | GINTSTS_OEPINT);
    v[R_GINTSTS] |= (seen & 0xFFFFu) != 0 ? GINTSTS_IEPINT : 0;
    v[R_GINTSTS] |= seen >> 16 != 0 ? GINTSTS_OEPINT : 0;
}
