/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/periph/bdma/bdma.h"

#include "vboard/chip/transfer.h"

enum {
    R_ISR,
    R_IFCR,
    R_CCR,
    R_CNDTR = R_CCR + BDMA_CHANNELS,
    R_CPAR = R_CNDTR + BDMA_CHANNELS,
    R_CM0AR = R_CPAR + BDMA_CHANNELS,
    R_CM1AR = R_CM0AR + BDMA_CHANNELS,
    R_COUNT = R_CM1AR + BDMA_CHANNELS
};

#define CHANNEL_STRIDE 0x14u
#define CCR_EN (1u << 0)
#define CCR_TCIE (1u << 1)
#define CCR_HTIE (1u << 2)
#define CCR_TEIE (1u << 3)
#define CCR_DIR (1u << 4)
#define CCR_CIRC (1u << 5)
#define CCR_PINC (1u << 6)
#define CCR_MINC (1u << 7)
#define CCR_PSIZE_POS 8u
#define CCR_MSIZE_POS 10u
#define CCR_MEM2MEM (1u << 14)
#define CCR_DBM (1u << 15)
#define CCR_CT (1u << 16)
/* "It is read-only when the channel is enabled": DIR, PINC, MINC, PSIZE, MSIZE, PL, MEM2MEM, CT (17.6.3). */
#define CCR_PROTECTED 0x00017FD0u

#define FLAG_GIF (1u << 0)
#define FLAG_TCIF (1u << 1)
#define FLAG_HTIF (1u << 2)
#define FLAG_TEIF (1u << 3)

/* AHB clocks of an item: arbitration, address, data read, data written. */
#define ITEM_CLOCKS 4u
/* Items that a memory-to-memory transfer moves in one event. */
#define PIECE 64u

struct bdma;

struct bdma_channel {
    struct bdma *bdma;
    unsigned number;
    struct transfer transfer;
    struct event event;
    struct wire *interrupt;      /* of channels 0 and 1, for DMAMUX2; NULL: none */
    uint32_t peripheral, memory; /* where the next item is */
    uint32_t items;              /* NDT as written */
    bool is_new;                 /* set up since it ran last: it does not go on, it begins */
};

struct bdma {
    struct periph p;
    struct clock_listener listener;
    struct bdma_channel channels[BDMA_CHANNELS];
};

static uint32_t *ccr_of(const struct bdma_channel *c)
{
    return &c->bdma->p.values[R_CCR + c->number];
}

static uint32_t *left(const struct bdma_channel *c)
{
    return &c->bdma->p.values[R_CNDTR + c->number];
}

static bool has(const struct bdma_channel *c, uint32_t bits)
{
    return (*ccr_of(c) & bits) == bits;
}

/* ---- flags ---- */

static void update(struct bdma_channel *c)
{
    uint32_t flags = c->bdma->p.values[R_ISR] >> (4 * c->number) & 15u;
    uint32_t enabled = *ccr_of(c) & (CCR_TCIE | CCR_HTIE | CCR_TEIE); /* the flags' places */
    bool level = (flags & enabled) != 0;
    irq_set(&c->bdma->p.irq[BDMA_IRQ_CHANNEL0 + c->number], level);
    if (c->interrupt != NULL) {
        wire_set(c->interrupt, level, c->bdma->p.chip->sched.now);
    }
}

static void flag(struct bdma_channel *c, uint32_t flags)
{
    c->bdma->p.values[R_ISR] |= (flags | FLAG_GIF) << (4 * c->number);
    update(c);
}

/* 17.6.2: CGIF clears all of a channel; GIF goes with the last of the others. */
static void clear_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct bdma *b = (struct bdma *)p;
    (void)slot;
    (void)old;
    for (unsigned i = 0; i < BDMA_CHANNELS; i++) {
        uint32_t clear = written >> (4 * i) & 15u;
        uint32_t flags = p->values[R_ISR] >> (4 * i) & 15u & ~clear;
        if ((clear & FLAG_GIF) != 0 || (flags & ~FLAG_GIF) == 0) {
            flags = 0;
        } else {
            flags |= FLAG_GIF;
        }
        p->values[R_ISR] = (p->values[R_ISR] & ~(15u << (4 * i))) | flags << (4 * i);
        update(&b->channels[i]);
    }
}

/* ---- transfers ---- */

static void fail(struct bdma_channel *c)
{
    *ccr_of(c) &= ~CCR_EN;
    flag(c, FLAG_TEIF);
}

static bool done(struct bdma_channel *c, enum transfer_result result, vtime_ps ready)
{
    if (result == TRANSFER_WAIT) {
        sched_at(&c->bdma->p.chip->sched, &c->event, ready);
    } else if (result == TRANSFER_REFUSED) {
        fail(c);
    }
    return result == TRANSFER_DONE;
}

