/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* FPAdd, FPSub, FPMul, FPDiv, FPSqrt (DDI 0403E, A2.5) in integers. */
#include "vboard/cpu/armv7m/fp/soft.h"

#include "vboard/cpu/armv7m/fp/wide.h"

/* a + b for non-zero numbers. Bits 0 to 10 of a mantissa of at most 53 bits are free: halving
 * both makes room for the carry and loses nothing. Where the subtraction cancels more than one
 * bit the exponents differ by at most 1, so that nothing was shifted into the sticky bit. */
static uint64_t add_nonzero(struct fp_state *s, const struct fp_format *f, struct fp_value a,
                            struct fp_value b)
{
    if (a.exp < b.exp || (a.exp == b.exp && a.mant < b.mant)) {
        const struct fp_value greater = b;

        b = a;
        a = greater;
    }
    const uint64_t addend = fp_shift_right_sticky(b.mant >> 1, a.exp - b.exp);
    const uint64_t sum = a.sign == b.sign ? (a.mant >> 1) + addend : (a.mant >> 1) - addend;

    if (sum == 0) {
        return fp_zero(f, fp_rmode(s) == FP_MINUS_INF);
    }
    const int zeros = __builtin_clzll(sum);

    a.mant = sum << zeros;
    a.exp += 1 - zeros;
    return fp_round(s, f, a, fp_rmode(s));
}

static uint64_t add(struct fp_state *s, const struct fp_format *f, struct fp_value a,
                    struct fp_value b)
{
    if (a.type == FP_TYPE_INFINITY || b.type == FP_TYPE_INFINITY) {
        if (a.type == b.type && a.sign != b.sign) {
            return fp_invalid(s, f);
        }
        return fp_infinity(f, a.type == FP_TYPE_INFINITY ? a.sign : b.sign);
    }
    if (a.type == FP_TYPE_ZERO && b.type == FP_TYPE_ZERO) {
        return fp_zero(f, a.sign == b.sign ? a.sign : fp_rmode(s) == FP_MINUS_INF);
    }
    if (a.type == FP_TYPE_ZERO) {
        return fp_round(s, f, b, fp_rmode(s));
    }
    if (b.type == FP_TYPE_ZERO) {
        return fp_round(s, f, a, fp_rmode(s));
    }
    return add_nonzero(s, f, a, b);
}

uint64_t fp_soft_add(struct fp_state *s, const struct fp_format *f, uint64_t a, uint64_t b)
{
    struct fp_operand ops[2] = {fp_operand(s, f, a), fp_operand(s, f, b)};
    uint64_t nan;

    return fp_process_nans(s, f, ops, 2, &nan) ? nan : add(s, f, ops[0].v, ops[1].v);
}

uint64_t fp_soft_sub(struct fp_state *s, const struct fp_format *f, uint64_t a, uint64_t b)
{
    struct fp_operand ops[2] = {fp_operand(s, f, a), fp_operand(s, f, b)};
    uint64_t nan;

    if (fp_process_nans(s, f, ops, 2, &nan)) {
        return nan;
    }
    ops[1].v.sign = !ops[1].v.sign;
    return add(s, f, ops[0].v, ops[1].v);
}

uint64_t fp_soft_mul(struct fp_state *s, const struct fp_format *f, uint64_t a, uint64_t b)
{
    struct fp_operand ops[2] = {fp_operand(s, f, a), fp_operand(s, f, b)};
    const struct fp_value x = ops[0].v, y = ops[1].v;
    const bool sign = x.sign != y.sign;
    uint64_t nan;

    if (fp_process_nans(s, f, ops, 2, &nan)) {
        return nan;
    }
    if (x.type == FP_TYPE_INFINITY || y.type == FP_TYPE_INFINITY) {
        if (x.type == FP_TYPE_ZERO || y.type == FP_TYPE_ZERO) {
            return fp_invalid(s, f);
        }
        return fp_infinity(f, sign);
    }
    if (x.type == FP_TYPE_ZERO || y.type == FP_TYPE_ZERO) {
        return fp_zero(f, sign);
    }
    return fp_round(s, f, fp_wide_value(fp_wide_mul(x.mant, y.mant), x.exp + y.exp + 1, sign),
                    fp_rmode(s));
}

