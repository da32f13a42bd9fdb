/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* 16-bit encodings, in the order of DDI 0403 A5.2. */
#include "check/flow_decode.h"

static struct flow_insn empty(enum flow_op op)
{
    return (struct flow_insn){.op = op,
                              .length = 2,
                              .condition = FLOW_ALWAYS,
                              .rd = FLOW_NO_REG,
                              .rn = FLOW_NO_REG,
                              .rm = FLOW_NO_REG,
                              .ra = FLOW_NO_REG};
}

static struct flow_insn alu(enum flow_alu what, unsigned rd, unsigned rn)
{
    struct flow_insn i = empty(FLOW_ALU);
    i.alu = what;
    i.rd = (uint8_t)rd;
    i.rn = (uint8_t)rn;
    i.sets_flags = i.narrow_flags = true;
    return i;
}

static struct flow_insn alu_imm(enum flow_alu what, unsigned rd, unsigned rn, uint32_t imm)
{
    struct flow_insn i = alu(what, rd, rn);
    i.has_imm = true;
    i.imm = imm;
    return i;
}

static struct flow_insn alu_reg(enum flow_alu what, unsigned rd, unsigned rn, unsigned rm)
{
    struct flow_insn i = alu(what, rd, rn);
    i.rm = (uint8_t)rm;
    return i;
}

/* A5.2.1: shift (immediate), add, subtract, move and compare. */
static struct flow_insn shift_add(uint16_t w)
{
    unsigned low = flow_field(w, 2, 0), next = flow_field(w, 5, 3), third = flow_field(w, 8, 6);
    if (w < 0x1800u) {
        struct flow_insn i = alu_reg(FLOW_MOV, low, FLOW_NO_REG, next);
        i.shift_type = (enum flow_shift)(w >> 11);
        i.shift = flow_field(w, 10, 6);
        if (i.shift == 0 && i.shift_type != FLOW_LSL) {
            i.shift = 32; /* A7.4.2 DecodeImmShift */
        }
        return i;
    }
    if (w < 0x2000u) {
        enum flow_alu what = (w & 0x200u) != 0 ? FLOW_SUB : FLOW_ADD;
        return (w & 0x400u) != 0 ? alu_imm(what, low, next, third)
                                 : alu_reg(what, low, next, third);
    }
    unsigned rd = flow_field(w, 10, 8);
    switch (w >> 11 & 3u) {
    case 0:
        return alu_imm(FLOW_MOV, rd, FLOW_NO_REG, w & 0xFFu);
    case 1: {
        struct flow_insn i = alu_imm(FLOW_SUB, FLOW_NO_REG, rd, w & 0xFFu);
        i.narrow_flags = false;
        return i;
    }
    case 2:
        return alu_imm(FLOW_ADD, rd, rd, w & 0xFFu);
    default:
        return alu_imm(FLOW_SUB, rd, rd, w & 0xFFu);
    }
}

/* TST, CMP, CMN set the flags in IT blocks, too. */
static struct flow_insn compare(enum flow_alu what, unsigned rn, unsigned rm)
{
    struct flow_insn i = alu_reg(what, FLOW_NO_REG, rn, rm);
    i.narrow_flags = false;
    return i;
}

static struct flow_insn shift_by_reg(enum flow_shift type, unsigned rd, unsigned rm)
{
    struct flow_insn i = alu_reg(FLOW_MOV, rd, rd, rm);
    i.op = FLOW_SHIFT;
    i.shift_type = type;
    return i;
}

