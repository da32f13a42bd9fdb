/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Instructions that do not branch: what they make of registers, flags and stack. */
#include "check/flow_internal.h"

static flow_value combine(struct flow *f, enum flow_alu alu, flow_value a, flow_value b)
{
    struct flow_set left = *flow_set(&f->table, a), right = *flow_set(&f->table, b), all = {0};
    if (left.count == 1 && right.count == 1) { /* most are */
        return flow_value_of(&f->table, flow_alu(alu, left.one[0], right.one[0]));
    }
    for (unsigned i = 0; i < left.count; i++) {
        for (unsigned k = 0; k < right.count; k++) {
            flow_set_add(&f->table, &all, flow_alu(alu, left.one[i], right.one[k]));
        }
    }
    return flow_value_of_set(&f->table, &all);
}

flow_value flow_combine(struct flow *f, enum flow_alu alu, flow_value a, flow_value b)
{
    struct flow_joined *place;
    if (!flow_recall(&f->table, alu, a, b, &place)) {
        place->value = combine(f, alu, a, b);
    }
    return place->value;
}

static flow_value constant(struct flow *f, uint32_t word)
{
    return flow_value_of(&f->table, flow_constant(word));
}

flow_value flow_reg(struct flow *f, const struct flow_state *s, unsigned reg)
{
    if (reg == FLOW_PC) { /* DDI 0403 A5.1.2; word-aligned where it is a base */
        return constant(f, (f->pc + 4u) & ~3u);
    }
    return reg < FLOW_REGS ? s->reg[reg] : FLOW_ANYTHING;
}

static flow_value shift_all(struct flow *f, flow_value v, enum flow_shift type, unsigned amount)
{
    struct flow_set set = *flow_set(&f->table, v), all = {0};
    for (unsigned i = 0; i < set.count; i++) {
        flow_set_add(&f->table, &all, flow_shift(type, set.one[i], amount));
    }
    return flow_value_of_set(&f->table, &all);
}

static flow_value shifted(struct flow *f, flow_value v, enum flow_shift type, unsigned amount)
{
    struct flow_joined *place;
    if (amount == 0 && type != FLOW_RRX) {
        return v;
    }
    if (!flow_recall(&f->table, FLOW_OP_SHIFT + type, v, amount, &place)) {
        place->value = shift_all(f, v, type, amount);
    }
    return place->value;
}

static flow_value extract_all(struct flow *f, flow_value v, unsigned lsb, unsigned width,
                              bool is_signed)
{
    struct flow_set set = *flow_set(&f->table, v), all = {0};
    for (unsigned i = 0; i < set.count; i++) {
        flow_set_add(&f->table, &all, flow_extract(set.one[i], lsb, width, is_signed));
    }
    return flow_value_of_set(&f->table, &all);
}

static flow_value extracted(struct flow *f, flow_value v, unsigned lsb, unsigned width,
                            bool is_signed)
{
    struct flow_joined *place;
    const uint32_t field = lsb | width << 8 | (is_signed ? 1u << 16 : 0);
    if (!flow_recall(&f->table, FLOW_OP_EXTRACT, v, field, &place)) {
        place->value = extract_all(f, v, lsb, width, is_signed);
    }
    return place->value;
}

static flow_value inserted(struct flow *f, flow_value a, flow_value b, unsigned lsb, unsigned width)
{
    struct flow_set left = *flow_set(&f->table, a), right = *flow_set(&f->table, b), all = {0};
    for (unsigned i = 0; i < left.count; i++) {
        for (unsigned k = 0; k < right.count; k++) {
            flow_set_add(&f->table, &all, flow_insert(left.one[i], right.one[k], lsb, width));
        }
    }
    return flow_value_of_set(&f->table, &all);
}

/* MOVT */
static flow_value with_high(struct flow *f, flow_value v, uint32_t half)
{
    struct flow_joined *place;
    const flow_value high = constant(f, half);
    if (!flow_recall(&f->table, FLOW_OP_INSERT_HIGH, v, high, &place)) {
        place->value = inserted(f, v, high, 16, 16);
    }
    return place->value;
}

static flow_value multiplied(struct flow *f, flow_value a, flow_value b)
{
    struct flow_set left = *flow_set(&f->table, a), right = *flow_set(&f->table, b), all = {0};
    for (unsigned i = 0; i < left.count; i++) {
        for (unsigned k = 0; k < right.count; k++) {
            flow_set_add(&f->table, &all, flow_multiply(left.one[i], right.one[k]));
        }
    }
    return flow_value_of_set(&f->table, &all);
}

