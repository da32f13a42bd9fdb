/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* ETH: the transmit engine and its descriptor ring (RM0399 Rev 4, 61.4.1, 61.10.2, 61.10.3). */
#include "vboard/periph/eth/internal.h"

#define TDES2_B1L 0x3FFFu
#define TDES2_VTIR (3u << 14)
#define TDES2_B2L_POS 16u
#define TDES2_TTSE (1u << 30)
#define TDES2_IOC (1u << 31)
#define TDES3_VLTV (1u << 16)  /* of a context descriptor */
#define TDES3_IVLTV (1u << 17) /* likewise */
#define TDES3_TSE (1u << 18)
#define TDES3_FF (1u << 13)
#define TDES3_ES (1u << 15)
#define TXQEN_ENABLED 2u
#define DESCRIPTORS_MAX 1024u

/* Names of fields that a descriptor asks for, where the register that enables them would be the place to say so. */
#define MACVIR_VLC (3u << 16)
#define MACVIR_VLTI (1u << 20)
#define MACTSCR_TSENA (1u << 0)
#define DMACTXCR_TSE (1u << 12)

/* TPS0 (61.11.2). */
static const uint8_t process[] = {
    [TX_STOPPED] = 0, [TX_FETCHING] = 1, [TX_HELD] = 2, [TX_SENDING] = 2, [TX_SUSPENDED] = 6};

enum outcome { FETCHED, NOTHING, FAILED, LATER };

static void again(struct eth *e, vtime_ps at)
{
    sched_at(&e->p.chip->sched, &e->tx.event, at);
}

/* ---- memory ---- */

static enum outcome fail(struct eth *e, uint32_t what)
{
    uint32_t *csr = &e->p.values[R_DMACSR];
    e->tx.state = TX_STOPPED;
    *csr = (*csr & ~(7u << DMACSR_TEB_POS)) | (BUS_DATA_ERROR | what) << DMACSR_TEB_POS;
    eth_flag(e, DMACSR_FBE);
    return FAILED;
}

static enum outcome read_bytes(struct eth *e, uint32_t address, size_t length, uint8_t *to,
                               uint32_t what)
{
    while (length != 0) {
        unsigned size = (address & 3u) == 0 && length >= 4 ? 4 : 1;
        uint64_t value;
        vtime_ps ready;
        switch (transfer_read(e->p.chip, &e->tx.transfer, address, size, &value, &ready)) {
        case TRANSFER_WAIT:
            again(e, ready);
            return LATER;
        case TRANSFER_REFUSED:
            return fail(e, what | BUS_READ);
        default:
            break;
        }
        for (unsigned i = 0; i < size; i++) {
            *to++ = (uint8_t)(value >> (8 * i));
        }
        address += size;
        length -= size;
    }
    return FETCHED;
}

static enum outcome read_word(struct eth *e, uint32_t address, uint32_t *value)
{
    uint8_t b[4];
    enum outcome o = read_bytes(e, address, sizeof(b), b, BUS_DESCRIPTOR);
    if (o == FETCHED) {
        *value = b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
    }
    return o;
}

static bool write_back(struct eth *e, uint32_t descriptor, uint32_t des3)
{
    vtime_ps ready;
    bool good = transfer_write(e->p.chip, &e->tx.transfer, descriptor + 12, 4, des3, &ready) !=
                TRANSFER_REFUSED;
    if (!good) {
        fail(e, BUS_DESCRIPTOR);
    }
    return good;
}

static uint32_t next_of(const struct eth *e, uint32_t descriptor)
{
    return eth_next_descriptor(e, descriptor, R_DMACTXDLAR, R_DMACTXRLR);
}

/* ---- fetching a packet ---- */

static void report_left_out(struct eth *e, uint32_t des2, uint32_t des3)
{
    if ((des2 & TDES2_TTSE) != 0) {
        eth_unmodelled(e, &e->tx.transfer, R_MACTSCR, MACTSCR_TSENA);
    }
    if ((des2 & TDES2_VTIR) != 0) {
        eth_unmodelled(e, &e->tx.transfer, R_MACVIR, MACVIR_VLC);
    }
    if ((des3 & DES3_FD) != 0 && (des3 & TDES3_TSE) != 0) {
        eth_unmodelled(e, &e->tx.transfer, R_DMACTXCR, DMACTXCR_TSE);
    }
}

/* "Write-back is only done on a context descriptor to reset the OWN bit." */
static enum outcome skip_context(struct eth *e, uint32_t des3)
{
    if ((des3 & (TDES3_VLTV | TDES3_IVLTV)) != 0) {
        eth_unmodelled(e, &e->tx.transfer, R_MACVIR, MACVIR_VLTI);
    }
    if (!write_back(e, e->tx.current, des3 & ~DES3_OWN)) {
        return FAILED;
    }
    e->tx.current = next_of(e, e->tx.current);
    return FETCHED;
}

