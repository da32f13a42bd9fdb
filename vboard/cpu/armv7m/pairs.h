/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CPU_ARMV7M_PAIRS_H
#define VBOARD_CPU_ARMV7M_PAIRS_H

/*
 * Two instructions that often stand together, executed by one call: a processor guesses badly where the jump at an
 * instruction's end will go, and half of the interpreter's time is lost there. A pair is the first
 * instruction, the count, and the second one; where anything but registers and plain RAM is needed, both are
 * executed as they are alone. So nothing can tell the difference.
 */
#include "vboard/cpu/armv7m/insn.h"

/* Which handlers begin a pair, and end one. */
/* clang-format off */
#define FOR_FIRSTS(X)                                                        \
    X(ldr_imm) X(ldr_lit) X(ldrb_imm) X(ldrb_post) X(str_imm) X(strb_imm)    \
    X(mov_any) X(mov_imm) X(movs_imm) X(add_imm) X(adds_imm) X(subs_imm)     \
    X(cmp_imm) X(cmp_reg)
#define FOR_BRANCHES(X)                                                      \
    X(beq_near) X(bne_near) X(bcs_near) X(bcc_near) X(bhi_near) X(bls_near)  \
    X(beq_back) X(bne_back) X(bcc_back) X(bhi_back) X(cbz_near) X(cbnz_near) \
    X(b_near) X(bl_near)
/* clang-format on */

#define DECLARE_HANDLER(name) exec_fn name;
FOR_FIRSTS(DECLARE_HANDLER)
FOR_BRANCHES(DECLARE_HANDLER)
#undef DECLARE_HANDLER

/* Decoded both, `second` behind `first` in the same page. */
void pair_join(struct insn *first, const struct insn *second);
/* The second one is going to be decoded anew. */
void pair_part(struct insn *first);

#endif