static flow_value operand(struct flow *f, const struct flow_state *s, const struct flow_insn *i)
{
    return i->has_imm ? constant(f, i->imm)
                      : shifted(f, flow_reg(f, s, i->rm), i->shift_type, i->shift);
}

/* A constant that is a function's address makes the function one that may be called, from here on. */
static void notice(struct flow *f, const struct flow_state *s, flow_value v)
{
    uint32_t word;
    if (!f->walking && flow_value_constant(&f->table, v, &word) && (word & 1u) != 0 &&
        flow_is_function_pointer(f->program, word)) {
        flow_root(f, word, FLOW_BY_POINTER, 0, s->after_once);
    }
}

static void set_flags(struct flow_state *s, enum flow_flags_kind kind, flow_value a, flow_value b,
                      unsigned reg)
{
    s->flags = (struct flow_flags){.kind = kind, .a = a, .b = b, .reg = (uint8_t)reg};
}

static void step_alu(struct flow *f, struct flow_state *s, const struct flow_insn *i)
{
    flow_value a = flow_reg(f, s, i->rn);
    flow_value b = operand(f, s, i);
    flow_value result = flow_combine(f, i->alu, a, b);
    flow_set_reg(s, i->rd, result);
    if (i->alu == FLOW_ADD && i->rn == FLOW_PC) { /* ADR */
        notice(f, s, result);
    }
    if (!i->sets_flags) {
        return;
    }
    if (i->alu == FLOW_SUB) {
        set_flags(s, FLOW_FLAGS_COMPARE, a, b, i->rd == FLOW_NO_REG ? i->rn : FLOW_NO_REG);
    } else if (i->alu == FLOW_RSB) {
        set_flags(s, FLOW_FLAGS_COMPARE, b, a, FLOW_NO_REG);
    } else {
        set_flags(s, FLOW_FLAGS_RESULT, result, FLOW_ANYTHING, FLOW_NO_REG);
    }
}

static void step_shift(struct flow *f, struct flow_state *s, const struct flow_insn *i)
{
    uint32_t amount;
    flow_value result = FLOW_ANYTHING;
    if (flow_value_constant(&f->table, flow_reg(f, s, i->rm), &amount)) {
        result = shifted(f, flow_reg(f, s, i->rn), i->shift_type, amount & 0xFFu);
    }
    flow_set_reg(s, i->rd, result);
    if (i->sets_flags) {
        set_flags(s, FLOW_FLAGS_RESULT, result, FLOW_ANYTHING, FLOW_NO_REG);
    }
}

static void step_extend(struct flow *f, struct flow_state *s, const struct flow_insn *i)
{
    flow_value v = shifted(f, flow_reg(f, s, i->rm), FLOW_ROR, i->shift);
    v = extracted(f, v, 0, i->width, i->negate);
    flow_set_reg(s, i->rd,
                 i->rn == FLOW_NO_REG ? v : flow_combine(f, FLOW_ADD, flow_reg(f, s, i->rn), v));
}

static void step_multiply(struct flow *f, struct flow_state *s, const struct flow_insn *i)
{
    flow_value v = multiplied(f, flow_reg(f, s, i->rn), flow_reg(f, s, i->rm));
    if (i->ra != FLOW_NO_REG) {
        v = flow_combine(f, i->negate ? FLOW_SUB : FLOW_ADD, flow_reg(f, s, i->ra), v);
    }
    flow_set_reg(s, i->rd, v);
    if (i->sets_flags) {
        set_flags(s, FLOW_FLAGS_RESULT, v, FLOW_ANYTHING, FLOW_NO_REG);
    }
}

flow_value flow_address(struct flow *f, const struct flow_state *s, const struct flow_insn *i)
{
    flow_value base = flow_reg(f, s, i->rn);
    if (!i->pre) {
        return base;
    }
    flow_value offset =
        i->has_imm ? constant(f, i->imm) : shifted(f, flow_reg(f, s, i->rm), FLOW_LSL, i->shift);
    return flow_combine(f, FLOW_ADD, base, offset);
}

static void write_back(struct flow *f, struct flow_state *s, const struct flow_insn *i)
{
    if (i->writeback) {
        flow_set_reg(s, i->rn,
                     flow_combine(f, FLOW_ADD, flow_reg(f, s, i->rn), constant(f, i->imm)));
    }
}

