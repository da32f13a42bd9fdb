/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* DMA1 and DMA2: registers (RM0399 Rev 4, 16.5). */
#include "vboard/periph/dma/internal.h"

#include <stdio.h>

#include "vboard/chip/fields.h"

#define STREAM_STRIDE 0x18u
#define FLAGS 0x0F7D0F7Du

/* Fields "protected and can be written only if EN is 0" (16.5.5): all but EN and the interrupt enables. */
#define CR_PROTECTED 0x01FFFFE0u
/* 16.5.10: "FTH, DMDIS: can be written only if EN is 0". */
#define FCR_PROTECTED 7u
#define CR_PFCTRL (1u << 5)

/* ---- flags ---- */

static unsigned flag_shift(unsigned stream)
{
    static const uint8_t shifts[4] = {0, 6, 16, 22};
    return shifts[stream % 4];
}

static uint32_t *flags_of(const struct dma_stream *s)
{
    return &s->dma->p.values[s->number < 4 ? R_LISR : R_HISR];
}

static uint32_t enabled(const struct dma_stream *s)
{
    uint32_t cr = stream_cr(s);
    uint32_t fcr = s->dma->p.values[R_SFCR + s->number];
    return ((cr & CR_TCIE) != 0 ? FLAG_TCIF : 0) | ((cr & CR_HTIE) != 0 ? FLAG_HTIF : 0) |
           ((cr & CR_TEIE) != 0 ? FLAG_TEIF : 0) | ((cr & CR_DMEIE) != 0 ? FLAG_DMEIF : 0) |
           ((fcr & FCR_FEIE) != 0 ? FLAG_FEIF : 0);
}

static void update(struct dma_stream *s)
{
    uint32_t flags = *flags_of(s) >> flag_shift(s->number) & 0x3Fu;
    irq_set(&s->dma->p.irq[DMA_IRQ_STREAM0 + s->number], (flags & enabled(s)) != 0);
    wire_set(s->complete, (flags & FLAG_TCIF) != 0, s->dma->p.chip->sched.now);
}

void dma_flag(struct dma_stream *s, uint32_t flags)
{
    *flags_of(s) |= flags << flag_shift(s->number);
    update(s);
}

static void clear_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct dma *d = (struct dma *)p;
    unsigned first = slot == R_LIFCR ? 0 : 4;
    (void)old;
    p->values[slot == R_LIFCR ? R_LISR : R_HISR] &= ~(written & FLAGS);
    for (unsigned i = first; i < first + 4; i++) {
        update(&d->streams[i]);
    }
}

/* ---- a stream's registers ---- */

static void keep(struct periph *p, unsigned slot, uint32_t old, uint32_t fields)
{
    p->values[slot] = (p->values[slot] & ~fields) | (old & fields);
}

static void cr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct dma_stream *s = &((struct dma *)p)->streams[slot - R_SCR];
    (void)written;
    if ((old & CR_EN) != 0) {
        keep(p, slot, old, CR_PROTECTED);
    }
    if ((old & ~p->values[slot] & CR_EN) != 0) {
        stream_stop(s);
    } else if ((~old & p->values[slot] & CR_EN) != 0) {
        stream_start(s);
    }
    update(s);
}

static void fcr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct dma_stream *s = &((struct dma *)p)->streams[slot - R_SFCR];
    (void)written;
    if (stream_has(s, CR_EN)) {
        keep(p, slot, old, FCR_PROTECTED);
    }
    update(s);
}

static uint32_t fcr_read(struct periph *p, unsigned slot, uint32_t value)
{
    const struct dma_stream *s = &((struct dma *)p)->streams[slot - R_SFCR];
    return (value & ~(7u << FCR_FS_POS)) | stream_fifo_status(s) << FCR_FS_POS;
}

/* "Write-protected as soon as the stream is enabled" (16.3.11, 16.5.6, 16.5.7). */
static void value_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    const struct dma_stream *s = &((struct dma *)p)->streams[(slot - R_SCR) % DMA_STREAMS];
    (void)written;
    if (stream_has(s, CR_EN)) {
        keep(p, slot, old, ~0u);
    }
}

/* Double-buffer mode: the one that is not in use may be changed; the other is an error (16.3.11). */
static void memory_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct dma_stream *s = &((struct dma *)p)->streams[(slot - R_SCR) % DMA_STREAMS];
    bool second = slot >= R_SM1AR;
    (void)written;
    if (!stream_has(s, CR_EN)) {
        return;
    }
    if (stream_has(s, CR_DBM) && second != stream_has(s, CR_CT)) {
        return;
    }
    keep(p, slot, old, ~0u);
    if (stream_has(s, CR_DBM)) {
        p->values[R_SCR + s->number] &= ~CR_EN;
        sched_cancel(&p->chip->sched, &s->event);
        dma_flag(s, FLAG_TEIF);
    }
}

