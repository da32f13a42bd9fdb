/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Rx FIFOs and Rx buffers (RM0399 59.4.2, 59.4.18, 59.5.23 to 59.5.33). */
#include "vboard/periph/fdcan/internal.h"

#include <string.h>

#define FIFO_MAX 64u
/* RXFxC */
#define RXFC_OM (1u << 31)
/* HPMS.MSI */
enum { MSI_NONE, MSI_OVERRUN, MSI_FIFO0, MSI_FIFO1 };
/* The flags of FIFO 1 in IR follow those of FIFO 0. */
#define FIFO_IR_SHIFT 4

static uint32_t fifo_config(const struct fdcan *f, unsigned n)
{
    return fdcan_value(f, n == 0 ? R_RXF0C : R_RXF1C);
}

static unsigned fifo_size(const struct fdcan *f, unsigned n)
{
    unsigned size = fdcan_field(fifo_config(f, n), 16, 7);

    return size < FIFO_MAX ? size : FIFO_MAX;
}

/* Data bytes of an element: RBDS, F1DS or F0DS of RXESC. */
static unsigned data_bytes(const struct fdcan *f, unsigned pos)
{
    return fdcan_element_bytes(fdcan_field(fdcan_value(f, R_RXESC), pos, 3));
}

/* Writes one element; data beyond its size are dropped, words that no data reaches stay (59.4.18). */
static void write_element(struct fdcan *f, uint32_t offset, unsigned room,
                          const struct bus_frame *frame, const struct fdcan_verdict *v)
{
    uint32_t id = frame->extended ? frame->id : frame->id << 18;
    unsigned length = can_frame_length(frame);

    fdcan_ram_write(f, offset,
                    (frame->esi ? 1u << 31 : 0) | (frame->extended ? 1u << 30 : 0) |
                        (frame->remote ? 1u << 29 : 0) | id);
    fdcan_ram_write(f, offset + 4,
                    (v->matched ? v->index << 24 : 1u << 31) | (frame->fd ? 1u << 21 : 0) |
                        (frame->brs ? 1u << 20 : 0) | (uint32_t)(frame->dlc & 0xFu) << 16 |
                        f->captured);
    for (unsigned i = 0; i < length && i < room; i += 4) {
        uint32_t word = 0;
        for (unsigned k = 0; k < 4 && i + k < length; k++) {
            word |= (uint32_t)frame->data[i + k] << (8 * k);
        }
        fdcan_ram_write(f, offset + 8 + i, word);
    }
}

/* ---- FIFOs ---- */

/* Makes room for one element; false: the frame is lost. */
static bool make_room(struct fdcan *f, unsigned n, unsigned size)
{
    struct fdcan_fifo *fifo = &f->rx_fifo[n];

    if (size == 0) {
        return false;
    }
    if (fifo->fill < size) {
        return true;
    }
    if ((fifo_config(f, n) & RXFC_OM) == 0) {
        return false;
    }
    fifo->get = (fifo->get + 1) % size; /* overwrite mode: the oldest goes, RFnL is not set */
    fifo->fill--;
    return true;
}

static uint32_t flags_after_put(const struct fdcan *f, unsigned n, unsigned size)
{
    unsigned fill = f->rx_fifo[n].fill;
    unsigned watermark = fdcan_field(fifo_config(f, n), 24, 7);
    uint32_t flags = IR_RF0N;

    if (watermark != 0 && watermark <= FIFO_MAX && fill == watermark) {
        flags |= IR_RF0W;
    }
    if (fill == size) {
        flags |= IR_RF0F;
    }
    return flags << (n * FIFO_IR_SHIFT);
}

/* Returns the index of the element, or -1 if the frame is lost. */
static int put_fifo(struct fdcan *f, const struct bus_frame *frame, const struct fdcan_verdict *v,
                    vtime_ps now)
{
    unsigned n = v->target;
    struct fdcan_fifo *fifo = &f->rx_fifo[n];
    unsigned size = fifo_size(f, n);
    unsigned room = data_bytes(f, n == 0 ? 0 : 4);

    if (!make_room(f, n, size)) {
        f->lost++;
        fdcan_raise(f, IR_RF0L << (n * FIFO_IR_SHIFT));
        return -1;
    }
    unsigned index = fifo->put;
    write_element(f, (fifo_config(f, n) & 0xFFFCu) + index * (8 + room), room, frame, v);
    fifo->put = (index + 1) % size;
    fifo->fill++;
    f->stored++;
    if (fifo->fill == 1) {
        fdcan_time_fifo(f, 2 + n, false, now);
    }
    fdcan_raise(f, flags_after_put(f, n, size));
    return (int)index;
}

