/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Tx buffers, Tx FIFO and Tx queue, Tx event FIFO (RM0399 59.4.2 "Tx handling", 59.4.19, 59.4.20, 59.5.34
 * to 59.5.46). In restricted operation mode nothing is sent (59.4.1; 59.5.6 says otherwise).
 */
#include "vboard/periph/fdcan/internal.h"

#include <string.h>

#define BUFFERS 32u
#define PADDING 0xCCu /* FD data beyond the element's size (59.4.1) */
#define TXBC_TFQM (1u << 30)
/* Tx event types (Table 519) */
#define EVENT_TX 1u
#define EVENT_IN_SPITE_OF_CANCELLATION 2u

/* ---- layout ---- */

static unsigned capped(uint32_t n)
{
    return n < BUFFERS ? n : BUFFERS;
}

static unsigned dedicated(const struct fdcan *f)
{
    return capped(fdcan_field(fdcan_value(f, R_TXBC), 16, 6));
}

static unsigned queue_size(const struct fdcan *f)
{
    unsigned size = capped(fdcan_field(fdcan_value(f, R_TXBC), 24, 6));
    unsigned room = BUFFERS - dedicated(f);

    return size < room ? size : room;
}

static bool is_queue(const struct fdcan *f)
{
    return (fdcan_value(f, R_TXBC) & TXBC_TFQM) != 0;
}

static uint32_t configured(const struct fdcan *f)
{
    unsigned count = dedicated(f) + queue_size(f);

    return count == BUFFERS ? ~0u : (1u << count) - 1u;
}

static uint32_t element_at(const struct fdcan *f, unsigned buffer)
{
    unsigned bytes = 8 + fdcan_element_bytes(fdcan_value(f, R_TXESC));

    return (fdcan_value(f, R_TXBC) & 0xFFFCu) + buffer * bytes;
}

static bool is_pending(const struct fdcan *f, unsigned buffer)
{
    return (fdcan_value(f, R_TXBRP) >> buffer & 1u) != 0;
}

static unsigned after(const struct fdcan *f, unsigned buffer)
{
    return dedicated(f) + (buffer + 1 - dedicated(f)) % queue_size(f);
}

/* ---- choosing what to send ---- */

static void read_data(struct fdcan *f, unsigned buffer, struct bus_frame *frame)
{
    unsigned length = can_frame_length(frame);
    unsigned room = fdcan_element_bytes(fdcan_value(f, R_TXESC));
    uint32_t word = 0;

    for (unsigned i = 0; i < length; i++) {
        if (i < room && i % 4 == 0) {
            word = fdcan_ram_read(f, element_at(f, buffer) + 8 + i);
        }
        frame->data[i] = (uint8_t)(i < room ? word >> (8 * (i % 4)) : PADDING);
    }
}

/* Header of the frame in a buffer; FDF and BRS count as Table 505 says. */
static void read_header(struct fdcan *f, unsigned buffer, struct bus_frame *frame)
{
    uint32_t t0 = fdcan_ram_read(f, element_at(f, buffer));
    uint32_t t1 = fdcan_ram_read(f, element_at(f, buffer) + 4);
    uint32_t cccr = fdcan_value(f, R_CCCR);

    memset(frame, 0, sizeof(*frame));
    frame->extended = (t0 & (1u << 30)) != 0;
    frame->remote = (t0 & (1u << 29)) != 0;
    frame->id = frame->extended ? fdcan_field(t0, 0, 29) : fdcan_field(t0, 18, 11);
    frame->dlc = (uint8_t)fdcan_field(t1, 16, 4);
    frame->fd = !frame->remote && (cccr & CCCR_FDOE) != 0 && (t1 & (1u << 21)) != 0;
    frame->brs = frame->fd && (cccr & CCCR_BRSE) != 0 && (t1 & (1u << 20)) != 0;
    frame->esi = frame->fd && ((t0 & (1u << 31)) != 0 || can_node_error_passive(&f->node));
}

