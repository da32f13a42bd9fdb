/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* FLASH: the register map (RM0399 Rev 4, 4.9, Table 27), locks, interrupts and wait states. */
#include "vboard/periph/flash/internal.h"

#include <string.h>

#define KEY1 0x45670123u
#define KEY2 0xCDEF89ABu

static const struct reg regs[R_COUNT];

static struct flash *find(struct chip *c)
{
    return (struct flash *)chip_periph(c, "FLASH");
}

void flash_irq_update(struct flash *f)
{
    bool level = false;
    for (unsigned i = 0; i < BANK_COUNT; i++) {
        struct bank *b = &f->bank[i];
        level = level || (*bank_reg(b, B_SR) & *bank_reg(b, B_CR) & SR_FLAGS) != 0;
    }
    level = level ||
            (f->base.values[R_OPTCR] & f->base.values[R_OPTSR_CUR] & OPTCR_OPTCHANGEERRIE) != 0;
    irq_set(&f->base.irq[FLASH_IRQ_GLOBAL], level);
}

static struct bank *bank_of(struct periph *p, unsigned slot)
{
    return &flash_of(p)->bank[slot >= R_BANK2];
}

/* ---- wait states (Table 16) ---- */

/* Highest AXI clock in MHz for 0 to 4 wait states in VOS0 .. VOS3. */
static const uint16_t max_mhz[4][5] = {{70, 140, 210, 225, 240},
                                       {70, 140, 210, 225, 225},
                                       {55, 110, 165, 225, 225},
                                       {45, 90, 135, 180, 225}};

static unsigned states_needed(uint64_t axi_hz, unsigned vos)
{
    unsigned states = 0;
    /* 1 % of grace: sources are off by as much, firmware reckons with nominal ones. */
    while (states < 4 && axi_hz > max_mhz[vos][states] * UINT64_C(1010000)) {
        states++;
    }
    return states;
}

static void check_wait_states(struct flash *f)
{
    struct chip *c = f->base.chip;
    unsigned vos = c->power.vos;
    unsigned latency = f->base.values[R_ACR] & 0xFu;
    uint64_t axi_hz = clock_hz(&c->clocks[CLK_AXI]);
    unsigned needed = states_needed(axi_hz, vos);
    if (latency < needed) {
        periph_report(&f->base, R_ACR, FOUND_LATENCY_TOO_LOW,
                      &(struct finding_data){.khz = (uint32_t)(axi_hz / 1000),
                                             .vos = (uint8_t)vos,
                                             .have = latency,
                                             .need = needed});
    }
}

/* Highest AXI clock in MHz for WRHIGHFREQ 0 and 1 in VOS0 .. VOS3. */
static const uint16_t delay_max_mhz[4][2] = {{70, 185}, {70, 185}, {55, 165}, {45, 135}};

void flash_check_delay(struct flash *f)
{
    struct chip *c = f->base.chip;
    unsigned vos = c->power.vos;
    unsigned delay = f->base.values[R_ACR] >> 4 & 3u;
    uint64_t axi_hz = clock_hz(&c->clocks[CLK_AXI]);
    if (delay < 2 && axi_hz > delay_max_mhz[vos][delay] * UINT64_C(1010000)) {
        periph_report(&f->base, R_ACR, FOUND_WRHIGHFREQ_TOO_LOW,
                      &(struct finding_data){
                          .khz = (uint32_t)(axi_hz / 1000), .vos = (uint8_t)vos, .have = delay});
    }
}

/* The AXI clock or VCORE's range has changed: are the wait states still enough (Table 16)? */
static void limits_changed(void *ctx, vtime_ps now)
{
    (void)now;
    check_wait_states(ctx);
}

static void acr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)slot;
    (void)old;
    (void)written;
    check_wait_states(flash_of(p));
}

/* ---- registers of a bank ---- */

/* Two keys in order, 32 bits wide; anything else locks until reset, with a bus error (4.5.1). */
static void keyr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct bank *b = bank_of(p, slot);
    uint32_t *cr = bank_reg(b, B_CR);
    bool whole = p->chip->access.lanes == ~0u;
    (void)old;
    if (whole && b->key == KEY_NONE && (*cr & CR_LOCK) != 0 && written == KEY1) {
        b->key = KEY_FIRST;
    } else if (whole && b->key == KEY_FIRST && written == KEY2) {
        b->key = KEY_NONE;
        *cr &= ~CR_LOCK;
    } else {
        b->key = KEY_SPOILT;
        *cr |= CR_LOCK;
        p->chip->access.bus_fault = true;
        periph_report(p, slot, FOUND_FLASH_WRONG_KEY, NULL);
    }
}

