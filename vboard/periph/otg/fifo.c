/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* FIFOs (RM0399 60.11): what is pushed stays, as nobody fetches it; what can be popped is the pattern of the global NAK. */
#include "vboard/periph/otg/internal.h"

#define PATTERN (1u << 17)     /* PKTSTS: global OUT NAK; BCNT, EPNUM and DPID 0 (60.15.6) */
#define QUEUE_SPACE (8u << 16) /* NPTQXSAV, PTXQSAV: nothing waits */

/* Of transmit FIFO `number`, in words; of a host: 0 non-periodic, 1 periodic. */
static uint32_t depth(const struct otg *o, unsigned number)
{
    enum otg_slot slot = number == 0 ? R_HNPTXFSIZ : o->host ? R_HPTXFSIZ : R_DIEPTXF + number - 1;
    return o->p.values[slot] >> 16;
}

static uint32_t space(const struct otg *o, unsigned number)
{
    uint32_t words = depth(o, number);
    return words > o->pushed[number] ? words - o->pushed[number] : 0;
}

/* Completely empty, or at most half full: as the level bit in GAHBCFG says. */
static bool is_empty(const struct otg *o, unsigned number, uint32_t level)
{
    uint32_t half = otg_has(o, R_GAHBCFG, level) ? 0 : depth(o, number) / 2;
    return o->pushed[number] <= half;
}

void otg_fifo_flush(struct otg *o, unsigned number)
{
    for (unsigned i = 0; i < OTG_ENDPOINTS; i++) {
        if (i == number || number == OTG_ALL_FIFOS) {
            o->pushed[i] = 0;
        }
    }
}

void otg_fifo_follow(struct otg *o)
{
    uint32_t *v = o->p.values;
    bool np = !o->host || is_empty(o, 0, GAHBCFG_TXFELVL);
    bool periodic = !o->host || is_empty(o, 1, GAHBCFG_PTXFELVL);
    v[R_GINTSTS] &= ~(GINTSTS_NPTXFE | GINTSTS_PTXFE);
    v[R_GINTSTS] |= (np ? GINTSTS_NPTXFE : 0) | (periodic ? GINTSTS_PTXFE : 0);
    v[R_HNPTXSTS] = QUEUE_SPACE | space(o, 0);
    v[R_HPTXSTS] = QUEUE_SPACE | (o->host ? space(o, 1) : v[R_HPTXFSIZ] >> 16);
    for (unsigned i = 0; !o->host && i < OTG_ENDPOINTS; i++) {
        v[R_DTXFSTS + i] = space(o, i);
        v[R_DIEPINT + i] &= ~DIEPINT_TXFE;
        v[R_DIEPINT + i] |= is_empty(o, i, GAHBCFG_TXFELVL) ? DIEPINT_TXFE : 0;
    }
}

/* Which FIFO a window pushes into: an endpoint's own, or that of the channel's kind. */
static unsigned fifo_of(const struct otg *o, unsigned window)
{
    bool is_periodic = (o->p.values[R_HCCHAR + window] >> 18 & 1u) != 0; /* EPTYP 01, 11 */
    return !o->host ? window : is_periodic ? 1 : 0;
}

void otg_fifo_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct otg *o = otg_of(p);
    unsigned number = fifo_of(o, slot - R_DFIFO);
    (void)old;
    (void)written;
    if (number < OTG_ENDPOINTS && space(o, number) != 0) {
        o->pushed[number]++;
    }
    otg_follow(o);
}

/* No packet has ever come. */
uint32_t otg_fifo_read(struct periph *p, unsigned slot, uint32_t value)
{
    (void)p;
    (void)slot;
    (void)value;
    return 0;
}

uint32_t otg_status_look(struct periph *p, unsigned slot, uint32_t value)
{
    (void)slot;
    (void)value;
    return otg_of(p)->nak_pattern ? PATTERN : 0;
}

/* Popped, the global OUT NAK is effective (60.15.6). */
uint32_t otg_status_pop(struct periph *p, unsigned slot, uint32_t value)
{
    struct otg *o = otg_of(p);
    uint32_t status = otg_status_look(p, slot, value);
    if (status != 0 && p->chip->access.master != MASTER_DEBUG) {
        o->nak_pattern = false;
        o->out_nak = true;
        otg_follow(o);
    }
    return status;
}
