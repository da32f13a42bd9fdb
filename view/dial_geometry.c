/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "view/dial_geometry.h"

#include <math.h>

#define PI 3.14159265358979323846

/* Straight up is 0, clockwise is positive. */
static struct dial_point unit_point(double mdeg)
{
    double radians = mdeg / 1000 * PI / 180;
    return (struct dial_point){sin(radians), -cos(radians)};
}

struct dial_geometry dial_fit(const struct gauge_config *dial, double width, double height,
                              double margin)
{
    struct dial_geometry geometry = {
        .low_mdeg = curve_min(&dial->dial),
        .high_mdeg = curve_max(&dial->dial),
        .park_mdeg = dial->park_mdeg,
    };
    geometry.middle_mdeg = (geometry.low_mdeg + geometry.high_mdeg) / 2.0;
    double left = 0;
    double right = 0;
    double top = 0;
    double bottom = 0;
    double from = fmin(geometry.low_mdeg, geometry.park_mdeg);
    double to = fmax(geometry.high_mdeg, geometry.park_mdeg);
    for (int i = 0; i <= 360; i++) {
        struct dial_point p = unit_point(from + (to - from) * i / 360 - geometry.middle_mdeg);
        left = fmin(left, p.x);
        right = fmax(right, p.x);
        top = fmin(top, p.y);
        bottom = fmax(bottom, p.y);
    }
    geometry.radius =
        fmin((width - 2 * margin) / (right - left), (height - 2 * margin) / (bottom - top));
    geometry.center_x = width / 2 - geometry.radius * (left + right) / 2;
    geometry.center_y = height / 2 - geometry.radius * (top + bottom) / 2;
    return geometry;
}

struct dial_point dial_at(const struct dial_geometry *geometry, double needle_mdeg, double part)
{
    struct dial_point p = unit_point(needle_mdeg - geometry->middle_mdeg);
    return (struct dial_point){geometry->center_x + p.x * geometry->radius * part,
                               geometry->center_y + p.y * geometry->radius * part};
}

struct dial_marks dial_marks(const struct gauge_config *dial, int numbers)
{
    static const int32_t steps[][2] = {
        /* numbered, plain */
        {1000, 500},    {2000, 1000},   {5000, 1000},    {10000, 5000},
        {20000, 10000}, {50000, 10000}, {100000, 50000}, {200000, 50000},
    };
    const size_t last = sizeof steps / sizeof *steps - 1;
    struct dial_marks marks = {
        .first_milli = dial->dial.point[0].x,
        .last_milli = dial->dial.point[dial->dial.count - 1].x,
    };
    size_t i = 0;
    while (i < last && (marks.last_milli - marks.first_milli) / steps[i][0] >= numbers) {
        i++;
    }
    marks.major_milli = steps[i][0];
    marks.minor_milli = steps[i][1];
    return marks;
}

int32_t dial_first_multiple(int32_t from, int32_t step)
{
    int32_t multiple = from / step * step;
    return multiple < from ? multiple + step : multiple;
}
