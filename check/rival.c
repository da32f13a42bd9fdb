/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "check/rival.h"

#include "check/chip.h"
#include "check/names.h"
#include "check/places.h"

#include <string.h>

/* The write belongs to the read if it is so near: HAL's MODIFY_REG takes a few instructions. */
#define NEAR 96u
#define PPB 0xE0000000u
#define HSEM_SIZE 0x400u
#define RLRS 0x80u
#define RLRS_END 0x100u
#define LOCK (1u << 31)
/* Asked so often, for so long, and still: it waits. */
#define MANY 1000u
#define LONG VTIME_MS(10)
#define STILL VTIME_MS(1)

/*
 * The register that switches a peripheral on and says how it works, by instance (RM0399 2.3.2, and each chapter's
 * first registers): TIM_CR1, USART_CR1, SPI_CR1, I2C_CR1, LPTIM_CR, FDCAN_CCCR, ADC_CR, DAC_CR. What both cores use
 * by design is not here: GPIO, RCC, PWR, EXTI, SYSCFG, HSEM, FLASH, DMAMUX.
 */
static const uint32_t controls[] = {
    0x40000000, 0x40000400, 0x40000800, 0x40000C00, 0x40001000, 0x40001400, 0x40001800, 0x40001C00,
    0x40002000, 0x40010000, 0x40010400, 0x40014000, 0x40014400, 0x40014800, 0x40004400, 0x40004800,
    0x40004C00, 0x40005000, 0x40007800, 0x40007C00, 0x40011000, 0x40011400, 0x58000C00, 0x40003800,
    0x40003C00, 0x40013000, 0x40013400, 0x40015000, 0x58001400, 0x40005400, 0x40005800, 0x40005C00,
    0x58001C00, 0x40002410, 0x58002410, 0x58002810, 0x58002C10, 0x58003010, 0x4000A018, 0x4000A418,
    0x40022008, 0x40022108, 0x58026008, 0x40007400,
};
#define LAST_OFFSET 0x18u /* of them: FDCAN_CCCR */
#define CONTROLS (sizeof controls / sizeof *controls)

void check_rival_begin(struct check_rival *r)
{
    memset(r, 0, sizeof *r);
}

static struct check_rival_read *read_of(struct check_rival *r, enum core core, uint32_t address)
{
    for (unsigned i = 0; i < CHECK_RIVAL_READS; i++) {
        if (r->read[core][i].address == address) {
            return &r->read[core][i];
        }
    }
    return NULL;
}

static void note_read(struct check_rival *r, const struct chip *chip, enum core core,
                      uint32_t address, uint32_t value)
{
    struct check_rival_read *read = read_of(r, core, address);
    if (read == NULL) {
        read = &r->read[core][r->next[core]++ % CHECK_RIVAL_READS];
    }
    *read = (struct check_rival_read){.pc = chip->access.pc, .address = address, .value = value};
}

/* ---- lost updates ---- */

static bool is_known(const struct check_rival *r, enum core core, uint32_t pc)
{
    for (unsigned i = 0; i < r->lost_count; i++) {
        if (r->lost[i].core == core && r->lost[i].pc == pc) {
            return true;
        }
    }
    return r->lost_count == CHECK_RIVAL_FOUND;
}

/* The core writes back what it read before the other wrote: which of the other's bits does that undo? */
static void note_lost(struct check_rival *r, struct chip *chip, enum core core,
                      const struct check_rival_read *read, uint32_t value)
{
    uint32_t lost = (read->other_value ^ read->value) & (read->other_value ^ value);
    uint32_t pc = chip->access.pc;
    lost &= check_plain_bits(read->address);
    if (!read->overtaken || pc - read->pc >= NEAR || lost == 0 || is_known(r, core, pc)) {
        return;
    }
    r->lost[r->lost_count].core = core;
    r->lost[r->lost_count].pc = pc;
    r->lost[r->lost_count].other_pc = read->other_pc;
    r->lost[r->lost_count].address = read->address;
    r->lost[r->lost_count++].lost = lost;
}

static void note_write(struct check_rival *r, struct chip *chip, enum core core, uint32_t address,
                       uint32_t value)
{
    enum core other = core == CORE_CM7 ? CORE_CM4 : CORE_CM7;
    struct check_rival_read *own = read_of(r, core, address);
    struct check_rival_read *others = read_of(r, other, address);
    if (own != NULL) {
        note_lost(r, chip, core, own, value);
        own->address = 0;
    }
    if (others != NULL) {
        others->overtaken = true;
        others->other_pc = chip->access.pc;
        others->other_value = value;
    }
}

