/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/core/core_test.h"

#include "core/curve.h"
#include "core/pulse.h"
#include "core/round.h"

static const struct curve dial = {.count = 3,
                                  .point = {{50000, 0}, {90000, 90000}, {150000, 180000}}};
static const struct curve falling = {.count = 3, .point = {{0, 900}, {10, 100}, {30, -300}}};
static const struct curve servo = {.count = 3,
                                   .point = {{-10000, 500000}, {0, 600000}, {180000, 2400000}}};

static void exact_at_the_points_and_clamped(void **state)
{
    (void)state;
    assert_int_equal(curve_at(&dial, 50000), 0);
    assert_int_equal(curve_at(&dial, 90000), 90000);
    assert_int_equal(curve_at(&dial, 150000), 180000);
    assert_int_equal(curve_at(&dial, INT32_MIN), 0);
    assert_int_equal(curve_at(&dial, INT32_MAX), 180000);
    assert_int_equal(curve_at(&dial, 70000), 45000);
    assert_int_equal(curve_at(&dial, 100000), 105000);
}

static void inverse(void **state)
{
    (void)state;
    assert_int_equal(curve_inverse(&dial, 105000), 100000);
    assert_int_equal(curve_inverse(&dial, -10000), 50000);
    assert_int_equal(curve_inverse(&dial, 200000), 150000);
    assert_int_equal(curve_inverse(&falling, 500), 5);
    assert_int_equal(curve_inverse(&falling, 1000), 0);
    assert_int_equal(curve_inverse(&falling, -400), 30);
    assert_int_equal(curve_at(&falling, 20), -100);
}

static void rounds_ties_away_from_zero(void **state)
{
    (void)state;
    const struct curve half = {.count = 2, .point = {{-2, -1}, {2, 1}}};
    assert_int_equal(curve_at(&half, 1), 1);
    assert_int_equal(curve_at(&half, -1), -1);
    assert_int_equal(curve_at(&half, 0), 0);
}

static void ends(void **state)
{
    (void)state;
    assert_int_equal(curve_min(&dial), 0);
    assert_int_equal(curve_min(&servo), 500000);
    assert_int_equal(curve_max(&dial), 180000);
    assert_int_equal(curve_min(&falling), -300);
    assert_int_equal(curve_max(&falling), 900);
}

static void monotone(void **state)
{
    (void)state;
    assert_true(curve_is_monotone(&dial));
    assert_true(curve_is_monotone(&falling));
    const struct curve bad[] = {
        {.count = 1, .point = {{0, 0}}},
        {.count = 17},
        {.count = 2, .point = {{0, 0}, {0, 1}}},
        {.count = 2, .point = {{0, 0}, {-1, 1}}},
        {.count = 2, .point = {{0, 0}, {1, 0}}},
        {.count = 3, .point = {{0, 0}, {1, 2}, {2, 1}}},
        {.count = 3, .point = {{0, 2}, {1, 0}, {2, 1}}},
        {.count = 3, .point = {{0, 0}, {1, 1}, {2, 1}}},
    };
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_false(curve_is_monotone(&bad[i]));
    }
}

/* Integers: nearest, ties away from zero. */
static int64_t divide_rounded(int64_t a, int64_t b)
{
    int64_t size = a < 0 ? -a : a;
    int64_t rounded = (2 * size + b) / (2 * b);
    return a < 0 ? -rounded : rounded;
}

static struct curve random_curve(struct random *random)
{
    struct curve curve = {.count = (uint8_t)random_between(random, 2, 16)};
    bool is_falling = random_u32(random) & 1u;
    int32_t x = random_between(random, -300000, 100000);
    int32_t y = random_between(random, -320000, 0);
    for (int i = 0; i < curve.count; i++) {
        curve.point[i] = (struct curve_point){x, is_falling ? -y : y};
        x += random_between(random, 1, 40000);
        y += random_between(random, 1, 40000);
    }
    return curve;
}

static int64_t reference_at(const struct curve *curve, int32_t x)
{
    const struct curve_point *point = curve->point;
    for (int i = 1; i < curve->count; i++) {
        if (x >= point[i - 1].x && x <= point[i].x) {
            int64_t dx = point[i].x - point[i - 1].x;
            int64_t scaled = (int64_t)point[i - 1].y * dx +
                             (int64_t)(x - point[i - 1].x) * (point[i].y - point[i - 1].y);
            return divide_rounded(scaled, dx);
        }
    }
    return x < point[0].x ? point[0].y : point[curve->count - 1].y;
}

