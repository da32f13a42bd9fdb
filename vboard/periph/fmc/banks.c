/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Which bank lies where (RM0399 23.6, Table 158), and what comes of an access to it (23.5). */
#include "vboard/periph/fmc/internal.h"

#define QUADRANT 0x10000000u
#define SLOTS_A_QUADRANT 4u

enum bank_kind { BANK_STATIC, BANK_SDRAM, BANK_NAND, BANK_NONE };

struct bank {
    enum bank_kind kind;
    unsigned number; /* from 0 */
    uint32_t offset; /* of the access */
    struct external_memory *memory;
};

/* Table 158: what a quadrant of 256 MB is, by BMAP; 3 is reserved, and taken as 0. */
static struct bank quadrant_of(const struct fmc *f, uint32_t address)
{
    static const struct bank normal = {BANK_STATIC, 0, 0, NULL};
    static const struct bank first = {BANK_SDRAM, 0, 0, NULL};
    static const struct bank second = {BANK_SDRAM, 1, 0, NULL};
    uint32_t bmap = f->p.values[R_BCR1] >> BCR_BMAP_POS & 3u;
    switch (address / QUADRANT) {
    case 0x6:
        return bmap == 1 ? first : normal;
    case 0x7:
        return bmap == 1 || bmap == 2 ? second : first;
    case 0x8:
        return (struct bank){BANK_NAND, 0, 0, NULL};
    case 0xC:
        return bmap == 1 ? normal : first;
    case 0xD:
        return second;
    default:
        return (struct bank){BANK_NONE, 0, 0, NULL};
    }
}

static struct bank bank_of(const struct fmc *f, uint32_t address)
{
    struct bank b = quadrant_of(f, address);
    b.offset = address % QUADRANT;
    if (b.kind == BANK_STATIC) { /* ADDR[27:26] select the bank (Table 159) */
        b.number = b.offset / EXTERNAL_SLOT_SIZE;
        b.offset %= EXTERNAL_SLOT_SIZE;
        b.memory = external_at(f->p.chip, (enum external_place)(EXTERNAL_NE1 + b.number));
    } else if (b.kind == BANK_SDRAM) {
        b.memory = external_at(f->p.chip, (enum external_place)(EXTERNAL_SDRAM_BANK_1 + b.number));
    }
    return b;
}

/* ---- as set up, and as it is ---- */

static uint32_t bcr_of(const struct fmc *f, const struct bank *b)
{
    return f->p.values[R_BCR1 + b->number];
}

static struct fmc_lines static_lines(uint32_t bcr)
{
    static const uint8_t widths[4] = {8, 16, 32, 0};
    return (struct fmc_lines){.width = widths[bcr >> BCR_MWID_POS & 3u], .banks = 1};
}

static struct fmc_lines memory_lines(const struct external_memory *m)
{
    const struct external_part *p = &m->part;
    return (struct fmc_lines){p->width, p->columns, p->rows, p->banks};
}

/* A board's file may leave out what it does not know: then whatever is set up is right. */
static bool is_matched(const struct fmc *f, const struct bank *b)
{
    if (b->kind == BANK_STATIC) {
        uint32_t bcr = bcr_of(f, b);
        uint8_t width = b->memory->part.width;
        return (width == 0 || static_lines(bcr).width == width) && (bcr & BCR_MUXEN) == 0;
    }
    struct fmc_lines set = sdram_lines(f, b->number);
    struct fmc_lines have = memory_lines(b->memory);
    return have.columns == 0 || (set.width == have.width && set.columns == have.columns &&
                                 set.rows == have.rows && set.banks == have.banks);
}

static bool is_nor(const struct bank *b)
{
    return b->memory != NULL && b->memory->part.kind == EXTERNAL_NOR;
}

/* ---- refused ---- */

static bool is_clocked(const struct fmc *f)
{
    return f->p.gate == NULL || f->p.gate->any;
}

