/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* LTDC: registers, shadows, interrupts (RM0399 Rev 4, 33.4, 33.5, 33.7). */
#include "vboard/periph/ltdc/internal.h"

#include <string.h>

#define CDSR_RESET 0xFu

static bool is_on(const struct ltdc *l)
{
    return (l->p.values[R_GCR] & GCR_LTDCEN) != 0;
}

static uint64_t pixel_at(const struct ltdc *l, vtime_ps now)
{
    return ticker_count(&l->pixels, now);
}

/* ---- flags: what has happened up to now ---- */

static void reload(struct ltdc *l)
{
    memcpy(&l->p.values[R_LAYER], &l->shadow[R_LAYER], (R_CLUTWR - R_LAYER) * sizeof(l->shadow[0]));
}

static void catch_up(struct ltdc *l, vtime_ps now)
{
    uint64_t pixel = pixel_at(l, now);
    if (!is_on(l) || pixel < l->seen) {
        return;
    }
    if (ltdc_line_start(l, l->seen, ltdc_v(l, R_LIPCR)) <= pixel) {
        l->p.values[R_ISR] |= ISR_LIF;
    }
    if ((l->p.values[R_SRCR] & SRCR_VBR) != 0 &&
        ltdc_line_start(l, l->seen, ltdc_blanking_line(l)) <= pixel) {
        l->p.values[R_SRCR] &= ~SRCR_VBR;
        l->p.values[R_ISR] |= ISR_RRIF;
        reload(l);
    }
    l->seen = pixel + 1;
}

static void update(struct ltdc *l)
{
    uint32_t asking = l->p.values[R_ISR] & l->p.values[R_IER];
    irq_set(&l->p.irq[LTDC_IRQ_GLOBAL], (asking & (ISR_LIF | ISR_RRIF)) != 0);
    wire_set(l->line, (l->p.values[R_ISR] & ISR_LIF) != 0, l->p.chip->sched.now);
    irq_set(&l->p.irq[LTDC_IRQ_ERROR], (asking & (ISR_FUIF | ISR_TERRIF)) != 0);
}

/* ---- the next interrupt, if one is enabled and not up already ---- */

static vtime_ps when(const struct ltdc *l, bool wanted, uint32_t line)
{
    uint64_t start = wanted ? ltdc_line_start(l, l->seen, line) : UINT64_MAX;
    return start == UINT64_MAX ? VTIME_NEVER : ticker_when(&l->pixels, start);
}

static void schedule(struct ltdc *l)
{
    uint32_t asked = l->p.values[R_IER] | (l->line->wanted != 0 ? ISR_LIF : 0);
    uint32_t coming = asked & ~l->p.values[R_ISR];
    bool reloads = (coming & ISR_RRIF) != 0 && (l->p.values[R_SRCR] & SRCR_VBR) != 0;
    vtime_ps line = when(l, is_on(l) && (coming & ISR_LIF) != 0, ltdc_v(l, R_LIPCR));
    vtime_ps blanking = when(l, is_on(l) && reloads, ltdc_blanking_line(l));
    vtime_ps next = line < blanking ? line : blanking;
    if (next == VTIME_NEVER) {
        sched_cancel(&l->p.chip->sched, &l->event);
    } else {
        sched_at(&l->p.chip->sched, &l->event, next);
    }
}

static void refresh(struct ltdc *l)
{
    l->p.chip->ltdc_frame_pixels = is_on(l) ? ltdc_frame_pixels(l) : 0;
    update(l);
    schedule(l);
}

static void reached(void *ctx, vtime_ps now)
{
    struct ltdc *l = ctx;
    catch_up(l, now);
    refresh(l);
}

/* ---- registers ---- */

/* What was written counts from now on: the past is that of the old value. */
static struct ltdc *settle(struct periph *p, unsigned slot, uint32_t old)
{
    struct ltdc *l = (struct ltdc *)p;
    uint32_t value = p->values[slot];
    p->values[slot] = old;
    catch_up(l, p->chip->sched.now);
    p->values[slot] = value;
    return l;
}

static void timing_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)written;
    refresh(settle(p, slot, old));
}

