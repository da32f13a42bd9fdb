/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "core/curve.h"

#include "core/round.h"

static bool is_rising(const struct curve *curve)
{
    return curve->point[curve->count - 1].y > curve->point[0].y;
}

bool curve_is_monotone(const struct curve *curve)
{
    if (curve->count < 2 || curve->count > CURVE_POINTS_MAX) {
        return false;
    }
    bool rising = is_rising(curve);
    for (unsigned i = 1; i < curve->count; i++) {
        const struct curve_point *a = &curve->point[i - 1];
        const struct curve_point *b = &curve->point[i];
        if (b->x <= a->x || b->y == a->y || (b->y > a->y) != rising) {
            return false;
        }
    }
    return true;
}

/*
 * to0 + run * (to1 - to0) / width. In double, because it divides in hardware: the product of a 32-bit and an angle's
 * 20-bit difference is exact, so rounding happens once. What comes out lies between `to0` and `to1`.
 */
static int32_t between(double run, double width, int32_t to0, int32_t to1)
{
    return round_inside_i32(to0 + run * ((double)to1 - to0) / width);
}

/* How far it is up from `a` to `b`; b >= a. Unsigned, it cannot overflow. */
static double up(int32_t a, int32_t b)
{
    return (double)((uint32_t)b - (uint32_t)a);
}

int32_t curve_at(const struct curve *curve, int32_t x)
{
    const struct curve_point *point = curve->point;
    unsigned last = curve->count - 1u;
    if (x <= point[0].x) {
        return point[0].y;
    }
    for (unsigned i = 1; i <= last; i++) {
        if (x < point[i].x) {
            return between(up(point[i - 1].x, x), up(point[i - 1].x, point[i].x), point[i - 1].y,
                           point[i].y);
        }
    }
    return point[last].y;
}

int32_t curve_inverse(const struct curve *curve, int32_t y)
{
    const struct curve_point *point = curve->point;
    unsigned last = curve->count - 1u;
    bool rising = is_rising(curve);
    if (rising ? y <= point[0].y : y >= point[0].y) {
        return point[0].x;
    }
    for (unsigned i = 1; i <= last; i++) {
        if (rising ? y < point[i].y : y > point[i].y) {
            return between((double)y - point[i - 1].y, (double)point[i].y - point[i - 1].y,
                           point[i - 1].x, point[i].x);
        }
    }
    return point[last].x;
}

int32_t curve_min(const struct curve *curve)
{
    return is_rising(curve) ? curve->point[0].y : curve->point[curve->count - 1].y;
}

int32_t curve_max(const struct curve *curve)
{
    return is_rising(curve) ? curve->point[curve->count - 1].y : curve->point[0].y;
}