uint32_t fdcan_rxfs_read(struct periph *p, unsigned slot, uint32_t value)
{
    struct fdcan *f = fdcan_of(p);
    unsigned n = slot == R_RXF0S ? 0 : 1;
    const struct fdcan_fifo *fifo = &f->rx_fifo[n];
    unsigned size = fifo_size(f, n);
    bool lost = (fdcan_value(f, R_IR) & (IR_RF0L << (n * FIFO_IR_SHIFT))) != 0;
    uint32_t status = fifo->fill | fifo->get << 8 | fifo->put << 16;

    (void)value;
    status |= (size != 0 && fifo->fill == size ? 1u << 24 : 0) | (lost ? 1u << 25 : 0);
    return n == 1 ? status | f->debug_state << 30 : status;
}

/* "Sets the get index to F0AI + 1 and updates the fill level" (59.5.28); wrong values are not checked. */
void fdcan_rxfa_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct fdcan *f = fdcan_of(p);
    unsigned n = slot == R_RXF0A ? 0 : 1;
    struct fdcan_fifo *fifo = &f->rx_fifo[n];
    unsigned size = fifo_size(f, n);

    (void)old;
    (void)written;
    if (size == 0 || (fdcan_value(f, R_CCCR) & CCCR_CCE) != 0) {
        return; /* CCE holds the FIFO's status in reset */
    }
    fifo->get = (p->values[slot] + 1) % size;
    fifo->fill = (fifo->put + size - fifo->get) % size;
    if (fifo->fill == 0) {
        fdcan_time_fifo(f, 2 + n, true, fdcan_now(f));
    }
}

/* ---- buffers ---- */

static void put_buffer(struct fdcan *f, unsigned buffer, const struct bus_frame *frame,
                       const struct fdcan_verdict *v)
{
    unsigned room = data_bytes(f, 8);

    write_element(f, (fdcan_value(f, R_RXBC) & 0xFFFCu) + buffer * (8 + room), room, frame, v);
    f->stored++;
}

/* Debug messages A, B, C in this order complete a sequence (59.4.2, RXF1S.DMS). */
static void advance_debug(struct fdcan *f, unsigned message)
{
    if (message == 1 || f->debug_state == message - 1) {
        f->debug_state = message;
    } else {
        f->debug_state = 0;
    }
}

static void note_priority(struct fdcan *f, const struct fdcan_verdict *v, int index)
{
    uint32_t msi = MSI_NONE;

    if (v->action == FDCAN_FIFO) {
        msi = index < 0 ? MSI_OVERRUN : v->target == 0 ? MSI_FIFO0 : MSI_FIFO1;
    }
    f->base.values[R_HPMS] = (v->extended_list ? 1u << 15 : 0) | v->index << 8 | msi << 6 |
                             (index > 0 ? (uint32_t)index : 0);
    fdcan_raise(f, IR_HPM);
}

void fdcan_rx_store(struct fdcan *f, const struct bus_frame *frame, vtime_ps now)
{
    struct fdcan_verdict v = fdcan_filter(f, frame);
    int index = -1;

    switch (v.action) {
    case FDCAN_REJECT:
        f->rejected[frame->extended]++;
        break;
    case FDCAN_PRIORITY_ONLY:
        break;
    case FDCAN_FIFO:
        index = put_fifo(f, frame, &v, now);
        break;
    case FDCAN_BUFFER:
        put_buffer(f, v.target, frame, &v);
        f->base.values[v.target < 32 ? R_NDAT1 : R_NDAT2] |= 1u << (v.target % 32);
        fdcan_raise(f, IR_DRX);
        break;
    case FDCAN_DEBUG:
        put_buffer(f, v.buffer, frame, &v);
        advance_debug(f, v.target);
        break;
    }
    if (v.priority) {
        note_priority(f, &v, index);
    }
}

void fdcan_rx_reset(struct fdcan *f)
{
    memset(f->rx_fifo, 0, sizeof(f->rx_fifo));
    f->debug_state = 0;
}