static void begin(struct bdma_channel *c)
{
    const uint32_t *values = c->bdma->p.values;
    bool second = has(c, CCR_DBM | CCR_CT);
    c->peripheral = values[R_CPAR + c->number];
    c->memory = values[(second ? R_CM1AR : R_CM0AR) + c->number];
}

static void end_round(struct bdma_channel *c)
{
    if (has(c, CCR_CIRC) && !has(c, CCR_MEM2MEM)) {
        *ccr_of(c) ^= has(c, CCR_DBM) ? CCR_CT : 0;
        *left(c) = c->items;
        begin(c);
    }
    flag(c, FLAG_TCIF);
}

static void count_item(struct bdma_channel *c, unsigned peripheral_step, unsigned memory_step)
{
    c->peripheral += has(c, CCR_PINC) ? peripheral_step : 0;
    c->memory += has(c, CCR_MINC) ? memory_step : 0;
    --*left(c);
    if (*left(c) == c->items / 2 && c->items > 1) {
        flag(c, FLAG_HTIF);
    }
    if (*left(c) == 0) {
        end_round(c);
    }
}

/* 17.4.6, Table 122: an item that is too short is filled up with zeros, one that is too long is cut. */
static bool move_item(struct bdma_channel *c)
{
    struct chip *chip = c->bdma->p.chip;
    unsigned psize = 1u << ((*ccr_of(c) >> CCR_PSIZE_POS & 3u) % 3u);
    unsigned msize = 1u << ((*ccr_of(c) >> CCR_MSIZE_POS & 3u) % 3u);
    bool from_memory = has(c, CCR_DIR);
    vtime_ps ready = 0;
    uint64_t value;
    if (!done(c,
              transfer_read(chip, &c->transfer, from_memory ? c->memory : c->peripheral,
                            from_memory ? msize : psize, &value, &ready),
              ready) ||
        !done(c,
              transfer_write(chip, &c->transfer, from_memory ? c->peripheral : c->memory,
                             from_memory ? psize : msize, value, &ready),
              ready)) {
        return false;
    }
    count_item(c, psize, msize);
    return true;
}

static unsigned items_at_once(const struct bdma_channel *c)
{
    return !has(c, CCR_MEM2MEM) ? 1 : *left(c) < PIECE ? *left(c) : PIECE;
}

static bool is_wanted(const struct bdma_channel *c)
{
    const struct periph *p = &c->bdma->p;
    return (p->gate == NULL || p->gate->any) && has(c, CCR_EN) && *left(c) != 0 &&
           (has(c, CCR_MEM2MEM) || p->chip->dma.channels[1][c->number].level);
}

static void schedule(struct bdma_channel *c)
{
    struct chip *chip = c->bdma->p.chip;
    vtime_ps span = clock_span(&chip->clocks[CLK_HCLK4], ITEM_CLOCKS * (uint64_t)items_at_once(c));
    if (!is_wanted(c) || span == VTIME_NEVER) {
        sched_cancel(&chip->sched, &c->event);
    } else if (!event_queued(&c->event)) {
        sched_at(&chip->sched, &c->event, chip->sched.now + span);
    }
}

static void run(void *ctx, vtime_ps now)
{
    struct bdma_channel *c = ctx;
    (void)now;
    if (!is_wanted(c)) {
        return;
    }
    bool moved = true;
    for (unsigned n = items_at_once(c); n != 0 && moved; n--) {
        moved = move_item(c);
    }
    if (!has(c, CCR_MEM2MEM) && !event_queued(&c->event)) {
        dma_channel_served(c->bdma->p.chip, 1, c->number);
    }
    schedule(c);
}

/* ---- a channel's registers ---- */

static void keep(struct periph *p, unsigned slot, uint32_t old, uint32_t fields)
{
    p->values[slot] = (p->values[slot] & ~fields) | (old & fields);
}

static void start(struct bdma_channel *c)
{
    if ((c->bdma->p.values[R_ISR] >> (4 * c->number) & FLAG_TEIF) != 0) {
        *ccr_of(c) &= ~CCR_EN; /* 17.4.7 */
        return;
    }
    transfer_order(c->bdma->p.chip, &c->transfer);
    if (c->is_new) {
        c->is_new = false;
        c->items = *left(c);
        begin(c);
    }
}

static void ccr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct bdma_channel *c = &((struct bdma *)p)->channels[slot - R_CCR];
    (void)written;
    if ((old & CCR_EN) != 0) {
        keep(p, slot, old, CCR_PROTECTED);
    } else if (has(c, CCR_EN)) {
        start(c);
    }
    schedule(c);
    update(c);
}

