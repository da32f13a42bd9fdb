/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* FPUnpack, FPRound, FPProcessNaN and what they need (DDI 0403E, A2.5). */
#include "vboard/cpu/armv7m/fp/value.h"

const struct fp_format fp_half = {16, 10, -14};
const struct fp_format fp_single = {32, 23, -126};
const struct fp_format fp_double = {64, 52, -1022};

static uint64_t fraction_mask(const struct fp_format *f)
{
    return (UINT64_C(1) << f->fraction) - 1;
}

/* The exponent field of infinities and NaNs, all ones: 31, 255, 2047. */
static uint64_t exponent_ones(const struct fp_format *f)
{
    return (UINT64_C(1) << (f->width - 1 - f->fraction)) - 1;
}

uint64_t fp_zero(const struct fp_format *f, bool sign)
{
    return (uint64_t)sign << (f->width - 1);
}

uint64_t fp_infinity(const struct fp_format *f, bool sign)
{
    return fp_zero(f, sign) | exponent_ones(f) << f->fraction;
}

static uint64_t quiet_bit(const struct fp_format *f)
{
    return UINT64_C(1) << (f->fraction - 1);
}

uint64_t fp_default_nan(const struct fp_format *f)
{
    return fp_infinity(f, false) | quiet_bit(f);
}

uint64_t fp_invalid(struct fp_state *s, const struct fp_format *f)
{
    s->fpscr |= FPSCR_IOC;
    return fp_default_nan(f);
}

/* FZ does not concern half precision. */
static bool flushes(const struct fp_state *s, const struct fp_format *f)
{
    return (s->fpscr & FPSCR_FZ) && f->width != 16;
}

static bool is_alternative_half(const struct fp_state *s, const struct fp_format *f)
{
    return f->width == 16 && (s->fpscr & FPSCR_AHP);
}

/* An exponent field of 0: zero or subnormal. */
static struct fp_value unpack_small(struct fp_state *s, const struct fp_format *f,
                                    struct fp_value v, uint64_t fraction)
{
    if (fraction == 0) {
        return v;
    }
    if (flushes(s, f)) {
        s->fpscr |= FPSCR_IDC;
        return v;
    }
    const int zeros = __builtin_clzll(fraction);

    v.type = FP_TYPE_NONZERO;
    v.mant = fraction << zeros;
    /* A fraction whose top bit (f->fraction - 1) were one more would be 1.0 * 2^min_exp. */
    v.exp = f->min_exp - (zeros - (63 - f->fraction));
    return v;
}

struct fp_value fp_unpack(struct fp_state *s, const struct fp_format *f, uint64_t bits)
{
    const uint64_t fraction = bits & fraction_mask(f);
    const uint64_t exponent = (bits >> f->fraction) & exponent_ones(f);
    struct fp_value v = {.type = FP_TYPE_ZERO, .sign = (bits >> (f->width - 1)) & 1};

    if (exponent == 0) {
        return unpack_small(s, f, v, fraction);
    }
    if (exponent == exponent_ones(f) && !is_alternative_half(s, f)) {
        if (fraction == 0) {
            v.type = FP_TYPE_INFINITY;
        } else {
            v.type = fraction & quiet_bit(f) ? FP_TYPE_QNAN : FP_TYPE_SNAN;
        }
        return v;
    }
    v.type = FP_TYPE_NONZERO;
    v.mant = UINT64_C(1) << 63 | fraction << (63 - f->fraction);
    v.exp = (int)exponent - 1 + f->min_exp;
    return v;
}

static uint64_t overflow(struct fp_state *s, const struct fp_format *f, bool sign,
                         enum fp_rounding r)
{
    const bool to_infinity =
        r == FP_NEAREST || (r == FP_PLUS_INF && !sign) || (r == FP_MINUS_INF && sign);

    s->fpscr |= FPSCR_OFC | FPSCR_IXC;
    /* The greatest number is next below infinity. */
    return fp_infinity(f, sign) - !to_infinity;
}

uint64_t fp_round(struct fp_state *s, const struct fp_format *f, struct fp_value v,
                  enum fp_rounding r)
{
    const bool tiny = v.exp < f->min_exp;

    if (tiny) {
        if (flushes(s, f)) {
            s->fpscr |= FPSCR_UFC;
            return fp_zero(f, v.sign);
        }
        v.mant = fp_shift_right_sticky(v.mant, f->min_exp - v.exp);
        v.exp = f->min_exp;
    }
    const uint64_t integer = v.mant >> (63 - f->fraction);
    const uint64_t rest = v.mant << (f->fraction + 1);
    /* The leading one of `integer` adds 1 to the exponent field, unless the result stays
     * subnormal; a carry out of the fraction does so too. */
    const uint64_t magnitude = ((uint64_t)(v.exp - f->min_exp) << f->fraction) + integer +
                               fp_rounds_up(r, v.sign, integer & 1, rest);

    if (is_alternative_half(s, f)) {
        if (magnitude > 0x7FFF) {
            s->fpscr |= FPSCR_IOC;
            return fp_zero(f, v.sign) | 0x7FFF;
        }
    } else if (magnitude >= fp_infinity(f, false)) {
        return overflow(s, f, v.sign, r);
    }
    if (rest != 0) {
        s->fpscr |= tiny ? FPSCR_UFC | FPSCR_IXC : FPSCR_IXC;
    }
    return fp_zero(f, v.sign) | magnitude;
}

uint64_t fp_process_nan(struct fp_state *s, const struct fp_format *f, enum fp_type type,
                        uint64_t bits)
{
    if (type == FP_TYPE_SNAN) {
        s->fpscr |= FPSCR_IOC;
    }
    return s->fpscr & FPSCR_DN ? fp_default_nan(f) : bits | quiet_bit(f);
}

bool fp_process_nans(struct fp_state *s, const struct fp_format *f, const struct fp_operand *ops,
                     int count, uint64_t *result)
{
    for (enum fp_type type = FP_TYPE_SNAN; type >= FP_TYPE_QNAN; type--) {
        for (int i = 0; i < count; i++) {
            if (ops[i].v.type == type) {
                *result = fp_process_nan(s, f, type, ops[i].bits);
                return true;
            }
        }
    }
    return false;
}
