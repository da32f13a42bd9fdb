/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/periph/fdcan/ccu.h"

#include "vboard/chip/chip.h"
#include "vboard/periph/fdcan/internal.h"

enum { R_CCU_CREL, R_CCU_CCFG, R_CCU_CSTAT, R_CCU_CWD, R_CCU_IR, R_CCU_IE, R_CCU_COUNT };

#define CCFG_BCC (1u << 6)
#define CCFG_CDIV (0xFu << 16)
#define CCFG_SWR (1u << 31)

/* "Possible only when FDCAN control bits CCCR.CCE = 1 and CCCR.INIT = 1", of FDCAN1 (59.7.2). */
static bool is_protected(struct periph *p, unsigned slot, uint32_t written)
{
    const struct periph *fdcan1 = chip_periph(p->chip, "FDCAN1");
    (void)written;
    if (fdcan1 != NULL && (~fdcan1->values[R_CCCR] & (CCCR_INIT | CCCR_CCE)) == 0) {
        return false;
    }
    periph_report(p, slot, FOUND_FDCAN_PROTECTED, NULL);
    return true;
}

static void ccfg_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)old;
    (void)written;
    uint32_t value = p->values[slot] & ~CCFG_SWR; /* the reset of the idle state machine is over */
    p->values[slot] = value;
    uint32_t left_out = ((value & CCFG_BCC) == 0 ? CCFG_BCC : 0) | (value & CCFG_CDIV);
    if (left_out != 0) { /* calibration is what BCC = 0 asks for */
        periph_unmodelled(p, slot, (value & CCFG_CDIV) != 0 ? left_out | CCFG_CDIV : left_out);
    }
}

static const struct reg regs[R_CCU_COUNT] = {
    [R_CCU_CREL] = {.offset = 0x00, .name = "CREL", .reset = 0x11141218, .ro = 0xFFFFFFFF},
    [R_CCU_CCFG] = {.offset = 0x04,
                    .name = "CCFG",
                    .reset = 0x00000004,
                    .rw = 0x800FFFDF,
                    .intercept = is_protected,
                    .write = ccfg_write},
    [R_CCU_CSTAT] = {.offset = 0x08,
                     .name = "CSTAT",
                     .reset = 0x0203FFFF,
                     .ro = 0xDFFFFFFF,
                     .unmodelled = 0xDFFFFFFF},
    [R_CCU_CWD] = {.offset = 0x0C,
                   .name = "CWD",
                   .rw = 0x0000FFFF,
                   .ro = 0xFFFF0000,
                   .intercept = is_protected},
    [R_CCU_IR] = {.offset = 0x10, .name = "IR", .w1c = 0x3, .unmodelled = 0x3},
    [R_CCU_IE] = {.offset = 0x14, .name = "IE", .rw = 0x3},
};

const struct model fdcan_ccu_model = {
    .kind = "fdcan_ccu",
    .size = sizeof(struct periph),
    .regs = regs,
    .fields = fdcan_ccu_fields,
    .slot_count = R_CCU_COUNT,
    .span = 0x400,
};
