/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* 32-bit encodings that compute and branch (DDI 0403 A5.3.1 to A5.3.4 and A5.3.11 to A5.3.17). */
#include "check/flow_decode.h"

static struct flow_insn empty(enum flow_op op)
{
    return (struct flow_insn){.op = op,
                              .length = 4,
                              .condition = FLOW_ALWAYS,
                              .rd = FLOW_NO_REG,
                              .rn = FLOW_NO_REG,
                              .rm = FLOW_NO_REG,
                              .ra = FLOW_NO_REG};
}

static struct flow_insn clobber(unsigned rd)
{
    struct flow_insn i = empty(FLOW_CLOBBER);
    i.list = (uint16_t)(1u << rd);
    return i;
}

uint32_t flow_expand_immediate(uint16_t first, uint16_t second)
{
    uint32_t imm12 = (first & 0x400u) << 1 | (second >> 4 & 0x700u) | (second & 0xFFu);
    uint32_t byte = imm12 & 0xFFu;
    if (imm12 >= 0x400u) {
        uint32_t turn = imm12 >> 7; /* 8..31 */
        byte |= 0x80u;
        return byte >> turn | byte << (32u - turn);
    }
    switch (imm12 >> 8) {
    case 0:
        return byte;
    case 1:
        return byte << 16 | byte;
    case 2:
        return byte << 24 | byte << 8;
    default:
        return byte * 0x01010101u;
    }
}

/* What A5.3.1 and A5.3.11 have in common: bits 8..5 say what; PC as rd or rn means another instruction. */
static struct flow_insn alu(uint16_t first, uint16_t second)
{
    static const int8_t table[16] = {FLOW_AND, FLOW_BIC, FLOW_ORR, FLOW_ORN, FLOW_EOR, -1,
                                     -1,       -1,       FLOW_ADD, -1,       FLOW_ADC, FLOW_SBC,
                                     -1,       FLOW_SUB, FLOW_RSB, -1};
    struct flow_insn i = empty(FLOW_ALU);
    int8_t what = table[first >> 5 & 15u];
    if (what < 0) {
        return empty(FLOW_UNDEFINED);
    }
    i.alu = (enum flow_alu)what;
    i.rn = first & 15u;
    i.rd = second >> 8 & 15u;
    i.sets_flags = (first & 0x10u) != 0;
    bool compares = what == FLOW_AND || what == FLOW_EOR || what == FLOW_ADD || what == FLOW_SUB;
    if (i.rd == FLOW_PC && i.sets_flags && compares) {
        i.rd = FLOW_NO_REG;
    }
    if (i.rn == FLOW_PC && (what == FLOW_ORR || what == FLOW_ORN)) {
        i.alu = what == FLOW_ORR ? FLOW_MOV : FLOW_MVN;
        i.rn = FLOW_NO_REG;
    }
    return i.rd == FLOW_PC ? empty(FLOW_UNDEFINED) : i;
}

static struct flow_insn alu_modified_imm(uint16_t first, uint16_t second)
{
    struct flow_insn i = alu(first, second);
    i.has_imm = true;
    i.imm = flow_expand_immediate(first, second);
    return i;
}

static struct flow_insn alu_shifted(uint16_t first, uint16_t second)
{
    unsigned rd = second >> 8 & 15u;
    if ((first >> 5 & 15u) == 6) { /* PKHBT, PKHTB */
        return rd >= FLOW_SP ? empty(FLOW_UNDEFINED) : clobber(rd);
    }
    struct flow_insn i = alu(first, second);
    i.rm = second & 15u;
    i.shift_type = (enum flow_shift)(second >> 4 & 3u);
    i.shift = (uint8_t)((second >> 10 & 0x1Cu) | (second >> 6 & 3u));
    if (i.shift == 0 && i.shift_type != FLOW_LSL) { /* A7.4.2 */
        i.shift = i.shift_type == FLOW_ROR ? 1 : 32;
        i.shift_type = i.shift_type == FLOW_ROR ? FLOW_RRX : i.shift_type;
    }
    return i;
}

static struct flow_insn bit_field(uint16_t first, uint16_t second, bool inserts, bool is_signed)
{
    struct flow_insn i = empty(inserts ? FLOW_INSERT : FLOW_EXTRACT);
    i.rd = second >> 8 & 15u;
    i.rn = first & 15u;
    i.lsb = (uint8_t)((second >> 10 & 0x1Cu) | (second >> 6 & 3u));
    unsigned last = second & 31u;
    i.width = (uint8_t)(inserts ? last + 1u - i.lsb : last + 1u);
    i.negate = is_signed;
    if (inserts && i.rn == FLOW_PC) {
        i.rn = FLOW_NO_REG; /* BFC */
    }
    if ((inserts && last < i.lsb) || (!inserts && i.lsb + i.width > 32)) {
        return clobber(i.rd); /* UNPREDICTABLE */
    }
    return i;
}