static bool cr_intercept(struct periph *p, unsigned slot, uint32_t written)
{
    uint32_t value = p->values[slot];
    if ((value & CR_LOCK) == 0) {
        return false;
    }
    if (((written ^ value) & regs[slot].rw & p->chip->access.lanes) != 0) {
        periph_report(p, slot, FOUND_FLASH_LOCKED, NULL);
    }
    return true;
}

static void cr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct bank *b = bank_of(p, slot);
    uint32_t cr = p->values[slot];
    (void)old;
    (void)written;
    p->values[slot] &= ~(CR_START | CR_FW);
    if ((cr & CR_PG) == 0) {
        flash_bank_drop_buffer(b); /* "stored in the buffer but not sent: lost" */
    }
    if ((cr & CR_FW) != 0) {
        flash_bank_force(b);
    }
    if ((cr & CR_START) != 0) {
        flash_bank_erase(b, cr);
    }
    flash_irq_update(flash_of(p));
}

static uint32_t sr_read(struct periph *p, unsigned slot, uint32_t value)
{
    const struct bank *b = bank_of(p, slot);
    bool options = slot < R_BANK2 && event_queued(&flash_of(p)->options_done);
    value |= b->filled != 0 ? SR_WBNE : 0;
    return value | (b->queued != 0 || options ? SR_BSY | SR_QW : 0);
}

static void ccr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct bank *b = bank_of(p, slot);
    (void)old;
    *bank_reg(b, B_SR) &= ~(written & SR_FLAGS);
    if ((*bank_reg(b, B_SR) & (SR_SNECCERR | SR_DBECCERR)) == 0) {
        *bank_reg(b, B_ECC_FA) = 0;
    }
    flash_irq_update(flash_of(p));
}

#define CRCCR_START (1u << 16)

static void crccr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)old;
    (void)written;
    p->values[slot] &= ~CRCCR_START; /* no CRC unit: over at once */
}

/* ---- the second mapping of the common registers ---- */

static uint32_t mirror_read(struct periph *p, unsigned slot, uint32_t value)
{
    const struct reg *r = &regs[slot - R_MIRROR];
    (void)value;
    uint32_t stored = p->values[slot - R_MIRROR] & ~r->wo;
    return r->read != NULL ? r->read(p, slot - R_MIRROR, stored) : stored;
}

static bool mirror_intercept(struct periph *p, unsigned slot, uint32_t written)
{
    const struct reg *r = &regs[slot - R_MIRROR];
    uint32_t lanes = p->chip->access.lanes;
    if (lanes == ~0u) {
        periph_write(p, r->offset, 4, written);
        return true;
    }
    for (unsigned byte = 0; byte < 4; byte++) {
        if ((lanes >> (8 * byte) & 1u) != 0) {
            periph_write(p, r->offset + byte, 1, written >> (8 * byte) & 0xFFu);
        }
    }
    return true;
}

/* ---- the map ---- */

#define REG(slot, at, reg_name, ...) [slot] = {.offset = (at), .name = (reg_name), __VA_ARGS__}

#define COMMON(slot, at, reg_name, first, can_rw, can_ro, can_wo, can_w1s, left_out, ...)          \
    REG(slot, at, reg_name, .reset = (first), .rw = (can_rw), .ro = (can_ro), .wo = (can_wo),      \
        .w1s = (can_w1s), .unmodelled = (left_out), __VA_ARGS__),                                  \
        REG(R_MIRROR + (slot), (at) + 0x100, reg_name, .reset = (first), .rw = (can_rw),           \
            .ro = (can_ro), .wo = (can_wo), .w1s = (can_w1s), .unmodelled = (left_out),            \
            .read = mirror_read, .intercept = mirror_intercept)

#define CURRENT(slot, at, reg_name, first, bits)                                                   \
    REG(slot, at, reg_name, .reset = (first), .ro = (bits), .read = flash_current_read)
#define WANTED(slot, at, reg_name, first, bits, left_out)                                          \
    REG(slot, at, reg_name, .reset = (first), .rw = (bits), .unmodelled = (left_out),              \
        .intercept = flash_prg_intercept)

#define AREA 0x8FFF0FFFu

