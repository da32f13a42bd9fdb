/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "check/flow_bits.h"

/* How far from its base an address with an unknown offset is taken to reach: a peripheral's block. */
#define BASE_REACH 0x400u

struct flow_bits flow_constant(uint32_t value)
{
    return (struct flow_bits){FLOW_BITS, FLOW_ALL, value};
}

static struct flow_bits partly(uint32_t mask, uint32_t value)
{
    return (struct flow_bits){FLOW_BITS, mask, value & mask};
}

struct flow_bits flow_unknown(void)
{
    return partly(0, 0);
}

static struct flow_bits address(enum flow_kind kind, uint32_t value)
{
    return (struct flow_bits){kind, FLOW_ALL, value};
}

bool flow_is_address(uint32_t value)
{
    return (value >= 0x08000000u && value < 0x08200000u) ||
           (value >= 0x20000000u && value < 0x60000000u);
}

bool flow_covers(struct flow_bits a, struct flow_bits b)
{
    if (a.kind == FLOW_BITS) {
        return a.mask == 0 || (b.kind == FLOW_BITS && (a.mask & ~b.mask) == 0 &&
                               ((a.value ^ b.value) & a.mask) == 0);
    }
    if (a.kind == FLOW_BASE) {
        return (b.kind == FLOW_BASE || flow_is_constant(b)) && b.value - a.value < BASE_REACH;
    }
    if (a.kind == FLOW_STACK_SOME) {
        return (b.kind == FLOW_STACK || b.kind == FLOW_STACK_SOME) &&
               (int32_t)(b.value - a.value) >= 0;
    }
    return a.kind == b.kind && a.value == b.value;
}

struct flow_bits flow_merge(struct flow_bits a, struct flow_bits b)
{
    if (flow_covers(a, b)) {
        return a;
    }
    if (flow_covers(b, a)) {
        return b;
    }
    bool on_stack = (a.kind == FLOW_STACK || a.kind == FLOW_STACK_SOME) &&
                    (b.kind == FLOW_STACK || b.kind == FLOW_STACK_SOME);
    if (on_stack) {
        return address(FLOW_STACK_SOME, (int32_t)a.value < (int32_t)b.value ? a.value : b.value);
    }
    if (a.mask == FLOW_ALL && b.mask == FLOW_ALL && a.kind <= FLOW_BASE && b.kind <= FLOW_BASE) {
        uint32_t low = a.value < b.value ? a.value : b.value;
        uint32_t high = a.value < b.value ? b.value : a.value;
        if (flow_is_address(low) && high - low < BASE_REACH) {
            return address(FLOW_BASE, low);
        }
    }
    if (a.kind != FLOW_BITS || b.kind != FLOW_BITS) {
        return flow_unknown();
    }
    uint32_t mask = a.mask & b.mask & ~(a.value ^ b.value);
    return partly(mask, a.value);
}

bool flow_may_be(struct flow_bits a, uint32_t word)
{
    switch (a.kind) {
    case FLOW_BITS:
        return ((word ^ a.value) & a.mask) == 0;
    case FLOW_BASE:
        return word >= a.value;
    case FLOW_STACK:
    case FLOW_STACK_SOME: /* a stack is in RAM */
        return word < 0x40000u || (word >= 0x10000000u && word < 0x40000000u);
    default:
        return true;
    }
}

/* Sum of words with unknown bits: a bit is known where both are and no unknown carry can get there. */
static struct flow_bits add_bits(struct flow_bits a, struct flow_bits b)
{
    uint32_t low = a.value + b.value;
    uint32_t high = (a.value | ~a.mask) + (b.value | ~b.mask);
    uint32_t unknown = (low ^ high) | ~a.mask | ~b.mask;
    return partly(~unknown, low);
}

static struct flow_bits subtract_bits(struct flow_bits a, struct flow_bits b)
{
    uint32_t low = a.value - (b.value | ~b.mask);
    uint32_t high = (a.value | ~a.mask) - b.value;
    uint32_t unknown = (low ^ high) | ~a.mask | ~b.mask;
    return partly(~unknown, low);
}

static bool is_large(struct flow_bits offset)
{
    return offset.kind == FLOW_BITS && (offset.mask & offset.value & 0x80000000u) != 0;
}

/* An address and something: known offsets move what is exact, unknown ones are left unknown. */
static struct flow_bits add(struct flow_bits a, struct flow_bits b)
{
    if (a.kind == FLOW_BITS && b.kind == FLOW_BITS) {
        bool a_is_base = flow_is_constant(a) && flow_is_address(a.value);
        bool b_is_base = flow_is_constant(b) && flow_is_address(b.value);
        if (a_is_base && !flow_is_constant(b)) {
            return is_large(b) ? flow_unknown() : address(FLOW_BASE, a.value + b.value);
        }
        if (b_is_base && !flow_is_constant(a)) {
            return is_large(a) ? flow_unknown() : address(FLOW_BASE, b.value + a.value);
        }
        return add_bits(a, b);
    }
    if (a.kind == FLOW_BITS) {
        struct flow_bits swap = a;
        a = b;
        b = swap;
    }
    if (b.kind != FLOW_BITS || a.kind == FLOW_RETURN) {
        return flow_unknown();
    }
    if (!flow_is_constant(b)) {
        return a.kind == FLOW_BASE ? a : address(FLOW_STACK_SOME, a.value);
    }
    return address(a.kind, a.value + b.value);
}

static struct flow_bits subtract(struct flow_bits a, struct flow_bits b)
{
    if (a.kind == FLOW_BITS && b.kind == FLOW_BITS) {
        return subtract_bits(a, b);
    }
    if (flow_is_constant(b) && a.kind != FLOW_RETURN) {
        return address(a.kind, a.value - b.value);
    }
    if ((a.kind == FLOW_STACK) && (b.kind == FLOW_STACK)) {
        return flow_constant(a.value - b.value);
    }
    return flow_unknown();
}