/* ---- clocks, life ---- */

static void schedule_all(struct dma *d)
{
    for (unsigned i = 0; i < DMA_STREAMS; i++) {
        stream_schedule(&d->streams[i]);
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
    schedule_all((struct dma *)p);
}

static void requested(void *ctx, unsigned channel, vtime_ps now)
{
    struct dma *d = ctx;
    (void)now;
    stream_schedule(&d->streams[channel]);
}

static int init(struct periph *p)
{
    struct dma *d = (struct dma *)p;
    for (unsigned i = 0; i < DMA_STREAMS; i++) {
        struct dma_stream *s = &d->streams[i];
        s->dma = d;
        s->number = i;
        s->transfer = (struct transfer){.bus = TRANSFER_D2,
                                        .master = MASTER_DMA_CM7,
                                        .subject = p->base + 0x10 + STREAM_STRIDE * i};
        event_init(&s->event, stream_run, s);
    }
    return 0;
}

static void connect(struct periph *p)
{
    struct dma *d = (struct dma *)p;
    d->listener = (struct clock_listener){.after = after_clock, .ctx = d};
    clock_listen(&p->chip->clocks[CLK_HCLK1], &d->listener);
    for (unsigned i = 0; i < DMA_STREAMS; i++) {
        char name[24];
        snprintf(name, sizeof(name), "%s_TCIF%u", p->name, i);
        d->streams[i].complete = chip_wire_source(p->chip, name, NULL, NULL);
        unsigned channel = i + (p->entry->param == 2 ? DMA_STREAMS : 0);
        struct dma_channel *in = &p->chip->dma.channels[0][channel];
        in->requested = requested;
        in->ctx = d;
        in->number = i;
    }
}

static void reset(struct periph *p, enum reset_kind kind)
{
    struct dma *d = (struct dma *)p;
    (void)kind;
    for (unsigned i = 0; i < DMA_STREAMS; i++) {
        d->streams[i].level = 0;
        sched_cancel(&p->chip->sched, &d->streams[i].event);
        update(&d->streams[i]);
    }
}

/* clang-format off */
#define STREAM(slot, at, reg_name)                                                                  \
    [slot] = {.offset = (at), .name = reg_name, .count = DMA_STREAMS, .stride = STREAM_STRIDE
#define WORD .widths = 4

/* 16.5: "The DMA registers have to be accessed by words". */
static const struct reg regs[R_COUNT] = {
    [R_LISR] = {.offset = 0x00, .name = "LISR", .ro = FLAGS, .steady = true, WORD},
    [R_HISR] = {.offset = 0x04, .name = "HISR", .ro = FLAGS, .steady = true, WORD},
    [R_LIFCR] = {.offset = 0x08, .name = "LIFCR", .wo = FLAGS, .write = clear_write, WORD},
    [R_HIFCR] = {.offset = 0x0C, .name = "HIFCR", .wo = FLAGS, .write = clear_write, WORD},
    STREAM(R_SCR, 0x10, "S%uCR"), .rw = 0x01FFFFFFu, .unmodelled = CR_PFCTRL, .steady = true,
           .write = cr_write, WORD},
    STREAM(R_SNDTR, 0x14, "S%uNDTR"), .rw = 0xFFFFu, .steady = true, .write = value_write, WORD},
    STREAM(R_SPAR, 0x18, "S%uPAR"), .rw = ~0u, .write = value_write, WORD},
    STREAM(R_SM0AR, 0x1C, "S%uM0AR"), .rw = ~0u, .write = memory_write, WORD},
    STREAM(R_SM1AR, 0x20, "S%uM1AR"), .rw = ~0u, .write = memory_write, WORD},
    STREAM(R_SFCR, 0x24, "S%uFCR"), .reset = 0x21u, .rw = 0x87u, .ro = 0x38u, .steady = true,
           .read = fcr_read, .write = fcr_write, WORD},
};
/* clang-format on */

static const char *const irq_names[] = {"stream 0", "stream 1", "stream 2", "stream 3", "stream 4",
                                        "stream 5", "stream 6", "stream 7", NULL};

const struct model dma_model = {
    .kind = "dma",
    .size = sizeof(struct dma),
    .regs = regs,
    .fields = dma_fields,
    .slot_count = R_COUNT,
    .span = 0x400,
    .irq_names = irq_names,
    .init = init,
    .connect = connect,
    .reset = reset,
    .gated = gated,
};
