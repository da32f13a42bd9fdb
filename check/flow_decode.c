/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* 32-bit encodings that load and store (DDI 0403 A5.3.5 to A5.3.10), and what all encodings write. */
#include "check/flow_decode.h"

static struct flow_insn empty(enum flow_op op)
{
    return (struct flow_insn){.op = op,
                              .length = 4,
                              .condition = FLOW_ALWAYS,
                              .rd = FLOW_NO_REG,
                              .rn = FLOW_NO_REG,
                              .rm = FLOW_NO_REG,
                              .ra = FLOW_NO_REG,
                              .has_imm = true,
                              .pre = true};
}

/* A5.3.5: the base is written back only if the list does not load it. */
static struct flow_insn multiple(uint16_t first, uint16_t second)
{
    struct flow_insn i = empty(FLOW_MULTIPLE);
    unsigned mode = first >> 7 & 3u; /* 1: increment after, 2: decrement before */
    i.load = (first & 0x10u) != 0;
    i.rn = first & 15u;
    i.list = second;
    i.pre = mode == 2;
    i.writeback = (first & 0x20u) != 0 && !(i.load && ((uint32_t)second >> i.rn & 1u) != 0);
    if (mode == 0 || mode == 3 || second == 0) {
        return empty(FLOW_UNDEFINED);
    }
    return i;
}

static uint32_t offset_of(uint16_t first, uint32_t amount)
{
    return (first & 0x80u) != 0 ? amount : 0u - amount;
}

/* A5.3.6, the part without P and W: exclusives and table branches. */
static struct flow_insn exclusive(uint16_t first, uint16_t second)
{
    struct flow_insn i = empty(FLOW_SINGLE);
    i.load = (first & 0x10u) != 0;
    i.rn = first & 15u;
    i.rd = (uint8_t)(second >> 12);
    i.size = 4;
    i.may_fail = !i.load;
    if ((first & 0x80u) == 0) { /* STREX, LDREX */
        i.imm = (second & 0xFFu) * 4u;
        i.ra = second >> 8 & 15u;
        return i;
    }
    unsigned op = second >> 4 & 15u;
    i.ra = second & 15u;
    if (op < 2 && i.load) {
        i.op = FLOW_BRANCH_TABLE;
        i.rm = second & 15u;
        i.size = (uint8_t)(1u + op);
        return i;
    }
    i.size = op == 4 ? 1 : 2;
    return op == 4 || op == 5 ? i : empty(FLOW_UNDEFINED);
}

/* A5.3.6. */
static struct flow_insn dual(uint16_t first, uint16_t second)
{
    if ((first & 0x120u) == 0) {
        return exclusive(first, second);
    }
    struct flow_insn i = empty(FLOW_DUAL);
    i.load = (first & 0x10u) != 0;
    i.rn = first & 15u;
    i.rd = (uint8_t)(second >> 12);
    i.ra = second >> 8 & 15u;
    i.size = 4;
    i.imm = offset_of(first, (second & 0xFFu) * 4u);
    i.pre = (first & 0x100u) != 0;
    i.writeback = (first & 0x20u) != 0;
    return i;
}

/* A5.3.7 to A5.3.10. Byte and halfword loads to the PC are preloads. */
static struct flow_insn single(uint16_t first, uint16_t second)
{
    struct flow_insn i = empty(FLOW_SINGLE);
    unsigned log = first >> 5 & 3u;
    i.load = (first & 0x10u) != 0;
    i.negate = (first & 0x100u) != 0;
    i.size = (uint8_t)(1u << log);
    i.rn = first & 15u;
    i.rd = (uint8_t)(second >> 12);
    if (log == 3 || (i.negate && (!i.load || log == 2)) || (i.rn == FLOW_PC && !i.load)) {
        return empty(FLOW_UNDEFINED);
    }
    if (i.rn == FLOW_PC) {
        i.imm = offset_of(first, second & 0xFFFu);
    } else if ((first & 0x80u) != 0) {
        i.imm = second & 0xFFFu;
    } else if ((second & 0x800u) != 0) {
        i.imm = (second & 0x200u) != 0 ? second & 0xFFu : 0u - (second & 0xFFu);
        i.pre = (second & 0x400u) != 0;
        i.writeback = (second & 0x100u) != 0;
        if (!i.pre && !i.writeback) {
            return empty(FLOW_UNDEFINED);
        }
    } else {
        if ((second & 0x7C0u) != 0) {
            return empty(FLOW_UNDEFINED);
        }
        i.has_imm = false;
        i.rm = second & 15u;
        i.shift = second >> 4 & 3u;
    }
    return i.load && i.rd == FLOW_PC && log != 2 ? empty(FLOW_NOTHING) : i;
}

