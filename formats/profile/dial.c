/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "formats/profile/parts.h"

#include "core/record.h"
#include "formats/profile/keys.h"

#include <math.h>
#include <string.h>

/* No hobby servo follows beyond these. */
#define SERVO_PULSE_MIN_US 400.0
#define SERVO_PULSE_MAX_US 2700.0

/* An int16_t of centi-degrees, as the record has it, ends at 327. */
#define ANGLE_MAX_DEG 320.0

/* The record counts angles in 10 millidegrees and pulses in 100 ns. */
static int32_t to_mdeg(double degrees)
{
    return (int32_t)lround(degrees * 100) * 10;
}

static int32_t to_pulse_ns(double microseconds)
{
    return (int32_t)lround(microseconds * 10) * 100;
}

static int32_t to_milli(double celsius)
{
    return (int32_t)lround(celsius * 1000);
}

/* A list of points: what its two numbers are, and how they are kept. */
struct point_kind {
    int count_max;
    const char *form;
    double x_min, x_max, y_min, y_max;
    int32_t (*keep_x)(double x);
    int32_t (*keep_y)(double y);
    const char *x_error;
    const char *y_error;
};

static const struct point_kind dial_kind = {
    .count_max = RECORD_DIAL_POINTS_MAX,
    .form = "[°C, needle degrees]",
    .x_min = PROFILE_MIN_C,
    .x_max = PROFILE_MAX_C,
    .y_min = -ANGLE_MAX_DEG,
    .y_max = ANGLE_MAX_DEG,
    .keep_x = to_milli,
    .keep_y = to_mdeg,
    .x_error = "the temperature does not rise: list the points from cold to hot",
    .y_error = "the needle turns back: let its angles rise, or fall, from point to point",
};

static const struct point_kind servo_kind = {
    .count_max = RECORD_SERVO_POINTS_MAX,
    .form = "[needle degrees, µs]",
    .x_min = -ANGLE_MAX_DEG,
    .x_max = ANGLE_MAX_DEG,
    .y_min = SERVO_PULSE_MIN_US,
    .y_max = SERVO_PULSE_MAX_US,
    .keep_x = to_mdeg,
    .keep_y = to_pulse_ns,
    .x_error = "the angle does not rise: list the points from low to high angles",
    .y_error = "the pulse turns back: let the pulses rise, or fall, from point to point",
};

static bool read_point(const struct yaml_value *item, const struct point_kind *kind,
                       struct curve_point *point)
{
    double x;
    double y;
    if (!yaml_is_sequence(item) || yaml_item_count(item) != 2) {
        return yaml_fail(item, "not a pair: write %s", kind->form);
    }
    struct yaml_value left = yaml_item(item, 0);
    struct yaml_value right = yaml_item(item, 1);
    if (!yaml_number(&left, kind->x_min, kind->x_max, &x) ||
        !yaml_number(&right, kind->y_min, kind->y_max, &y)) {
        return false;
    }
    *point = (struct curve_point){kind->keep_x(x), kind->keep_y(y)};
    return true;
}

static bool read_points(const struct yaml_value *value, const struct point_kind *kind,
                        struct curve *curve)
{
    int count = yaml_item_count(value);
    if (count < 0) {
        return false;
    }
    if (count < 2 || count > kind->count_max) {
        return yaml_fail(value, "%d points: give 2 to %d", count, kind->count_max);
    }
    struct curve_point *points = curve->point;
    for (int i = 0; i < count; i++) {
        struct yaml_value item = yaml_item(value, i);
        if (!read_point(&item, kind, &points[i])) {
            return false;
        }
        if (i > 0 && points[i].x <= points[i - 1].x) {
            return yaml_fail(&item, "%s", kind->x_error);
        }
        bool up = points[1].y > points[0].y;
        if (i > 0 && (points[i].y == points[i - 1].y || (points[i].y > points[i - 1].y) != up)) {
            return yaml_fail(&item, "%s", kind->y_error);
        }
    }
    curve->count = (uint8_t)count;
    return true;
}

