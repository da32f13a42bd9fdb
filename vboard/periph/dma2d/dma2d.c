/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* DMA2D: registers, flags, start and end of transfers and loadings (RM0399 Rev 4, 19.3.15 to 19.3.17, 19.5). */
#include "vboard/periph/dma2d/internal.h"

#define LINE_CLOCKS 4u
#define BUS_BYTES 8u
#define CR_ENABLES_POS 8u

static bool is_loading(const struct dma2d *d, enum plane plane)
{
    return (dma2d_pfccr(d, plane) & PFCCR_START) != 0;
}

static bool is_transferring(const struct dma2d *d)
{
    return (d->p.values[R_CR] & CR_START) != 0;
}

static bool is_busy(const struct dma2d *d)
{
    return is_transferring(d) || is_loading(d, FOREGROUND) || is_loading(d, BACKGROUND);
}

/* ---- flags: CR's enables are in their order ---- */

static void drive(struct dma2d *d, enum dma2d_wire wire, uint32_t flags)
{
    wire_set(d->done[wire], (d->p.values[R_ISR] & flags) != 0, d->p.chip->sched.now);
}

static void update(struct dma2d *d)
{
    uint32_t enabled = d->p.values[R_CR] >> CR_ENABLES_POS & 0x3Fu;
    irq_set(&d->p.irq[DMA2D_IRQ_GLOBAL], (d->p.values[R_ISR] & enabled) != 0);
    drive(d, WIRE_TC, ISR_TCIF);
    drive(d, WIRE_TW, ISR_TWIF);
    drive(d, WIRE_CTC, ISR_CTCIF);
}

static void flag(struct dma2d *d, uint32_t flags)
{
    d->p.values[R_ISR] |= flags;
    update(d);
}

static void ifcr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)slot;
    (void)old;
    p->values[R_ISR] &= ~written;
    update((struct dma2d *)p);
}

/* ---- time: see dma2d.h ---- */

static uint32_t line_bytes(const struct dma2d *d)
{
    uint32_t bits = pixel_bits(dma2d_output(d));
    for (enum plane p = FOREGROUND; p < PLANES; p++) {
        bits += dma2d_fetches(d, p) ? pixel_bits(dma2d_format(d, p)) : 0;
    }
    return dma2d_pixels(d) * bits / 8;
}

static uint32_t clocks(const struct dma2d *d)
{
    if (!is_transferring(d)) {
        enum plane plane = is_loading(d, FOREGROUND) ? FOREGROUND : BACKGROUND;
        uint32_t entries = (dma2d_pfccr(d, plane) >> PFCCR_CS_POS & 0xFFu) + 1;
        return LINE_CLOCKS + entries * 4 / BUS_BYTES;
    }
    uint32_t bus = line_bytes(d) / BUS_BYTES;
    return LINE_CLOCKS + (bus > dma2d_pixels(d) ? bus : dma2d_pixels(d));
}

static void schedule(struct dma2d *d)
{
    struct chip *chip = d->p.chip;
    const struct gate *gate = d->p.gate;
    bool wanted = is_busy(d) && (d->p.values[R_CR] & CR_SUSP) == 0 && (gate == NULL || gate->any);
    vtime_ps span = wanted ? clock_span(&chip->clocks[CLK_AXI], clocks(d)) : VTIME_NEVER;
    if (span == VTIME_NEVER) {
        sched_cancel(&chip->sched, &d->event);
    } else if (!event_queued(&d->event)) {
        sched_at(&chip->sched, &d->event, chip->sched.now + span);
    }
}

/* ---- beginning and end ---- */

/* "SUSP, ABORT: automatically reset by hardware when START = 0", whichever of the three STARTs it was. */
static void stop(struct dma2d *d)
{
    d->p.values[R_CR] &= ~(CR_START | CR_SUSP | CR_ABORT);
    d->p.values[R_FGPFCCR] &= ~PFCCR_START;
    d->p.values[R_BGPFCCR] &= ~PFCCR_START;
    sched_cancel(&d->p.chip->sched, &d->event);
}

static void end(struct dma2d *d, uint32_t flags)
{
    stop(d);
    flag(d, flags);
}

static void report_left_out(struct dma2d *d)
{
    uint32_t swaps = d->p.values[R_OPFCCR] & (PFCCR_AI | PFCCR_RBS);
    if (dma2d_mode(d) == MODE_FILL && swaps != 0) {
        periph_unmodelled(&d->p, R_OPFCCR, swaps);
    }
    if (dma2d_fetches(d, FOREGROUND) && dma2d_format(d, FOREGROUND) == PIXEL_YCBCR) {
        periph_unmodelled(&d->p, R_FGPFCCR, PFCCR_CM);
    }
}

static void begin_transfer(struct dma2d *d)
{
    if (dma2d_transfer_is_wrong(d)) {
        end(d, ISR_CEIF);
        return;
    }
    report_left_out(d);
    transfer_order(d->p.chip, &d->transfer);
    d->line = 0;
    d->x = 0;
    d->from[FOREGROUND] = d->p.values[R_FGMAR];
    d->from[BACKGROUND] = d->p.values[R_BGMAR];
    d->to = d->p.values[R_OMAR];
}