static enum outcome read_buffer(struct eth *e, uint32_t descriptor, unsigned word, size_t length)
{
    struct eth_tx *t = &e->tx;
    uint32_t address;
    size_t room = MII_PACKET_MAX - t->length;
    enum outcome o = read_word(e, descriptor + 4 * word, &address);
    length = length < room ? length : room;
    if (o == FETCHED) {
        e->p.values[R_DMACCATXBR] = address;
        o = read_bytes(e, address, length, t->bytes + t->length, 0);
        t->length += length;
    }
    return o;
}

/* One descriptor of a packet; *des3 tells what it is. */
static enum outcome fetch_descriptor(struct eth *e, uint32_t at, uint32_t *des3)
{
    uint32_t des2;
    enum outcome o = read_word(e, at + 12, des3);
    e->p.values[R_DMACCATXDR] = at;
    if (o != FETCHED) {
        return o;
    }
    if ((*des3 & DES3_OWN) == 0 || at == (e->p.values[R_DMACTXDTPR] & ~3u)) {
        return NOTHING;
    }
    if ((*des3 & DES3_CTXT) != 0) {
        return FETCHED;
    }
    o = read_word(e, at + 8, &des2);
    if (o == FETCHED) {
        report_left_out(e, des2, *des3);
        e->tx.interrupts = (des2 & TDES2_IOC) != 0;
        o = read_buffer(e, at, 0, des2 & TDES2_B1L);
    }
    if (o == FETCHED && (des2 >> TDES2_B2L_POS & TDES2_B1L) != 0) {
        o = read_buffer(e, at, 1, des2 >> TDES2_B2L_POS & TDES2_B1L);
    }
    return o;
}

/* The intermediate descriptors of a packet go back as they are, without OWN. */
static bool close_intermediate(struct eth *e, unsigned count)
{
    for (; count != 0; count--) {
        uint32_t des3;
        if (read_word(e, e->tx.current + 12, &des3) != FETCHED ||
            !write_back(e, e->tx.current, des3 & ~DES3_OWN)) {
            return false;
        }
        e->tx.current = next_of(e, e->tx.current);
    }
    return true;
}

/* A whole packet, from TDES3.FD to LD, behind any context descriptors. In the midst of one these are an error. */
static enum outcome fetch_packet(struct eth *e)
{
    struct eth_tx *t = &e->tx;
    uint32_t at = t->current;
    unsigned count = 0;
    t->length = 0;
    for (unsigned i = 0; i < DESCRIPTORS_MAX; i++) {
        uint32_t des3;
        enum outcome o = fetch_descriptor(e, at, &des3);
        bool is_context = o == FETCHED && (des3 & DES3_CTXT) != 0;
        if (is_context && count != 0) {
            eth_flag(e, DMACSR_CDE);
            return NOTHING;
        }
        o = is_context ? skip_context(e, des3) : o;
        if (o != FETCHED) {
            return o;
        }
        if (is_context) {
            at = t->current;
            continue;
        }
        t->first3 = count == 0 ? des3 : t->first3;
        t->last3 = des3;
        if ((des3 & DES3_LD) != 0) {
            return close_intermediate(e, count) ? FETCHED : FAILED;
        }
        at = next_of(e, at);
        count++;
    }
    return NOTHING;
}

/* ---- sending it ---- */

static void start(struct eth *e)
{
    struct eth_tx *t = &e->tx;
    vtime_ps now = e->p.chip->sched.now;
    bool enabled = (e->p.values[R_MTLTXQOMR] >> MTLTXQOMR_TXQEN_POS & 3u) == TXQEN_ENABLED;
    if (!enabled || !eth_has(e, R_MACCR, MACCR_TE) || !eth_tx_clocked(e)) {
        t->state = TX_HELD;
        return;
    }
    t->state = TX_SENDING;
    t->free_at = (t->free_at > now ? t->free_at : now) + eth_tx_duration(e);
    again(e, t->free_at);
    t->free_at += eth_tx_gap(e);
}

void eth_tx_poke(struct eth *e)
{
    if (e->tx.state == TX_HELD) {
        start(e);
    }
}

static void stop(struct eth *e)
{
    e->tx.state = TX_STOPPED;
    eth_flag(e, DMACSR_TPS);
}

static void suspend(struct eth *e)
{
    e->tx.state = TX_SUSPENDED;
    eth_flag(e, DMACSR_TBU);
}

static void fetch(struct eth *e)
{
    if (!eth_has(e, R_DMACTXCR, DMACTXCR_ST)) {
        stop(e);
        return;
    }
    switch (fetch_packet(e)) {
    case FETCHED:
        eth_flag(e, DMACSR_ETI);
        eth_tx_assemble(e);
        start(e);
        break;
    case NOTHING:
        suspend(e);
        break;
    default:
        break; /* a bus error has stopped it, or the event comes again */
    }
}

/* The descriptor goes back with its status. */
static void close_packet(struct eth *e, uint32_t status)
{
    struct eth_tx *t = &e->tx;
    bool drop = eth_has(e, R_MTLOMR, MTLOMR_DTXSTS);
    t->state = TX_FETCHING;
    if (write_back(e, t->current, (t->last3 & (DES3_FD | DES3_LD)) | (drop ? 0 : status))) {
        t->current = next_of(e, t->current);
        eth_flag(e, t->interrupts ? DMACSR_TI : 0);
        again(e, e->p.chip->sched.now);
    }
}

