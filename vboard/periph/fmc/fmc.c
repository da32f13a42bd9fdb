/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The registers (RM0399 23.7.6, 23.8.7, 23.9.5), and its life. */
#include "vboard/periph/fmc/internal.h"

#define BCR_RW 0x000FFB7Fu
#define BCR1_ONLY 0x83300000u       /* FMCEN, BMAP, WFDIS, CCLKEN: don't care in the others */
#define SDCR2_READ_ONLY 0x00007C00u /* RPIPE, RBURST, SDCLK: SDCR1's count for both */
#define SDRTR_CRE 1u

/* ---- registers ---- */

static void bank_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)written;
    if (p->values[slot] != old) {
        banks_settle((struct fmc *)p);
    }
}

static void bcr1_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    if ((p->values[slot] >> BCR_BMAP_POS & 3u) == 3) {
        periph_unmodelled(p, slot, 3u << BCR_BMAP_POS);
    }
    bank_write(p, slot, old, written);
}

/* "If SDCLK is disabled the SDRAM must be re-initialized." */
static void sdcr1_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct fmc *f = (struct fmc *)p;
    if ((p->values[slot] & SDCR_SDCLK) == 0) {
        sdram_stop(f);
    }
    bank_write(p, slot, old, written);
}

static void sdcmr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)slot;
    (void)old;
    (void)written;
    sdram_command((struct fmc *)p);
    banks_settle((struct fmc *)p);
}

static uint32_t sdsr_read(struct periph *p, unsigned slot, uint32_t value)
{
    const struct fmc *f = (const struct fmc *)p;
    (void)slot;
    (void)value;
    return (uint32_t)f->sdram[0].mode << 1 | (uint32_t)f->sdram[1].mode << 3;
}

static const struct reg regs[R_COUNT] = {
    [R_BCR1] = {.offset = 0x00,
                .name = "BCR1",
                .reset = 0x30DB,
                .rw = BCR_RW | BCR1_ONLY,
                .write = bcr1_write},
    [R_BCR2] = {.offset = 0x08,
                .name = "BCR%u",
                .first = 2,
                .count = 3,
                .stride = 8,
                .reset = 0x30D2,
                .rw = BCR_RW,
                .ignored = BCR1_ONLY, /* HAL writes WFDIS and CCLKEN into each */
                .write = bank_write},
    [R_BTR] = {.offset = 0x04,
               .name = "BTR%u",
               .first = 1,
               .count = 4,
               .stride = 8,
               .reset = 0x0FFFFFFF,
               .rw = 0x3FFFFFFF},
    [R_PCR] = {.offset = 0x80,
               .name = "PCR",
               .reset = 0x18,
               .rw = 0x000FFE76,
               .unmodelled = 0x40,
               .write = bank_write},
    [R_SR] = {.offset = 0x84,
              .name = "SR",
              .reset = 0x40,
              .rw = 0x3F,
              .ro = 0x40,
              .unmodelled = 0x38,
              .steady = true},
    [R_PMEM] = {.offset = 0x88, .name = "PMEM", .reset = 0xFCFCFCFC, .rw = ~0u},
    [R_PATT] = {.offset = 0x8C, .name = "PATT", .reset = 0xFCFCFCFC, .rw = ~0u},
    [R_ECCR] = {.offset = 0x94, .name = "ECCR", .ro = ~0u, .steady = true},
    [R_BWTR] = {.offset = 0x104,
                .name = "BWTR%u",
                .first = 1,
                .count = 4,
                .stride = 8,
                .reset = 0x0FFFFFFF,
                .rw = 0x300FFFFF},
    [R_SDCR1] =
        {.offset = 0x140, .name = "SDCR1", .reset = 0x2D0, .rw = 0x7FFF, .write = sdcr1_write},
    [R_SDCR2] = {.offset = 0x144,
                 .name = "SDCR2",
                 .reset = 0x2D0,
                 .rw = 0x7FFF & ~SDCR2_READ_ONLY,
                 .ro = SDCR2_READ_ONLY,
                 .write = bank_write},
    [R_SDTR1] = {.offset = 0x148, .name = "SDTR1", .reset = 0x0FFFFFFF, .rw = 0x0FFFFFFF},
    [R_SDTR2] = {.offset = 0x14C, .name = "SDTR2", .reset = 0x0FFFFFFF, .rw = 0x0FFFFFFF},
    [R_SDCMR] = {.offset = 0x150, .name = "SDCMR", .rw = 0x007FFFFF, .write = sdcmr_write},
    [R_SDRTR] =
        {.offset = 0x154, .name = "SDRTR", .rw = 0x7FFE, .wo = SDRTR_CRE, .write = bank_write},
    [R_SDSR] = {.offset = 0x158, .name = "SDSR", .ro = 0x1F, .steady = true, .read = sdsr_read},
};

/* ---- life ---- */

static void after_clock(void *ctx, vtime_ps now)
{
    (void)now;
    banks_settle(ctx);
}

static void gated(struct periph *p, bool on)
{
    (void)on;
    banks_settle((struct fmc *)p);
}

static int init(struct periph *p)
{
    (void)p;
    return 0;
}

static void connect(struct periph *p)
{
    struct fmc *f = (struct fmc *)p;
    f->kernel = &p->chip->clocks[p->entry->kernel->output];
    f->listener = (struct clock_listener){.after = after_clock, .ctx = f};
    clock_listen(f->kernel, &f->listener);
    banks_connect(f);
}

/* What SDRAM held is still there: nobody knows for how long it goes without refresh. */
static void reset(struct periph *p, enum reset_kind kind)
{
    struct fmc *f = (struct fmc *)p;
    sdram_stop(f);
    f->sdram[0].told_refresh = f->sdram[1].told_refresh = false;
    if (kind == RESET_POWER_ON) {
        external_power_on(p->chip);
    }
    if (f->kernel != NULL) {
        banks_settle(f);
    }
}

static void destroy(struct periph *p)
{
    (void)p;
}

static const char *const irq_names[] = {[FMC_IRQ_GLOBAL] = "global", NULL};

const struct model fmc_model = {
    .kind = "fmc",
    .size = sizeof(struct fmc),
    .regs = regs,
    .fields = fmc_fields,
    .slot_count = R_COUNT,
    .span = 0x1000,
    .irq_names = irq_names,
    .init = init,
    .connect = connect,
    .reset = reset,
    .gated = gated,
    .destroy = destroy,
};