static void run_pixels(struct ltdc *l)
{
    const struct gate *gate = l->p.gate;
    if (is_on(l) && (gate == NULL || gate->any)) {
        ticker_start(&l->pixels, l->p.chip->sched.now);
    } else {
        ticker_stop(&l->pixels, l->p.chip->sched.now);
    }
}

/* "When the LTDC is enabled, the timings generated start with X/Y = 0/0" (33.4.1). */
static void gcr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct ltdc *l = settle(p, slot, old);
    (void)written;
    if (((old ^ p->values[slot]) & GCR_LTDCEN) != 0) {
        ticker_set(&l->pixels, 0, p->chip->sched.now);
        l->seen = 0;
        run_pixels(l);
        catch_up(l, p->chip->sched.now);
    }
    refresh(l);
}

/* IMR reloads at once; RRIF is VBR's alone (33.7.9). */
static void srcr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    uint32_t asked = written & (SRCR_IMR | SRCR_VBR);
    p->values[slot] = old;
    struct ltdc *l = settle(p, slot, old);
    if ((asked & SRCR_IMR) != 0) {
        reload(l);
    }
    p->values[slot] |= asked & SRCR_VBR;
    refresh(l);
}

static uint32_t flags_read(struct periph *p, unsigned slot, uint32_t value)
{
    (void)value;
    catch_up((struct ltdc *)p, p->chip->sched.now);
    return p->values[slot];
}

static void icr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct ltdc *l = (struct ltdc *)p;
    (void)slot;
    (void)old;
    catch_up(l, p->chip->sched.now);
    p->values[R_ISR] &= ~written;
    refresh(l);
}

/* Disabled it is "held [at] the last pixel before the vertical synchronization phase" (33.4.1). */
static struct ltdc_place place_now(const struct ltdc *l)
{
    if (!is_on(l)) {
        return (struct ltdc_place){.x = ltdc_h(l, R_TWCR), .y = ltdc_v(l, R_TWCR)};
    }
    return ltdc_place(l, pixel_at(l, l->p.chip->sched.now));
}

static uint32_t cpsr_read(struct periph *p, unsigned slot, uint32_t value)
{
    struct ltdc_place place = place_now((struct ltdc *)p);
    (void)slot;
    (void)value;
    return place.x << 16 | place.y;
}

static uint32_t cdsr_read(struct periph *p, unsigned slot, uint32_t value)
{
    const struct ltdc *l = (struct ltdc *)p;
    (void)slot;
    (void)value;
    return is_on(l) ? ltdc_phases(l, place_now(l)) : CDSR_RESET;
}

/* "Reading from the shadow registers returns the actual active value" (33.4.1). */
static void layer_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct ltdc *l = settle(p, slot, old);
    (void)written;
    l->shadow[slot] = p->values[slot];
    p->values[slot] = old;
}

static void clutwr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)old;
    ((struct ltdc *)p)->clut[slot - R_CLUTWR][written >> 24] = written & 0xFFFFFFu;
}

/* ---- clock, life ---- */

static void before_clock(void *ctx, vtime_ps now)
{
    struct ltdc *l = ctx;
    catch_up(l, now);
    ticker_sync(&l->pixels, now);
}

static void after_clock(void *ctx, vtime_ps now)
{
    (void)now;
    refresh(ctx);
}

static void gated(struct periph *p, bool on)
{
    struct ltdc *l = (struct ltdc *)p;
    (void)on;
    catch_up(l, p->chip->sched.now);
    run_pixels(l);
    refresh(l);
}

static void line_wanted(void *ctx, vtime_ps now)
{
    reached(ctx, now);
}

static int init(struct periph *p)
{
    struct ltdc *l = (struct ltdc *)p;
    ticker_init(&l->pixels, &p->chip->clocks[CLK_PLL3R], 1);
    event_init(&l->event, reached, l);
    return 0;
}

static void connect(struct periph *p)
{
    struct ltdc *l = (struct ltdc *)p;
    l->listener = (struct clock_listener){.before = before_clock, .after = after_clock, .ctx = l};
    clock_listen(&p->chip->clocks[CLK_PLL3R], &l->listener);
    l->line = chip_wire_source(p->chip, "LTDC_LI", line_wanted, l);
    p->chip->screen =
        (struct chip_screen){.size = ltdc_picture_size, .draw = ltdc_picture_draw, .ctx = l};
}

