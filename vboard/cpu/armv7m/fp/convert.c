/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* FPRoundInt, FPToFixed, FixedToFP, and the conversions between formats (DDI 0403E, A2.5). */
#include "vboard/cpu/armv7m/fp/soft.h"

/* A magnitude as an integer and 64 bits behind the point, the last of them sticky. */
struct split {
    uint64_t integer, rest;
};

/* mant / 2^63 * 2^exp for exp < 63. */
static struct split split(uint64_t mant, int exp)
{
    if (exp >= 0) {
        return (struct split){mant >> (63 - exp), mant << exp << 1};
    }
    return (struct split){0, fp_shift_right_sticky(mant, -1 - exp)};
}

uint64_t fp_soft_round_int(struct fp_state *s, const struct fp_format *f, uint64_t a,
                           enum fp_rounding r, bool exact)
{
    struct fp_value v = fp_unpack(s, f, a);

    if (fp_is_nan(v)) {
        return fp_process_nan(s, f, v.type, a);
    }
    if (v.type == FP_TYPE_ZERO) {
        return fp_zero(f, v.sign);
    }
    if (v.type == FP_TYPE_INFINITY || v.exp >= f->fraction) {
        return a; /* has no bits behind the point */
    }
    struct split m = split(v.mant, v.exp);

    m.integer += fp_rounds_up(r, v.sign, m.integer & 1, m.rest);
    if (exact && m.rest != 0) {
        s->fpscr |= FPSCR_IXC;
    }
    if (m.integer == 0) {
        return fp_zero(f, v.sign);
    }
    const int zeros = __builtin_clzll(m.integer);

    v.mant = m.integer << zeros;
    v.exp = 63 - zeros;
    return fp_round(s, f, v, FP_TO_ZERO); /* at most f->fraction + 1 bits: exact */
}

/* The greatest magnitude the fixed-point type has on that side of zero. */
static uint64_t limit_of(struct fp_fixed to, bool sign)
{
    if (to.is_unsigned) {
        return sign ? 0 : (UINT64_C(1) << to.size) - 1;
    }
    return (UINT64_C(1) << (to.size - 1)) - !sign;
}

uint64_t fp_soft_to_fixed(struct fp_state *s, const struct fp_format *f, uint64_t a,
                          struct fp_fixed to, enum fp_rounding r)
{
    const struct fp_value v = fp_unpack(s, f, a);
    const uint64_t limit = limit_of(to, v.sign);
    const int exp = v.exp + to.fraction;
    /* Stands for all that is too great: 2^32 and more are above each limit. */
    struct split m = {UINT64_MAX, 0};

    if (fp_is_nan(v)) {
        s->fpscr |= FPSCR_IOC;
        return 0;
    }
    if (v.type == FP_TYPE_ZERO) {
        return 0;
    }
    if (v.type == FP_TYPE_NONZERO && exp < 32) {
        m = split(v.mant, exp);
        m.integer += fp_rounds_up(r, v.sign, m.integer & 1, m.rest);
    }
    if (m.integer > limit) {
        s->fpscr |= FPSCR_IOC;
        m.integer = limit;
    } else if (m.rest != 0) {
        s->fpscr |= FPSCR_IXC;
    }
    return v.sign ? 0 - m.integer : m.integer;
}

uint64_t fp_soft_from_fixed(struct fp_state *s, const struct fp_format *f, uint64_t a,
                            struct fp_fixed from, enum fp_rounding r)
{
    uint64_t magnitude = a << (64 - from.size) >> (64 - from.size);
    const bool sign = !from.is_unsigned && magnitude >> (from.size - 1);

    if (magnitude == 0) {
        return fp_zero(f, false);
    }
    if (sign) {
        magnitude = (UINT64_C(1) << from.size) - magnitude;
    }
    const int zeros = __builtin_clzll(magnitude);
    const struct fp_value v = {FP_TYPE_NONZERO, sign, 63 - zeros - from.fraction,
                               magnitude << zeros};

    return fp_round(s, f, v, r);
}

/* FPConvertNaN: the top bits of the fraction stay, the quiet bit is set. */
static uint64_t convert_nan(const struct fp_format *from, const struct fp_format *to, uint64_t a,
                            bool sign)
{
    const uint64_t top = a << (64 - from->fraction); /* the fraction, its first bit in bit 63 */

    return fp_zero(to, sign) | fp_default_nan(to) | top >> (64 - to->fraction);
}

uint64_t fp_soft_convert(struct fp_state *s, const struct fp_format *from,
                         const struct fp_format *to, uint64_t a)
{
    const struct fp_value v = fp_unpack(s, from, a);
    /* The alternative half has neither infinities nor NaNs. */
    const bool finite_only = to->width == 16 && (s->fpscr & FPSCR_AHP);

    switch (v.type) {
    case FP_TYPE_QNAN:
    case FP_TYPE_SNAN:
        if (v.type == FP_TYPE_SNAN || finite_only) {
            s->fpscr |= FPSCR_IOC;
        }
        if (finite_only) {
            return fp_zero(to, v.sign);
        }
        return s->fpscr & FPSCR_DN ? fp_default_nan(to) : convert_nan(from, to, a, v.sign);
    case FP_TYPE_INFINITY:
        if (finite_only) {
            s->fpscr |= FPSCR_IOC;
            return fp_zero(to, v.sign) | 0x7FFF;
        }
        return fp_infinity(to, v.sign);
    case FP_TYPE_ZERO:
        return fp_zero(to, v.sign);
    case FP_TYPE_NONZERO:
        break;
    }
    return fp_round(s, to, v, fp_rmode(s));
}
