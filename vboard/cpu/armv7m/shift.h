/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CPU_ARMV7M_SHIFT_H
#define VBOARD_CPU_ARMV7M_SHIFT_H

/* Shifts as DDI 0403 has them: A2.2.1 and A7.4.2. */
#include "vboard/cpu/armv7m/core.h"

/* DecodeImmShift: LSR and ASR by 0 mean 32, ROR by 0 is RRX. */
static inline void decode_shift(struct insn *s, uint32_t type, uint32_t imm5)
{
    s->shift = (uint8_t)type;
    s->amount = (uint8_t)imm5;
    if (imm5 == 0 && type == SHIFT_ROR) {
        s->shift = SHIFT_RRX;
        s->amount = 1;
    } else if (imm5 == 0 && type != SHIFT_LSL) {
        s->amount = 32;
    }
}

/* Shift_C: *carry goes in and comes out. `amount` 0 to 255, 0 leaves all as it is. */
static inline uint32_t shift_c(uint32_t value, unsigned type, unsigned amount, uint32_t *carry)
{
    uint32_t in = *carry;
    if (amount == 0) {
        return value;
    }
    switch (type) {
    case SHIFT_LSL:
        *carry = amount <= 32 ? (uint32_t)((uint64_t)value << amount >> 32) & 1u : 0;
        return amount < 32 ? value << amount : 0;
    case SHIFT_LSR:
        *carry = amount <= 32 ? value >> (amount - 1) & 1u : 0;
        return amount < 32 ? value >> amount : 0;
    case SHIFT_ASR: {
        uint32_t sign = 0u - (value >> 31);
        amount = amount < 32 ? amount : 32;
        *carry = value >> (amount - 1) & 1u;
        return amount < 32 ? value >> amount | (uint32_t)((uint64_t)sign << (32 - amount)) : sign;
    }
    case SHIFT_ROR: {
        unsigned by = amount % 32;
        uint32_t result = by != 0 ? value >> by | value << (32 - by) : value;
        *carry = result >> 31;
        return result;
    }
    default: /* RRX */
        *carry = value & 1u;
        return value >> 1 | in << 31;
    }
}

/* The second operand: rm, shifted by a constant. */
static inline uint32_t shifted(const struct core *c, const struct insn *i)
{
    uint32_t carry = c->c;
    if (i->shift == SHIFT_LSL) { /* most are, by less than 32 */
        return c->r[i->m] << i->amount;
    }
    return shift_c(c->r[i->m], i->shift, i->amount, &carry);
}

#endif
