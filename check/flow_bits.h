/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * One thing that a register may hold: a word some of whose bits are known, or an address that is known
 * but for an offset. Arithmetic on them never says more than is true.
 */
#ifndef CHECK_FLOW_BITS_H
#define CHECK_FLOW_BITS_H

#include "check/flow_decode.h"

#include <stdbool.h>
#include <stdint.h>

enum flow_kind {
    FLOW_BITS,       /* the bits of `mask` are those of `value` */
    FLOW_BASE,       /* the address `value` and an unknown offset, not negative */
    FLOW_STACK,      /* the stack pointer at the function's entry + value */
    FLOW_STACK_SOME, /* the same and an unknown offset, not negative */
    FLOW_RETURN      /* where the function returns to */
};

struct flow_bits {
    enum flow_kind kind;
    uint32_t mask;  /* all ones unless FLOW_BITS */
    uint32_t value; /* 0 where mask is */
};

#define FLOW_ALL 0xFFFFFFFFu

struct flow_bits flow_constant(uint32_t value);
struct flow_bits flow_unknown(void);
/* All bits known. */
static inline bool flow_is_constant(struct flow_bits a)
{
    return a.kind == FLOW_BITS && a.mask == FLOW_ALL;
}
static inline bool flow_is_unknown(struct flow_bits a)
{
    return a.kind == FLOW_BITS && a.mask == 0;
}
/* Is every word that `b` may be one that `a` may be? */
bool flow_covers(struct flow_bits a, struct flow_bits b);
/* What may be either. */
struct flow_bits flow_merge(struct flow_bits a, struct flow_bits b);
/* May a register hold `word`? */
bool flow_may_be(struct flow_bits a, uint32_t word);

/* a `alu` b of FLOW_ALU; the carry that comes in is unknown. */
struct flow_bits flow_alu(enum flow_alu alu, struct flow_bits a, struct flow_bits b);
/* a shifted by `amount` (0..255, as a register does it). */
struct flow_bits flow_shift(enum flow_shift type, struct flow_bits a, unsigned amount);
/* `width` bits at `lsb`, sign-extended or not. */
struct flow_bits flow_extract(struct flow_bits a, unsigned lsb, unsigned width, bool is_signed);
/* The low `width` bits of `b` at `lsb` of `a`. */
struct flow_bits flow_insert(struct flow_bits a, struct flow_bits b, unsigned lsb, unsigned width);
struct flow_bits flow_multiply(struct flow_bits a, struct flow_bits b);

/* Looks like an address of the memory map (RM0399 2.3), not like a number. */
bool flow_is_address(uint32_t value);

#endif
