/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Where things are on a drawn dial: the face fitted into a box, needle angles as points, and the
 * temperatures that get a number. Shared by the terminal's dial and the picture.
 */
#ifndef VIEW_DIAL_GEOMETRY_H
#define VIEW_DIAL_GEOMETRY_H

#include "core/gauge.h"

#include <stdbool.h>
#include <stdint.h>

struct dial_point {
    double x, y; /* y grows downwards */
};

struct dial_geometry {
    double center_x, center_y, radius;
    double middle_mdeg;          /* this needle angle points straight up */
    int32_t low_mdeg, high_mdeg; /* ends of the scale, low < high */
    int32_t park_mdeg;
};

/* Fits the face of `dial` (scale, park and hub) into width x height with `margin` around. */
struct dial_geometry dial_fit(const struct gauge_config *dial, double width, double height,
                              double margin);

/* The point at `part` of the radius (0 hub, 1 scale) where the needle points at `needle_mdeg`. */
struct dial_point dial_at(const struct dial_geometry *geometry, double needle_mdeg, double part);

/* The scale's marks: numbered ones every `major`, plain ones every `minor` m°C, multiples of them. */
struct dial_marks {
    int32_t first_milli, last_milli; /* the scale's ends */
    int32_t major_milli, minor_milli;
};

/* At most `numbers` numbered marks. */
struct dial_marks dial_marks(const struct gauge_config *dial, int numbers);

/* The smallest multiple of `step` that is not below `from`. */
int32_t dial_first_multiple(int32_t from, int32_t step);

#endif