/* Of a FIFO only the element at the get index is offered; of the others the lowest identifier. */
static bool is_offered(const struct fdcan *f, unsigned buffer)
{
    return is_pending(f, buffer) && (buffer < dedicated(f) || is_queue(f) || buffer == f->tx_get);
}

bool fdcan_tx_next(struct fdcan *f, struct bus_frame *frame)
{
    uint32_t best = 0;

    f->tx_chosen = -1;
    for (unsigned i = 0; fdcan_value(f, R_TXBRP) >> i != 0; i++) {
        if (is_offered(f, i)) {
            struct bus_frame candidate;
            read_header(f, i, &candidate);
            uint32_t priority = can_bits_priority(&candidate);
            if (f->tx_chosen < 0 || priority < best) {
                best = priority;
                f->tx_chosen = (int)i;
                *frame = candidate;
            }
        }
        if (i == BUFFERS - 1) {
            break;
        }
    }
    if (f->tx_chosen >= 0) {
        read_data(f, (unsigned)f->tx_chosen, frame);
    }
    return f->tx_chosen >= 0;
}

void fdcan_tx_kick(struct fdcan *f, vtime_ps now)
{
    can_node_request(&f->node, fdcan_value(f, R_TXBRP) != 0 ? now : VTIME_NEVER, now);
}

void fdcan_tx_started(struct fdcan *f)
{
    f->tx_active = f->tx_chosen;
}

/* ---- what becomes of a request ---- */

/* The buffer is free again: the get index moves on, a full queue has a place. */
static void release(struct fdcan *f, unsigned buffer)
{
    f->base.values[R_TXBRP] &= ~(1u << buffer);
    f->base.values[R_TXBCR] &= ~(1u << buffer);
    if (buffer < dedicated(f) || queue_size(f) == 0) {
        return;
    }
    if (is_queue(f)) {
        if (f->tx_fill == queue_size(f)) {
            f->tx_put = buffer;
        }
        f->tx_fill -= f->tx_fill > 0 ? 1 : 0;
        return;
    }
    while (f->tx_fill > 0 && !is_pending(f, f->tx_get)) {
        f->tx_get = after(f, f->tx_get);
        f->tx_fill--;
    }
    if (f->tx_fill == 0) {
        fdcan_raise(f, IR_TFE);
    }
}

/* CF is set even if there was no request to cancel (59.5.41). */
static void finish_cancel(struct fdcan *f, unsigned buffer)
{
    if (is_pending(f, buffer)) {
        release(f, buffer);
    }
    f->base.values[R_TXBCF] |= 1u << buffer;
    if ((fdcan_value(f, R_TXBCIE) >> buffer & 1u) != 0) {
        fdcan_raise(f, IR_TCF);
    }
}

/* ---- Tx events ---- */

static unsigned event_size(const struct fdcan *f)
{
    return capped(fdcan_field(fdcan_value(f, R_TXEFC), 16, 6));
}

static void put_event(struct fdcan *f, uint32_t e0, uint32_t e1, vtime_ps now)
{
    struct fdcan_fifo *fifo = &f->tx_events;
    uint32_t config = fdcan_value(f, R_TXEFC);
    unsigned size = event_size(f);
    unsigned watermark = fdcan_field(config, 24, 6);

    if (fifo->fill == size) {
        fdcan_raise(f, IR_TEFL); /* also if there is no FIFO */
        return;
    }
    fdcan_ram_write(f, (config & 0xFFFCu) + 8 * fifo->put, e0);
    fdcan_ram_write(f, (config & 0xFFFCu) + 8 * fifo->put + 4, e1);
    fifo->put = (fifo->put + 1) % size;
    fifo->fill++;
    if (fifo->fill == 1) {
        fdcan_time_fifo(f, 1, false, now);
    }
    fdcan_raise(f, IR_TEFN | (fifo->fill == size ? IR_TEFF : 0) |
                       (watermark != 0 && fifo->fill == watermark ? IR_TEFW : 0));
}

