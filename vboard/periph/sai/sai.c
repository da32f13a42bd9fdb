/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* SAI: registers and life (RM0399 Rev 4, 54.6). */
#include <stdio.h>

#include "vboard/periph/sai/fields.h"
#include "vboard/periph/sai/internal.h"

/* "The peripheral registers have to be accessed by words", but for DR: "whatever the access size" (54.4.9). */
#define WORD_ONLY 4u

static struct sai *sai_of(struct periph *p)
{
    return (struct sai *)p;
}

static struct sai_block *block_of(struct periph *p, unsigned slot)
{
    return &sai_of(p)->blocks[slot >= R_B];
}

/* ---- registers ---- */

/* What has happened so far has happened with the settings that were. */
static bool settle(struct periph *p, unsigned slot, uint32_t written)
{
    (void)slot;
    (void)written;
    sai_catch_up(sai_of(p));
    return false;
}

/* "Must be configured when the audio block is disabled" (54.6.2): MCKDIV, SYNCEN, CKSTR, LSBFIRST, DS, PRTCFG, MODE. */
#define CR1_PROTECTED 0x03F00FEFu
#define CR2_PROTECTED 0x50u /* MUTEVAL, TRIS */
#define ALL_PROTECTED (~0u)

static void report_changes(struct periph *p, unsigned slot, bool on, uint32_t old,
                           uint32_t settings)
{
    if (on && ((old ^ p->values[slot]) & settings) != 0) {
        periph_report(p, slot, FOUND_WHILE_ENABLED, NULL);
    }
}

static bool is_on(struct periph *p, unsigned slot)
{
    return (block_of(p, slot)->regs[B_CR1] & CR1_SAIEN) != 0;
}

static void drive_mclk(struct sai_block *b)
{
    bool on = (b->regs[B_CR1] & CR1_MCKEN) != 0;
    b->mclk->clock_uhz = on ? b->kernel->uhz / sai_divider(b) : 0;
    pinfunc_drive(b->mclk, on ? DRIVE_LOW : DRIVE_NONE, b->sai->p.chip->sched.now);
}

/* "Before setting this bit to 1, check that it is set to 0, otherwise the enable command is not taken into account." */
static void cr1_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct sai_block *b = block_of(p, slot);
    bool was_on = (old & CR1_SAIEN) != 0, on = (p->values[slot] & CR1_SAIEN) != 0;
    (void)written;
    report_changes(p, slot, was_on, old, CR1_PROTECTED);
    if (on && !was_on) {
        sai_enable(b);
    } else if (was_on && (!on || b->stopping)) {
        sai_disable(b);
    }
    drive_mclk(b);
    sai_update(sai_of(p));
}

static void cr2_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct sai_block *b = block_of(p, slot);
    report_changes(p, slot, is_on(p, slot), old, CR2_PROTECTED);
    if ((written & CR2_FFLUSH) != 0) {
        b->fifo = 0;
    }
    sai_update(sai_of(p));
}

static void settings_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)written;
    report_changes(p, slot, is_on(p, slot), old, ALL_PROTECTED);
    sai_update(sai_of(p));
}

static void im_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)slot;
    (void)old;
    (void)written;
    sai_update(sai_of(p));
}

static uint32_t sr_read(struct periph *p, unsigned slot, uint32_t value)
{
    (void)value;
    sai_catch_up(sai_of(p));
    return sai_status(block_of(p, slot));
}

static void clrfr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)old;
    block_of(p, slot)->flags &= ~written;
    sai_update(sai_of(p));
}

/* "Each read or write operation ... targets one word FIFO location" (54.4.9). */
static bool dr_write(struct periph *p, unsigned slot, uint32_t written)
{
    struct sai_block *b = block_of(p, slot);
    (void)written;
    sai_catch_up(sai_of(p));
    if (!sai_receives(b) && b->fifo < SAI_FIFO) {
        b->fifo++;
    }
    sai_update(sai_of(p));
    return true;
}

/* Nobody sends: what has been received is 0. */
static uint32_t dr_read(struct periph *p, unsigned slot, uint32_t value)
{
    struct sai_block *b = block_of(p, slot);
    (void)value;
    if (p->chip->access.master == MASTER_DEBUG) {
        return 0;
    }
    sai_catch_up(sai_of(p));
    if (sai_receives(b) && b->fifo != 0) {
        b->fifo--;
        sai_update(sai_of(p));
    }
    return 0;
}

/* ---- life ---- */

static void before_clock(void *ctx, vtime_ps now)
{
    struct sai_block *b = ctx;
    sai_catch_up(b->sai);
    ticker_sync(&b->ticks, now);
}

static void after_clock(void *ctx, vtime_ps now)
{
    struct sai_block *b = ctx;
    (void)now;
    drive_mclk(b);
    sai_update(b->sai);
}

static void gated(struct periph *p, bool on)
{
    struct sai *s = sai_of(p);
    vtime_ps now = p->chip->sched.now;
    sai_catch_up(s);
    for (unsigned i = 0; i < SAI_BLOCKS; i++) {
        struct sai_block *b = &s->blocks[i];
        if (on) {
            ticker_start(&b->ticks, now);
        } else {
            ticker_stop(&b->ticks, now);
        }
    }
    sai_update(s);
}