/* A5.2.2. */
static struct flow_insn data_processing(uint16_t w)
{
    unsigned rd = flow_field(w, 2, 0), rm = flow_field(w, 5, 3);
    switch (flow_field(w, 9, 6)) {
    case 0:
        return alu_reg(FLOW_AND, rd, rd, rm);
    case 1:
        return alu_reg(FLOW_EOR, rd, rd, rm);
    case 2:
        return shift_by_reg(FLOW_LSL, rd, rm);
    case 3:
        return shift_by_reg(FLOW_LSR, rd, rm);
    case 4:
        return shift_by_reg(FLOW_ASR, rd, rm);
    case 5:
        return alu_reg(FLOW_ADC, rd, rd, rm);
    case 6:
        return alu_reg(FLOW_SBC, rd, rd, rm);
    case 7:
        return shift_by_reg(FLOW_ROR, rd, rm);
    case 8:
        return compare(FLOW_AND, rd, rm);
    case 9:
        return alu_imm(FLOW_RSB, rd, rm, 0);
    case 10:
        return compare(FLOW_SUB, rd, rm);
    case 11:
        return compare(FLOW_ADD, rd, rm);
    case 12:
        return alu_reg(FLOW_ORR, rd, rd, rm);
    case 13: {
        struct flow_insn i = alu_reg(FLOW_MOV, rd, rm, rd);
        i.op = FLOW_MULTIPLY;
        return i;
    }
    case 14:
        return alu_reg(FLOW_BIC, rd, rd, rm);
    default:
        return alu_reg(FLOW_MVN, rd, FLOW_NO_REG, rm);
    }
}

/* A5.2.3: high registers, branch and exchange. */
static struct flow_insn special(uint16_t w)
{
    unsigned rd = (w & 7u) | (w >> 4 & 8u), rm = flow_field(w, 6, 3);
    struct flow_insn i;
    switch (w >> 8 & 3u) {
    case 0:
        i = alu_reg(FLOW_ADD, rd, rd, rm);
        i.sets_flags = false;
        if (rd == FLOW_PC) { /* a computed jump */
            i = empty(FLOW_BRANCH_REG);
        }
        return i;
    case 1:
        return compare(FLOW_SUB, rd, rm);
    case 2:
        i = alu_reg(FLOW_MOV, rd, FLOW_NO_REG, rm);
        i.sets_flags = false;
        if (rd == FLOW_PC) {
            i = empty(FLOW_BRANCH_REG);
            i.rm = (uint8_t)rm;
        }
        return i;
    default:
        i = empty((w & 0x80u) != 0 ? FLOW_CALL_REG : FLOW_BRANCH_REG);
        i.rm = (uint8_t)rm;
        return i;
    }
}

static struct flow_insn single(bool load, unsigned size, unsigned rd, unsigned rn)
{
    struct flow_insn i = empty(FLOW_SINGLE);
    i.load = load;
    i.size = (uint8_t)size;
    i.rd = (uint8_t)rd;
    i.rn = (uint8_t)rn;
    i.pre = true;
    i.has_imm = true;
    return i;
}

/* A5.2.4. */
static struct flow_insn memory(uint16_t w)
{
    static const uint8_t sizes[8] = {4, 2, 1, 1, 4, 2, 1, 2};
    unsigned rd = flow_field(w, 2, 0), rn = flow_field(w, 5, 3), imm5 = flow_field(w, 10, 6);
    struct flow_insn i;
    if (w < 0x6000u) {
        unsigned kind = w >> 9 & 7u;
        i = single(kind >= 3, sizes[kind], rd, rn);
        i.negate = kind == 3 || kind == 7;
        i.rm = flow_field(w, 8, 6);
        i.has_imm = false;
        return i;
    }
    bool load = (w & 0x800u) != 0;
    if (w >= 0x9000u) {
        i = single(load, 4, flow_field(w, 10, 8), FLOW_SP);
        i.imm = (w & 0xFFu) * 4u;
        return i;
    }
    i = single(load, w < 0x7000u ? 4 : w < 0x8000u ? 1 : 2, rd, rn);
    i.imm = imm5 * (uint32_t)i.size;
    return i;
}

static struct flow_insn extend(uint32_t w)
{
    struct flow_insn i = empty(FLOW_EXTEND);
    i.rd = flow_field(w, 2, 0);
    i.rm = flow_field(w, 5, 3);
    i.width = (w & 0x40u) != 0 ? 8 : 16;
    i.negate = (w & 0x80u) == 0;
    return i;
}

