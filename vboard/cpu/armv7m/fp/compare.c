/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* FPCompare, FPMaxNum, FPMinNum (DDI 0403E, A2.5) in integers. */
#include "vboard/cpu/armv7m/fp/soft.h"

/* -1, 0, 1: the order of magnitudes. */
static int order_magnitudes(struct fp_value a, struct fp_value b)
{
    if (a.type != b.type) {
        return a.type < b.type ? -1 : 1; /* zero, non-zero, infinity */
    }
    if (a.type != FP_TYPE_NONZERO) {
        return 0;
    }
    if (a.exp != b.exp) {
        return a.exp < b.exp ? -1 : 1;
    }
    return a.mant == b.mant ? 0 : a.mant < b.mant ? -1 : 1;
}

/* -1: a < b, 0: equal, 1: a > b. Neither is a NaN; +0 equals -0. */
static int order(struct fp_value a, struct fp_value b)
{
    if (a.type == FP_TYPE_ZERO && b.type == FP_TYPE_ZERO) {
        return 0;
    }
    if (a.sign != b.sign) {
        return a.sign ? -1 : 1;
    }
    return a.sign ? -order_magnitudes(a, b) : order_magnitudes(a, b);
}

static uint32_t flags_of(int order)
{
    if (order == 0) {
        return FPSCR_Z | FPSCR_C;
    }
    return order < 0 ? FPSCR_N : FPSCR_C;
}

void fp_soft_compare(struct fp_state *s, const struct fp_format *f, uint64_t a, uint64_t b,
                     bool quiet_nan_invalid)
{
    const struct fp_value x = fp_unpack(s, f, a), y = fp_unpack(s, f, b);
    uint32_t nzcv = FPSCR_C | FPSCR_V;

    if (!fp_is_nan(x) && !fp_is_nan(y)) {
        nzcv = flags_of(order(x, y));
    } else if (x.type == FP_TYPE_SNAN || y.type == FP_TYPE_SNAN || quiet_nan_invalid) {
        s->fpscr |= FPSCR_IOC;
    }
    s->fpscr = (s->fpscr & ~FPSCR_NZCV) | nzcv;
}

/* A quiet NaN beside a number or a signalling NaN loses: it counts as the least there is. */
static void replace_quiet_nan(const struct fp_format *f, struct fp_operand ops[2], bool least_sign)
{
    const bool first = ops[0].v.type == FP_TYPE_QNAN, second = ops[1].v.type == FP_TYPE_QNAN;

    if (first != second) {
        struct fp_operand *nan = first ? &ops[0] : &ops[1];

        nan->bits = fp_infinity(f, least_sign);
        nan->v = (struct fp_value){.type = FP_TYPE_INFINITY, .sign = least_sign};
    }
}

/* The greater (or, with `min`, the lesser) operand. */
static uint64_t choose(struct fp_state *s, const struct fp_format *f, uint64_t a, uint64_t b,
                       bool min)
{
    struct fp_operand ops[2] = {fp_operand(s, f, a), fp_operand(s, f, b)};
    uint64_t nan;

    replace_quiet_nan(f, ops, !min);
    if (fp_process_nans(s, f, ops, 2, &nan)) {
        return nan;
    }
    const struct fp_value x = ops[0].v, y = ops[1].v;

    if (x.type == FP_TYPE_ZERO && y.type == FP_TYPE_ZERO) {
        return fp_zero(f, min ? x.sign || y.sign : x.sign && y.sign);
    }
    const bool first = min ? order(x, y) < 0 : order(x, y) > 0;
    const struct fp_operand *chosen = first ? &ops[0] : &ops[1];

    /* A flushed operand's bits are not its value. */
    return chosen->v.type == FP_TYPE_ZERO ? fp_zero(f, chosen->v.sign) : chosen->bits;
}

uint64_t fp_soft_maxnum(struct fp_state *s, const struct fp_format *f, uint64_t a, uint64_t b)
{
    return choose(s, f, a, b, false);
}

uint64_t fp_soft_minnum(struct fp_state *s, const struct fp_format *f, uint64_t a, uint64_t b)
{
    return choose(s, f, a, b, true);
}
