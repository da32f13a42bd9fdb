/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Double precision: the host's arithmetic where host.h allows it, else fp_soft.
 *
 * Whether a product, quotient or root is exact is asked of its integers: with m the 53-bit
 * mantissas, a * b == r means ma * mb == mr << k. A rounded result is off by less than 2^53
 * there, so comparing the low 64 bits is enough.
 */
#include "vboard/cpu/armv7m/fp/host.h"

/* A fused multiply-add in hardware: always, or where the C library finds it at run time (without
 * it glibc's is slow, but right). Else fp_soft is as fast as any. */
#if defined(FP_FAST_FMA) || (defined(__x86_64__) && defined(__GLIBC__))
#define HOST_FMA FP_HOST
#else
#define HOST_FMA 0
#endif

/* Of a normal number: the mantissa as an integer, and the exponent field. */
static uint64_t mantissa(uint64_t a)
{
    return (a & UINT64_C(0x000FFFFFFFFFFFFF)) | UINT64_C(1) << 52;
}

static unsigned exponent(uint64_t a)
{
    return (unsigned)(a >> 52) & 0x7FF;
}

/* As in single.c. */
static bool sum_is_inexact(double a, double b, double sum)
{
    return (sum - a != b) | (sum - b != a); /* no branch: it would be a coin's toss */
}

static uint64_t add(struct fp_state *s, uint64_t a, uint64_t b, bool *done)
{
    const double x = fp_real(a), y = fp_real(b), sum = x + y;
    const uint64_t r = fp_real_bits(sum);

    *done = fp64_is_plain(r) || fp64_abs(r) == 0;
    if (*done) {
        FP_NOTE_INEXACT(s, sum_is_inexact(x, y, sum));
    }
    return r;
}

uint64_t fp64_add(struct fp_state *s, uint64_t a, uint64_t b)
{
    if (fp64_host_may(s, a, b)) {
        bool done;
        const uint64_t r = add(s, a, b, &done);

        if (done) {
            return r;
        }
    }
    return fp_soft_add(s, &fp_double, a, b);
}

uint64_t fp64_sub(struct fp_state *s, uint64_t a, uint64_t b)
{
    if (fp64_host_may(s, a, b)) {
        bool done;
        const uint64_t r = add(s, a, fp64_neg(b), &done);

        if (done) {
            return r;
        }
    }
    return fp_soft_sub(s, &fp_double, a, b);
}

/* a * b == r, all normal: 2^k of the head comment has k = 52 or 53, and exponent fields are
 * biased by 1023. */
static bool product_is_inexact(uint64_t a, uint64_t b, uint64_t r)
{
    const unsigned k = exponent(r) + 1023 + 52 - exponent(a) - exponent(b);

    return mantissa(a) * mantissa(b) != mantissa(r) << k;
}

uint64_t fp64_mul(struct fp_state *s, uint64_t a, uint64_t b)
{
    if (fp64_host_may(s, a, b)) {
        const uint64_t r = fp_real_bits(fp_real(a) * fp_real(b));

        if (fp64_is_plain(r)) {
            if (!fp_wants_inexact(s)) {
                return r;
            }
            if (exponent(a) != 0 && exponent(b) != 0) {
                FP_NOTE_INEXACT(s, product_is_inexact(a, b, r));
                return r;
            }
        } else if (fp64_abs(r) == 0 && (fp64_abs(a) == 0 || fp64_abs(b) == 0)) {
            return r;
        }
    }
    return fp_soft_mul(s, &fp_double, a, b);
}

uint64_t fp64_div(struct fp_state *s, uint64_t a, uint64_t b)
{
    if (fp64_host_may(s, a, b)) {
        const uint64_t r = fp_real_bits(fp_real(a) / fp_real(b));

        if (fp64_is_plain(r)) {
            if (!fp_wants_inexact(s)) {
                return r;
            }
            if (exponent(a) != 0 && exponent(b) != 0) {
                FP_NOTE_INEXACT(s, product_is_inexact(r, b, a));
                return r;
            }
        }
    }
    return fp_soft_div(s, &fp_double, a, b);
}

uint64_t fp64_sqrt(struct fp_state *s, uint64_t a)
{
    if (fp64_host_may(s, a, 0) && fp64_is_plain(a) && a >> 63 == 0) {
        const uint64_t r = fp_real_bits(sqrt(fp_real(a)));

        FP_NOTE_INEXACT(s, product_is_inexact(r, r, a));
        return r;
    }
    return fp_soft_sqrt(s, &fp_double, a);
}

/* Whole numbers, mostly: the product is exact, and so is the sum. Then nothing is rounded. */
static bool muladd_is_exact(uint64_t addend, uint64_t a, uint64_t b, uint64_t r)
{
    const uint64_t product = fp_real_bits(fp_real(a) * fp_real(b));

    return exponent(a) != 0 && exponent(b) != 0 && fp64_is_plain(product) &&
           !product_is_inexact(a, b, product) &&
           !sum_is_inexact(fp_real(product), fp_real(addend), fp_real(r));
}