static struct flow_insn multiple(bool load, bool is_stack, unsigned rn, unsigned list)
{
    struct flow_insn i = empty(FLOW_MULTIPLE);
    i.load = load;
    i.rn = (uint8_t)rn;
    i.list = (uint16_t)list;
    i.pre = is_stack && !load; /* decrement before */
    i.writeback = !load || is_stack || (list >> rn & 1u) == 0;
    return list == 0 ? empty(FLOW_UNDEFINED) : i;
}

/* A5.2.5. */
static struct flow_insn miscellaneous(uint32_t w, uint32_t pc)
{
    struct flow_insn i = empty(FLOW_NOTHING);
    switch (w >> 8 & 15u) {
    case 0: /* ADD, SUB SP */
        i = alu_imm((w & 0x80u) != 0 ? FLOW_SUB : FLOW_ADD, FLOW_SP, FLOW_SP, (w & 0x7Fu) * 4u);
        i.sets_flags = false;
        return i;
    case 1:
    case 3:
    case 9:
    case 11:
        i.op = FLOW_BRANCH_ZERO;
        i.rn = flow_field(w, 2, 0);
        i.negate = (w & 0x800u) != 0;
        i.imm = pc + 4u + (w >> 3 & 0x40u) + (w >> 2 & 0x3Eu);
        return i;
    case 2:
        return extend(w);
    case 4:
    case 5:
        return multiple(false, true, FLOW_SP, (w & 0xFFu) | (w << 6 & 0x4000u));
    case 6: /* CPS */
        return (w & 0xE0u) == 0x60u ? i : empty(FLOW_UNDEFINED);
    case 10: /* REV, REV16, REVSH */
        i.op = (w & 0xC0u) == 0x80u ? FLOW_UNDEFINED : FLOW_CLOBBER;
        i.list = (uint16_t)(1u << (w & 7u));
        return i;
    case 12:
    case 13:
        return multiple(true, true, FLOW_SP, (w & 0xFFu) | (w << 7 & 0x8000u));
    case 14: /* BKPT: a debugger goes on behind it */
        return i;
    case 15:
        i.op = (w & 15u) != 0 ? FLOW_IF_THEN : FLOW_NOTHING;
        i.imm = w & 0xFFu;
        return i;
    default:
        return empty(FLOW_UNDEFINED);
    }
}

static struct flow_insn branch(uint16_t w, uint32_t pc)
{
    struct flow_insn i = empty(FLOW_BRANCH);
    if (w >= 0xE000u) {
        i.imm = pc + 4u + (((w & 0x7FFu) ^ 0x400u) - 0x400u) * 2u;
        return i;
    }
    i.condition = flow_field(w, 11, 8);
    if (i.condition >= 14) {
        return empty(i.condition == 14 ? FLOW_UNDEFINED : FLOW_SUPERVISOR_CALL);
    }
    i.imm = pc + 4u + (((w & 0xFFu) ^ 0x80u) - 0x80u) * 2u;
    return i;
}

struct flow_insn flow_decode_narrow(uint16_t w, uint32_t pc)
{
    struct flow_insn i;
    switch (w >> 12) {
    case 0:
    case 1:
    case 2:
    case 3:
        return shift_add(w);
    case 4:
        if ((w & 0x800u) != 0) { /* LDR literal */
            i = single(true, 4, flow_field(w, 10, 8), FLOW_PC);
            i.imm = (w & 0xFFu) * 4u;
            return i;
        }
        return (w & 0x400u) != 0 ? special(w) : data_processing(w);
    case 10: /* ADR, ADD rd, SP, #imm */
        i = alu_imm(FLOW_ADD, flow_field(w, 10, 8), (w & 0x800u) != 0 ? FLOW_SP : FLOW_PC,
                    (w & 0xFFu) * 4u);
        i.sets_flags = false;
        return i;
    case 11:
        return miscellaneous(w, pc);
    case 12:
        return multiple((w & 0x800u) != 0, false, flow_field(w, 10, 8), w & 0xFFu);
    case 13:
    case 14:
        return branch(w, pc);
    default:
        return memory(w);
    }
}