/* What makes an access a bus error; FOUND_CODE_COUNT: nothing. */
static enum finding_code error_of_static(const struct fmc *f, const struct bank *b, bool write)
{
    uint32_t bcr = bcr_of(f, b);
    bool nor = (bcr >> BCR_MTYP_POS & 3u) == MTYP_NOR;
    return (bcr & BCR_MBKEN) == 0           ? FOUND_BANK_OFF
           : nor && (bcr & BCR_FACCEN) == 0 ? FOUND_NOR_OFF
           : write && (bcr & BCR_WREN) == 0 ? FOUND_BANK_PROTECTED
                                            : FOUND_CODE_COUNT;
}

static enum finding_code error_of_sdram(const struct fmc *f, const struct bank *b, bool write)
{
    struct fmc_lines set = sdram_lines(f, b->number);
    return !sdram_is_ready(f, b->number)                                ? FOUND_SDRAM_NOT_READY
           : b->offset >= sdram_size(&set)                              ? FOUND_MEMORY_RANGE
           : write && (f->p.values[R_SDCR1 + b->number] & SDCR_WP) != 0 ? FOUND_BANK_PROTECTED
                                                                        : FOUND_CODE_COUNT;
}

static enum finding_code error_of(const struct fmc *f, const struct bank *b, bool write)
{
    if (b->kind == BANK_NONE) {
        return FOUND_NO_BANK;
    }
    if (f->kernel->uhz == 0) {
        return FOUND_KERNEL_STOPPED;
    }
    if ((f->p.values[R_BCR1] & BCR_FMCEN) == 0) {
        return FOUND_FMC_OFF;
    }
    if (b->kind == BANK_NAND) {
        return (f->p.values[R_PCR] & PCR_PBKEN) == 0 ? FOUND_BANK_OFF : FOUND_CODE_COUNT;
    }
    return b->kind == BANK_STATIC ? error_of_static(f, b, write) : error_of_sdram(f, b, write);
}

/* ---- open ---- */

/* It answers by itself, with no more to be said. */
static bool is_plain(const struct fmc *f, const struct bank *b)
{
    if (b->memory == NULL || !is_clocked(f) || error_of(f, b, false) != FOUND_CODE_COUNT ||
        !is_matched(f, b)) {
        return false;
    }
    const struct fmc_sdram *s = &f->sdram[b->number % FMC_SDRAM_BANKS];
    return b->kind == BANK_STATIC ||
           (s->mode == SDRAM_NORMAL &&
            (s->told_refresh || (f->p.values[R_SDRTR] & SDRTR_COUNT) != 0));
}

static void settle(struct fmc *f, unsigned slot, uint32_t address)
{
    struct chip *c = f->p.chip;
    struct bank b = bank_of(f, address);
    if (!is_plain(f, &b) || b.offset >= b.memory->part.size) {
        external_close(c, slot);
        return;
    }
    uint32_t left = b.memory->part.size - b.offset;
    bool writable = !is_nor(&b) && error_of(f, &b, true) == FOUND_CODE_COUNT;
    external_open(c, slot, b.memory, b.offset,
                  left < EXTERNAL_SLOT_SIZE ? left : EXTERNAL_SLOT_SIZE, writable);
}

void banks_settle(struct fmc *f)
{
    for (unsigned slot = 0; slot < EXTERNAL_SLOTS; slot++) {
        uint32_t address = (slot < 16 ? 0x60000000u : 0x80000000u) + slot * EXTERNAL_SLOT_SIZE;
        if (address / QUADRANT != EXTERNAL_QUADSPI / QUADRANT) {
            settle(f, slot, address);
        }
    }
}

/* ---- asked ---- */

static unsigned missing_step(const struct fmc *f, unsigned bank)
{
    unsigned step = 0;
    while (step < 3 && (f->sdram[bank].steps >> step & 1u) != 0) {
        step++;
    }
    return step;
}

/* An access to a bank in Self-refresh or Power-down mode wakes it (23.9.4). */
static void touch_sdram(struct fmc *f, const struct bank *b)
{
    struct fmc_sdram *s = &f->sdram[b->number];
    s->mode = SDRAM_NORMAL;
    if ((f->p.values[R_SDRTR] & SDRTR_COUNT) == 0 && !s->told_refresh) {
        s->told_refresh = true;
        external_tell(f->p.chip, FOUND_SDRAM_NO_REFRESH, NULL);
    }
}

