/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* ETH: the receive queue, the receive engine and its descriptor ring (RM0399 Rev 4, 61.4.1, 61.8.1, 61.10.4). */
#include "vboard/periph/eth/internal.h"

#include <string.h>

#define RDES3_IOC (1u << 30)
#define RDES3_BUF2V (1u << 25)
#define RDES3_BUF1V (1u << 24)
#define RBSZ_POS 1u
#define RBSZ 0x3FFCu /* the two low bits are ignored */
#define ARBS_POS 16u
#define ARBS 0xFFu
#define RWT 0xFFu
#define RWTU_POS 16u
#define COUNTER 0x7FFu
#define MFCO (1u << 15)
#define OVFCNTOVF (1u << 11)
#define MISCNT_POS 16u
#define MISCNTOVF (1u << 27)
#define PRXQ_POS 16u
#define RXQSTS_BELOW (1u << 4)

enum outcome { DONE, FAILED };

static void again(struct eth *e, vtime_ps at)
{
    sched_at(&e->p.chip->sched, &e->rx.event, at);
}

/* Counts in `bits`, and sets `overflow` when they wrap. */
static void count(uint32_t *reg, unsigned pos, uint32_t overflow)
{
    uint32_t n = (*reg >> pos & COUNTER) + 1;
    *reg = (*reg & ~(COUNTER << pos)) | (n & COUNTER) << pos | (n > COUNTER ? overflow : 0);
}

/* ---- the queue ---- */

void eth_rx_queue(struct eth *e, const struct eth_rx_packet *packet, const uint8_t *bytes)
{
    struct eth_rx *r = &e->rx;
    if (packet->length > ETH_QUEUE_BYTES - r->used || r->count == ETH_QUEUE_PACKETS) {
        count(&e->p.values[R_MTLRXQMPOCR], 0, OVFCNTOVF);
        e->p.values[R_MTLQICSR] |= MTLQICSR_RXOVFIS;
        eth_update(e);
        return;
    }
    memcpy(r->bytes + r->used, bytes, packet->length);
    r->packets[r->count++] = *packet;
    r->used += packet->length;
    /* "Resumes when the next recognized incoming packet is received" (RBU). */
    if (r->state == RX_SUSPENDED) {
        r->state = RX_RUNNING;
    }
    if (r->state == RX_RUNNING) {
        again(e, e->p.chip->sched.now);
    }
}

static void drop_first(struct eth_rx *r)
{
    size_t length = r->packets[0].length;
    r->used -= length;
    r->count--;
    r->taken = 0;
    r->interrupts = false;
    memmove(r->bytes, r->bytes + length, r->used);
    memmove(r->packets, r->packets + 1, r->count * sizeof(r->packets[0]));
}

uint32_t eth_mtlrxqdr_read(struct periph *p, unsigned slot, uint32_t value)
{
    const struct eth_rx *r = &((struct eth *)p)->rx;
    (void)slot;
    return value | r->count << PRXQ_POS | (r->count != 0 ? RXQSTS_BELOW : 0);
}

/* ---- memory ---- */

static enum outcome fail(struct eth *e, uint32_t what)
{
    uint32_t *csr = &e->p.values[R_DMACSR];
    e->rx.state = RX_STOPPED;
    e->rx.acquired = false;
    *csr = (*csr & ~(7u << DMACSR_REB_POS)) | (BUS_DATA_ERROR | what) << DMACSR_REB_POS;
    eth_flag(e, DMACSR_FBE);
    return FAILED;
}

static enum outcome read_word(struct eth *e, uint32_t address, uint32_t *value)
{
    uint64_t v;
    vtime_ps ready;
    if (transfer_read(e->p.chip, &e->rx.transfer, address, 4, &v, &ready) == TRANSFER_REFUSED) {
        return fail(e, BUS_DESCRIPTOR | BUS_READ);
    }
    *value = (uint32_t)v;
    return DONE;
}

static enum outcome write_word(struct eth *e, uint32_t address, uint32_t value)
{
    vtime_ps ready;
    return transfer_write(e->p.chip, &e->rx.transfer, address, 4, value, &ready) == TRANSFER_REFUSED
               ? fail(e, BUS_DESCRIPTOR)
               : DONE;
}

static enum outcome write_bytes(struct eth *e, uint32_t address, const uint8_t *from, size_t length)
{
    while (length != 0) {
        unsigned size = (address & 3u) == 0 && length >= 4 ? 4 : 1;
        uint64_t value = 0;
        vtime_ps ready;
        for (unsigned i = 0; i < size; i++) {
            value |= (uint64_t)from[i] << (8 * i);
        }
        if (transfer_write(e->p.chip, &e->rx.transfer, address, size, value, &ready) ==
            TRANSFER_REFUSED) {
            return fail(e, 0);
        }
        address += size;
        from += size;
        length -= size;
    }
    return DONE;
}