static void begin_loading(struct dma2d *d, enum plane plane)
{
    if (dma2d_loading_is_wrong(d, plane)) {
        end(d, ISR_CEIF);
        return;
    }
    transfer_order(d->p.chip, &d->transfer);
    schedule(d);
}

static void line_done(struct dma2d *d)
{
    d->line++;
    d->x = 0;
    d->from[FOREGROUND] += dma2d_pitch(d, R_FGOR, dma2d_format(d, FOREGROUND));
    d->from[BACKGROUND] += dma2d_pitch(d, R_BGOR, dma2d_format(d, BACKGROUND));
    d->to += dma2d_pitch(d, R_OOR, dma2d_output(d));
    if (d->line == d->p.values[R_LWR]) {
        flag(d, ISR_TWIF);
    }
    if (d->line == (d->p.values[R_NLR] & NLR_NL)) {
        end(d, ISR_TCIF);
    }
}

static enum transfer_result work(struct dma2d *d, vtime_ps *ready)
{
    if (is_transferring(d)) {
        return dma2d_move_line(d, ready);
    }
    return dma2d_load_clut(d, is_loading(d, FOREGROUND) ? FOREGROUND : BACKGROUND, ready);
}

static void run(void *ctx, vtime_ps now)
{
    struct dma2d *d = ctx;
    vtime_ps ready = now;
    enum transfer_result result = work(d, &ready);
    if (result == TRANSFER_WAIT) {
        sched_at(&d->p.chip->sched, &d->event, ready);
        return;
    }
    if (result == TRANSFER_REFUSED) {
        end(d, ISR_TEIF);
    } else if (is_transferring(d)) {
        line_done(d);
    } else {
        end(d, ISR_CTCIF);
    }
    schedule(d);
}

/* ---- registers ---- */

/* "Once the data transfer started, this register is read-only" (19.5.4 and following). */
static void keep_if_busy(struct dma2d *d, unsigned slot, uint32_t fields, uint32_t old)
{
    uint32_t changed = (d->p.values[slot] ^ old) & fields;
    if (is_busy(d) && changed != 0) {
        periph_report(&d->p, slot, FOUND_READ_ONLY, NULL);
        d->p.values[slot] ^= changed;
    }
}

static void cr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct dma2d *d = (struct dma2d *)p;
    bool starts = (~old & p->values[slot] & CR_START) != 0;
    (void)written;
    p->values[slot] ^= starts ? CR_START : 0;
    keep_if_busy(d, slot, CR_MODE | CR_LOM, old);
    if (starts && !is_busy(d)) { /* "not started ... another transfer operation already ongoing" */
        p->values[slot] |= CR_START;
        begin_transfer(d);
    }
    if ((p->values[slot] & CR_ABORT) != 0 || !is_busy(d)) {
        stop(d);
    }
    if ((p->values[slot] & CR_SUSP) != 0) {
        sched_cancel(&p->chip->sched, &d->event);
    }
    schedule(d);
    update(d);
}

static void pfccr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct dma2d *d = (struct dma2d *)p;
    bool starts = (~old & p->values[slot] & PFCCR_START) != 0;
    (void)written;
    p->values[slot] ^= starts ? PFCCR_START : 0;
    keep_if_busy(d, slot, ~PFCCR_START, old);
    if (starts && !is_busy(d)) {
        p->values[slot] |= PFCCR_START;
        begin_loading(d, slot == R_FGPFCCR ? FOREGROUND : BACKGROUND);
    }
}

static void locked_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)written;
    keep_if_busy((struct dma2d *)p, slot, ~0u, old);
}

/* "Conflicts caused by CLUT access": while it is loaded, or a transfer looks into it (19.3.13, 19.3.17). */
static bool is_taken(const struct dma2d *d, unsigned slot)
{
    enum plane plane = slot < R_BGCLUT ? FOREGROUND : BACKGROUND;
    return is_loading(d, plane) ||
           (is_transferring(d) && dma2d_fetches(d, plane) && dma2d_mode(d) != MODE_COPY &&
            pixel_is_indirect(dma2d_format(d, plane)));
}

static uint32_t clut_read(struct periph *p, unsigned slot, uint32_t value)
{
    struct dma2d *d = (struct dma2d *)p;
    if (is_taken(d, slot) && p->chip->access.master != MASTER_DEBUG) {
        flag(d, ISR_CAEIF);
    }
    return value;
}

static bool clut_intercept(struct periph *p, unsigned slot, uint32_t written)
{
    struct dma2d *d = (struct dma2d *)p;
    (void)written;
    if (!is_taken(d, slot)) {
        return false;
    }
    flag(d, ISR_CAEIF);
    return true;
}

/* ---- clock, life ---- */

static void after_clock(void *ctx, vtime_ps now)
{
    struct dma2d *d = ctx;
    (void)now;
    sched_cancel(&d->p.chip->sched, &d->event);
    schedule(d);
}

