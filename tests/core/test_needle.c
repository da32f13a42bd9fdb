/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/core/core_test.h"

#include <math.h>
#include <stdlib.h>

#include "core/needle.h"

static const struct needle_config usual = {
    .period_us = 20000, .damping_ms = 600, .max_rate_deg_per_s = 300};

/* Half a millidegree is where the needle is put to rest. */
#define REST 0.5

static struct needle_config random_config(struct random *random)
{
    return (struct needle_config){
        .period_us = (uint32_t)random_between(random, 2500, 150000),
        .damping_ms = (uint16_t)random_between(random, 0, 3000),
        .max_rate_deg_per_s = (uint16_t)random_between(random, 20, 2000),
        .dead_band_mdeg = random_u32(random) % 2 ? random_between(random, 1, 2000) : 0,
    };
}

/* ---- against the differential equation ---- */

/* e'' = -2 w e' - w² e by Runge-Kutta in a thousand steps a period. */
static void integrate(double *error, double *rate, double w, double period_s)
{
    const int steps = 1000;
    double h = period_s / steps;
    double e = *error;
    double v = *rate;
    for (int i = 0; i < steps; i++) {
        double a1 = -2 * w * v - w * w * e;
        double v2 = v + h / 2 * a1;
        double a2 = -2 * w * v2 - w * w * (e + h / 2 * v);
        double v3 = v + h / 2 * a2;
        double a3 = -2 * w * v3 - w * w * (e + h / 2 * v2);
        double v4 = v + h * a3;
        double a4 = -2 * w * v4 - w * w * (e + h * v3);
        e += h / 6 * (v + 2 * v2 + 2 * v3 + v4);
        v += h / 6 * (a1 + 2 * a2 + 2 * a3 + a4);
    }
    *error = e;
    *rate = v;
}

/* Targets that only ever recede: no limit but the law acts. */
static void follows_the_law(struct random *random)
{
    struct needle_config config = random_config(random);
    config.damping_ms = (uint16_t)random_between(random, 200, 3000);
    config.max_rate_deg_per_s = 2000;
    config.dead_band_mdeg = 0;
    struct needle_tuning tuning;
    struct needle needle;
    needle_tune(&tuning, &config);
    needle_rest(&needle, -10000);
    double w = fmin(2e3 / config.damping_ms, 1e6 / config.period_us);
    double angle = -10000;
    double rate = 0;
    int32_t target = -10000;
    for (int i = 0; i < 40; i++) {
        target += random_between(random, 0, 3000);
        double error = angle - target;
        integrate(&error, &rate, w, config.period_us / 1e6);
        angle = target + error;
        needle_step(&tuning, &needle, target);
        check_seed(random, fabs(needle.angle_mdeg - angle) < 1.0, "angle");
        angle = needle.angle_mdeg;
        rate = needle.rate_mdeg_per_s;
    }
}

static void law_of_critical_damping(void **state)
{
    (void)state;
    for_each_seed(60, follows_the_law);
}

/* ---- the documented figures ---- */

static double share_after(uint32_t ms)
{
    struct needle_tuning tuning;
    struct needle needle;
    needle_tune(&tuning, &usual);
    needle_rest(&needle, 0);
    for (uint32_t t = 0; t < ms; t += 20) {
        needle_step(&tuning, &needle, 50000);
    }
    return needle.angle_mdeg / 50000;
}

static void damping_is_the_documented_time(void **state)
{
    (void)state;
    assert_true(fabs(share_after(600) - 0.594) < 0.002);
    assert_true(fabs(share_after(1200) - 0.908) < 0.002);
    assert_true(fabs(share_after(1800) - 0.983) < 0.002);
}

static void stays_the_damping_behind_a_ramp(void **state)
{
    (void)state;
    struct needle_tuning tuning;
    struct needle needle;
    needle_tune(&tuning, &usual);
    needle_rest(&needle, 0);
    int32_t target = 0;
    for (int i = 0; i < 500; i++) {
        target += 100; /* 5 °/s */
        needle_step(&tuning, &needle, target);
    }
    /* 3 degrees, and one period since the target is held during it */
    assert_true(fabs(target - needle.angle_mdeg - 3000) <= 101);
}