bool profile_read_dial_points(const struct yaml_value *value, const struct yaml_key *key,
                              void *target)
{
    (void)key;
    return read_points(value, &dial_kind, target);
}

bool profile_read_servo_points(const struct yaml_value *value, const struct yaml_key *key,
                               void *target)
{
    (void)key;
    return read_points(value, &servo_kind, target);
}

bool profile_read_angle(const struct yaml_value *value, const struct yaml_key *key, void *target)
{
    double degrees;
    (void)key;
    if (!yaml_number(value, -ANGLE_MAX_DEG, ANGLE_MAX_DEG, &degrees)) {
        return false;
    }
    *(int32_t *)target = to_mdeg(degrees);
    return true;
}

/* The record keeps tenths. */
bool profile_read_critical(const struct yaml_value *value, const struct yaml_key *key, void *target)
{
    double celsius;
    (void)key;
    if (!yaml_number(value, PROFILE_MIN_C, PROFILE_MAX_C, &celsius)) {
        return false;
    }
    *(int32_t *)target = (int32_t)lround(celsius * 10) * 100;
    return true;
}

/* The servo must be able to reach every angle it will be sent to, and rest between its pulses. */
static bool check_servo(const struct yaml_value *value, const struct gauge_config *dial)
{
    struct yaml_value at = *value;
    int32_t low = dial->servo.point[0].x;
    int32_t high = dial->servo.point[dial->servo.count - 1].x;
    if (curve_min(&dial->dial) < low || curve_max(&dial->dial) > high) {
        yaml_find(value, "dial", &at);
        return yaml_fail(&at, "angles %g to %g exceed the servo's %g to %g: extend servo.pulse",
                         curve_min(&dial->dial) / 1e3, curve_max(&dial->dial) / 1e3, low / 1e3,
                         high / 1e3);
    }
    yaml_find(value, "servo", &at);
    if (dial->park_mdeg < low || dial->park_mdeg > high) {
        yaml_find(&at, "park", &at);
        return yaml_fail(&at, "%g is outside of the servo's %g to %g: extend servo.pulse",
                         dial->park_mdeg / 1e3, low / 1e3, high / 1e3);
    }
    if (curve_max(&dial->servo) > dial->period_us * 1000 - RECORD_PULSE_GAP_NS) {
        return yaml_fail(&at,
                         "pulses up to %g µs do not fit a period of %g ms: lengthen the period",
                         curve_max(&dial->servo) / 1e3, dial->period_us / 1e3);
    }
    return true;
}

static bool check_plausible(const struct yaml_value *value, const struct gauge_config *dial)
{
    struct yaml_value at;
    if (yaml_find(value, "plausible", &at) &&
        dial->plausible_min_milli >= dial->plausible_max_milli) {
        return yaml_fail(&at, "min is not below max: swap or correct them");
    }
    return true;
}

static bool check_warn(const struct yaml_value *value, const struct gauge_config *dial)
{
    struct yaml_value at;
    if (dial->warn_critical_milli > dial->warn_high_milli ||
        dial->warn_critical_milli == GAUGE_WARN_NONE) {
        return true;
    }
    yaml_find(value, "warn", &at);
    yaml_find(&at, "critical", &at);
    return yaml_fail(&at, "critical is not above high: raise it");
}

bool profile_read_dial(const struct yaml_value *value, struct gauge_config *dial)
{
    static const struct yaml_key source[] = {{.name = "source",
                                              .read = profile_read_source,
                                              .offset = offsetof(struct gauge_config, source),
                                              .required = true},
                                             {0}};
    struct profile_rows rows;
    const struct yaml_key row = {.keys = rows.row};
    *dial = (struct gauge_config){0};
    profile_fallbacks(true, dial);
    profile_rows_init(&rows, true, source);
    return yaml_read_mapping(value, &row, dial) && check_plausible(value, dial) &&
           check_servo(value, dial) && check_warn(value, dial);
}