static void gated(struct periph *p, bool on)
{
    (void)on;
    after_clock(p, p->chip->sched.now);
}

static int init(struct periph *p)
{
    struct dma2d *d = (struct dma2d *)p;
    d->transfer =
        (struct transfer){.bus = TRANSFER_DMA2D, .master = MASTER_DMA_CM7, .subject = p->base};
    event_init(&d->event, run, d);
    return 0;
}

static void connect(struct periph *p)
{
    struct dma2d *d = (struct dma2d *)p;
    d->listener = (struct clock_listener){.after = after_clock, .ctx = d};
    clock_listen(&p->chip->clocks[CLK_AXI], &d->listener);
    d->done[WIRE_TC] = chip_wire_source(p->chip, "DMA2D_TC", NULL, NULL);
    d->done[WIRE_TW] = chip_wire_source(p->chip, "DMA2D_TW", NULL, NULL);
    d->done[WIRE_CTC] = chip_wire_source(p->chip, "DMA2D_CTC", NULL, NULL);
}

static void reset(struct periph *p, enum reset_kind kind)
{
    struct dma2d *d = (struct dma2d *)p;
    (void)kind;
    stop(d);
    update(d);
}

/* The CLUTs are memory: "reset value: 0xXXXX XXXX". */
static bool keeps(struct periph *p, unsigned slot, enum reset_kind kind)
{
    (void)p;
    return slot >= R_FGCLUT && kind != RESET_POWER_ON;
}

/* clang-format off */
#define ADDRESS(reg_name) .name = reg_name, .rw = ~0u, .write = locked_write
#define OFFSET(reg_name) .name = reg_name, .rw = 0xFFFFu, .write = locked_write
#define COLOR(reg_name) .name = reg_name, .rw = 0xFFFFFFu, .write = locked_write
#define CLUT(reg_name) .name = reg_name, .rw = ~0u, .count = CLUT_ENTRIES, .stride = 4, .widths = 4, \
    .steady = true, .read = clut_read, .intercept = clut_intercept

static const struct reg regs[R_COUNT] = {
    [R_CR] = {.offset = 0x000, .name = "CR", .rw = 0x00073F42u, .w1s = CR_START | CR_ABORT, .write = cr_write},
    [R_ISR] = {.offset = 0x004, .name = "ISR", .ro = 0x3Fu},
    [R_IFCR] = {.offset = 0x008, .name = "IFCR", .wo = 0x3Fu, .write = ifcr_write},
    [R_FGMAR] = {.offset = 0x00C, ADDRESS("FGMAR")},
    [R_FGOR] = {.offset = 0x010, OFFSET("FGOR")},
    [R_BGMAR] = {.offset = 0x014, ADDRESS("BGMAR")},
    [R_BGOR] = {.offset = 0x018, OFFSET("BGOR")},
    [R_FGPFCCR] = {.offset = 0x01C, .name = "FGPFCCR", .rw = 0xFF3FFF1Fu, .w1s = PFCCR_START,
                   .unmodelled = 0x000C0000u, .write = pfccr_write},
    [R_FGCOLR] = {.offset = 0x020, COLOR("FGCOLR")},
    [R_BGPFCCR] = {.offset = 0x024, .name = "BGPFCCR", .rw = 0xFF33FF1Fu, .w1s = PFCCR_START, .write = pfccr_write},
    [R_BGCOLR] = {.offset = 0x028, COLOR("BGCOLR")},
    [R_FGCMAR] = {.offset = 0x02C, ADDRESS("FGCMAR")},
    [R_BGCMAR] = {.offset = 0x030, ADDRESS("BGCMAR")},
    [R_OPFCCR] = {.offset = 0x034, .name = "OPFCCR", .rw = 0x00300107u, .write = locked_write},
    [R_OCOLR] = {.offset = 0x038, ADDRESS("OCOLR")},
    [R_OMAR] = {.offset = 0x03C, ADDRESS("OMAR")},
    [R_OOR] = {.offset = 0x040, OFFSET("OOR")},
    [R_NLR] = {.offset = 0x044, .name = "NLR", .rw = 0x3FFFFFFFu, .write = locked_write},
    [R_LWR] = {.offset = 0x048, OFFSET("LWR")},
    [R_AMTCR] = {.offset = 0x04C, .name = "AMTCR", .rw = 0xFF01u},
    [R_FGCLUT] = {.offset = 0x400, CLUT("FGCLUT%u")},
    [R_BGCLUT] = {.offset = 0x800, CLUT("BGCLUT%u")},
};
/* clang-format on */

static const char *const irq_names[] = {"global", NULL};

const struct model dma2d_model = {
    .kind = "dma2d",
    .size = sizeof(struct dma2d),
    .regs = regs,
    .fields = dma2d_fields,
    .slot_count = R_COUNT,
    .span = 0x1000,
    .irq_names = irq_names,
    .init = init,
    .connect = connect,
    .reset = reset,
    .gated = gated,
    .keeps = keeps,
};