/* ---- semaphores ---- */

/* HSEM_Rn or HSEM_RLRn has been read (RM0399 11.3): does the other core hold it? */
static void note_semaphore(struct check_rival *r, const struct chip *chip, enum core core,
                           unsigned n, uint32_t value)
{
    struct check_rival_wait *w = &r->wait[core];
    const uint32_t own = core == CORE_CM7 ? 3u : 1u; /* COREID, 11.3.2 */
    const bool others = (value & LOCK) != 0 && (value >> 8 & 15u) != own;
    if (!others || w->n != n) {
        *w = (struct check_rival_wait){.n = n, .since = chip->sched.now};
    }
    w->count += others ? 1u : 0u;
    w->pc = chip->access.pc;
    w->last = chip->sched.now;
}

static bool is_said(const struct check_odds *odds, enum core core)
{
    for (size_t i = 0; i < odds->count; i++) {
        if (odds->list[i].kind == CHECK_SEMAPHORE_HELD && odds->list[i].core == core) {
            return true;
        }
    }
    return false;
}

static void end_wait(const struct check_rival *r, const struct chip *chip, enum core core,
                     struct check_odds *odds)
{
    const struct check_rival_wait *w = &r->wait[core];
    if (w->count < MANY || w->last - w->since < LONG || chip->sched.now - w->last > STILL ||
        is_said(odds, core)) {
        return;
    }
    check_add_odd(odds, &(struct check_odd){.kind = CHECK_SEMAPHORE_HELD,
                                            .has_core = true,
                                            .core = core,
                                            .pc = w->pc,
                                            .address = HSEM + 4 * w->n,
                                            .bit = w->n,
                                            .have = core == CORE_CM7 ? CORE_CM4 : CORE_CM7});
}

/* ---- two owners ---- */

static void note_control(struct check_rival *r, const struct chip *chip, enum core core,
                         uint32_t address)
{
    if ((address & 0xFFu) > LAST_OFFSET || address == r->looked_up[core]) {
        return; /* most of what is written is none, or the same again */
    }
    r->looked_up[core] = address;
    for (unsigned i = 0; i < CONTROLS; i++) {
        if (controls[i] == address && r->control_pc[core][i] == 0) {
            r->control_pc[core][i] = chip->access.pc;
        }
    }
}

void check_rival_access(struct check_rival *r, struct chip *chip, enum core core, uint32_t address,
                        bool write, uint32_t value)
{
    if (address >= PPB || master_is_dma(chip->access.master)) {
        return;
    }
    if (address - HSEM < HSEM_SIZE) {
        if (!write && address - HSEM < RLRS_END) {
            note_semaphore(r, chip, core, (address - HSEM) % RLRS / 4, value);
        }
        return;
    }
    if (!write) {
        note_read(r, chip, core, address, value);
        return;
    }
    note_write(r, chip, core, address, value);
    note_control(r, chip, core, address);
}

void check_rival_end(const struct check_rival *r, const struct chip *chip, struct check_odds *odds)
{
    end_wait(r, chip, CORE_CM7, odds);
    end_wait(r, chip, CORE_CM4, odds);
    for (unsigned i = 0; i < r->lost_count; i++) {
        check_add_odd(odds, &(struct check_odd){.kind = CHECK_LOST_UPDATE,
                                                .has_core = true,
                                                .core = r->lost[i].core,
                                                .pc = r->lost[i].pc,
                                                .address = r->lost[i].address,
                                                .bit = r->lost[i].lost,
                                                .want = r->lost[i].other_pc});
    }
    for (unsigned i = 0; i < CONTROLS; i++) {
        if (r->control_pc[CORE_CM7][i] != 0 && r->control_pc[CORE_CM4][i] != 0) {
            check_add_odd(odds, &(struct check_odd){.kind = CHECK_TWO_OWNERS,
                                                    .has_core = true,
                                                    .core = CORE_CM4,
                                                    .pc = r->control_pc[CORE_CM4][i],
                                                    .address = controls[i],
                                                    .want = r->control_pc[CORE_CM7][i]});
        }
    }
}
