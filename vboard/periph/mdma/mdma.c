/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* MDMA: registers, requests, blocks and lists (RM0399 Rev 4, 15.3.8 to 15.3.14, 15.5). */
#include "vboard/periph/mdma/internal.h"

#include <stdio.h>

#define CHANNEL_STRIDE 0x40u
/* "Protected and can be written only if EN is 0": PL, BEX, HEX, WEX. */
#define CR_PROTECTED 0x000070C0u
#define STREAM_TRIGGERS 16u /* Table 105: DMA1's and DMA2's streams, then those below */
#define BUFFER_CLOCKS 4u

static bool has(const struct mdma_channel *c, unsigned reg, uint32_t bits)
{
    return (*mdma_reg(c, reg) & bits) == bits;
}

/* ---- flags ---- */

/* CR's enables are the flags' bits, one place higher. */
static bool asks(const struct mdma_channel *c)
{
    return (*mdma_reg(c, R_ISR) & *mdma_reg(c, R_CR) >> 1 & 0x1Fu) != 0;
}

static uint32_t asking(const struct mdma *m)
{
    uint32_t mask = 0;
    for (unsigned i = 0; i < MDMA_CHANNELS; i++) {
        mask |= (asks(&m->channels[i]) ? 1u : 0u) << i;
    }
    return mask;
}

static void update(struct mdma *m)
{
    m->p.values[R_GISR0] = asking(m);
    irq_set(&m->p.irq[MDMA_IRQ_GLOBAL], m->p.values[R_GISR0] != 0);
}

static void flag(struct mdma_channel *c, uint32_t flags)
{
    *mdma_reg(c, R_ISR) |= flags;
    update(c->mdma);
}

static void clear_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct mdma *m = (struct mdma *)p;
    struct mdma_channel *c = &m->channels[slot - R_IFCR];
    (void)old;
    *mdma_reg(c, R_ISR) &= ~(written & 0x1Fu);
    if ((written & ISR_TEIF) != 0) {
        *mdma_reg(c, R_ESR) = 0;
    }
    update(m);
}

/* ---- requests ---- */

static void schedule(struct mdma_channel *c)
{
    struct chip *chip = c->mdma->p.chip;
    const struct gate *gate = c->mdma->p.gate;
    bool wanted = has(c, R_CR, CR_EN) && has(c, R_ISR, ISR_CRQA) && (gate == NULL || gate->any) &&
                  mdma_buffer_length(c) != 0;
    vtime_ps span = clock_span(&chip->clocks[CLK_AXI], BUFFER_CLOCKS + mdma_buffer_length(c) / 4);
    if (!wanted || span == VTIME_NEVER) {
        sched_cancel(&chip->sched, &c->event);
    } else if (!event_queued(&c->event)) {
        sched_at(&chip->sched, &c->event, chip->sched.now + span);
    }
}

static void request(struct mdma_channel *c)
{
    if (has(c, R_CR, CR_EN)) {
        *mdma_reg(c, R_ISR) |= ISR_CRQA;
        schedule(c);
    }
}

static void triggered(void *ctx, bool high, vtime_ps now)
{
    struct mdma_channel *c = ctx;
    (void)now;
    if (high && !has(c, R_TCR, TCR_SWRM)) {
        request(c);
    }
}

/* The name of the wire that TSEL selects (14.3, Table 105); false: nothing here drives it. */
static bool name_trigger(const struct mdma_channel *c, char *name, size_t size)
{
    static const char *const others[] = {
        "LTDC_LI", "JPEG_IFT",  "JPEG_IFNF", NULL,       NULL, NULL,    NULL,
        NULL,      "DMA2D_CTC", "DMA2D_TC",  "DMA2D_TW", NULL, "DSI_ER"};
    unsigned select = *mdma_reg(c, R_TBR) & TBR_TSEL;
    if (select < STREAM_TRIGGERS) {
        snprintf(name, size, "DMA%u_TCIF%u", select / 8 + 1, select % 8);
        return true;
    }
    select -= STREAM_TRIGGERS;
    if (select >= sizeof(others) / sizeof(others[0]) || others[select] == NULL) {
        return false;
    }
    snprintf(name, size, "%s", others[select]);
    return true;
}