/* SAI4's blocks have a multiplexer each. */
static struct clock *kernel_of(struct periph *p, unsigned block)
{
    const struct kernel_clock *k = p->entry->kernel;
    return &p->chip->clocks[block == 1 && k->next != NULL ? k->next->output : k->output];
}

static int init(struct periph *p)
{
    struct sai *s = sai_of(p);
    for (unsigned i = 0; i < SAI_BLOCKS; i++) {
        struct sai_block *b = &s->blocks[i];
        b->sai = s;
        b->other = &s->blocks[1 - i];
        b->regs = &p->values[i == 0 ? R_A : R_B];
        b->kernel = kernel_of(p, i);
        ticker_init(&b->ticks, b->kernel, 1);
        event_init(&b->event, sai_block_event, b);
    }
    return 0;
}

static void connect(struct periph *p)
{
    struct sai *s = sai_of(p);
    for (unsigned i = 0; i < SAI_BLOCKS; i++) {
        struct sai_block *b = &s->blocks[i];
        char name[16];
        snprintf(name, sizeof(name), "%s_MCLK_%c", p->name, 'A' + (int)i);
        b->mclk = chip_pinfunc(p->chip, name);
        b->dma = periph_dma(p, i == 0 ? "A" : "B", p->entry->dma[0].mux);
        b->listener =
            (struct clock_listener){.before = before_clock, .after = after_clock, .ctx = b};
        clock_listen(b->kernel, &b->listener);
    }
}

static void reset(struct periph *p, enum reset_kind kind)
{
    struct sai *s = sai_of(p);
    (void)kind;
    for (unsigned i = 0; i < SAI_BLOCKS; i++) {
        sai_block_reset(&s->blocks[i]);
        drive_mclk(&s->blocks[i]);
    }
    sai_update(s);
}

static void destroy(struct periph *p)
{
    for (unsigned i = 0; i < SAI_BLOCKS; i++) {
        sched_cancel(&p->chip->sched, &sai_of(p)->blocks[i].event);
    }
}

/* clang-format off */
/* CLRFR: ST's driver clears all flags by writing all ones. */
#define REG(at, letter, block_name, ...)                                                           \
    {.offset = (at), .name = #letter block_name, .widths = WORD_ONLY, __VA_ARGS__}
#define BLOCK(first, at, letter)                                                                   \
    [(first) + B_CR1] = REG((at), letter, "CR1", .reset = 0x40u, .rw = 0x0FFB3FEFu, .steady = true, \
                            .intercept = settle, .write = cr1_write),                              \
    [(first) + B_CR2] = REG((at) + 0x04, letter, "CR2", .rw = 0xFFF7u, .wo = CR2_FFLUSH,           \
                            .intercept = settle, .write = cr2_write),                              \
    [(first) + B_FRCR] = REG((at) + 0x08, letter, "FRCR", .reset = 7u, .rw = 0x00077FFFu,          \
                             .intercept = settle, .write = settings_write),                        \
    [(first) + B_SLOTR] = REG((at) + 0x0C, letter, "SLOTR", .rw = 0xFFFF0FDFu,                     \
                              .intercept = settle, .write = settings_write),                       \
    [(first) + B_IM] = REG((at) + 0x10, letter, "IM", .rw = 0x7Fu,                                 \
                           .intercept = settle, .write = im_write),                                \
    [(first) + B_SR] = REG((at) + 0x14, letter, "SR", .reset = 8u, .ro = 0x0007007Fu,              \
                           .read = sr_read),                                                       \
    [(first) + B_CLRFR] = REG((at) + 0x18, letter, "CLRFR", .wo = 0x77u, .ignored = ~0x77u,        \
                              .intercept = settle, .write = clrfr_write),                          \
    [(first) + B_DR] = {.offset = (at) + 0x1C, .name = #letter "DR", .rw = ~0u,                    \
                        .intercept = dr_write, .read = dr_read}
#define COMMON                                                                                     \
    [R_GCR] = {.offset = 0x00, .name = "GCR", .rw = 0x33u, .widths = WORD_ONLY},                   \
    BLOCK(R_A, 0x04, A), BLOCK(R_B, 0x24, B)

static const struct reg regs[R_PDMCR] = {COMMON};
static const struct reg pdm_regs[R_COUNT] = {
    COMMON,
    [R_PDMCR] = {.offset = 0x44, .name = "PDMCR", .rw = 0x0F31u, .widths = WORD_ONLY},
    [R_PDMDLY] = {.offset = 0x48, .name = "PDMDLY", .rw = 0x77777777u, .widths = WORD_ONLY},
};
/* clang-format on */

static const char *const irq_names[] = {[SAI_IRQ_GLOBAL] = "global", NULL};

#define SAI_MODEL(table, slots)                                                                    \
    {                                                                                              \
        .kind = "sai", .size = sizeof(struct sai), .regs = (table), .fields = sai_fields,          \
        .slot_count = (slots), .span = 0x400, .irq_names = irq_names, .init = init,                \
        .connect = connect, .reset = reset, .gated = gated, .destroy = destroy                     \
    }

const struct model sai_model = SAI_MODEL(regs, R_PDMCR);
const struct model sai_pdm_model = SAI_MODEL(pdm_regs, R_COUNT);