static void step_single(struct flow *f, struct flow_state *s, const struct flow_insn *i)
{
    flow_value at = flow_address(f, s, i);
    if (!i->load) {
        flow_store(f, s, at, i->size, flow_reg(f, s, i->rd));
    }
    flow_value v = i->load ? flow_load(f, s, at, i->size, i->negate) : FLOW_ANYTHING;
    write_back(f, s, i);
    if (i->load) {
        flow_set_reg(s, i->rd, v);
        if (i->rn == FLOW_PC) {
            notice(f, s, v);
        }
    }
    if (i->may_fail) {
        flow_set_reg(s, i->ra, FLOW_ANYTHING);
    }
}

static void step_dual(struct flow *f, struct flow_state *s, const struct flow_insn *i)
{
    flow_value at = flow_address(f, s, i);
    flow_value next = flow_combine(f, FLOW_ADD, at, constant(f, 4));
    if (!i->load) {
        flow_store(f, s, at, 4, flow_reg(f, s, i->rd));
        flow_store(f, s, next, 4, flow_reg(f, s, i->ra));
        write_back(f, s, i);
        return;
    }
    flow_value low = flow_load(f, s, at, 4, false);
    flow_value high = flow_load(f, s, next, 4, false);
    write_back(f, s, i);
    flow_set_reg(s, i->rd, low);
    flow_set_reg(s, i->ra, high);
}

/* The lowest register at the lowest address (A7.7.40, A7.7.159). */
static void step_multiple(struct flow *f, struct flow_state *s, const struct flow_insn *i)
{
    uint32_t bytes = 4u * (uint32_t)__builtin_popcount(i->list);
    flow_value base = flow_reg(f, s, i->rn);
    flow_value end = flow_combine(f, i->pre ? FLOW_SUB : FLOW_ADD, base, constant(f, bytes));
    flow_value at = i->pre ? end : base;
    flow_value loaded[16] = {0};
    for (unsigned reg = 0; reg < 16; reg++) {
        if ((i->list >> reg & 1u) == 0) {
            continue;
        }
        if (i->load) {
            loaded[reg] = flow_load(f, s, at, 4, false);
        } else {
            flow_store(f, s, at, 4, flow_reg(f, s, reg));
        }
        at = flow_combine(f, FLOW_ADD, at, constant(f, 4));
    }
    if (i->writeback) {
        flow_set_reg(s, i->rn, end);
    }
    for (unsigned reg = 0; i->load && reg < FLOW_REGS; reg++) {
        if ((i->list >> reg & 1u) != 0) {
            flow_set_reg(s, reg, loaded[reg]);
        }
    }
}

static void step_vector(struct flow *f, struct flow_state *s, const struct flow_insn *i)
{
    flow_value at = flow_address(f, s, i);
    for (unsigned k = 0; !i->load && k < i->size; k += 4) {
        flow_store(f, s, at, 4, FLOW_ANYTHING);
        at = flow_combine(f, FLOW_ADD, at, constant(f, 4));
    }
    write_back(f, s, i);
}

void flow_step(struct flow *f, struct flow_state *s, const struct flow_insn *i)
{
    switch (i->op) {
    case FLOW_ALU:
        step_alu(f, s, i);
        break;
    case FLOW_SHIFT:
        step_shift(f, s, i);
        break;
    case FLOW_MOVT:
        flow_set_reg(s, i->rd, with_high(f, flow_reg(f, s, i->rd), i->imm));
        notice(f, s, flow_reg(f, s, i->rd));
        break;
    case FLOW_INSERT:
        flow_set_reg(s, i->rd,
                     inserted(f, flow_reg(f, s, i->rd),
                              i->rn == FLOW_NO_REG ? constant(f, 0) : flow_reg(f, s, i->rn), i->lsb,
                              i->width));
        break;
    case FLOW_EXTRACT:
        flow_set_reg(s, i->rd, extracted(f, flow_reg(f, s, i->rn), i->lsb, i->width, i->negate));
        break;
    case FLOW_EXTEND:
        step_extend(f, s, i);
        break;
    case FLOW_MULTIPLY:
        step_multiply(f, s, i);
        break;
    case FLOW_SINGLE:
        step_single(f, s, i);
        break;
    case FLOW_DUAL:
        step_dual(f, s, i);
        break;
    case FLOW_MULTIPLE:
        step_multiple(f, s, i);
        break;
    case FLOW_VECTOR:
        step_vector(f, s, i);
        break;
    default:
        for (unsigned reg = 0; reg < FLOW_REGS; reg++) {
            if (((uint32_t)flow_writes(i) >> reg & 1u) != 0) {
                flow_set_reg(s, reg, FLOW_ANYTHING);
            }
        }
        if (i->sets_flags) {
            set_flags(s, FLOW_FLAGS_UNKNOWN, FLOW_ANYTHING, FLOW_ANYTHING, FLOW_NO_REG);
        }
        break;
    }
}
