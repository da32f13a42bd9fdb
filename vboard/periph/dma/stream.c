/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * DMA1 and DMA2: what a stream does (RM0399 Rev 4, 16.3.6 to 16.3.15).
 *
 * One event serves one request: a single item or a burst on the peripheral port, and what of it the FIFO then
 * gives to memory or takes from there.
 */
#include "vboard/periph/dma/internal.h"

#include <string.h>

/* AHB clocks of an item: arbitration, address, data read, data written. */
#define ITEM_CLOCKS 4u
/* Items that a memory-to-memory transfer moves in one event. */
#define PIECE 64u

/* ---- settings ---- */

static unsigned peripheral_size(const struct dma_stream *s)
{
    return 1u << ((stream_cr(s) >> CR_PSIZE_POS & 3u) % 3u);
}

static bool is_direct(const struct dma_stream *s)
{
    return (s->dma->p.values[R_SFCR + s->number] & FCR_DMDIS) == 0;
}

/* Direct mode has PSIZE on both sides (16.3.12). */
static unsigned memory_size(const struct dma_stream *s)
{
    return is_direct(s) ? peripheral_size(s) : 1u << ((stream_cr(s) >> CR_MSIZE_POS & 3u) % 3u);
}

static enum dma_direction direction(const struct dma_stream *s)
{
    return (enum dma_direction)(stream_cr(s) >> CR_DIR_POS & 3u);
}

/* Beats of a burst: 1, 4, 8 or 16; direct mode has none (16.3.14). */
static unsigned beats(const struct dma_stream *s, unsigned pos)
{
    unsigned field = is_direct(s) ? 0 : stream_cr(s) >> pos & 3u;
    return field == 0 ? 1 : 2u << field;
}

/* FCR.FTH: a quarter of the FIFO to all of it. */
static unsigned threshold(const struct dma_stream *s)
{
    return ((s->dma->p.values[R_SFCR + s->number] & FCR_FTH) + 1) * FIFO_BYTES / 4;
}

/* 16.3.14, Table 116: bursts must fill the threshold, or the FIFO, exactly. */
static bool threshold_fits(const struct dma_stream *s)
{
    unsigned count = beats(s, CR_MBURST_POS);
    return is_direct(s) || count == 1 || threshold(s) % (count * memory_size(s)) == 0;
}

uint32_t stream_fifo_status(const struct dma_stream *s)
{
    return s->level == 0 ? 4 : s->level == FIFO_BYTES ? 5 : s->level * 4 / FIFO_BYTES;
}

static uint32_t *left(const struct dma_stream *s)
{
    return &s->dma->p.values[R_SNDTR + s->number];
}

/* ---- FIFO ---- */

static void fifo_put(struct dma_stream *s, uint64_t value, unsigned size)
{
    memcpy(s->fifo + s->level, &value, size);
    s->level += size;
}

static uint64_t fifo_get(struct dma_stream *s, unsigned size)
{
    uint64_t value = 0;
    memcpy(&value, s->fifo, size);
    s->level -= size;
    memmove(s->fifo, s->fifo + size, s->level);
    return value;
}

/* ---- the two ports ---- */

static void fail(struct dma_stream *s)
{
    s->dma->p.values[R_SCR + s->number] &= ~CR_EN;
    dma_flag(s, FLAG_TEIF);
}

/* False: refused, or to be tried again later. */
static bool done(struct dma_stream *s, enum transfer_result result, vtime_ps ready)
{
    if (result == TRANSFER_WAIT) {
        sched_at(&s->dma->p.chip->sched, &s->event, ready);
    } else if (result == TRANSFER_REFUSED) {
        fail(s);
    }
    return result == TRANSFER_DONE;
}

static void step_peripheral(struct dma_stream *s)
{
    if (stream_has(s, CR_PINC)) {
        unsigned step = stream_has(s, CR_PINCOS) ? 4 : peripheral_size(s);
        s->peripheral += step;
    }
}