/* AND with a mask that aligns keeps an address what it is. */
static bool aligns(struct flow_bits mask)
{
    return flow_is_constant(mask) && (mask.value | 31u) == FLOW_ALL;
}

static struct flow_bits invert(struct flow_bits a)
{
    return a.kind == FLOW_BITS ? partly(a.mask, ~a.value) : flow_unknown();
}

/* Where a function is entered SP is a multiple of 8 (AAPCS 6.2.1.2). */
static struct flow_bits as_bits(struct flow_bits a)
{
    return a.kind == FLOW_BITS ? a : a.kind == FLOW_STACK ? partly(7u, a.value) : flow_unknown();
}

static struct flow_bits and_bits(struct flow_bits a, struct flow_bits b)
{
    if (a.kind != FLOW_BITS && aligns(b)) {
        return a;
    }
    a = as_bits(a);
    b = as_bits(b);
    uint32_t zeros = (a.mask & ~a.value) | (b.mask & ~b.value);
    uint32_t ones = a.value & b.value;
    return partly(zeros | ones, ones);
}

static struct flow_bits or_bits(struct flow_bits a, struct flow_bits b)
{
    if (a.kind != FLOW_BITS && flow_is_constant(b) && b.value == 0) {
        return a;
    }
    a = as_bits(a);
    b = as_bits(b);
    uint32_t ones = a.value | b.value;
    uint32_t zeros = (a.mask & ~a.value) & (b.mask & ~b.value);
    return partly(zeros | ones, ones);
}

static struct flow_bits xor_bits(struct flow_bits a, struct flow_bits b)
{
    a = as_bits(a);
    b = as_bits(b);
    return partly(a.mask & b.mask, a.value ^ b.value);
}

/* The carry is unknown: one more or not. */
static struct flow_bits with_carry(struct flow_bits sum)
{
    return sum.kind == FLOW_BITS ? flow_merge(sum, add(sum, flow_constant(1))) : flow_unknown();
}

struct flow_bits flow_alu(enum flow_alu alu, struct flow_bits a, struct flow_bits b)
{
    switch (alu) {
    case FLOW_AND:
        return a.kind != FLOW_BITS ? and_bits(a, b) : and_bits(b, a);
    case FLOW_BIC:
        return and_bits(a, invert(b));
    case FLOW_ORR:
        return a.kind != FLOW_BITS ? or_bits(a, b) : or_bits(b, a);
    case FLOW_ORN:
        return or_bits(a, invert(b));
    case FLOW_EOR:
        return xor_bits(a, b);
    case FLOW_ADD:
        return add(a, b);
    case FLOW_ADC:
        return with_carry(add(a, b));
    case FLOW_SBC:
        return with_carry(subtract(subtract(a, b), flow_constant(1)));
    case FLOW_SUB:
        return subtract(a, b);
    case FLOW_RSB:
        return subtract(b, a);
    case FLOW_MOV:
        return b;
    default:
        return invert(b);
    }
}

static struct flow_bits shift_right(struct flow_bits a, unsigned amount)
{
    if (amount >= 32) {
        return flow_constant(0);
    }
    return partly(a.mask >> amount | ~(FLOW_ALL >> amount), a.value >> amount);
}

static struct flow_bits shift_left(struct flow_bits a, unsigned amount)
{
    if (amount >= 32) {
        return flow_constant(0);
    }
    return partly(a.mask << amount | ~(FLOW_ALL << amount), a.value << amount);
}

struct flow_bits flow_shift(enum flow_shift type, struct flow_bits a, unsigned amount)
{
    if (amount == 0 && type != FLOW_RRX) {
        return a;
    }
    a = as_bits(a);
    switch (type) {
    case FLOW_LSL:
        return shift_left(a, amount);
    case FLOW_LSR:
        return shift_right(a, amount);
    case FLOW_ASR:
        return flow_extract(a, amount > 31 ? 31 : amount, amount > 31 ? 1 : 32 - amount, true);
    case FLOW_ROR:
        amount &= 31u;
        return amount == 0 ? a
                           : partly(a.mask >> amount | a.mask << (32u - amount),
                                    a.value >> amount | a.value << (32u - amount));
    default: /* RRX: the carry comes in */
        return partly(a.mask >> 1, a.value >> 1);
    }
}

struct flow_bits flow_extract(struct flow_bits a, unsigned lsb, unsigned width, bool is_signed)
{
    a = shift_left(as_bits(a), 32u - lsb - width);
    if (!is_signed) {
        return shift_right(a, 32u - width);
    }
    struct flow_bits r = shift_right(a, 32u - width);
    uint32_t above = width >= 32 ? 0 : FLOW_ALL << width;
    if ((a.mask & 0x80000000u) == 0) {
        return partly(r.mask & ~above, r.value);
    }
    return (a.value & 0x80000000u) != 0 ? partly(r.mask | above, r.value | above) : r;
}

struct flow_bits flow_insert(struct flow_bits a, struct flow_bits b, unsigned lsb, unsigned width)
{
    uint32_t field = (width >= 32 ? FLOW_ALL : (1u << width) - 1u) << lsb;
    a = as_bits(a);
    b = shift_left(as_bits(b), lsb);
    return partly((a.mask & ~field) | (b.mask & field), (a.value & ~field) | (b.value & field));
}

struct flow_bits flow_multiply(struct flow_bits a, struct flow_bits b)
{
    a = as_bits(a);
    b = as_bits(b);
    return flow_is_constant(a) && flow_is_constant(b) ? flow_constant(a.value * b.value)
                                                      : flow_unknown();
}
