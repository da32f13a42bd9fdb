/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Single precision: the host's arithmetic where host.h allows it, else fp_soft. */
#include "vboard/cpu/armv7m/fp/host.h"

/* With s the rounded sum, the difference of s and the greater operand is exact, and equals the
 * lesser one if and only if s is the sum itself. If it is, both differences are. */
static bool sum_is_inexact(float a, float b, float sum)
{
    return (sum - a != b) | (sum - b != a); /* no branch: it would be a coin's toss */
}

static uint32_t add(struct fp_state *s, uint32_t a, uint32_t b, bool *done)
{
    const float x = fp_float(a), y = fp_float(b), sum = x + y;
    const uint32_t r = fp_float_bits(sum);

    /* A sum of zero is exact, and +0 except of two -0. */
    *done = fp32_is_plain(r) || fp32_abs(r) == 0;
    if (*done) {
        FP_NOTE_INEXACT(s, sum_is_inexact(x, y, sum));
    }
    return r;
}

uint32_t fp32_add(struct fp_state *s, uint32_t a, uint32_t b)
{
    if (fp32_host_may(s, a, b)) {
        bool done;
        const uint32_t r = add(s, a, b, &done);

        if (done) {
            return r;
        }
    }
    return (uint32_t)fp_soft_add(s, &fp_single, a, b);
}

uint32_t fp32_sub(struct fp_state *s, uint32_t a, uint32_t b)
{
    if (fp32_host_may(s, a, b)) {
        bool done;
        const uint32_t r = add(s, a, fp32_neg(b), &done);

        if (done) {
            return r;
        }
    }
    return (uint32_t)fp_soft_sub(s, &fp_single, a, b);
}

/* The double product of two singles is exact: 48 bits, exponents of -298 to 255. */
uint32_t fp32_mul(struct fp_state *s, uint32_t a, uint32_t b)
{
    if (fp32_host_may(s, a, b)) {
        const double product = (double)fp_float(a) * (double)fp_float(b);
        const float rounded = (float)product;
        const uint32_t r = fp_float_bits(rounded);

        if (fp32_is_plain(r) || product == 0) {
            FP_NOTE_INEXACT(s, (double)rounded != product);
            return r;
        }
    }
    return (uint32_t)fp_soft_mul(s, &fp_single, a, b);
}

uint32_t fp32_div(struct fp_state *s, uint32_t a, uint32_t b)
{
    if (fp32_host_may(s, a, b)) {
        const float x = fp_float(a), y = fp_float(b), quotient = x / y;
        const uint32_t r = fp_float_bits(quotient);

        if (fp32_is_plain(r)) {
            FP_NOTE_INEXACT(s, (double)quotient * (double)y != (double)x);
            return r;
        }
    }
    return (uint32_t)fp_soft_div(s, &fp_single, a, b);
}

uint32_t fp32_sqrt(struct fp_state *s, uint32_t a)
{
    /* Only of what is positive: libm need not set errno. */
    if (fp32_host_may(s, a, 0) && fp32_is_plain(a) && a >> 31 == 0) {
        const float x = fp_float(a), root = sqrtf(x);

        FP_NOTE_INEXACT(s, (double)root * (double)root != (double)x);
        return fp_float_bits(root);
    }
    return (uint32_t)fp_soft_sqrt(s, &fp_single, a);
}

/* The error of a double sum, exactly (Knuth's TwoSum); singles and their products are far from
 * the ends of a double's range. */
static double error_of_sum(double a, double b, double sum)
{
    const double b_part = sum - a;

    return (a - (sum - b_part)) + (b - b_part);
}

/* The product is exact, its sum with c is not always. A double rounded to odd (cut, and the last
 * bit set if something was cut off) has more than two bits beyond a single's, so that rounding
 * it once more gives what rounding the sum itself would. */
uint32_t fp32_muladd(struct fp_state *s, uint32_t addend, uint32_t a, uint32_t b)
{
    if (fp32_host_may(s, a, b) && fp32_host_may(s, addend, 0)) {
        const double product = (double)fp_float(a) * (double)fp_float(b);
        const double c = (double)fp_float(addend);
        double sum = product + c;
        const double error = error_of_sum(product, c, sum);

        if (error != 0) {
            uint64_t bits = fp_real_bits(sum);

            if ((bits & 1) == 0) {
                /* The odd neighbour on the side of the error. */
                bits += (error < 0) == (sum < 0) ? 1 : UINT64_MAX;
                sum = fp_real(bits);
            }
        }
        const float rounded = (float)sum;
        const uint32_t r = fp_float_bits(rounded);

        if (fp32_is_plain(r) || sum == 0) {
            FP_NOTE_INEXACT(s, (double)rounded != sum);
            return r;
        }
    }
    return (uint32_t)fp_soft_muladd(s, &fp_single, addend, a, b);
}

