/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* FPMulAdd (DDI 0403E, A2.5) in integers: the product is kept whole until the sum is rounded. */
#include "vboard/cpu/armv7m/fp/soft.h"
#include "vboard/cpu/armv7m/fp/wide.h"

/* A number with a 128-bit mantissa: mant / 2^127 * 2^exp. */
struct term {
    struct fp_wide mant;
    int exp;
    bool sign;
};

static struct term product_of(struct fp_value a, struct fp_value b)
{
    struct term t = {.sign = a.sign != b.sign};
    int zeros;

    t.mant = fp_wide_normalise(fp_wide_mul(a.mant, b.mant), &zeros);
    t.exp = a.exp + b.exp + 1 - zeros;
    return t;
}

/* As add_nonzero in soft.c: a product of two mantissas of 53 bits leaves 22 bits free. */
static uint64_t add_terms(struct fp_state *s, const struct fp_format *f, struct term a,
                          struct term b)
{
    if (a.exp < b.exp || (a.exp == b.exp && fp_wide_less(a.mant, b.mant))) {
        const struct term greater = b;

        b = a;
        a = greater;
    }
    const struct fp_wide x = fp_wide_shift_right_sticky(a.mant, 1);
    const struct fp_wide y = fp_wide_shift_right_sticky(b.mant, 1 + a.exp - b.exp);
    const struct fp_wide sum = a.sign == b.sign ? fp_wide_add(x, y) : fp_wide_sub(x, y);

    if (sum.hi == 0 && sum.lo == 0) {
        return fp_zero(f, fp_rmode(s) == FP_MINUS_INF);
    }
    return fp_round(s, f, fp_wide_value(sum, a.exp + 1, a.sign), fp_rmode(s));
}

/* Infinities among the operands, none of which is a NaN. */
static uint64_t with_infinity(struct fp_state *s, const struct fp_format *f, struct fp_value c,
                              struct fp_value a, struct fp_value b)
{
    const bool product = a.type == FP_TYPE_INFINITY || b.type == FP_TYPE_INFINITY;
    const bool sign = a.sign != b.sign;

    if (product && (a.type == FP_TYPE_ZERO || b.type == FP_TYPE_ZERO)) {
        return fp_invalid(s, f);
    }
    if (product && c.type == FP_TYPE_INFINITY && c.sign != sign) {
        return fp_invalid(s, f);
    }
    return fp_infinity(f, product ? sign : c.sign);
}

static bool is_zero_times_infinity(struct fp_value a, struct fp_value b)
{
    return (a.type == FP_TYPE_ZERO && b.type == FP_TYPE_INFINITY) ||
           (a.type == FP_TYPE_INFINITY && b.type == FP_TYPE_ZERO);
}

uint64_t fp_soft_muladd(struct fp_state *s, const struct fp_format *f, uint64_t addend, uint64_t a,
                        uint64_t b)
{
    const struct fp_operand ops[3] = {fp_operand(s, f, addend), fp_operand(s, f, a),
                                      fp_operand(s, f, b)};
    const struct fp_value c = ops[0].v, x = ops[1].v, y = ops[2].v;
    const bool sign = x.sign != y.sign;
    uint64_t nan;

    if (fp_process_nans(s, f, ops, 3, &nan)) {
        /* A quiet NaN does not hide 0 * infinity; a signalling one does. */
        return c.type == FP_TYPE_QNAN && is_zero_times_infinity(x, y) ? fp_invalid(s, f) : nan;
    }
    if (c.type == FP_TYPE_INFINITY || x.type == FP_TYPE_INFINITY || y.type == FP_TYPE_INFINITY) {
        return with_infinity(s, f, c, x, y);
    }
    if (x.type == FP_TYPE_ZERO || y.type == FP_TYPE_ZERO) {
        if (c.type == FP_TYPE_ZERO) {
            return fp_zero(f, c.sign == sign ? sign : fp_rmode(s) == FP_MINUS_INF);
        }
        return fp_round(s, f, c, fp_rmode(s));
    }
    const struct term product = product_of(x, y);

    if (c.type == FP_TYPE_ZERO) {
        return fp_round(s, f, fp_wide_value(product.mant, product.exp, product.sign), fp_rmode(s));
    }
    return add_terms(s, f, product, (struct term){{c.mant, 0}, c.exp, c.sign});
}