/* The wire that TSEL selects, while it counts. */
static void follow_trigger(struct mdma_channel *c)
{
    vtime_ps now = c->mdma->p.chip->sched.now;
    struct wire *w = NULL;
    if (has(c, R_CR, CR_EN) && !has(c, R_TCR, TCR_SWRM)) {
        char name[20];
        w = name_trigger(c, name, sizeof(name)) ? chip_wire(c->mdma->p.chip, name) : NULL;
    }
    wire_listen(w, &c->trigger, now);
    if (w != NULL && w->high) {
        request(c);
    }
}

static void report_trigger(struct mdma_channel *c)
{
    char name[20];
    if (!has(c, R_TCR, TCR_SWRM) && !name_trigger(c, name, sizeof(name))) {
        periph_unmodelled(&c->mdma->p, R_TBR + c->number, TBR_TSEL);
    }
}

/* ---- blocks ---- */

static void stop(struct mdma_channel *c)
{
    *mdma_reg(c, R_CR) &= ~CR_EN;
    *mdma_reg(c, R_ISR) &= ~ISR_CRQA;
    sched_cancel(&c->mdma->p.chip->sched, &c->event);
    follow_trigger(c);
}

static void fail(struct mdma_channel *c, uint32_t errors)
{
    *mdma_reg(c, R_ESR) = errors;
    stop(c);
    flag(c, ISR_TEIF);
}

/* "The request is acknowledged by writing the mask data value to the given mask address" (15.3.7); not a
 * software request (15.5.5). */
static void acknowledge(struct mdma_channel *c)
{
    vtime_ps ready;
    *mdma_reg(c, R_ISR) &= ~ISR_CRQA;
    if (has(c, R_TCR, TCR_SWRM)) {
        return;
    }
    if (*mdma_reg(c, R_MAR) != 0 &&
        transfer_write(c->mdma->p.chip, &c->transfer, *mdma_reg(c, R_MAR), 4, *mdma_reg(c, R_MDR),
                       &ready) == TRANSFER_REFUSED) {
        fail(c, ESR_TEMD);
        return;
    }
    if (c->trigger.wire != NULL && c->trigger.wire->high) {
        request(c); /* it has not been taken back */
    }
}

/* 15.5.11: the registers of the next block, from LAR on; 0x1C is a gap. */
static bool load_link(struct mdma_channel *c)
{
    static const struct {
        uint8_t offset;
        unsigned reg;
    } map[] = {{0x00, R_TCR}, {0x04, R_BNDTR}, {0x08, R_SAR}, {0x0C, R_DAR}, {0x10, R_BRUR},
               {0x18, R_TBR}, {0x20, R_MAR},   {0x24, R_MDR}, {0x14, R_LAR}};
    uint32_t from = *mdma_reg(c, R_LAR);
    for (unsigned i = 0; i < sizeof(map) / sizeof(map[0]); i++) {
        vtime_ps ready;
        uint64_t value;
        if (transfer_read(c->mdma->p.chip, &c->transfer, from + map[i].offset, 4, &value, &ready) !=
            TRANSFER_DONE) {
            fail(c, ESR_TELD);
            return false;
        }
        *mdma_reg(c, map[i].reg) = (uint32_t)value;
    }
    *mdma_reg(c, R_LAR) &= ~7u;
    c->block = *mdma_reg(c, R_BNDTR) & BNDTR_BNDT;
    report_trigger(c);
    return true;
}