#define BANK(first, base, n, cr_bits, cr_left_out)                                                 \
    REG((first) + B_KEYR, (base) + 0x04, "KEYR" n, .wo = ~0u, .write = keyr_write),                \
        REG((first) + B_CR, (base) + 0x0C, "CR" n, .reset = 0x00000031, .rw = (cr_bits),           \
            .w1s = CR_LOCK, .unmodelled = (cr_left_out), .write = cr_write,                        \
            .intercept = cr_intercept),                                                            \
        REG((first) + B_SR, (base) + 0x10, "SR" n, .ro = 0x1FEF000F, .unmodelled = 0x19800008,     \
            .steady = true, .read = sr_read),                                                      \
        REG((first) + B_CCR, (base) + 0x14, "CCR" n, .wo = SR_FLAGS, .write = ccr_write),          \
        CURRENT((first) + B_PRAR_CUR, (base) + 0x28, "PRAR_CUR" n, 0xFF, AREA),                    \
        WANTED((first) + B_PRAR_PRG, (base) + 0x2C, "PRAR_PRG" n, 0xFF, AREA, AREA),               \
        CURRENT((first) + B_SCAR_CUR, (base) + 0x30, "SCAR_CUR" n, 0xFF, AREA),                    \
        WANTED((first) + B_SCAR_PRG, (base) + 0x34, "SCAR_PRG" n, 0xFF, AREA, AREA),               \
        CURRENT((first) + B_WPSN_CUR, (base) + 0x38, "WPSN_CUR" n "R", 0xFF, 0xFFu),               \
        WANTED((first) + B_WPSN_PRG, (base) + 0x3C, "WPSN_PRG" n "R", 0xFF, 0xFFu, 0),             \
        REG((first) + B_CRCCR, (base) + 0x50, "CRCCR" n, .reset = 0x001C0000, .rw = 0x00310107,    \
            .wo = 0x00420600, .unmodelled = 0x00730707, .write = crccr_write),                     \
        REG((first) + B_CRCSADD, (base) + 0x54, "CRCSADD" n "R", .rw = 0x000FFFFC,                 \
            .unmodelled = 0x000FFFFC),                                                             \
        REG((first) + B_CRCEADD, (base) + 0x58, "CRCEADD" n "R", .rw = 0x000FFFFC,                 \
            .unmodelled = 0x000FFFFC),                                                             \
        REG((first) + B_ECC_FA, (base) + 0x60, "ECC_FA" n "R", .ro = 0x00007FFF)

static const struct reg regs[R_COUNT] = {
    COMMON(R_ACR, 0x00, "ACR", 0x00000037, 0x3F, 0, 0, 0, 0, .write = acr_write),
    COMMON(R_OPTKEYR, 0x08, "OPTKEYR", 0, 0, 0, ~0u, 0, 0, .write = flash_optkeyr_write),
    COMMON(R_OPTCR, 0x18, "OPTCR", 0x00000001, OPTCR_OPTCHANGEERRIE, 0x80000000,
           OPTCR_MER | OPTCR_OPTSTART, OPTCR_OPTLOCK, 0x80000000,
           .intercept = flash_optcr_intercept, .write = flash_optcr_write),
    COMMON(R_OPTSR_CUR, 0x1C, "OPTSR_CUR", 0x17C6AAF0, 0, 0xE3FEFFFD, 0, 0, 0x40000000,
           .read = flash_current_read),
    COMMON(R_OPTSR_PRG, 0x20, "OPTSR_PRG", 0x17C6AAF0, 0xA3FEFFFC, 0, 0, 0, 0xA32600CC,
           .intercept = flash_prg_intercept),
    COMMON(R_OPTCCR, 0x24, "OPTCCR", 0, 0, 0, 0x40000000, 0, 0, .write = flash_optccr_write),
    COMMON(R_BOOT7_CURR, 0x40, "BOOT7_CURR", 0x1FF00800, 0, ~0u, 0, 0, 0,
           .read = flash_current_read),
    COMMON(R_BOOT7_PRGR, 0x44, "BOOT7_PRGR", 0x1FF00800, ~0u, 0, 0, 0, 0,
           .intercept = flash_prg_intercept),
    COMMON(R_BOOT4_CURR, 0x48, "BOOT4_CURR", 0x10000810, 0, ~0u, 0, 0, 0,
           .read = flash_current_read),
    COMMON(R_BOOT4_PRGR, 0x4C, "BOOT4_PRGR", 0x10000810, ~0u, 0, 0, 0, 0,
           .intercept = flash_prg_intercept),
    COMMON(R_CRCDATAR, 0x5C, "CRCDATAR", 0, 0, ~0u, 0, 0, ~0u, .read = NULL),
    BANK(R_BANK1, 0x000, "1", 0x1FEF87FE, 0x8000),
    BANK(R_BANK2, 0x100, "2", 0x1FEFC7FE, 0xC000),
};

/* ---- life ---- */

static int init(struct periph *p)
{
    struct flash *f = flash_of(p);
    flash_options_init(f);
    for (unsigned i = 0; i < BANK_COUNT; i++) {
        if (flash_bank_init(&f->bank[i], f, i) != 0) {
            return -1;
        }
    }
    return 0;
}

