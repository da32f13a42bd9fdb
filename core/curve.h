/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CORE_CURVE_H
#define CORE_CURVE_H

#include <stdbool.h>
#include <stdint.h>

#define CURVE_POINTS_MAX 16

/*
 * A piecewise linear curve through 2 to 16 points: x strictly rising, y strictly rising or strictly
 * falling. Outside its ends it stays at the end point. Results are rounded to nearest, ties away from
 * zero; at the points they are exact.
 */
struct curve_point {
    int32_t x;
    int32_t y;
};

struct curve {
    uint8_t count;
    struct curve_point point[CURVE_POINTS_MAX];
};

/* Whether the points are as stated above; the functions below demand it. */
bool curve_is_monotone(const struct curve *curve);

/* y at x. */
int32_t curve_at(const struct curve *curve, int32_t x);

/* x at y: the inverse. */
int32_t curve_inverse(const struct curve *curve, int32_t y);

/* Smallest and largest y, whichever end they are at. */
int32_t curve_min(const struct curve *curve);
int32_t curve_max(const struct curve *curve);

#endif
