/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CPU_ARMV7M_FP_WIDE_H
#define VBOARD_CPU_ARMV7M_FP_WIDE_H

/* 128-bit numbers by hand: products of two mantissas. Internal to fp/. */
#include "vboard/cpu/armv7m/fp/value.h"

struct fp_wide {
    uint64_t hi, lo;
};

static inline struct fp_wide fp_wide_mul(uint64_t a, uint64_t b)
{
    const uint64_t a0 = (uint32_t)a, a1 = a >> 32, b0 = (uint32_t)b, b1 = b >> 32;
    const uint64_t low = a0 * b0;
    /* At most (2^32-1)^2 + 2 * (2^32-1) = 2^64 - 1: no carry is lost. */
    const uint64_t mid = a1 * b0 + (low >> 32);
    const uint64_t mid2 = a0 * b1 + (uint32_t)mid;

    return (struct fp_wide){a1 * b1 + (mid >> 32) + (mid2 >> 32), mid2 << 32 | (uint32_t)low};
}

static inline struct fp_wide fp_wide_add(struct fp_wide a, struct fp_wide b)
{
    const uint64_t lo = a.lo + b.lo;

    return (struct fp_wide){a.hi + b.hi + (lo < a.lo), lo};
}

static inline struct fp_wide fp_wide_sub(struct fp_wide a, struct fp_wide b)
{
    return (struct fp_wide){a.hi - b.hi - (a.lo < b.lo), a.lo - b.lo};
}

static inline bool fp_wide_less(struct fp_wide a, struct fp_wide b)
{
    return a.hi < b.hi || (a.hi == b.hi && a.lo < b.lo);
}

/* Shifted left until bit 127 is set; a is not 0. Returns by how much in `*zeros`. */
static inline struct fp_wide fp_wide_normalise(struct fp_wide a, int *zeros)
{
    int n = a.hi != 0 ? __builtin_clzll(a.hi) : 64 + __builtin_clzll(a.lo);

    *zeros = n;
    if (n >= 64) {
        a = (struct fp_wide){a.lo, 0};
        n -= 64;
    }
    if (n != 0) {
        a = (struct fp_wide){a.hi << n | a.lo >> (64 - n), a.lo << n};
    }
    return a;
}

/* a >> n for n >= 0; bits that fall out leave a mark in bit 0. */
static inline struct fp_wide fp_wide_shift_right_sticky(struct fp_wide a, int n)
{
    if (n == 0) {
        return a;
    }
    if (n < 64) {
        return (struct fp_wide){a.hi >> n,
                                a.hi << (64 - n) | a.lo >> n | ((a.lo << (64 - n)) != 0)};
    }
    return (struct fp_wide){0, fp_shift_right_sticky(a.hi, n - 64) | (a.lo != 0)};
}

/* The number a / 2^127 * 2^exp, not 0, the lower half of its mantissa as the sticky bit. */
static inline struct fp_value fp_wide_value(struct fp_wide a, int exp, bool sign)
{
    int zeros;

    a = fp_wide_normalise(a, &zeros);
    return (struct fp_value){FP_TYPE_NONZERO, sign, exp - zeros, a.hi | (a.lo != 0)};
}

#endif