static unsigned hurry_periods(const struct needle_config *config, int32_t from, int32_t to)
{
    struct needle_tuning tuning;
    struct needle needle;
    needle_tune(&tuning, config);
    needle_rest(&needle, from);
    needle_begin(&needle, true);
    unsigned periods = 0;
    while (fabs(needle.angle_mdeg - to) > 300.0 && periods < 100000) {
        needle_step(&tuning, &needle, to);
        periods++;
    }
    return periods;
}

static void hurry_takes_less_than_a_second(void **state)
{
    (void)state;
    struct needle_config config = usual;
    const uint32_t periods_us[] = {3000, 5000, 10000, 20000, 25000};
    for (size_t i = 0; i < sizeof(periods_us) / sizeof(periods_us[0]); i++) {
        config.period_us = periods_us[i];
        assert_true(hurry_periods(&config, -10000, 180000) * periods_us[i] < 1000000);
        assert_true(hurry_periods(&config, -10000, 90000) * periods_us[i] < 750000);
        assert_true(hurry_periods(&config, 180000, -10000) * periods_us[i] < 1000000);
    }
}

static void hurry_ends_and_damping_applies(void **state)
{
    (void)state;
    struct needle_tuning tuning;
    struct needle needle;
    needle_tune(&tuning, &usual);
    needle_rest(&needle, 0);
    needle_begin(&needle, true);
    for (int i = 0; i < 60; i++) {
        needle_step(&tuning, &needle, 90000);
    }
    assert_int_equal(needle.hurry, 0);
    needle_step(&tuning, &needle, 92000);
    assert_true(needle.angle_mdeg < 90010); /* 2° of error move a calm needle by 0.2 % */
    needle_begin(&needle, true);
    needle_begin(&needle, false);
    assert_int_equal(needle.hurry, 0);
}

static void hurry_ends_on_arrival_and_not_before(void **state)
{
    (void)state;
    struct needle_tuning tuning;
    struct needle needle;
    needle_tune(&tuning, &usual);
    needle_rest(&needle, 0);
    needle_begin(&needle, true);
    for (int i = 0; i < 50; i++) { /* within the second */
        needle_step(&tuning, &needle, 90000);
        assert_int_equal(needle.hurry == 0, fabs(needle.angle_mdeg - 90000) <= 100);
    }
    assert_int_equal(needle.hurry, 0);
}

/* A servo too slow for a second: the rest of the way is damped, and the change is not seen. */
static void hurry_ends_after_a_second_of_cruise(void **state)
{
    (void)state;
    struct needle_config config = usual;
    config.max_rate_deg_per_s = 50;
    struct needle_tuning tuning;
    struct needle needle;
    needle_tune(&tuning, &config);
    needle_rest(&needle, 0);
    needle_begin(&needle, true);
    for (int i = 0; i < 74; i++) { /* a second, half a second of easing */
        needle_step(&tuning, &needle, 180000);
        assert_int_not_equal(needle.hurry, 0);
    }
    needle_step(&tuning, &needle, 180000);
    assert_int_equal(needle.hurry, 0);
    double before = needle.angle_mdeg;
    needle_step(&tuning, &needle, 180000);
    assert_true(fabs(needle.angle_mdeg - before - 1000) < 1); /* still at 50 °/s */
}

/* Nor does a value that rises all the time keep it fast: 3 s later it is the damping behind. */
static void hurry_ends_on_a_ramp(void **state)
{
    (void)state;
    struct needle_tuning tuning;
    struct needle needle;
    needle_tune(&tuning, &usual);
    needle_rest(&needle, 0);
    needle_begin(&needle, true);
    int32_t target = 10000;
    double last = 0;
    for (int i = 0; i < 225; i++) {
        double before = needle.angle_mdeg;
        target += 600; /* 30 °/s */
        needle_step(&tuning, &needle, target);
        double moved = needle.angle_mdeg - before;
        assert_true(i < 50 || fabs(moved - last) < 120); /* 6 °/s from one period to the next */
        last = moved;
    }
    assert_int_equal(needle.hurry, 0);
    assert_true(fabs(target - needle.angle_mdeg - 18000) < 601);
}