/* One quotient bit a turn. 58 bits are more than a double's 53 and two for rounding. */
static struct fp_value divide(struct fp_value a, struct fp_value b)
{
    enum { QUOTIENT_BITS = 58 };
    struct fp_value q = {FP_TYPE_NONZERO, a.sign != b.sign, a.exp - b.exp, 0};
    const uint64_t divisor = b.mant >> 1;
    uint64_t rest = a.mant >> 1;

    if (rest < divisor) {
        rest <<= 1;
        q.exp--;
    }
    for (int i = 0; i < QUOTIENT_BITS; i++) {
        q.mant <<= 1;
        if (rest >= divisor) {
            rest -= divisor;
            q.mant |= 1;
        }
        rest <<= 1;
    }
    q.mant = q.mant << (64 - QUOTIENT_BITS) | (rest != 0);
    return q;
}

uint64_t fp_soft_div(struct fp_state *s, const struct fp_format *f, uint64_t a, uint64_t b)
{
    struct fp_operand ops[2] = {fp_operand(s, f, a), fp_operand(s, f, b)};
    const struct fp_value x = ops[0].v, y = ops[1].v;
    const bool sign = x.sign != y.sign;
    uint64_t nan;

    if (fp_process_nans(s, f, ops, 2, &nan)) {
        return nan;
    }
    if (x.type == y.type && x.type != FP_TYPE_NONZERO) {
        return fp_invalid(s, f); /* 0 / 0, infinity / infinity */
    }
    if (x.type == FP_TYPE_INFINITY) {
        return fp_infinity(f, sign);
    }
    if (y.type == FP_TYPE_ZERO) {
        s->fpscr |= FPSCR_DZC;
        return fp_infinity(f, sign);
    }
    if (x.type == FP_TYPE_ZERO || y.type == FP_TYPE_INFINITY) {
        return fp_zero(f, sign);
    }
    return fp_round(s, f, divide(x, y), fp_rmode(s));
}

/* One bit of the root a turn, by hand's method: with a root q so far, the bit r is in it if
 * (2q + r) * r is not more than what is left of the radicand. `rest` is kept divided by the
 * current r, so that only 2q + r is compared. 1.0 is 2^60: radicands are below 2^62, and
 * `rest` below 2q + r < 2^63. */
static struct fp_value root(struct fp_value a)
{
    const bool odd = a.exp & 1;
    struct fp_value q = {FP_TYPE_NONZERO, false, (a.exp - odd) / 2, 0};
    uint64_t rest = a.mant >> (odd ? 2 : 3);

    for (uint64_t r = UINT64_C(1) << 60; r != 0; r >>= 1) {
        const uint64_t trial = 2 * q.mant + r;

        if (trial <= rest) {
            rest -= trial;
            q.mant += r;
        }
        rest <<= 1;
    }
    q.mant = q.mant << 3 | (rest != 0);
    return q;
}

uint64_t fp_soft_sqrt(struct fp_state *s, const struct fp_format *f, uint64_t a)
{
    const struct fp_value v = fp_unpack(s, f, a);

    if (fp_is_nan(v)) {
        return fp_process_nan(s, f, v.type, a);
    }
    if (v.type == FP_TYPE_ZERO) {
        return fp_zero(f, v.sign);
    }
    if (v.sign) {
        return fp_invalid(s, f);
    }
    if (v.type == FP_TYPE_INFINITY) {
        return fp_infinity(f, false);
    }
    return fp_round(s, f, root(v), fp_rmode(s));
}
