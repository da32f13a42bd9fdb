/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CPU_ARMV7M_FP_VALUE_H
#define VBOARD_CPU_ARMV7M_FP_VALUE_H

/*
 * Numbers taken apart and put together again: FPUnpack, FPRound and the treatment of NaNs of
 * DDI 0403E, A2.5. One form serves half, single and double precision. Internal to fp/.
 */
#include <stdbool.h>
#include <stdint.h>

#include "vboard/cpu/armv7m/fp/fp.h"

/* A format: `width` = 1 sign bit + exponent bits + `fraction` bits. */
struct fp_format {
    int width;
    int fraction;
    int min_exp; /* of the smallest normal number */
};

extern const struct fp_format fp_half;
extern const struct fp_format fp_single;
extern const struct fp_format fp_double;

enum fp_type { FP_TYPE_ZERO, FP_TYPE_NONZERO, FP_TYPE_INFINITY, FP_TYPE_QNAN, FP_TYPE_SNAN };

/* Non-zero: mant / 2^63 * 2^exp, bit 63 of `mant` set, so 1 <= mant / 2^63 < 2. */
struct fp_value {
    enum fp_type type;
    bool sign;
    int exp;
    uint64_t mant;
};

/* FPUnpack: flushes subnormals where FZ says so. */
struct fp_value fp_unpack(struct fp_state *s, const struct fp_format *f, uint64_t bits);

/* FPRound of a value that is not zero. Bit 0 of `mant` may stand for any lesser rest ("sticky"):
 * each format has more than two bits between its last place and bit 0. */
uint64_t fp_round(struct fp_state *s, const struct fp_format *f, struct fp_value v,
                  enum fp_rounding r);

uint64_t fp_zero(const struct fp_format *f, bool sign);
uint64_t fp_infinity(const struct fp_format *f, bool sign);
uint64_t fp_default_nan(const struct fp_format *f);

/* The default NaN and IOC: what an invalid operation gives. */
uint64_t fp_invalid(struct fp_state *s, const struct fp_format *f);

/* FPProcessNaN: `bits` is a NaN of type `type`. */
uint64_t fp_process_nan(struct fp_state *s, const struct fp_format *f, enum fp_type type,
                        uint64_t bits);

/* An operand as it is handed around: as bits, and taken apart. */
struct fp_operand {
    uint64_t bits;
    struct fp_value v;
};

static inline struct fp_operand fp_operand(struct fp_state *s, const struct fp_format *f,
                                           uint64_t bits)
{
    return (struct fp_operand){bits, fp_unpack(s, f, bits)};
}

static inline bool fp_is_nan(struct fp_value v)
{
    return v.type >= FP_TYPE_QNAN;
}

/* FPProcessNaNs and FPProcessNaNs3: false if none of the `count` operands is a NaN. */
bool fp_process_nans(struct fp_state *s, const struct fp_format *f, const struct fp_operand *ops,
                     int count, uint64_t *result);

/* A rest between two integers, as 64 fraction bits: bit 63 is a half. True: the greater
 * magnitude is chosen. */
static inline bool fp_rounds_up(enum fp_rounding r, bool sign, bool odd, uint64_t rest)
{
    const uint64_t half = UINT64_C(1) << 63;

    switch (r) {
    case FP_NEAREST:
        return rest > half || (rest == half && odd);
    case FP_PLUS_INF:
        return rest != 0 && !sign;
    case FP_MINUS_INF:
        return rest != 0 && sign;
    case FP_TIES_AWAY:
        return rest >= half;
    case FP_TO_ZERO:
        break;
    }
    return false;
}

/* x >> n for n >= 0; bits that fall out leave a mark in bit 0. */
static inline uint64_t fp_shift_right_sticky(uint64_t x, int n)
{
    if (n == 0) {
        return x;
    }
    if (n > 63) {
        return x != 0;
    }
    return (x >> n) | ((x << (64 - n)) != 0);
}

#endif