static void agrees_with_integers(struct random *random)
{
    struct curve curve = random_curve(random);
    check_seed(random, curve_is_monotone(&curve), "monotone");
    int32_t last = curve.point[curve.count - 1].x;
    for (int i = 0; i < 20; i++) {
        int32_t x = random_between(random, curve.point[0].x - 1000, last + 1000);
        int64_t wanted = reference_at(&curve, x);
        int64_t off = curve_at(&curve, x) - wanted;
        check_seed(random, off == 0, "value");
        /* back again: as near as the rounding of y on the flattest piece allows */
        int32_t back = curve_inverse(&curve, curve_at(&curve, x));
        check_seed(random, curve_at(&curve, back) - curve_at(&curve, x) <= 40000, "inverse");
        check_seed(random, back >= curve.point[0].x && back <= last, "inverse is clamped");
    }
}

static void any_curve_agrees_with_integers(void **state)
{
    (void)state;
    for_each_seed(5000, agrees_with_integers);
}

static void inverse_of_fine_curves_is_near(struct random *random)
{
    /* y at least as fine as x: the way back loses at most rounding */
    struct curve curve = random_curve(random);
    for (int i = 0; i < curve.count; i++) {
        curve.point[i].x = curve.point[0].x + i * 7;
    }
    for (int32_t x = curve.point[0].x; x <= curve.point[curve.count - 1].x; x++) {
        int32_t back = curve_inverse(&curve, curve_at(&curve, x));
        check_seed(random, back - x <= 4 && x - back <= 4, "inverse");
    }
}

static void inverse_round_trip(void **state)
{
    (void)state;
    for_each_seed(500, inverse_of_fine_curves_is_near);
}

static void pulses(void **state)
{
    (void)state;
    assert_int_equal(pulse_ns(&servo, 0), 600000);
    assert_int_equal(pulse_ns(&servo, 90000), 1500000);
    assert_int_equal(pulse_ns(&servo, -10000), 500000);
    assert_int_equal(pulse_ns(&servo, -99000), 500000);
    assert_int_equal(pulse_ns(&servo, 999000), 2400000);
    assert_int_equal(pulse_ticks(1500000, 200), 300000);
    assert_int_equal(pulse_ticks(1500002, 200), 300000);
    assert_int_equal(pulse_ticks(1500003, 200), 300001);
    assert_int_equal(pulse_ticks_ns(300001, 200), 1500005);
    assert_int_equal(pulse_ticks_ns(1, 64), 16);
    assert_int_equal(pulse_clamp_ticks(480001, 480000), 480000);
    assert_int_equal(pulse_clamp_ticks(480000, 480000), 480000);
    assert_int_equal(pulse_clamp_ticks(0, 480000), 0);
    assert_int_equal(pulse_guard_ticks(200000, 190000, 20000, 100000, 480000), 200000);
    assert_int_equal(pulse_guard_ticks(200000, 190000, 9999, 100000, 480000), 199999);
    assert_int_equal(pulse_guard_ticks(100000, 190000, 9999, 100000, 480000), 180001);
    assert_int_equal(pulse_guard_ticks(0, 105000, 9999, 100000, 480000), 100000);
    assert_int_equal(pulse_guard_ticks(UINT32_MAX, 475000, 9999, 100000, 480000), 480000);
    assert_int_equal(pulse_guard_ticks(0, 300000, PULSE_STEP_ANY, 100000, 480000), 100000);
    assert_int_equal(pulse_guard_ticks(UINT32_MAX, 0, PULSE_STEP_ANY, 100000, 480000), 480000);
    assert_int_equal(pulse_guard_ticks(300000, 480000, 1000, 100000, 400000),
                     400000); /* bounds first */
}

static void rounding(void **state)
{
    (void)state;
    assert_int_equal(round_i32(0.5), 1);
    assert_int_equal(round_i32(-0.5), -1);
    assert_int_equal(round_i32(0.49), 0);
    assert_int_equal(round_i32(2147483646.4), 2147483646);
    assert_int_equal(round_i32(1e300), INT32_MAX);
    assert_int_equal(round_i32(-1e300), INT32_MIN);
    assert_true(magnitude(-2.5) == 2.5 && magnitude(2.5) == 2.5);
    assert_true(clamp_to(3, 2) == 2 && clamp_to(-3, 2) == -2 && clamp_to(1, 2) == 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exact_at_the_points_and_clamped),
        cmocka_unit_test(inverse),
        cmocka_unit_test(rounds_ties_away_from_zero),
        cmocka_unit_test(ends),
        cmocka_unit_test(monotone),
        cmocka_unit_test(any_curve_agrees_with_integers),
        cmocka_unit_test(inverse_round_trip),
        cmocka_unit_test(pulses),
        cmocka_unit_test(rounding),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
