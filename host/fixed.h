/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Decimal numbers out of integers, so that the same run prints the same digits everywhere. */
#ifndef HOST_FIXED_H
#define HOST_FIXED_H

#include <stdint.h>

struct fixed_text {
    char text[32];
};

/*
 * value / 10^exponent with `decimals` digits after the point, rounded to nearest, halves away from zero;
 * never "-0". decimals <= exponent <= 12.
 */
struct fixed_text fixed(int64_t value, int exponent, int decimals);

#endif