static bool read_peripheral(struct dma_stream *s)
{
    struct chip *c = s->dma->p.chip;
    uint64_t value;
    vtime_ps ready = 0;
    unsigned size = peripheral_size(s);
    if (!done(s, transfer_read(c, &s->transfer, s->peripheral, size, &value, &ready), ready)) {
        return false;
    }
    fifo_put(s, value, size);
    step_peripheral(s);
    return true;
}

static bool write_peripheral(struct dma_stream *s)
{
    struct chip *c = s->dma->p.chip;
    vtime_ps ready = 0;
    unsigned size = peripheral_size(s);
    uint64_t value = 0;
    memcpy(&value, s->fifo, size);
    if (!done(s, transfer_write(c, &s->transfer, s->peripheral, size, value, &ready), ready)) {
        return false;
    }
    fifo_get(s, size);
    step_peripheral(s);
    return true;
}

static bool write_memory(struct dma_stream *s, unsigned size)
{
    struct chip *c = s->dma->p.chip;
    vtime_ps ready = 0;
    uint64_t value = 0;
    memcpy(&value, s->fifo, size);
    if (!done(s, transfer_write(c, &s->transfer, s->memory, size, value, &ready), ready)) {
        return false;
    }
    fifo_get(s, size);
    s->memory += stream_has(s, CR_MINC) ? size : 0;
    return true;
}

static bool read_memory(struct dma_stream *s)
{
    struct chip *c = s->dma->p.chip;
    uint64_t value;
    vtime_ps ready = 0;
    unsigned size = memory_size(s);
    if (!done(s, transfer_read(c, &s->transfer, s->memory, size, &value, &ready), ready)) {
        return false;
    }
    fifo_put(s, value, size);
    s->memory += stream_has(s, CR_MINC) ? size : 0;
    s->memory_left -= size < s->memory_left ? size : s->memory_left;
    return true;
}

/* "When the threshold level is reached, the contents of the FIFO are drained" (16.3.8), in whole bursts;
 * at the end (`all`) what there is. */
static bool drain(struct dma_stream *s, bool all)
{
    unsigned size = memory_size(s);
    unsigned burst = is_direct(s) ? size : size * beats(s, CR_MBURST_POS);
    if (!all && s->level < (is_direct(s) ? size : threshold(s))) {
        return true;
    }
    while (s->level >= (all ? size : burst)) {
        if (!write_memory(s, size)) {
            return false;
        }
    }
    while (all && s->level != 0) { /* less than an item is left */
        if (!write_memory(s, 1)) {
            return false;
        }
    }
    return true;
}

/* Direct mode keeps one item ready; with a FIFO, one that has come down to its threshold is filled. */
static bool fill(struct dma_stream *s)
{
    unsigned size = memory_size(s);
    unsigned room = is_direct(s) ? size : FIFO_BYTES;
    if (s->level > (is_direct(s) ? 0 : threshold(s))) {
        return true;
    }
    while (s->memory_left != 0 && s->level + size <= room) {
        if (!read_memory(s)) {
            return false;
        }
    }
    return true;
}

/* ---- rounds ---- */

static void begin_round(struct dma_stream *s)
{
    uint32_t *values = s->dma->p.values;
    bool second = stream_has(s, CR_DBM | CR_CT);
    s->peripheral = values[R_SPAR + s->number];
    s->memory = values[(second ? R_SM1AR : R_SM0AR) + s->number];
    s->memory_left = s->items * peripheral_size(s);
    *left(s) = s->items;
}

static bool goes_round(const struct dma_stream *s)
{
    return direction(s) != DIR_MEMORY && (stream_cr(s) & (CR_CIRC | CR_DBM)) != 0;
}

static unsigned mux_channel(const struct dma_stream *s)
{
    return s->number + (s->dma->p.entry->param == 2 ? DMA_STREAMS : 0);
}