/* False: refused, or nothing that a memory says. */
static bool admits(struct fmc *f, struct bank *b, bool write)
{
    struct chip *c = f->p.chip;
    if (!is_clocked(f)) {
        external_tell(c, FOUND_MEMORY_UNCLOCKED,
                      &(struct finding_data){.enr = f->p.gate->enr, .enr_bit = f->p.gate->bit});
        return false;
    }
    enum finding_code error = error_of(f, b, write);
    if (error != FOUND_CODE_COUNT) {
        external_refuse(c, error,
                        &(struct finding_data){.subject = error == FOUND_SDRAM_NOT_READY
                                                              ? missing_step(f, b->number)
                                                              : 0});
        return false;
    }
    if (b->kind == BANK_SDRAM) {
        touch_sdram(f, b);
        banks_settle(f);
    }
    return true;
}

/* "The address actually issued to the memory varies according to the memory data width" (23.6.1). False: no such line. */
static bool static_cell(uint32_t bcr, const struct external_part *have, uint32_t offset,
                        uint32_t *cell)
{
    uint32_t set = static_lines(bcr).width / 8u;
    uint32_t wired = have->width != 0 ? have->width / 8u : set;
    if (set == 0 || (bcr & BCR_MUXEN) != 0 || offset % set >= wired) {
        return false;
    }
    *cell = (offset / set * wired + offset % set) & (have->size - 1);
    return true;
}

/* Of a memory that is smaller than its bank, or is set up as another one: which byte is it? False: none. */
static bool cell_of(const struct fmc *f, const struct bank *b, uint32_t offset, uint32_t *cell)
{
    const struct external_part *part = &b->memory->part;
    if (b->kind == BANK_STATIC) {
        return static_cell(bcr_of(f, b), part, offset, cell);
    }
    if (is_matched(f, b)) {
        *cell = offset & (part->size - 1);
        return true;
    }
    const struct fmc_lines set = sdram_lines(f, b->number), have = memory_lines(b->memory);
    return sdram_cell(&set, &have, offset, cell);
}

static void tell_mismatch(struct fmc *f, const struct bank *b)
{
    if (!is_matched(f, b)) {
        external_tell(f->p.chip, FOUND_MEMORY_MISMATCH, NULL);
    }
}

static uint64_t bank_read(void *ctx, uint32_t address, unsigned size)
{
    struct fmc *f = ctx;
    struct bank b = bank_of(f, address);
    uint64_t value = 0;
    if (!admits(f, &b, false)) {
        return 0;
    }
    if (b.memory == NULL) {
        return external_unknown(f->p.chip, FOUND_NO_MEMORY, size);
    }
    tell_mismatch(f, &b);
    for (unsigned i = 0; i < size; i++) {
        uint32_t cell = 0;
        if (cell_of(f, &b, b.offset + i, &cell)) {
            value |= (uint64_t)*external_bytes(b.memory, cell, 1) << (8 * i);
        }
    }
    return value;
}

static void bank_write(void *ctx, uint32_t address, unsigned size, uint64_t value)
{
    struct fmc *f = ctx;
    struct bank b = bank_of(f, address);
    if (!admits(f, &b, true)) {
        return;
    }
    if (b.memory == NULL || is_nor(&b)) {
        external_tell(f->p.chip, b.memory == NULL ? FOUND_NO_MEMORY : FOUND_MEMORY_COMMAND, NULL);
        return;
    }
    tell_mismatch(f, &b);
    for (unsigned i = 0; i < size; i++) {
        uint32_t cell = 0;
        if (cell_of(f, &b, b.offset + i, &cell)) {
            *external_bytes(b.memory, cell, 1) = (uint8_t)(value >> (8 * i));
        }
    }
    chip_code_changed(f->p.chip, address, size);
}

void banks_connect(struct fmc *f)
{
    f->p.chip->external.fmc = (struct external_controller){bank_read, bank_write, f};
}