/* The same where the second ends close before the target: it goes on until a calm needle could. */
static void hurry_does_not_end_with_a_jerk(void **state)
{
    (void)state;
    struct needle_config config = usual;
    config.max_rate_deg_per_s = 100;
    struct needle_tuning tuning;
    struct needle needle;
    needle_tune(&tuning, &config);
    needle_rest(&needle, 0);
    needle_begin(&needle, true);
    double last = 0;
    for (int i = 0; i < 80; i++) {
        double before = needle.angle_mdeg;
        needle_step(&tuning, &needle, 105000);
        double moved = needle.angle_mdeg - before;
        assert_true(moved > last - 500); /* the fast law's own braking is at most 25 °/s a period */
        last = moved;
    }
}

/* With the longest damping and period, where the two laws are farthest apart: it slows down, and never turns back. */
static void hurry_eases_to_the_slowest_law(void **state)
{
    (void)state;
    const struct needle_config config = {
        .period_us = 150000, .damping_ms = 60000, .max_rate_deg_per_s = 300};
    struct needle_tuning tuning;
    struct needle needle;
    needle_tune(&tuning, &config);
    needle_rest(&needle, 0);
    needle_begin(&needle, true);
    int32_t target = 10000;
    for (int i = 0; i < 40; i++) {
        double before = needle.angle_mdeg;
        target += 4500; /* 30 °/s */
        needle_step(&tuning, &needle, target);
        assert_true(needle.angle_mdeg > before && needle.angle_mdeg < target);
    }
    assert_int_equal(needle.hurry, 0);
}

/* A target at the very edge of the dead band is as good as one within. */
static void the_bands_edge_is_held(void **state)
{
    (void)state;
    struct needle_config config = usual;
    config.dead_band_mdeg = 500;
    struct needle_tuning tuning;
    struct needle needle;
    needle_tune(&tuning, &config);
    needle_rest(&needle, 0);
    needle_step(&tuning, &needle, 500);
    assert_true(needle.angle_mdeg == 0);
    needle_begin(&needle,
                 false); /* moved by command, to the band's edge: it is near then, and arrives */
    needle_step(&tuning, &needle, 500);
    for (int i = 0; i < 300; i++) {
        needle_step(&tuning, &needle, 0);
    }
    assert_true(needle.angle_mdeg == 500);
    for (int i = 0; i < 300; i++) {
        needle_step(&tuning, &needle, -1);
    }
    assert_true(needle.angle_mdeg == -1);
}

/* A value that never rests must not keep the needle in a hurry for good. */
static void hurry_ends_under_noise(void **state)
{
    (void)state;
    struct needle_tuning tuning;
    struct needle needle;
    needle_tune(&tuning, &usual);
    needle_rest(&needle, -10000);
    needle_begin(&needle, true);
    for (int i = 0; i < 100; i++) {
        needle_step(&tuning, &needle, i / 5 % 2 ? 92000 : 90000);
    }
    assert_int_equal(needle.hurry, 0);
}

static void starts_softly(void **state)
{
    (void)state;
    struct needle_tuning tuning;
    struct needle needle;
    needle_tune(&tuning, &usual);
    needle_rest(&needle, -10000);
    needle_begin(&needle, true);
    double before = needle.angle_mdeg;
    double step_before = 0;
    for (int i = 0; i < 5; i++) {
        needle_step(&tuning, &needle, 180000);
        double step = needle.angle_mdeg - before;
        assert_true(step > step_before && step - step_before <= 1200.001);
        step_before = step;
        before = needle.angle_mdeg;
    }
}

/* ---- properties under any targets ---- */

struct watch {
    const struct needle_config *config;
    struct needle_tuning tuning;
    struct needle needle;
    double low, high; /* span of the start and all targets */
    double last_moved;
};

