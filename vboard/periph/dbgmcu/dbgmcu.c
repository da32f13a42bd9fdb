/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/periph/dbgmcu/dbgmcu.h"

#include <string.h>

#include "vboard/chip/chip.h"

enum {
    R_IDC,
    R_CR,
    R_APB3FZ1,
    R_APB3FZ2,
    R_APB1LFZ1,
    R_APB1LFZ2,
    R_APB1HFZ1,
    R_APB1HFZ2,
    R_APB2FZ1,
    R_APB2FZ2,
    R_APB4FZ1,
    R_APB4FZ2,
    R_COUNT
};

/* Revision V of the STM32H745/755 (63.5.8). */
#define IDCODE_DEFAULT 0x20036450u
#define CR_DBGSTOP_D1 (1u << 1)
#define CR_DBGSTOP_D2 (1u << 4)

static uint32_t idc_read(struct periph *p, unsigned slot, uint32_t value)
{
    (void)slot;
    (void)value;
    return p->chip->params.idcode != 0 ? p->chip->params.idcode : IDCODE_DEFAULT;
}

static void cr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    uint32_t cr = p->values[slot];
    (void)old;
    (void)written;
    chip_debug_clocks(p->chip, (cr & CR_DBGSTOP_D1) != 0, (cr & CR_DBGSTOP_D2) != 0);
}

static void freeze_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    unsigned at = slot - R_APB3FZ1; /* a pair of registers a bus, in the order of enum debug_bus */
    (void)old;
    (void)written;
    chip_debug_freeze(p->chip, (enum debug_bus)(at / CORE_COUNT), (enum core)(at % CORE_COUNT),
                      p->values[slot]);
}

#define FREEZE(slot, at, reg_name, bits, left_out)                                                 \
    [slot] = {.offset = (at),                                                                      \
              .name = (reg_name),                                                                  \
              .rw = (bits),                                                                        \
              .unmodelled = (left_out),                                                            \
              .write = freeze_write}

/* APB1HFZ1/2 are missing from Table 642, yet ST's device header has them, with DBG_FDCAN. */
static const struct reg regs[R_COUNT] = {
    [R_IDC] = {.offset = 0x00,
               .name = "IDC",
               .reset = IDCODE_DEFAULT,
               .ro = 0xFFFF0FFF,
               .read = idc_read},
    [R_CR] = {.offset = 0x04,
              .name = "CR",
              .rw = 0x1070003F,
              .unmodelled = 0x10100024,
              .write = cr_write},
    FREEZE(R_APB3FZ1, 0x34, "APB3FZ1", 0x00000040, 0),
    FREEZE(R_APB3FZ2, 0x38, "APB3FZ2", 0x00000040, 0),
    FREEZE(R_APB1LFZ1, 0x3C, "APB1LFZ1", 0x00E00BFF, 0x000001FF),
    FREEZE(R_APB1LFZ2, 0x40, "APB1LFZ2", 0x00E00BFF, 0x000001FF),
    FREEZE(R_APB1HFZ1, 0x44, "APB1HFZ1", 0x00000100, 0x00000100),
    FREEZE(R_APB1HFZ2, 0x48, "APB1HFZ2", 0x00000100, 0x00000100),
    FREEZE(R_APB2FZ1, 0x4C, "APB2FZ1", 0x20070003, 0x00070000),
    FREEZE(R_APB2FZ2, 0x50, "APB2FZ2", 0x20070003, 0x00070000),
    FREEZE(R_APB4FZ1, 0x54, "APB4FZ1", 0x000D1E80, 0),
    FREEZE(R_APB4FZ2, 0x58, "APB4FZ2", 0x000D1E80, 0),
};

/* "Not reset by a system reset, only by a power on reset". */
static bool keeps(struct periph *p, unsigned slot, enum reset_kind kind)
{
    (void)p;
    (void)slot;
    return kind != RESET_POWER_ON;
}

/* Nobody is told: everything else is reset as well. */
static void reset(struct periph *p, enum reset_kind kind)
{
    if (kind == RESET_POWER_ON) {
        memset(p->chip->debug.freeze, 0, sizeof(p->chip->debug.freeze));
        memset(p->chip->debug.clocks_run_on, 0, sizeof(p->chip->debug.clocks_run_on));
    }
}

const struct model dbgmcu_model = {
    .kind = "dbgmcu",
    .size = sizeof(struct periph),
    .regs = regs,
    .fields = dbgmcu_fields,
    .slot_count = R_COUNT,
    .span = 0x400,
    .reset = reset,
    .keeps = keeps,
};