/* ---- descriptors ---- */

static void advance(struct eth *e)
{
    e->rx.acquired = false;
    e->rx.current = eth_next_descriptor(e, e->rx.current, R_DMACRXDLAR, R_DMACRXRLR);
}

static void suspend(struct eth *e)
{
    e->rx.state = RX_SUSPENDED;
    eth_flag(e, DMACSR_RBU);
}

/* Reads the current descriptor, unless that was done. False: there is none. */
static bool acquire(struct eth *e)
{
    struct eth_rx *r = &e->rx;
    if (r->acquired) {
        return true;
    }
    e->p.values[R_DMACCARXDR] = r->current;
    if (r->current == (e->p.values[R_DMACRXDTPR] & ~3u)) {
        suspend(e);
        return false;
    }
    if (read_word(e, r->current + 12, &r->des3) != DONE) {
        return false;
    }
    if ((r->des3 & DES3_OWN) == 0) {
        suspend(e);
        return false;
    }
    r->acquired = read_word(e, r->current, &r->des0) == DONE &&
                  read_word(e, r->current + 8, &r->des2) == DONE;
    return r->acquired;
}

/* ---- buffers ---- */

/* As much of the packet as a buffer takes; a buffer at 0 is skipped. */
static enum outcome fill(struct eth *e, uint32_t address, size_t size)
{
    struct eth_rx *r = &e->rx;
    size_t left = r->packets[0].length - r->taken;
    size_t n = left < size ? left : size;
    if (address == 0 || n == 0) {
        return DONE;
    }
    e->p.values[R_DMACCARXBR] = address;
    if (write_bytes(e, address, r->bytes + r->taken, n) != DONE) {
        return FAILED;
    }
    if (r->taken == 0 && n == size) {
        eth_flag(e, DMACSR_ERI);
    }
    r->taken += n;
    return DONE;
}

static enum outcome fill_buffers(struct eth *e)
{
    const struct eth_rx *r = &e->rx;
    size_t plain = e->p.values[R_DMACRXCR] >> RBSZ_POS & RBSZ;
    size_t other = e->p.values[R_DMACRXRLR] >> ARBS_POS & ARBS;
    if ((r->des3 & RDES3_BUF1V) != 0 && fill(e, r->des0, other != 0 ? other : plain) != DONE) {
        return FAILED;
    }
    return (r->des3 & RDES3_BUF2V) != 0 ? fill(e, r->des2, plain) : DONE;
}

/* An address of all ones closes the descriptor as an error (CTXT and FD), and the packet goes into the next. */
static bool is_invalid(const struct eth_rx *r)
{
    return ((r->des3 & RDES3_BUF1V) != 0 && r->des0 == UINT32_MAX) ||
           ((r->des3 & RDES3_BUF2V) != 0 && r->des2 == UINT32_MAX);
}

static void skip_invalid(struct eth *e)
{
    if (write_word(e, e->rx.current + 12, DES3_CTXT | DES3_FD) == DONE) {
        advance(e);
        eth_flag(e, DMACSR_CDE);
    }
}

/* ---- the end of a packet ---- */

static void watchdog_ended(void *ctx, vtime_ps now)
{
    (void)now;
    eth_flag(ctx, DMACSR_RI);
}

/* RI by IOC, or when the watchdog has run out (61.8.1). */
static void announce(struct eth *e, bool interrupts)
{
    struct chip *c = e->p.chip;
    uint32_t wtr = e->p.values[R_DMACRXIWTR];
    if (interrupts) {
        sched_cancel(&c->sched, &e->rx.watchdog);
        e->p.values[R_DMACSR] &= ~DMACSR_ERI;
        eth_flag(e, DMACSR_RI);
    } else if ((wtr & RWT) != 0 && !event_queued(&e->rx.watchdog)) {
        vtime_ps span =
            clock_span(&c->clocks[CLK_HCLK1], (uint64_t)(wtr & RWT) * (256u << (wtr >> RWTU_POS)));
        if (span != VTIME_NEVER) {
            sched_at(&c->sched, &e->rx.watchdog, c->sched.now + span);
        }
    }
}

/*
 * The last descriptor gets the status, of which only the words are written that RS0V to RS2V call
 * valid (Table 598). RDES0 would be VLAN tags, which are not provided: the address of the buffer stays
 * in it, where NuttX looks for it.
 */
