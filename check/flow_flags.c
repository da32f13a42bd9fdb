/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Conditions (DDI 0403 A7.3) on what was compared last. */
#include "check/flow_internal.h"

enum { EQ, NE, CS, CC, MI, PL, VS, VC, HI, LS, GE, LT, GT, LE };

static const struct flow_maybe either = {true, true};

static struct flow_maybe surely(bool holds)
{
    return (struct flow_maybe){holds, !holds};
}

/* a - b of two words. */
static bool of_words(unsigned condition, uint32_t a, uint32_t b)
{
    uint32_t d = a - b;
    bool n = (d >> 31) != 0, z = d == 0, c = a >= b, v = (((a ^ b) & (a ^ d)) >> 31) != 0;
    const bool holds[8] = {z, c, n, v, c && !z, n == v, n == v && !z, true};
    return holds[condition >> 1] != ((condition & 1u) != 0);
}

/* An address on the stack is not NULL. */
static bool is_not_null(struct flow_bits a, struct flow_bits b)
{
    return (a.kind == FLOW_STACK || a.kind == FLOW_STACK_SOME) && flow_is_constant(b) &&
           b.value == 0;
}

/* Where in RAM the stack is matters not to an order within it. */
#define SOMEWHERE 0x20000000u

/* Words with unknown bits: they may differ for certain, or lie in ranges that do not meet. */
static struct flow_maybe of_bits(unsigned condition, struct flow_bits a, struct flow_bits b)
{
    if ((condition == EQ || condition == NE) && (is_not_null(a, b) || is_not_null(b, a))) {
        return surely(condition == NE);
    }
    if (a.kind == FLOW_STACK && b.kind == FLOW_STACK) {
        return surely(of_words(condition, SOMEWHERE + a.value, SOMEWHERE + b.value));
    }
    if (a.kind != FLOW_BITS || b.kind != FLOW_BITS) {
        return either;
    }
    if (flow_is_constant(a) && flow_is_constant(b)) {
        return surely(of_words(condition, a.value, b.value));
    }
    bool differ = ((a.value ^ b.value) & a.mask & b.mask) != 0;
    if (condition == EQ || condition == NE) {
        return differ ? surely(condition == NE) : either;
    }
    uint32_t a_max = a.value | ~a.mask, b_max = b.value | ~b.mask;
    bool unsigned_order = condition == CS || condition == CC || condition == HI || condition == LS;
    if (unsigned_order && (a.value > b_max || a_max < b.value)) {
        return surely(of_words(condition, a.value, b.value));
    }
    return either;
}

/* N and Z only. */
static struct flow_maybe of_result(unsigned condition, struct flow_bits a)
{
    if ((condition == EQ || condition == NE) && is_not_null(a, flow_constant(0))) {
        return surely(condition == NE);
    }
    if (a.kind != FLOW_BITS) {
        return either;
    }
    switch (condition) {
    case EQ:
    case NE:
        return a.value != 0          ? surely(condition == NE)
               : flow_is_constant(a) ? surely(condition == EQ)
                                     : either;
    case MI:
    case PL:
        return (a.mask >> 31) == 0 ? either : surely(((a.value >> 31) != 0) == (condition == MI));
    default:
        return either;
    }
}

static struct flow_maybe both(struct flow_maybe a, struct flow_maybe b)
{
    return (struct flow_maybe){a.yes || b.yes, a.no || b.no};
}

struct flow_maybe flow_condition(struct flow_table *t, const struct flow_state *s,
                                 unsigned condition)
{
    struct flow_maybe all = {false, false};
    if (condition >= 14) {
        return surely(true);
    }
    if (s->flags.assumed != 0 && ((s->flags.assumed - 1u) ^ condition) < 2) {
        return surely(s->flags.assumed - 1u == condition);
    }
    if (s->flags.kind == FLOW_FLAGS_UNKNOWN) {
        return either;
    }
    const struct flow_set *a = flow_set(t, s->flags.a);
    const struct flow_set *b = flow_set(t, s->flags.b);
    for (unsigned i = 0; i < a->count; i++) {
        if (s->flags.kind == FLOW_FLAGS_RESULT) {
            all = both(all, of_result(condition, a->one[i]));
            continue;
        }
        for (unsigned k = 0; k < b->count; k++) {
            all = both(all, of_bits(condition, a->one[i], b->one[k]));
        }
    }
    return all;
}

struct flow_maybe flow_is_zero(struct flow_table *t, flow_value v)
{
    struct flow_maybe all = {false, false};
    const struct flow_set *set = flow_set(t, v);
    for (unsigned i = 0; i < set->count; i++) {
        all = both(all, of_result(EQ, set->one[i]));
    }
    return all;
}

/* Keeps of `reg` what can be compared with `b` and `condition` hold. */
static void keep(struct flow_table *t, struct flow_state *s, unsigned reg, struct flow_bits b,
                 unsigned condition)
{
    struct flow_set set = {0};
    const struct flow_set *old = flow_set(t, s->reg[reg]);
    for (unsigned i = 0; i < old->count; i++) {
        if (of_bits(condition, old->one[i], b).yes) {
            bool is_b = condition == EQ && old->one[i].kind == FLOW_BITS;
            flow_set_add(t, &set, is_b ? b : old->one[i]);
        }
    }
    if (set.count > 0) {
        s->reg[reg] = flow_value_of_set(t, &set);
    }
}

void flow_refine(struct flow_table *t, struct flow_state *s, unsigned condition)
{
    uint32_t word;
    if (condition < 14) {
        s->flags.assumed = (uint8_t)(condition + 1u);
    }
    if (condition < 14 && s->flags.kind == FLOW_FLAGS_COMPARE && s->flags.reg < FLOW_REGS &&
        flow_value_constant(t, s->flags.b, &word)) {
        keep(t, s, s->flags.reg, flow_constant(word), condition);
        s->flags.a = s->reg[s->flags.reg];
    }
}

void flow_refine_zero(struct flow_table *t, struct flow_state *s, unsigned reg, bool zero)
{
    if (reg < FLOW_REGS) {
        keep(t, s, reg, flow_constant(0), zero ? EQ : NE);
    }
}
