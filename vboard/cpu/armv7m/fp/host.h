/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CPU_ARMV7M_FP_HOST_H
#define VBOARD_CPU_ARMV7M_FP_HOST_H

/*
 * When the host's float and double may compute for the guest. Internal to fp/.
 *
 * The host rounds to nearest, so RMode must be nearest. A result that is finite and strictly
 * above the least normal number tells by itself that no operand was a NaN or an infinity in a
 * way that matters, and that nothing overflowed or was tiny before rounding: then IEEE 754
 * leaves one answer, and of the flags only IXC is open. (The least normal number itself may
 * have been rounded up from below it.) Subnormal operands are fine unless FZ is set.
 *
 * If IXC is set already, nothing is left to find out; otherwise each operation has an exact
 * test. Whatever is not decided so goes to fp_soft.
 *
 * The sources that include this need IEEE arithmetic as written: no -ffast-math, no contraction
 * (CMakeLists.txt says -ffp-contract=off), no excess precision. Where float is evaluated wider,
 * FP_HOST is 0 and all is soft.
 */
#include <float.h>
#include <math.h>
#include <string.h>

#include "vboard/cpu/armv7m/fp/soft.h"

#ifdef __FAST_MATH__
#error "vboard/cpu/armv7m/fp needs IEEE 754 arithmetic: compile it without -ffast-math"
#endif

#if FLT_EVAL_METHOD == 0 && FLT_MANT_DIG == 24 && DBL_MANT_DIG == 53
#define FP_HOST 1
#else
#define FP_HOST 0
#endif

static inline float fp_float(uint32_t bits)
{
    float x;

    memcpy(&x, &bits, sizeof x);
    return x;
}

static inline uint32_t fp_float_bits(float x)
{
    uint32_t bits;

    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static inline double fp_real(uint64_t bits)
{
    double x;

    memcpy(&x, &bits, sizeof x);
    return x;
}

static inline uint64_t fp_real_bits(double x)
{
    uint64_t bits;

    memcpy(&bits, &x, sizeof bits);
    return bits;
}

/* Exponent field 0, fraction not 0. */
static inline bool fp32_is_subnormal(uint32_t a)
{
    return fp32_abs(a) - 1 < 0x007FFFFFu;
}

static inline bool fp64_is_subnormal(uint64_t a)
{
    return fp64_abs(a) - 1 < UINT64_C(0x000FFFFFFFFFFFFF);
}

/* Whether the host may compute with these operands; the result must still be looked at. */
static inline bool fp32_host_may(const struct fp_state *s, uint32_t a, uint32_t b)
{
    const uint32_t mode = s->fpscr & (FPSCR_RMODE | FPSCR_FZ);

    return FP_HOST &&
           (mode == 0 || (mode == FPSCR_FZ && !fp32_is_subnormal(a) && !fp32_is_subnormal(b)));
}

static inline bool fp64_host_may(const struct fp_state *s, uint64_t a, uint64_t b)
{
    const uint32_t mode = s->fpscr & (FPSCR_RMODE | FPSCR_FZ);

    return FP_HOST &&
           (mode == 0 || (mode == FPSCR_FZ && !fp64_is_subnormal(a) && !fp64_is_subnormal(b)));
}

/* Finite and above the least normal number. */
static inline bool fp32_is_plain(uint32_t r)
{
    return fp32_abs(r) - 0x00800001u < 0x7F800000u - 0x00800001u;
}

static inline bool fp64_is_plain(uint64_t r)
{
    return fp64_abs(r) - UINT64_C(0x0010000000000001) <
           UINT64_C(0x7FF0000000000000) - UINT64_C(0x0010000000000001);
}

static inline bool fp_wants_inexact(const struct fp_state *s)
{
    return !(s->fpscr & FPSCR_IXC);
}

/* IXC, unless set, by a test that is only made then. Its outcome can be a coin's toss: no branch. */
#define FP_NOTE_INEXACT(s, test)                                                                   \
    do {                                                                                           \
        if (fp_wants_inexact(s)) {                                                                 \
            (s)->fpscr |= (uint32_t)(test)*FPSCR_IXC;                                              \
        }                                                                                          \
    } while (0)

#endif