static void close_last(struct eth *e, uint32_t first)
{
    struct eth_rx *r = &e->rx;
    struct eth_rx_packet packet = r->packets[0];
    bool interrupts = r->interrupts;
    uint32_t at = r->current;
    if (write_word(e, at + 4, packet.rdes1) != DONE ||
        ((packet.rdes3 & ETH_RDES3_RS2V) != 0 && write_word(e, at + 8, packet.rdes2) != DONE) ||
        write_word(e, at + 12, first | DES3_LD | packet.rdes3 | packet.length) != DONE) {
        return;
    }
    drop_first(r);
    advance(e);
    announce(e, interrupts);
}

static void take(struct eth *e)
{
    struct eth_rx *r = &e->rx;
    uint32_t first = r->taken == 0 ? DES3_FD : 0;
    if (is_invalid(r)) {
        skip_invalid(e);
        return;
    }
    r->interrupts = r->interrupts || (r->des3 & RDES3_IOC) != 0;
    if (fill_buffers(e) != DONE) {
        return;
    }
    if (r->taken == r->packets[0].length) {
        close_last(e, first);
    } else if (write_word(e, r->current + 12, first | (uint32_t)r->taken) == DONE) {
        advance(e);
    }
}

/* A descriptor is fetched ahead of its packet. */
static void run(void *ctx, vtime_ps now)
{
    struct eth *e = ctx;
    (void)now;
    for (unsigned i = 0; e->rx.state == RX_RUNNING && acquire(e) && e->rx.count != 0; i++) {
        if (i == 1024 + ETH_QUEUE_PACKETS) {
            return; /* a ring whose descriptors have no buffers, and go round */
        }
        take(e);
    }
}

/* ---- registers ---- */

/* With RPF, what has come while the engine stood is dropped (DMACMFCR, and MTLRXQMPOCR's missed packets). */
static void flush(struct eth *e)
{
    while (e->rx.count != 0) {
        drop_first(&e->rx);
        count(&e->p.values[R_DMACMFCR], 0, MFCO);
        count(&e->p.values[R_MTLRXQMPOCR], MISCNT_POS, MISCNTOVF);
    }
}

void eth_dmacrxcr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct eth *e = (struct eth *)p;
    struct eth_rx *r = &e->rx;
    bool on = (p->values[slot] & DMACRXCR_SR) != 0;
    (void)written;
    if (on == ((old & DMACRXCR_SR) != 0)) {
        return;
    }
    if (on) {
        if ((p->values[slot] & DMACRXCR_RPF) != 0) {
            flush(e);
        }
        transfer_order(p->chip, &r->transfer);
        r->state = RX_RUNNING;
        again(e, p->chip->sched.now);
    } else if (r->state != RX_STOPPED) {
        sched_cancel(&p->chip->sched, &r->event);
        r->state = RX_STOPPED;
        r->acquired = false;
        eth_flag(e, DMACSR_RPS);
    }
}

/* In Suspend state a new list is permitted (61.9.6). */
void eth_dmacrxdlar_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct eth *e = (struct eth *)p;
    (void)written;
    if (e->rx.state == RX_RUNNING) {
        p->values[slot] = old;
        periph_report(p, slot, FOUND_WHILE_ENABLED, NULL);
        return;
    }
    e->rx.current = p->values[slot] & ~3u;
}

/* A poll demand. */
void eth_dmacrxdtpr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct eth *e = (struct eth *)p;
    (void)slot;
    (void)old;
    (void)written;
    transfer_order(p->chip, &e->rx.transfer);
    if (e->rx.state == RX_SUSPENDED) {
        e->rx.state = RX_RUNNING;
    }
    if (e->rx.state == RX_RUNNING) {
        again(e, p->chip->sched.now);
    }
}

void eth_rx_init(struct eth *e)
{
    event_init(&e->rx.event, run, e);
    event_init(&e->rx.watchdog, watchdog_ended, e);
    e->rx.transfer = (struct transfer){.bus = TRANSFER_ETH,
                                       .master = MASTER_DMA_CM7,
                                       .subject = e->p.base + eth_regs[R_DMACRXCR].offset};
}

void eth_rx_reset(struct eth *e)
{
    struct eth_rx *r = &e->rx;
    sched_cancel(&e->p.chip->sched, &r->event);
    sched_cancel(&e->p.chip->sched, &r->watchdog);
    r->state = RX_STOPPED;
    r->current = 0;
    r->acquired = r->interrupts = false;
    r->taken = 0;
    r->count = 0;
    r->used = 0;
}