static void sent(struct eth *e, vtime_ps now)
{
    struct eth_tx *t = &e->tx;
    const struct mii_phy *phy = e->p.chip->mii.phy;
    if (eth_has(e, R_MACCR, MACCR_LM)) {
        eth_rx_packet(e, t->bytes, t->length);
    } else if (eth_is_linked(e, true)) {
        phy->send(phy->ctx, t->bytes, t->length, now);
    }
    if (t->status == 0) {
        eth_count(e, COUNT_TX_GOOD);
    }
    close_packet(e, t->status);
}

static void run(void *ctx, vtime_ps now)
{
    struct eth *e = ctx;
    if (e->tx.state == TX_SENDING) {
        sent(e, now);
    } else if (e->tx.state == TX_FETCHING) {
        fetch(e);
    } else if (e->tx.state == TX_HELD) {
        close_packet(e, TDES3_FF | TDES3_ES);
    }
}

/* ---- registers ---- */

uint32_t eth_dmadsr_read(struct periph *p, unsigned slot, uint32_t value)
{
    const struct eth *e = (struct eth *)p;
    unsigned rps = e->rx.state == RX_STOPPED ? 0 : e->rx.state == RX_RUNNING ? 3 : 4;
    (void)slot;
    return value | (uint32_t)process[e->tx.state] << 12 | rps << 8;
}

/* TFCSTS: transferring a packet; TPESTS. */
uint32_t eth_macdr_read(struct periph *p, unsigned slot, uint32_t value)
{
    (void)slot;
    return value | (((struct eth *)p)->tx.state == TX_SENDING ? 7u << 16 : 0);
}

/* PTXQ, TXQSTS; TRCSTS: read state. */
uint32_t eth_mtltxqdr_read(struct periph *p, unsigned slot, uint32_t value)
{
    enum eth_tx_state s = ((struct eth *)p)->tx.state;
    (void)slot;
    return value | (s == TX_HELD || s == TX_SENDING ? 1u << 16 | 1u << 4 : 0) |
           (s == TX_SENDING ? 1u << 1 : 0);
}

void eth_dmactxcr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct eth *e = (struct eth *)p;
    struct eth_tx *t = &e->tx;
    bool on = (p->values[slot] & DMACTXCR_ST) != 0;
    (void)written;
    if (on == ((old & DMACTXCR_ST) != 0)) {
        return;
    }
    if (on && t->state == TX_STOPPED) {
        transfer_order(p->chip, &t->transfer);
        t->state = TX_FETCHING;
        again(e, p->chip->sched.now);
    } else if (!on && (t->state == TX_SUSPENDED || t->state == TX_FETCHING)) {
        sched_cancel(&p->chip->sched, &t->event);
        stop(e);
    }
}

/* "You can write to this register only when the Tx DMA has stopped." */
void eth_dmactxdlar_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct eth *e = (struct eth *)p;
    (void)written;
    if (e->tx.state != TX_STOPPED) {
        p->values[slot] = old;
        periph_report(p, slot, FOUND_WHILE_ENABLED, NULL);
        return;
    }
    e->tx.current = p->values[slot] & ~3u;
}

/* A poll demand. */
void eth_dmactxdtpr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct eth *e = (struct eth *)p;
    (void)slot;
    (void)old;
    (void)written;
    transfer_order(p->chip, &e->tx.transfer);
    if (e->tx.state == TX_SUSPENDED) {
        e->tx.state = TX_FETCHING;
        again(e, p->chip->sched.now);
    }
}

/* FTQ drops a packet that waits; what the MAC has accepted already is sent. "The PHY Tx clock should be active." */
void eth_mtltxqomr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct eth *e = (struct eth *)p;
    bool flushes = (written & MTLTXQOMR_FTQ) != 0 && eth_tx_clocked(e);
    (void)old;
    if (flushes) {
        p->values[slot] &= ~MTLTXQOMR_FTQ;
    }
    if (flushes && e->tx.state == TX_HELD) {
        again(e, p->chip->sched.now);
    } else {
        eth_tx_poke(e);
    }
}

void eth_maccr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)slot;
    (void)old;
    (void)written;
    eth_tx_poke((struct eth *)p);
}

void eth_tx_init(struct eth *e)
{
    event_init(&e->tx.event, run, e);
    e->tx.transfer = (struct transfer){.bus = TRANSFER_ETH,
                                       .master = MASTER_DMA_CM7,
                                       .subject = e->p.base + eth_regs[R_DMACTXCR].offset};
}

void eth_tx_reset(struct eth *e)
{
    sched_cancel(&e->p.chip->sched, &e->tx.event);
    e->tx.state = TX_STOPPED;
    e->tx.current = 0;
    e->tx.free_at = 0;
}