static void next_repetition(struct mdma_channel *c)
{
    uint32_t *bndtr = mdma_reg(c, R_BNDTR);
    uint32_t source = *mdma_reg(c, R_BRUR) & 0xFFFFu;
    uint32_t destination = *mdma_reg(c, R_BRUR) >> 16;
    *mdma_reg(c, R_SAR) += (*bndtr & BNDTR_BRSUM) != 0 ? 0u - source : source;
    *mdma_reg(c, R_DAR) += (*bndtr & BNDTR_BRDUM) != 0 ? 0u - destination : destination;
    *bndtr = ((*bndtr & ~BNDTR_BNDT) | c->block) - (1u << BNDTR_BRC_POS);
}

enum { END_BUFFER, END_BLOCK, END_REPEATED, END_CHANNEL };

/* What has ended with this buffer, for TRGM. */
static unsigned end_buffer(struct mdma_channel *c)
{
    flag(c, ISR_TCIF);
    if ((*mdma_reg(c, R_BNDTR) & BNDTR_BNDT) != 0) {
        return END_BUFFER;
    }
    flag(c, ISR_BTIF);
    if (*mdma_reg(c, R_BNDTR) >> BNDTR_BRC_POS != 0) {
        next_repetition(c);
        return END_BLOCK;
    }
    flag(c, ISR_BRTIF);
    return *mdma_reg(c, R_LAR) == 0 ? END_CHANNEL : END_REPEATED;
}

static void after_buffer(struct mdma_channel *c)
{
    unsigned trigger = mdma_field(c, TCR_TRGM_POS); /* of the block that has ended */
    unsigned ended = end_buffer(c);
    if (ended == END_CHANNEL) {
        *mdma_reg(c, R_CR) &= ~CR_EN;
    }
    if (ended >= trigger) {
        acknowledge(c);
    }
    if (ended == END_CHANNEL) {
        stop(c);
        flag(c, ISR_CTCIF);
    } else if (ended == END_REPEATED && load_link(c)) {
        follow_trigger(c);
    }
}

static void run(void *ctx, vtime_ps now)
{
    struct mdma_channel *c = ctx;
    uint32_t errors = 0;
    vtime_ps ready = now;
    unsigned length = mdma_buffer_length(c);
    switch (mdma_move_buffer(c, &errors, &ready)) {
    case TRANSFER_WAIT:
        sched_at(&c->mdma->p.chip->sched, &c->event, ready);
        return;
    case TRANSFER_REFUSED:
        fail(c, errors);
        return;
    default:
        *mdma_reg(c, R_BNDTR) -= length;
        after_buffer(c);
        schedule(c);
    }
}

/* ---- registers ---- */

static void keep(struct periph *p, unsigned slot, uint32_t old, uint32_t fields)
{
    p->values[slot] = (p->values[slot] & ~fields) | (old & fields);
}

static void start(struct mdma_channel *c)
{
    transfer_order(c->mdma->p.chip, &c->transfer);
    report_trigger(c);
    follow_trigger(c);
}

static void cr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct mdma *m = (struct mdma *)p;
    struct mdma_channel *c = &m->channels[slot - R_CR];
    if ((old & CR_EN) != 0) {
        keep(p, slot, old, CR_PROTECTED);
    }
    if ((old & ~p->values[slot] & CR_EN) != 0) {
        stop(c);
        flag(c, ISR_CTCIF);
    } else if ((~old & p->values[slot] & CR_EN) != 0) {
        start(c);
    }
    if ((written & CR_SWRQ) != 0) {
        request(c);
    }
    schedule(c);
    update(m);
}

static void value_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct mdma_channel *c = &((struct mdma *)p)->channels[(slot - R_ISR) % MDMA_CHANNELS];
    (void)written;
    if (has(c, R_CR, CR_EN)) {
        keep(p, slot, old, ~0u);
    } else if (slot == R_BNDTR + c->number) {
        c->block = p->values[slot] & BNDTR_BNDT;
    }
}

/* ---- clocks, life ---- */

static void after_clock(void *ctx, vtime_ps now)
{
    struct mdma *m = ctx;
    (void)now;
    for (unsigned i = 0; i < MDMA_CHANNELS; i++) {
        schedule(&m->channels[i]);
    }
}