/* A6.5, A6.6: the FPU's loads, stores and transfers. */
static struct flow_insn coprocessor(uint16_t first, uint16_t second)
{
    struct flow_insn i = empty(FLOW_NOTHING);
    bool to_core = (first & 0x10u) != 0;
    if ((first & 0x300u) == 0x300u) {
        return empty(FLOW_UNDEFINED);
    }
    if ((first & 0x200u) != 0) {
        if ((second & 0x10u) != 0 && to_core && (second >> 12) != 15) { /* VMOV, VMRS, MRC */
            i.op = FLOW_CLOBBER;
            i.list = (uint16_t)(1u << (second >> 12));
        }
        i.sets_flags = (second & 0x10u) != 0 && to_core && (second >> 12) == 15;
        return i;
    }
    if ((first & 0x1E0u) == 0x40u) { /* two core registers */
        i.op = to_core ? FLOW_CLOBBER : FLOW_NOTHING;
        i.list = (uint16_t)(1u << (second >> 12) | 1u << (first & 15u));
        return i;
    }
    bool is_single = (first & 0x120u) == 0x100u; /* VLDR, VSTR: P and not W */
    uint32_t amount = (second & 0xFFu) * 4u;
    i.op = FLOW_VECTOR;
    i.load = to_core;
    i.rn = first & 15u;
    i.pre = (first & 0x100u) != 0;
    i.writeback = (first & 0x20u) != 0;
    i.imm = offset_of(first, amount);
    i.size = (uint8_t)(is_single      ? ((second & 0x100u) != 0 ? 8u : 4u)
                       : amount > 128 ? 128
                                      : amount);
    return i;
}

struct flow_insn flow_decode_memory(uint16_t first, uint16_t second, uint32_t pc)
{
    (void)pc;
    if ((first & 0xEC00u) == 0xEC00u) {
        return coprocessor(first, second);
    }
    if ((first & 0xFE40u) == 0xE800u) {
        return multiple(first, second);
    }
    return (first & 0xFE40u) == 0xE840u ? dual(first, second) : single(first, second);
}

struct flow_insn flow_decode(uint16_t first, uint16_t second, uint32_t pc)
{
    if (first < 0xE800u) {
        return flow_decode_narrow(first, pc);
    }
    bool is_memory = (first & 0xFE00u) == 0xE800u || (first & 0xEC00u) == 0xEC00u ||
                     (first & 0xFE00u) == 0xF800u;
    return is_memory ? flow_decode_memory(first, second, pc)
                     : flow_decode_wide_data(first, second, pc);
}

static uint16_t bit(unsigned reg)
{
    return (uint16_t)(reg < FLOW_PC ? 1u << reg : 0u);
}

static bool loads_pc(const struct flow_insn *i)
{
    return i->load && ((i->op == FLOW_SINGLE && i->rd == FLOW_PC) ||
                       (i->op == FLOW_MULTIPLE && (i->list >> FLOW_PC & 1u) != 0));
}

bool flow_is_control(const struct flow_insn *i)
{
    return i->op == FLOW_UNDEFINED || i->op == FLOW_SUPERVISOR_CALL || loads_pc(i) ||
           (i->op >= FLOW_BRANCH && i->op <= FLOW_BRANCH_TABLE);
}

uint16_t flow_writes(const struct flow_insn *i)
{
    unsigned base = i->writeback ? bit(i->rn) : 0u;
    switch (i->op) {
    case FLOW_ALU:
    case FLOW_SHIFT:
    case FLOW_MOVT:
    case FLOW_INSERT:
    case FLOW_EXTRACT:
    case FLOW_EXTEND:
    case FLOW_MULTIPLY:
        return bit(i->rd);
    case FLOW_CLOBBER:
        return i->list & 0x7FFFu;
    case FLOW_SINGLE:
        base |= i->load ? bit(i->rd) : 0u;
        return (uint16_t)(base | (i->may_fail ? bit(i->ra) : 0u));
    case FLOW_DUAL:
        return (uint16_t)(base | (i->load ? (unsigned)bit(i->rd) | bit(i->ra) : 0u));
    case FLOW_MULTIPLE:
        return (uint16_t)(base | (i->load ? i->list & 0x7FFFu : 0u));
    case FLOW_VECTOR:
        return (uint16_t)base;
    case FLOW_CALL:
    case FLOW_CALL_REG:
        return bit(FLOW_LR);
    default:
        return 0;
    }
}