/* Neither is a NaN, nor one that FZ would flush. */
static bool host_may_compare(const struct fp_state *s, uint32_t a, uint32_t b)
{
    return FP_HOST && !isunordered(fp_float(a), fp_float(b)) &&
           (!(s->fpscr & FPSCR_FZ) || (!fp32_is_subnormal(a) && !fp32_is_subnormal(b)));
}

void fp32_compare(struct fp_state *s, uint32_t a, uint32_t b, bool quiet_nan_invalid)
{
    if (host_may_compare(s, a, b)) {
        const float x = fp_float(a), y = fp_float(b);

        s->fpscr = (s->fpscr & ~FPSCR_NZCV) | (uint32_t)(x < y) * FPSCR_N |
                   (uint32_t)(x == y) * FPSCR_Z | (uint32_t)(x >= y) * FPSCR_C;
        return;
    }
    fp_soft_compare(s, &fp_single, a, b, quiet_nan_invalid);
}

uint32_t fp32_maxnum(struct fp_state *s, uint32_t a, uint32_t b)
{
    if (host_may_compare(s, a, b) && fp_float(a) != fp_float(b)) {
        return fp_float(a) > fp_float(b) ? a : b;
    }
    return (uint32_t)fp_soft_maxnum(s, &fp_single, a, b);
}

uint32_t fp32_minnum(struct fp_state *s, uint32_t a, uint32_t b)
{
    if (host_may_compare(s, a, b) && fp_float(a) != fp_float(b)) {
        return fp_float(a) < fp_float(b) ? a : b;
    }
    return (uint32_t)fp_soft_minnum(s, &fp_single, a, b);
}

uint32_t fp32_round_int(struct fp_state *s, uint32_t a, enum fp_rounding r, bool exact)
{
    return (uint32_t)fp_soft_round_int(s, &fp_single, a, r, exact);
}

/* C's conversion to an integer cuts off, as FP_TO_ZERO does. */
uint32_t fp32_to_s32(struct fp_state *s, uint32_t a, enum fp_rounding r)
{
    const float x = fp_float(a);

    if (r == FP_TO_ZERO && x >= -0x1p31f && x < 0x1p31f && !fp32_is_subnormal(a)) {
        const int32_t i = (int32_t)x;

        FP_NOTE_INEXACT(s, (double)i != (double)x);
        return (uint32_t)i;
    }
    return (uint32_t)fp_soft_to_fixed(s, &fp_single, a, (struct fp_fixed){32, 0, false}, r);
}

uint32_t fp32_to_u32(struct fp_state *s, uint32_t a, enum fp_rounding r)
{
    const float x = fp_float(a);

    if (r == FP_TO_ZERO && x > -1.0f && x < 0x1p32f && !fp32_is_subnormal(a)) {
        /* By way of a signed 64-bit integer, for which the host has an instruction. */
        const uint32_t i = (uint32_t)(int64_t)x;

        FP_NOTE_INEXACT(s, (double)i != (double)x);
        return i;
    }
    return (uint32_t)fp_soft_to_fixed(s, &fp_single, a, (struct fp_fixed){32, 0, true}, r);
}

uint32_t fp32_from_s32(struct fp_state *s, uint32_t a)
{
    if (fp32_host_may(s, 0, 0)) {
        const int32_t i = (int32_t)a;
        const float x = (float)i;

        FP_NOTE_INEXACT(s, (double)x != (double)i);
        return fp_float_bits(x);
    }
    return (uint32_t)fp_soft_from_fixed(s, &fp_single, a, (struct fp_fixed){32, 0, false},
                                        fp_rmode(s));
}

uint32_t fp32_from_u32(struct fp_state *s, uint32_t a)
{
    if (fp32_host_may(s, 0, 0)) {
        const float x = (float)(int64_t)a;

        FP_NOTE_INEXACT(s, (double)x != (double)a);
        return fp_float_bits(x);
    }
    return (uint32_t)fp_soft_from_fixed(s, &fp_single, a, (struct fp_fixed){32, 0, true},
                                        fp_rmode(s));
}

uint32_t fp32_to_fixed(struct fp_state *s, uint32_t a, struct fp_fixed f)
{
    return (uint32_t)fp_soft_to_fixed(s, &fp_single, a, f, FP_TO_ZERO);
}

uint32_t fp32_from_fixed(struct fp_state *s, uint32_t a, struct fp_fixed f)
{
    return (uint32_t)fp_soft_from_fixed(s, &fp_single, a, f, FP_NEAREST);
}

uint64_t fp32_to_fp64(struct fp_state *s, uint32_t a)
{
    if (fp32_is_plain(a)) {
        return fp_real_bits((double)fp_float(a));
    }
    return fp_soft_convert(s, &fp_single, &fp_double, a);
}

uint32_t fp32_to_fp16(struct fp_state *s, uint32_t a)
{
    return (uint32_t)fp_soft_convert(s, &fp_single, &fp_half, a);
}

uint32_t fp16_to_fp32(struct fp_state *s, uint32_t a)
{
    return (uint32_t)fp_soft_convert(s, &fp_half, &fp_single, a & 0xFFFF);
}
