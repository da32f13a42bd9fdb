/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CPU_ARMV7M_ROUND_KINDS_H
#define VBOARD_CPU_ARMV7M_ROUND_KINDS_H

/* What an instruction makes from what, as far as round.c follows instructions. */
#include "vboard/cpu/armv7m/insn.h"

enum round_kind {
    ROUND_OTHER, /* not followed */
    ROUND_NOTHING,
    ROUND_CONSTANT, /* d */
    ROUND_ADDS,     /* d = n + imm */
    ROUND_SUBTRACTS,
    ROUND_ADDS_REGISTER, /* d = n + m */
    ROUND_SUBTRACTS_REGISTER,
    ROUND_MOVES, /* d = m */
    ROUND_NARROWS_8,
    ROUND_NARROWS_16,
    ROUND_MAKES_D,           /* d from itself */
    ROUND_MAKES_N,           /* d from n; without ROUND_D only the flags */
    ROUND_MAKES_M,           /* d from m */
    ROUND_MAKES_NM,          /* d from n and m */
    ROUND_COMPARES,          /* n with imm */
    ROUND_COMPARES_REGISTER, /* n with m */
    ROUND_LOADS,             /* a, at n + imm */
    ROUND_LOADS_LITERAL,
    ROUND_LOADS_AT_SUM, /* a, at n + (m << amount) */
    ROUND_STORES,
    ROUND_STORES_AT_SUM,
    ROUND_LOADS_PAIR, /* d and a, at n + imm */
    ROUND_STORES_PAIR,
    ROUND_LOADS_LIST, /* from n on */
    ROUND_STORES_LIST,
    ROUND_BRANCHES,
    ROUND_BRANCHES_IF, /* by the flags */
    ROUND_ASKS,        /* IT */
    ROUND_BRANCHES_BY_N,
    ROUND_BRANCHES_TO_M,
    ROUND_CALLS, /* LR becomes a constant */
    ROUND_CALLS_M
};

enum {
    ROUND_D = 1,           /* it has a destination */
    ROUND_FLAGS = 2,       /* all of N, Z, C, V are made anew from its operands */
    ROUND_SOME = 4,        /* some of them */
    ROUND_BACK = 8,        /* the base is written back: behind the access */
    ROUND_BACK_FIRST = 16, /* in front of it */
    ROUND_DOWN = 32,       /* a list below the base */
    ROUND_BYTE = 64,
    ROUND_HALF = 128
};

struct round_part {
    enum round_kind kind;
    unsigned how;     /* ROUND_D ... */
    struct insn insn; /* its operands */
};

/* `op`: 16 bits, or 32 with the first halfword on top. */
struct round_part round_part_of(uint32_t op, bool wide, uint32_t pc, bool m7);

#endif
