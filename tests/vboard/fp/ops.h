/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_VBOARD_FP_OPS_H
#define TESTS_VBOARD_FP_OPS_H

/*
 * Every arithmetic instruction of FPv5-D16 as a row: how fp.h computes it, and its encoding for
 * an engine that executes it.
 */
#include <stddef.h>
#include <stdint.h>

#include "vboard/cpu/armv7m/fp/fp.h"

enum op_kind {
    OP_ADD,
    OP_SUB,
    OP_MUL,
    OP_DIV,
    OP_NMUL,
    OP_SQRT,
    OP_FMA, /* the three operands: destination, n, m */
    OP_FMS,
    OP_FNMA,
    OP_FNMS,
    OP_MLA,
    OP_MLS,
    OP_NMLA,
    OP_NMLS,
    OP_CMP, /* no result */
    OP_CMPE,
    OP_MAXNM,
    OP_MINNM,
    OP_RINT,
    OP_RINTX,
    OP_TO_S32,
    OP_TO_U32,
    OP_FROM_S32,
    OP_FROM_U32,
    OP_TO_FIXED,
    OP_FROM_FIXED,
    OP_TO_OTHER, /* single to double, double to single */
    OP_TO_HALF,
    OP_FROM_HALF
};

/* `rounding` of an instruction that rounds as FPSCR says. */
#define BY_FPSCR (-1)

struct op {
    const char *name;
    enum op_kind kind;
    int width;    /* 32, 64: of the floating-point operand or, from integers, result */
    int operands; /* 1 to 3 */
    /* Destination S0 or D0 (S1 is kept), operands S2/D1 and S4/D2; fixed point S0 or D0. */
    uint32_t thumb;
    int rounding; /* enum fp_rounding, BY_FPSCR */
    struct fp_fixed fixed;
};

extern const struct op ops[];
extern const size_t op_count;

/* Bits of an operand and of the result; 0 for a comparison. */
int op_operand_bits(const struct op *op);
int op_result_bits(const struct op *op);
enum fp_rounding op_rounding(const struct op *op, uint32_t fpscr);

/* Executes it by fp.h. Returns the result, 0 for a comparison. */
uint64_t op_run(const struct op *op, struct fp_state *s, const uint64_t v[3]);

#endif