static void connect(struct periph *p)
{
    struct flash *f = flash_of(p);
    f->axi.after = limits_changed;
    f->axi.ctx = f;
    clock_listen(&p->chip->clocks[CLK_AXI], &f->axi);
    f->power = (struct power_listener){.selected = limits_changed, .ctx = f};
    power_listen(&p->chip->power, &f->power);
}

static void reset(struct periph *p, enum reset_kind kind)
{
    struct flash *f = flash_of(p);
    (void)kind;
    for (unsigned i = 0; i < BANK_COUNT; i++) {
        flash_bank_reset(&f->bank[i]);
    }
    p->values[R_OPTSR_CUR] = 0; /* only OPTCHANGEERR is kept here */
    flash_options_reset(f);
    flash_irq_update(f);
}

static void destroy(struct periph *p)
{
    struct flash *f = flash_of(p);
    for (unsigned i = 0; i < BANK_COUNT; i++) {
        flash_bank_destroy(&f->bank[i]);
    }
    sched_cancel(&p->chip->sched, &f->options_done);
}

static const char *const irq_names[] = {"FLASH", NULL};

const struct model flash_model = {
    .kind = "flash",
    .size = sizeof(struct flash),
    .regs = regs,
    .fields = flash_fields,
    .slot_count = R_COUNT,
    .span = 0x400,
    .irq_names = irq_names,
    .init = init,
    .connect = connect,
    .reset = reset,
    .destroy = destroy,
};

/* ---- for others ---- */

static struct bank *bank_at(struct flash *f, uint32_t address)
{
    if (f == NULL || address - FLASH_BASE_ADDRESS >= BANK_COUNT * FLASH_BANK_SIZE) {
        return NULL;
    }
    return &f->bank[(address - FLASH_BASE_ADDRESS) / FLASH_BANK_SIZE];
}

int flash_load(struct chip *c, uint32_t address, const void *bytes, size_t length)
{
    struct flash *f = find(c);
    uint32_t offset = address - FLASH_BASE_ADDRESS;
    const uint32_t size = BANK_COUNT * FLASH_BANK_SIZE;
    if (f == NULL || offset > size || length > size - offset) {
        return -1;
    }
    const uint8_t *from = bytes;
    for (size_t i = 0; i < length; i++) {
        uint32_t at = offset + (uint32_t)i;
        struct bank *b = &f->bank[at / FLASH_BANK_SIZE];
        b->bytes[at % FLASH_BANK_SIZE] = from[i];
        if (b->ecc[at % FLASH_BANK_SIZE / FLASH_WORD_SIZE] != FLASH_ECC_GOOD) {
            flash_bank_mark(b, at % FLASH_BANK_SIZE / FLASH_WORD_SIZE, FLASH_ECC_GOOD);
        }
    }
    chip_code_changed(c, address, (uint32_t)length);
    return 0;
}

void flash_export(struct chip *c, uint8_t *bytes, uint8_t *ecc, struct option_bytes *options)
{
    const struct flash *f = find(c);
    for (unsigned i = 0; i < BANK_COUNT; i++) {
        memcpy(bytes + i * FLASH_BANK_SIZE, f->bank[i].bytes, FLASH_BANK_SIZE);
        memcpy(ecc + i * BANK_WORDS, f->bank[i].ecc, BANK_WORDS);
    }
    *options = c->options;
}

void flash_import(struct chip *c, const uint8_t *bytes, const uint8_t *ecc,
                  const struct option_bytes *options)
{
    struct flash *f = find(c);
    for (unsigned i = 0; i < BANK_COUNT; i++) {
        memcpy(f->bank[i].bytes, bytes + i * FLASH_BANK_SIZE, FLASH_BANK_SIZE);
        for (uint32_t word = 0; word < BANK_WORDS; word++) {
            flash_bank_mark(&f->bank[i], word, (enum flash_ecc)ecc[i * BANK_WORDS + word]);
        }
    }
    c->options = *options;
    chip_code_changed(c, FLASH_BASE_ADDRESS, BANK_COUNT * FLASH_BANK_SIZE);
}

void flash_next_torn(struct chip *c, enum flash_torn outcome)
{
    struct flash *f = find(c);
    for (unsigned i = 0; f != NULL && i < BANK_COUNT; i++) {
        f->bank[i].next_torn = (int)outcome;
    }
}

vtime_ps flash_busy_until(struct chip *c, uint32_t address)
{
    const struct bank *b = bank_at(find(c), address);
    return b != NULL && event_queued(&b->done) ? b->done.at : 0;
}

void flash_set_ecc(struct chip *c, uint32_t address, enum flash_ecc state)
{
    struct bank *b = bank_at(find(c), address);
    if (b != NULL) {
        flash_bank_mark(b, address % FLASH_BANK_SIZE / FLASH_WORD_SIZE, state);
    }
}