uint64_t fp64_muladd(struct fp_state *s, uint64_t addend, uint64_t a, uint64_t b)
{
    if (HOST_FMA && fp64_host_may(s, a, b) && fp64_host_may(s, addend, 0)) {
        const uint64_t r = fp_real_bits(fma(fp_real(a), fp_real(b), fp_real(addend)));

        if (fp64_is_plain(r) && (!fp_wants_inexact(s) || muladd_is_exact(addend, a, b, r))) {
            return r;
        }
    }
    return fp_soft_muladd(s, &fp_double, addend, a, b);
}

/* Neither is a NaN, nor one that FZ would flush. */
static bool host_may_compare(const struct fp_state *s, uint64_t a, uint64_t b)
{
    return FP_HOST && !isunordered(fp_real(a), fp_real(b)) &&
           (!(s->fpscr & FPSCR_FZ) || (!fp64_is_subnormal(a) && !fp64_is_subnormal(b)));
}

void fp64_compare(struct fp_state *s, uint64_t a, uint64_t b, bool quiet_nan_invalid)
{
    if (host_may_compare(s, a, b)) {
        const double x = fp_real(a), y = fp_real(b);

        s->fpscr = (s->fpscr & ~FPSCR_NZCV) | (uint32_t)(x < y) * FPSCR_N |
                   (uint32_t)(x == y) * FPSCR_Z | (uint32_t)(x >= y) * FPSCR_C;
        return;
    }
    fp_soft_compare(s, &fp_double, a, b, quiet_nan_invalid);
}

uint64_t fp64_maxnum(struct fp_state *s, uint64_t a, uint64_t b)
{
    if (host_may_compare(s, a, b) && fp_real(a) != fp_real(b)) {
        return fp_real(a) > fp_real(b) ? a : b;
    }
    return fp_soft_maxnum(s, &fp_double, a, b);
}

uint64_t fp64_minnum(struct fp_state *s, uint64_t a, uint64_t b)
{
    if (host_may_compare(s, a, b) && fp_real(a) != fp_real(b)) {
        return fp_real(a) < fp_real(b) ? a : b;
    }
    return fp_soft_minnum(s, &fp_double, a, b);
}

uint64_t fp64_round_int(struct fp_state *s, uint64_t a, enum fp_rounding r, bool exact)
{
    return fp_soft_round_int(s, &fp_double, a, r, exact);
}

/* C's conversion to an integer cuts off, as FP_TO_ZERO does. */
uint32_t fp64_to_s32(struct fp_state *s, uint64_t a, enum fp_rounding r)
{
    const double x = fp_real(a);

    if (r == FP_TO_ZERO && x > -0x1p31 - 1 && x < 0x1p31 && !fp64_is_subnormal(a)) {
        const int32_t i = (int32_t)x;

        FP_NOTE_INEXACT(s, (double)i != x);
        return (uint32_t)i;
    }
    return (uint32_t)fp_soft_to_fixed(s, &fp_double, a, (struct fp_fixed){32, 0, false}, r);
}

uint32_t fp64_to_u32(struct fp_state *s, uint64_t a, enum fp_rounding r)
{
    const double x = fp_real(a);

    if (r == FP_TO_ZERO && x > -1.0 && x < 0x1p32 && !fp64_is_subnormal(a)) {
        const uint32_t i = (uint32_t)(int64_t)x;

        FP_NOTE_INEXACT(s, (double)i != x);
        return i;
    }
    return (uint32_t)fp_soft_to_fixed(s, &fp_double, a, (struct fp_fixed){32, 0, true}, r);
}

uint64_t fp64_from_s32(uint32_t a)
{
    return fp_real_bits((double)(int32_t)a);
}

uint64_t fp64_from_u32(uint32_t a)
{
    return fp_real_bits((double)a);
}

uint64_t fp64_to_fixed(struct fp_state *s, uint64_t a, struct fp_fixed f)
{
    return fp_soft_to_fixed(s, &fp_double, a, f, FP_TO_ZERO);
}

uint64_t fp64_from_fixed(struct fp_state *s, uint64_t a, struct fp_fixed f)
{
    return fp_soft_from_fixed(s, &fp_double, a, f, FP_NEAREST);
}

uint32_t fp64_to_fp32(struct fp_state *s, uint64_t a)
{
    if (fp64_host_may(s, a, 0)) {
        const double x = fp_real(a);
        const float rounded = (float)x;
        const uint32_t r = fp_float_bits(rounded);

        if (fp32_is_plain(r)) {
            FP_NOTE_INEXACT(s, (double)rounded != x);
            return r;
        }
    }
    return (uint32_t)fp_soft_convert(s, &fp_double, &fp_single, a);
}

uint32_t fp64_to_fp16(struct fp_state *s, uint64_t a)
{
    return (uint32_t)fp_soft_convert(s, &fp_double, &fp_half, a);
}

uint64_t fp16_to_fp64(struct fp_state *s, uint32_t a)
{
    return fp_soft_convert(s, &fp_half, &fp_double, a & 0xFFFF);
}
