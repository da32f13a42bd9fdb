/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "formats/profile/parts.h"

#include "core/record.h"

#include <math.h>
#include <string.h>

#define MIN_C (-273.15)
#define MAX_C 1000.0

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
    .x_min = MIN_C,
    .x_max = MAX_C,
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

static bool read_dial_points(const struct yaml_value *value, const struct yaml_key *key,
                             void *target)
{
    (void)key;
    return read_points(value, &dial_kind, target);
}

static bool read_servo_points(const struct yaml_value *value, const struct yaml_key *key,
                              void *target)
{
    (void)key;
    return read_points(value, &servo_kind, target);
}

static bool read_park(const struct yaml_value *value, const struct yaml_key *key, void *target)
{
    double degrees;
    (void)key;
    if (!yaml_number(value, -ANGLE_MAX_DEG, ANGLE_MAX_DEG, &degrees)) {
        return false;
    }
    *(int32_t *)target = to_mdeg(degrees);
    return true;
}

static const struct yaml_key plausible_keys[] = {
    {.name = "min",
     .read = yaml_read_i32,
     .offset = offsetof(struct gauge_config, plausible_min_milli),
     .min = MIN_C,
     .max = MAX_C,
     .factor = 1000},
    {.name = "max",
     .read = yaml_read_i32,
     .offset = offsetof(struct gauge_config, plausible_max_milli),
     .min = MIN_C,
     .max = MAX_C,
     .factor = 1000},
    {.name = "max_slope",
     .read = yaml_read_i32,
     .offset = offsetof(struct gauge_config, max_slope_milli_per_s),
     .min = 0,
     .max = 10000,
     .factor = 1000},
    {0},
};

static bool read_plausible(const struct yaml_value *value, const struct yaml_key *key, void *target)
{
    const struct gauge_config *dial = target;
    if (!yaml_read_mapping(value, key, target)) {
        return false;
    }
    if (dial->plausible_min_milli >= dial->plausible_max_milli) {
        return yaml_fail(value, "min is not below max: swap or correct them");
    }
    return true;
}

static const struct yaml_key servo_keys[] = {
    {.name = "pulse",
     .read = read_servo_points,
     .offset = offsetof(struct gauge_config, servo),
     .required = true},
    {.name = "park",
     .read = read_park,
     .offset = offsetof(struct gauge_config, park_mdeg),
     .required = true},
    {.name = "period",
     .read = yaml_read_duration_u16,
     .offset = offsetof(struct gauge_config, period_us),
     .min = RECORD_PERIOD_US_MIN / 1e6,
     .max = RECORD_PERIOD_US_MAX / 1e6,
     .factor = 1e6},
    {0},
};

static const struct yaml_key needle_keys[] = {
    {.name = "damping",
     .read = yaml_read_duration_u16,
     .offset = offsetof(struct gauge_config, damping_ms),
     .min = 0,
     .max = RECORD_DAMPING_MS_MAX * 1e-3,
     .factor = 1e3},
    {.name = "max_rate",
     .read = yaml_read_u16,
     .offset = offsetof(struct gauge_config, max_rate_deg_per_s),
     .min = 1,
     .max = RECORD_RATE_MAX,
     .factor = 1},
    {.name = "sweep", .read = yaml_read_bool, .offset = offsetof(struct gauge_config, sweeps)},
    {0},
};

static const struct yaml_key warn_keys[] = {
    {.name = "high",
     .read = yaml_read_i32,
     .offset = offsetof(struct gauge_config, warn_high_milli),
     .required = true,
     .min = MIN_C,
     .max = MAX_C,
     .factor = 1000},
    {0},
};

static const struct yaml_key dial_keys[] = {
    {.name = "source",
     .read = profile_read_source,
     .offset = offsetof(struct gauge_config, source),
     .required = true},
    {.name = "timeout",
     .read = yaml_read_duration_u32,
     .offset = offsetof(struct gauge_config, timeout_ms),
     .min = RECORD_TIMEOUT_MS_MIN * 1e-3,
     .max = RECORD_TIMEOUT_MS_MAX * 1e-3,
     .factor = 1e3},
    {.name = "plausible", .read = read_plausible, .keys = plausible_keys},
    {.name = "dial",
     .read = read_dial_points,
     .offset = offsetof(struct gauge_config, dial),
     .required = true},
    {.name = "servo", .read = yaml_read_mapping, .required = true, .keys = servo_keys},
    {.name = "needle", .read = yaml_read_mapping, .keys = needle_keys},
    {.name = "warn", .read = yaml_read_mapping, .keys = warn_keys},
    {0},
};

/* What a profile may leave out. */
static void set_defaults(struct gauge_config *dial)
{
    *dial = (struct gauge_config){
        .timeout_ms = 1000,
        .plausible_min_milli = -60000,
        .plausible_max_milli = 250000,
        .period_us = 20000,
        .damping_ms = 600,
        .max_rate_deg_per_s = 300,
        .warn_high_milli = GAUGE_WARN_NONE,
    };
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

bool profile_read_dial(const struct yaml_value *value, struct gauge_config *dial)
{
    static const struct yaml_key row = {.keys = dial_keys};
    set_defaults(dial);
    return yaml_read_mapping(value, &row, dial) && check_servo(value, dial);
}