static void gated(struct periph *p, bool on)
{
    (void)on;
    after_clock(p, p->chip->sched.now);
}

static int init(struct periph *p)
{
    struct mdma *m = (struct mdma *)p;
    for (unsigned i = 0; i < MDMA_CHANNELS; i++) {
        struct mdma_channel *c = &m->channels[i];
        c->mdma = m;
        c->number = i;
        c->trigger = (struct wire_listener){.changed = triggered, .ctx = c};
        c->transfer = (struct transfer){.bus = TRANSFER_AXI,
                                        .master = MASTER_DMA_CM7,
                                        .subject = p->base + 0x4C + CHANNEL_STRIDE * i};
        event_init(&c->event, run, c);
    }
    return 0;
}

static void connect(struct periph *p)
{
    struct mdma *m = (struct mdma *)p;
    m->listener = (struct clock_listener){.after = after_clock, .ctx = m};
    clock_listen(&p->chip->clocks[CLK_AXI], &m->listener);
}

static void reset(struct periph *p, enum reset_kind kind)
{
    struct mdma *m = (struct mdma *)p;
    (void)kind;
    for (unsigned i = 0; i < MDMA_CHANNELS; i++) {
        m->channels[i].block = 0;
        sched_cancel(&p->chip->sched, &m->channels[i].event);
        wire_listen(NULL, &m->channels[i].trigger, p->chip->sched.now);
    }
    update(m);
}

/* clang-format off */
#define CHANNEL(slot, at, reg_name)                                                                 \
    [slot] = {.offset = (at), .name = reg_name, .count = MDMA_CHANNELS, .stride = CHANNEL_STRIDE
#define VALUE .write = value_write

static const struct reg regs[R_COUNT] = {
    [R_GISR0] = {.offset = 0x00, .name = "GISR0", .ro = 0xFFFFu, .steady = true},
    CHANNEL(R_ISR, 0x40, "C%uISR"), .ro = 0x0001001Fu, .steady = true},
    CHANNEL(R_IFCR, 0x44, "C%uIFCR"), .wo = 0x1Fu, .write = clear_write},
    CHANNEL(R_ESR, 0x48, "C%uESR"), .ro = 0xFFFu, .steady = true},
    CHANNEL(R_CR, 0x4C, "C%uCR"), .rw = 0x000070FFu, .wo = CR_SWRQ, .steady = true, .write = cr_write},
    CHANNEL(R_TCR, 0x50, "C%uTCR"), .rw = ~0u, VALUE},
    CHANNEL(R_BNDTR, 0x54, "C%uBNDTR"), .rw = 0xFFFDFFFFu, .steady = true, VALUE},
    CHANNEL(R_SAR, 0x58, "C%uSAR"), .rw = ~0u, .steady = true, VALUE},
    CHANNEL(R_DAR, 0x5C, "C%uDAR"), .rw = ~0u, .steady = true, VALUE},
    CHANNEL(R_BRUR, 0x60, "C%uBRUR"), .rw = ~0u, VALUE},
    CHANNEL(R_LAR, 0x64, "C%uLAR"), .rw = 0xFFFFFFF8u, .ro = 7u, VALUE},
    CHANNEL(R_TBR, 0x68, "C%uTBR"), .rw = 0x0003003Fu, VALUE},
    CHANNEL(R_MAR, 0x70, "C%uMAR"), .rw = ~0u, VALUE},
    CHANNEL(R_MDR, 0x74, "C%uMDR"), .rw = ~0u, VALUE},
};
/* clang-format on */

static const char *const irq_names[] = {"global", NULL};

const struct model mdma_model = {
    .kind = "mdma",
    .size = sizeof(struct mdma),
    .regs = regs,
    .fields = mdma_fields,
    .slot_count = R_COUNT,
    .span = 0x1000,
    .irq_names = irq_names,
    .init = init,
    .connect = connect,
    .reset = reset,
    .gated = gated,
};