static void end_round(struct dma_stream *s)
{
    uint32_t *cr = &s->dma->p.values[R_SCR + s->number];
    if (direction(s) != DIR_TO_PERIPHERAL && !drain(s, true)) {
        return;
    }
    if ((*cr & CR_DBM) != 0) {
        *cr ^= CR_CT;
    }
    if (goes_round(s)) {
        s->level = 0;
        begin_round(s);
    } else {
        *cr &= ~CR_EN;
    }
    if (direction(s) != DIR_MEMORY) {
        dma_channel_finished(s->dma->p.chip, 0, mux_channel(s));
    }
    dma_flag(s, FLAG_TCIF);
    if (direction(s) == DIR_TO_PERIPHERAL && stream_has(s, CR_EN)) {
        (void)fill(s);
    }
}

/* An item has passed the peripheral port. */
static void count_item(struct dma_stream *s)
{
    --*left(s);
    if (*left(s) == s->items / 2 && s->items > 1) {
        dma_flag(s, FLAG_HTIF);
    }
}

static bool move_item(struct dma_stream *s)
{
    if (direction(s) == DIR_TO_PERIPHERAL) {
        if (!fill(s) || !write_peripheral(s)) {
            return false;
        }
        count_item(s);
        return *left(s) == 0 || fill(s);
    }
    if (!read_peripheral(s)) {
        return false;
    }
    count_item(s);
    return drain(s, false);
}

/* A burst, or what is left of the round. */
static void move_items(struct dma_stream *s, unsigned count)
{
    while (count-- != 0 && *left(s) != 0) {
        if (!move_item(s)) {
            return;
        }
    }
    if (*left(s) == 0) {
        end_round(s);
    }
}

/* ---- events ---- */

static unsigned items_at_once(const struct dma_stream *s)
{
    return direction(s) == DIR_MEMORY ? (*left(s) < PIECE ? *left(s) : PIECE)
                                      : beats(s, CR_PBURST_POS);
}

static bool is_wanted(const struct dma_stream *s)
{
    const struct dma_channel *in = &s->dma->p.chip->dma.channels[0][mux_channel(s)];
    bool clocked = s->dma->p.gate == NULL || s->dma->p.gate->any;
    return clocked && stream_has(s, CR_EN) && *left(s) != 0 &&
           (direction(s) == DIR_MEMORY || in->level);
}

void stream_schedule(struct dma_stream *s)
{
    struct chip *c = s->dma->p.chip;
    vtime_ps span = clock_span(&c->clocks[CLK_HCLK1], ITEM_CLOCKS * (uint64_t)items_at_once(s));
    if (!is_wanted(s) || span == VTIME_NEVER) {
        sched_cancel(&c->sched, &s->event);
    } else if (!event_queued(&s->event)) {
        sched_at(&c->sched, &s->event, c->sched.now + span);
    }
}

void stream_run(void *ctx, vtime_ps now)
{
    struct dma_stream *s = ctx;
    (void)now;
    if (!is_wanted(s)) {
        return;
    }
    uint32_t before = *left(s);
    move_items(s, items_at_once(s));
    bool waits = event_queued(&s->event);
    if (direction(s) != DIR_MEMORY && (!waits || *left(s) != before)) {
        dma_channel_served(s->dma->p.chip, 0, mux_channel(s));
    }
    stream_schedule(s);
}

void stream_start(struct dma_stream *s)
{
    transfer_order(s->dma->p.chip, &s->transfer);
    s->items = *left(s);
    s->level = 0;
    if (direction(s) == DIR_MEMORY) {
        s->dma->p.values[R_SFCR + s->number] |= FCR_DMDIS; /* 16.5.10 */
    }
    if (!threshold_fits(s)) {
        s->dma->p.values[R_SCR + s->number] &= ~CR_EN;
        dma_flag(s, FLAG_FEIF);
        return;
    }
    begin_round(s);
    if (stream_has(s, CR_DBM) && direction(s) == DIR_MEMORY) {
        s->dma->p.values[R_SCR + s->number] &= ~CR_DBM; /* 16.3.11, Table 113 */
    }
    stream_schedule(s);
}

void stream_stop(struct dma_stream *s)
{
    if (direction(s) != DIR_TO_PERIPHERAL) {
        (void)drain(s, true);
    }
    s->level = 0;
    sched_cancel(&s->dma->p.chip->sched, &s->event);
    dma_flag(s, FLAG_TCIF);
}
