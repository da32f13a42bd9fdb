/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/cpu/armv7m/times.h"

#include <stdbool.h>

#define SIGN 0x80000000u

/* How often x, which moves by `step` each time, is at least `least`, before it wraps. */
static uint64_t times_at_least(uint32_t x, uint32_t step, uint64_t least)
{
    if (x < least) {
        return 0;
    }
    bool down = (step & SIGN) != 0;
    return down ? (x - least) / (0u - step) + 1 : (UINT32_MAX - x) / step + 1;
}

/* Likewise below `limit`. */
static uint64_t times_below(uint32_t x, uint32_t step, uint64_t limit)
{
    if (x >= limit) {
        return 0;
    }
    bool down = (step & SIGN) != 0;
    return down ? x / (0u - step) + 1 : (limit - 1 - x) / step + 1;
}

/* It cannot meet `y` sooner than that. */
static uint64_t times_not_equal(uint32_t x, uint32_t step, uint32_t y)
{
    bool down = (step & SIGN) != 0;
    return down ? (x - y) / (0u - step) : (y - x) / step;
}

/* For signed ones the numbers are shifted by 2^31, which makes an
 * order of signed numbers one of unsigned ones. */
uint64_t times_taken(unsigned cond, uint32_t x, uint32_t step, uint32_t y)
{
    switch (cond) {
    case 1: /* NE */
        return times_not_equal(x, step, y);
    case 2: /* CS */
        return times_at_least(x, step, y);
    case 3: /* CC */
        return times_below(x, step, y);
    case 4: /* MI */
        return times_at_least(x - y, step, SIGN);
    case 5: /* PL */
        return times_below(x - y, step, SIGN);
    case 8: /* HI */
        return times_at_least(x, step, UINT64_C(1) + y);
    case 9: /* LS */
        return times_below(x, step, UINT64_C(1) + y);
    case 10: /* GE */
        return times_at_least(x ^ SIGN, step, y ^ SIGN);
    case 11: /* LT */
        return times_below(x ^ SIGN, step, y ^ SIGN);
    case 12: /* GT */
        return times_at_least(x ^ SIGN, step, UINT64_C(1) + (y ^ SIGN));
    case 13: /* LE */
        return times_below(x ^ SIGN, step, UINT64_C(1) + (y ^ SIGN));
    default: /* EQ, VS, VC */
        return 0;
    }
}

unsigned times_mirrored(unsigned cond)
{
    static const uint8_t other[14] = {0, 1, 9, 8, 0, 0, 0, 0, 3, 2, 13, 12, 11, 10};
    return other[cond];
}