static void watched_step(struct random *random, struct watch *watch, int32_t target)
{
    double period_s = watch->config->period_us / 1e6;
    double limit = watch->config->max_rate_deg_per_s * 1e3 * period_s;
    double gain = limit * fmin(1.0, period_s / 0.1);
    double before = watch->needle.angle_mdeg;
    bool is_held = watch->needle.is_landing &&
                   abs(target - watch->needle.aim_mdeg) <= watch->config->dead_band_mdeg;
    bool is_at_rest = before == watch->needle.aim_mdeg && watch->needle.rate_mdeg_per_s == 0;
    needle_step(&watch->tuning, &watch->needle, target);
    double moved = watch->needle.angle_mdeg - before;
    int32_t aim = watch->needle.aim_mdeg;
    double error = before - aim;
    watch->low = fmin(watch->low, target);
    watch->high = fmax(watch->high, target);

    check_seed(random, fabs(moved) <= limit + REST, "faster than the maximal rate");
    /* twice: the speed at the end of the last period may have been a gain above its mean */
    check_seed(random, fabs(moved) <= fabs(watch->last_moved) + 2 * gain + REST, "jerks off");
    check_seed(random, !is_held || !is_at_rest || moved == 0, "moves for less than the dead band");
    check_seed(random, abs(aim - target) <= watch->config->dead_band_mdeg, "elsewhere");
    check_seed(random, error * (watch->needle.angle_mdeg - aim) >= 0, "passes the target");
    check_seed(random,
               watch->needle.angle_mdeg >= watch->low && watch->needle.angle_mdeg <= watch->high,
               "leaves the span of the targets");
    if (moved * error < 0) {
        double part = 1 - exp(-fmax(24.0, watch->tuning.calm.w_per_s) * period_s);
        check_seed(random, fabs(moved) <= part * fabs(error) + REST, "teleports to the target");
    }
    watch->last_moved = moved;
}

static void random_act(struct random *random, struct watch *watch, int32_t *target)
{
    uint32_t dice = random_u32(random) % 100;
    if (dice < 3) {
        *target = random_between(random, -10000, 180000);
    } else if (dice < 30) {
        *target += random_between(random, -2000, 2000);
    } else if (dice == 30) {
        needle_begin(&watch->needle, true);
    } else if (dice == 31) {
        needle_begin(&watch->needle, false);
    }
}

static void holds_its_promises(struct random *random)
{
    struct needle_config config = random_config(random);
    struct watch watch = {.config = &config, .low = -10000, .high = -10000};
    needle_tune(&watch.tuning, &config);
    needle_rest(&watch.needle, -10000);
    int32_t target = -10000;
    for (int i = 0; i < 400; i++) {
        random_act(random, &watch, &target);
        watched_step(random, &watch, target);
    }
    /* the farthest way at the lowest speed, then 30 dampings */
    double way_s = 400.0 / config.max_rate_deg_per_s + 0.1;
    double settle_s = way_s + 30 * fmax(config.damping_ms / 1e3, 2 * config.period_us / 1e6);
    for (double t = 0; t < settle_s; t += config.period_us / 1e6) {
        watched_step(random, &watch, target);
    }
    int32_t aim = watch.needle.aim_mdeg;
    check_seed(random, watch.needle.angle_mdeg == aim, "does not rest on the target");
    check_seed(random, watch.needle.rate_mdeg_per_s == 0, "does not rest");
    check_seed(random, needle_angle_mdeg(&watch.needle) == aim, "rounded angle");
}

static void promises_hold_for_any_targets(void **state)
{
    (void)state;
    for_each_seed(1500, holds_its_promises);
}

/* Putting to rest is not seen: the rounded angle was the target's already. */
static void rest_is_invisible(void **state)
{
    (void)state;
    struct needle_tuning tuning;
    struct needle needle;
    needle_tune(&tuning, &usual);
    needle_rest(&needle, 0);
    int32_t before;
    do {
        before = needle_angle_mdeg(&needle);
        needle_step(&tuning, &needle, 77777);
    } while (needle.angle_mdeg != 77777);
    assert_in_range(before, 77776, 77777);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(law_of_critical_damping),
        cmocka_unit_test(damping_is_the_documented_time),
        cmocka_unit_test(stays_the_damping_behind_a_ramp),
        cmocka_unit_test(hurry_takes_less_than_a_second),
        cmocka_unit_test(hurry_ends_and_damping_applies),
        cmocka_unit_test(hurry_ends_on_arrival_and_not_before),
        cmocka_unit_test(hurry_ends_after_a_second_of_cruise),
        cmocka_unit_test(hurry_ends_on_a_ramp),
        cmocka_unit_test(hurry_does_not_end_with_a_jerk),
        cmocka_unit_test(hurry_eases_to_the_slowest_law),
        cmocka_unit_test(hurry_ends_under_noise),
        cmocka_unit_test(the_bands_edge_is_held),
        cmocka_unit_test(starts_softly),
        cmocka_unit_test(promises_hold_for_any_targets),
        cmocka_unit_test(rest_is_invisible),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
