/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CORE_ROUND_H
#define CORE_ROUND_H

#include <stdint.h>

/* Nearest integer, ties away from zero, of what is known to lie between two values of the type. */
static inline int32_t round_inside_i32(double value)
{
    return (int32_t)(value < 0 ? value - 0.5 : value + 0.5);
}

/* The same of anything but NaN, clamped to the type: three times the instructions. */
static inline int32_t round_i32(double value)
{
    if (value >= 2147483646.5) {
        return INT32_MAX;
    }
    if (value <= -2147483647.5) {
        return INT32_MIN;
    }
    return round_inside_i32(value);
}

/* Magnitude, without libm. */
static inline double magnitude(double value)
{
    return value < 0 ? -value : value;
}

/* Within -limit..limit. */
static inline double clamp_to(double value, double limit)
{
    if (value > limit) {
        return limit;
    }
    return value < -limit ? -limit : value;
}

#endif