static void note_event(struct fdcan *f, unsigned buffer, const struct bus_frame *frame,
                       bool cancelled, vtime_ps now)
{
    uint32_t t0 = fdcan_ram_read(f, element_at(f, buffer));
    uint32_t t1 = fdcan_ram_read(f, element_at(f, buffer) + 4);
    bool one_shot = (fdcan_value(f, R_CCCR) & CCCR_DAR) != 0;
    uint32_t type = cancelled || one_shot ? EVENT_IN_SPITE_OF_CANCELLATION : EVENT_TX;

    if ((t1 & (1u << 23)) == 0) {
        return; /* EFC: no event wanted */
    }
    put_event(f, (t0 & 0x7FFFFFFFu) | (frame->esi ? 1u << 31 : 0),
              (t1 & 0xFF0F0000u) | type << 22 | (frame->fd ? 1u << 21 : 0) |
                  (frame->brs ? 1u << 20 : 0) | f->captured,
              now);
}

uint32_t fdcan_txefs_read(struct periph *p, unsigned slot, uint32_t value)
{
    const struct fdcan *f = fdcan_of(p);
    const struct fdcan_fifo *fifo = &f->tx_events;
    uint32_t status = fifo->fill | fifo->get << 8 | fifo->put << 16;

    (void)slot;
    (void)value;
    status |= event_size(f) != 0 && fifo->fill == event_size(f) ? 1u << 24 : 0;
    return status | ((fdcan_value(f, R_IR) & IR_TEFL) != 0 ? 1u << 25 : 0);
}

void fdcan_txefa_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct fdcan *f = fdcan_of(p);
    struct fdcan_fifo *fifo = &f->tx_events;
    unsigned size = event_size(f);

    (void)old;
    (void)written;
    if (size == 0 || (fdcan_value(f, R_CCCR) & CCCR_CCE) != 0) {
        return; /* CCE holds the FIFO's status in reset */
    }
    fifo->get = (p->values[slot] + 1) % size;
    fifo->fill = (fifo->put + size - fifo->get) % size;
    if (fifo->fill == 0) {
        fdcan_time_fifo(f, 1, true, fdcan_now(f));
    }
}

/* ---- results from the bus ---- */

void fdcan_tx_sent(struct fdcan *f, const struct bus_frame *frame, vtime_ps now)
{
    unsigned buffer = (unsigned)f->tx_active;
    bool cancelled;

    if (f->tx_active < 0) {
        return;
    }
    f->tx_active = -1;
    cancelled = (fdcan_value(f, R_TXBCR) >> buffer & 1u) != 0;
    f->base.values[R_TXBTO] |= 1u << buffer;
    note_event(f, buffer, frame, cancelled, now);
    if (cancelled) {
        finish_cancel(f, buffer);
    } else {
        release(f, buffer);
    }
    if ((fdcan_value(f, R_TXBTIE) >> buffer & 1u) != 0) {
        fdcan_raise(f, IR_TC);
    }
    fdcan_tx_kick(f, now);
    if ((fdcan_value(f, R_CCCR) & CCCR_TXP) != 0) {
        vtime_ps bit = f->node.config.bit_ps;
        can_node_request(&f->node, now + (CAN_INTERMISSION_BITS + 2) * bit, now);
    }
}

void fdcan_tx_failed(struct fdcan *f, bool lost, vtime_ps now)
{
    int buffer = lost ? f->tx_chosen : f->tx_active;
    bool one_shot = (fdcan_value(f, R_CCCR) & CCCR_DAR) != 0;

    f->tx_active = -1;
    if (buffer < 0) {
        return;
    }
    if (one_shot || (fdcan_value(f, R_TXBCR) >> buffer & 1u) != 0) {
        finish_cancel(f, (unsigned)buffer);
    }
    fdcan_tx_kick(f, now);
}