/* Addresses and count can be written while the channel is disabled only (17.6.4 to 17.6.7); in double-buffer
 * mode the memory that is not in use can (17.4.5). */
static void value_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct bdma_channel *c = &((struct bdma *)p)->channels[(slot - R_CCR) % BDMA_CHANNELS];
    bool other = has(c, CCR_DBM) && slot >= R_CM0AR && (slot >= R_CM1AR) != has(c, CCR_CT);
    (void)written;
    if (!has(c, CCR_EN)) {
        c->is_new = true;
    } else if (!other) {
        keep(p, slot, old, ~0u);
    }
}

/* ---- clocks, life ---- */

static void schedule_all(struct bdma *b)
{
    for (unsigned i = 0; i < BDMA_CHANNELS; i++) {
        schedule(&b->channels[i]);
    }
}

static void after_clock(void *ctx, vtime_ps now)
{
    (void)now;
    schedule_all(ctx);
}

static void gated(struct periph *p, bool on)
{
    (void)on;
    schedule_all((struct bdma *)p);
}

static void requested(void *ctx, unsigned channel, vtime_ps now)
{
    (void)now;
    schedule(&((struct bdma *)ctx)->channels[channel]);
}

static int init(struct periph *p)
{
    struct bdma *b = (struct bdma *)p;
    for (unsigned i = 0; i < BDMA_CHANNELS; i++) {
        struct bdma_channel *c = &b->channels[i];
        c->bdma = b;
        c->number = i;
        c->transfer = (struct transfer){.bus = TRANSFER_D3,
                                        .master = MASTER_DMA_CM7,
                                        .subject = p->base + 0x08 + CHANNEL_STRIDE * i};
        event_init(&c->event, run, c);
        p->chip->dma.channels[1][i].requested = requested;
        p->chip->dma.channels[1][i].ctx = b;
        p->chip->dma.channels[1][i].number = i;
    }
    return 0;
}

static void connect(struct periph *p)
{
    struct bdma *b = (struct bdma *)p;
    b->listener = (struct clock_listener){.after = after_clock, .ctx = b};
    clock_listen(&p->chip->clocks[CLK_HCLK4], &b->listener);
    b->channels[0].interrupt = chip_wire_source(p->chip, "BDMA_CH0_IT", NULL, NULL);
    b->channels[1].interrupt = chip_wire_source(p->chip, "BDMA_CH1_IT", NULL, NULL);
}

static void reset(struct periph *p, enum reset_kind kind)
{
    struct bdma *b = (struct bdma *)p;
    (void)kind;
    for (unsigned i = 0; i < BDMA_CHANNELS; i++) {
        b->channels[i].is_new = true;
        sched_cancel(&p->chip->sched, &b->channels[i].event);
        update(&b->channels[i]);
    }
}

/* clang-format off */
#define CHANNEL(slot, at, reg_name)                                                                 \
    [slot] = {.offset = (at), .name = reg_name, .count = BDMA_CHANNELS, .stride = CHANNEL_STRIDE
#define WORD .widths = 4

/* 17.6: "The BDMA registers have to be accessed by words (32-bit)". */
static const struct reg regs[R_COUNT] = {
    [R_ISR] = {.offset = 0x00, .name = "ISR", .ro = ~0u, .steady = true, WORD},
    [R_IFCR] = {.offset = 0x04, .name = "IFCR", .wo = ~0u, .write = clear_write, WORD},
    CHANNEL(R_CCR, 0x08, "CCR%u"), .rw = 0x0001FFFFu, .steady = true, .write = ccr_write, WORD},
    CHANNEL(R_CNDTR, 0x0C, "CNDTR%u"), .rw = 0xFFFFu, .steady = true, .write = value_write, WORD},
    CHANNEL(R_CPAR, 0x10, "CPAR%u"), .rw = ~0u, .write = value_write, WORD},
    CHANNEL(R_CM0AR, 0x14, "CM0AR%u"), .rw = ~0u, .write = value_write, WORD},
    CHANNEL(R_CM1AR, 0x18, "CM1AR%u"), .rw = ~0u, .write = value_write, WORD},
};
/* clang-format on */

static const char *const irq_names[] = {"channel 0", "channel 1", "channel 2",
                                        "channel 3", "channel 4", "channel 5",
                                        "channel 6", "channel 7", NULL};

const struct model bdma_model = {
    .kind = "bdma",
    .size = sizeof(struct bdma),
    .regs = regs,
    .fields = bdma_fields,
    .slot_count = R_COUNT,
    .span = 0x400,
    .irq_names = irq_names,
    .init = init,
    .connect = connect,
    .reset = reset,
    .gated = gated,
};