/* A5.3.3. */
static struct flow_insn plain_imm(uint16_t first, uint16_t second)
{
    struct flow_insn i = empty(FLOW_ALU);
    uint32_t imm12 = (first & 0x400u) << 1 | (second >> 4 & 0x700u) | (second & 0xFFu);
    i.rd = second >> 8 & 15u;
    i.rn = first & 15u;
    i.has_imm = true;
    i.imm = imm12;
    switch (flow_field(first, 8, 4)) {
    case 0x00: /* ADDW, ADR */
        i.alu = FLOW_ADD;
        return i;
    case 0x0A: /* SUBW, ADR */
        i.alu = FLOW_SUB;
        return i;
    case 0x04:
    case 0x0C: /* MOVW, MOVT */
        i.op = (first & 0x80u) != 0 ? FLOW_MOVT : FLOW_ALU;
        i.alu = FLOW_MOV;
        i.imm = (first & 15u) << 12 | imm12;
        i.rn = FLOW_NO_REG;
        return i;
    case 0x14:
        return bit_field(first, second, false, true);
    case 0x16:
        return bit_field(first, second, true, false);
    case 0x1C:
        return bit_field(first, second, false, false);
    case 0x10:
    case 0x12:
    case 0x18:
    case 0x1A: /* SSAT, USAT */
        return clobber(i.rd);
    default:
        return empty(FLOW_UNDEFINED);
    }
}

/* A5.3.4 without the branches. */
static struct flow_insn system(uint16_t first, uint16_t second)
{
    if ((first & 0xFFE0u) == 0xF3E0u) { /* MRS */
        return clobber(second >> 8 & 15u);
    }
    if ((first & 0xFFF0u) == 0xF7F0u) { /* UDF */
        return empty(FLOW_UNDEFINED);
    }
    struct flow_insn i = empty(FLOW_NOTHING);
    i.sets_flags = (first & 0xFFE0u) == 0xF380u; /* MSR, perhaps of APSR */
    return i;
}

static struct flow_insn branch(uint16_t first, uint16_t second, uint32_t pc)
{
    uint32_t sign = (first & 0x400u) != 0 ? 1u : 0u;
    uint32_t low = (second & 0x7FFu) << 1;
    struct flow_insn i = empty(FLOW_BRANCH);
    if ((second & 0x1000u) != 0) { /* B T4, BL */
        uint32_t i1 = (second >> 13 & 1u) == sign, i2 = (second >> 11 & 1u) == sign;
        i.op = (second & 0x4000u) != 0 ? FLOW_CALL : FLOW_BRANCH;
        i.imm = pc + 4u + ((0u - sign) << 24 | i1 << 23 | i2 << 22 | (first & 0x3FFu) << 12 | low);
        return i;
    }
    if ((second & 0x4000u) != 0) { /* BLX to ARM code */
        return empty(FLOW_UNDEFINED);
    }
    i.condition = flow_field(first, 9, 6);
    if (i.condition >= 14) {
        return system(first, second);
    }
    i.imm = pc + 4u +
            ((0u - sign) << 20 | (second & 0x800u) << 8 | (second & 0x2000u) << 5 |
             (first & 0x3Fu) << 12 | low);
    return i;
}

/* A5.3.12 to A5.3.15. */
static struct flow_insn by_register(uint16_t first, uint16_t second)
{
    unsigned op1 = first >> 4 & 15u, op2 = second >> 4 & 15u, rd = second >> 8 & 15u;
    if (op1 < 8 && op2 == 0) {
        struct flow_insn i = empty(FLOW_SHIFT);
        i.rd = (uint8_t)rd;
        i.rn = first & 15u;
        i.rm = second & 15u;
        i.shift_type = (enum flow_shift)(op1 >> 1);
        i.sets_flags = (op1 & 1u) != 0;
        return i;
    }
    if (op1 < 6 && op2 >= 8 && op1 != 2 && op1 != 3) {
        struct flow_insn i = empty(FLOW_EXTEND);
        i.rd = (uint8_t)rd;
        i.rn = (first & 15u) == FLOW_PC ? FLOW_NO_REG : (uint8_t)(first & 15u);
        i.rm = second & 15u;
        i.shift = (uint8_t)((op2 & 3u) * 8u);
        i.width = op1 < 2 ? 16 : 8;
        i.negate = (op1 & 1u) == 0;
        return i;
    }
    return clobber(rd);
}

/* A5.3.16, A5.3.17. */
static struct flow_insn multiply(uint16_t first, uint16_t second)
{
    unsigned rd = second >> 8 & 15u, ra = second >> 12, op2 = second >> 4 & 15u;
    if ((first & 0x80u) != 0) {
        struct flow_insn i = clobber(rd);
        bool divides = (first & 0x50u) == 0x10u;
        i.list = (uint16_t)(i.list | (divides ? 0u : 1u << ra));
        return i;
    }
    if ((first & 0x70u) != 0 || op2 > 1) {
        return clobber(rd);
    }
    struct flow_insn i = empty(FLOW_MULTIPLY);
    i.rd = (uint8_t)rd;
    i.rn = first & 15u;
    i.rm = second & 15u;
    i.ra = ra == FLOW_PC ? FLOW_NO_REG : (uint8_t)ra;
    i.negate = op2 == 1;
    return i;
}

struct flow_insn flow_decode_wide_data(uint16_t first, uint16_t second, uint32_t pc)
{
    switch (first >> 9) {
    case 0xEA00u >> 9:
        return alu_shifted(first, second);
    case 0xFA00u >> 9:
        return (first & 0x100u) != 0 ? multiply(first, second) : by_register(first, second);
    default:
        break;
    }
    if ((second & 0x8000u) != 0) {
        return branch(first, second, pc);
    }
    return (first & 0x200u) != 0 ? plain_imm(first, second) : alu_modified_imm(first, second);
}