static void reset(struct periph *p, enum reset_kind kind)
{
    struct ltdc *l = (struct ltdc *)p;
    (void)kind;
    memcpy(l->shadow, p->values, sizeof(l->shadow));
    ticker_set(&l->pixels, 0, p->chip->sched.now);
    l->seen = 0;
    run_pixels(l);
    refresh(l);
}

/* clang-format off */
#define TIMING(reg_name, bits) .name = reg_name, .rw = (bits), .write = timing_write
#define LAYER(slot, at, reg_name, bits) \
    [slot] = {.offset = (at), .name = "L%u" reg_name, .first = 1, .count = LAYERS, .stride = 0x80, .rw = (bits), \
              .read = flags_read, .write = layer_write

static const struct reg regs[R_COUNT] = {
    [R_SSCR] = {.offset = 0x008, TIMING("SSCR", 0x0FFF07FFu)},
    [R_BPCR] = {.offset = 0x00C, TIMING("BPCR", 0x0FFF07FFu)},
    [R_AWCR] = {.offset = 0x010, TIMING("AWCR", 0x0FFF07FFu)},
    [R_TWCR] = {.offset = 0x014, TIMING("TWCR", 0x0FFF07FFu)},
    [R_GCR] = {.offset = 0x018, .name = "GCR", .reset = 0x2220, .rw = 0xF0010001u, .ro = 0x7770u, .write = gcr_write},
    [R_SRCR] = {.offset = 0x024, .name = "SRCR", .w1s = SRCR_IMR | SRCR_VBR, .read = flags_read, .write = srcr_write},
    [R_BCCR] = {.offset = 0x02C, .name = "BCCR", .rw = 0xFFFFFFu},
    [R_IER] = {.offset = 0x034, .name = "IER", .rw = 0xF, .write = timing_write},
    [R_ISR] = {.offset = 0x038, .name = "ISR", .ro = 0xF, .unmodelled = ISR_TERRIF | ISR_FUIF, .read = flags_read},
    [R_ICR] = {.offset = 0x03C, .name = "ICR", .wo = 0xF, .write = icr_write},
    [R_LIPCR] = {.offset = 0x040, TIMING("LIPCR", 0x7FFu)},
    [R_CPSR] = {.offset = 0x044, .name = "CPSR", .ro = ~0u, .read = cpsr_read},
    [R_CDSR] = {.offset = 0x048, .name = "CDSR", .reset = CDSR_RESET, .ro = 0xF, .read = cdsr_read},
    LAYER(R_CR, 0x084, "CR", 0x13u)},
    LAYER(R_WHPCR, 0x088, "WHPCR", 0x0FFF0FFFu)},
    LAYER(R_WVPCR, 0x08C, "WVPCR", 0x07FF07FFu)},
    LAYER(R_CKCR, 0x090, "CKCR", 0xFFFFFFu)},
    LAYER(R_PFCR, 0x094, "PFCR", 7u)},
    LAYER(R_CACR, 0x098, "CACR", 0xFFu), .reset = 0xFF},
    LAYER(R_DCCR, 0x09C, "DCCR", ~0u)},
    LAYER(R_BFCR, 0x0A0, "BFCR", 0x707u), .reset = 0x607},
    LAYER(R_CFBAR, 0x0AC, "CFBAR", ~0u)},
    LAYER(R_CFBLR, 0x0B0, "CFBLR", 0x1FFF1FFFu)},
    LAYER(R_CFBLNR, 0x0B4, "CFBLNR", 0x7FFu)},
    [R_CLUTWR] = {.offset = 0x0C4, .name = "L%uCLUTWR", .first = 1, .count = LAYERS, .stride = 0x80, .wo = ~0u,
                  .write = clutwr_write},
};
/* clang-format on */

static const char *const irq_names[] = {"global", "error", NULL};

const struct model ltdc_model = {
    .kind = "ltdc",
    .size = sizeof(struct ltdc),
    .regs = regs,
    .fields = ltdc_fields,
    .slot_count = R_COUNT,
    .span = 0x1000,
    .irq_names = irq_names,
    .init = init,
    .connect = connect,
    .reset = reset,
    .gated = gated,
};