/* ---- registers ---- */

uint32_t fdcan_txfqs_read(struct periph *p, unsigned slot, uint32_t value)
{
    const struct fdcan *f = fdcan_of(p);
    unsigned size = queue_size(f);
    uint32_t status = f->tx_put << 16;

    (void)slot;
    (void)value;
    if (size == 0) {
        return 0;
    }
    status |= f->tx_fill == size ? 1u << 21 : 0;
    return is_queue(f) ? status : status | f->tx_get << 8 | (size - f->tx_fill);
}

/* Moves the put index past a request: by one in a FIFO, to the next free buffer in a queue. */
static void enqueue(struct fdcan *f)
{
    unsigned size = queue_size(f);

    f->tx_fill++;
    f->tx_put = after(f, f->tx_put);
    for (unsigned i = 0; is_queue(f) && i < size && is_pending(f, f->tx_put); i++) {
        f->tx_put = after(f, f->tx_put);
    }
}

static void add_request(struct fdcan *f, unsigned buffer)
{
    uint32_t bit = 1u << buffer;

    f->base.values[R_TXBRP] |= bit;
    f->base.values[R_TXBTO] &= ~bit;
    f->base.values[R_TXBCF] &= ~bit;
    if (buffer >= dedicated(f)) {
        if (f->tx_fill == 0 && !is_queue(f)) {
            f->tx_get = buffer;
            f->tx_put = buffer;
        }
        enqueue(f);
    }
}

static bool accepts_requests(const struct fdcan *f)
{
    uint32_t cccr = fdcan_value(f, R_CCCR);
    bool inner = (fdcan_value(f, R_TEST) & TEST_LBCK) != 0;

    /* "In bus monitoring mode TXBRP is held in reset state"; with LBCK it is internal loop back. */
    return (cccr & CCCR_CCE) == 0 && ((cccr & CCCR_MON) == 0 || inner);
}

void fdcan_txbar_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct fdcan *f = fdcan_of(p);
    uint32_t wanted = written & configured(f) & ~p->values[R_TXBRP];

    (void)old;
    p->values[slot] = 0; /* no scan takes time here: the bits are reset at once */
    if (!accepts_requests(f)) {
        periph_report(p, slot, FOUND_FDCAN_NO_REQUEST, NULL);
        return;
    }
    unsigned first = f->tx_put;
    for (unsigned k = 0; k < BUFFERS; k++) {
        /* In the order of the FIFO, from the put index round. */
        unsigned buffer = (first + k) % BUFFERS;
        if ((wanted >> buffer & 1u) != 0) {
            add_request(f, buffer);
        }
    }
    fdcan_tx_kick(f, fdcan_now(f));
}

void fdcan_txbcr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct fdcan *f = fdcan_of(p);
    uint32_t wanted = written & configured(f);

    p->values[slot] = old;
    if ((p->values[R_CCCR] & CCCR_CCE) != 0) {
        return;
    }
    for (unsigned i = 0; i < BUFFERS; i++) {
        if ((wanted >> i & 1u) == 0) {
            continue;
        }
        if (f->node.transmitting && f->tx_active == (int)i) {
            p->values[slot] |= 1u << i; /* at the end of the transmission */
        } else {
            finish_cancel(f, i);
        }
    }
    fdcan_tx_kick(f, fdcan_now(f));
}

/* The indices start at the first element behind the dedicated buffers. */
void fdcan_txbc_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)slot;
    (void)old;
    (void)written;
    fdcan_tx_reset(fdcan_of(p));
}

void fdcan_tx_reset(struct fdcan *f)
{
    memset(&f->tx_events, 0, sizeof(f->tx_events));
    f->tx_put = dedicated(f);
    f->tx_get = dedicated(f);
    f->tx_fill = 0;
    f->tx_chosen = -1;
    f->tx_active = -1;
}
