/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/firmware/cmocka_head.h"

#include "firmware/common/clock_plan.h"

/* Counts of TIM17 with HSE and HSI off by so many ppm, to the nearest. */
static uint32_t hse_counts(double hse_ppm, double hsi_ppm)
{
    return (uint32_t)(CLOCK_HSE_COUNTS * (1 + hsi_ppm * 1e-6) / (1 + hse_ppm * 1e-6) + 0.5);
}

static uint32_t lse_ticks(double timer_ppm)
{
    return (uint32_t)(CLOCK_LSE_TICKS * (1 + timer_ppm * 1e-6) + 0.5);
}

static void hse_is_let_in_or_not(void **state)
{
    (void)state;
    assert_int_equal(CLOCK_HSE_COUNTS, 16128);
    assert_true(clock_hse_may_feed(CLOCK_HSE_COUNTS));
    assert_true(clock_hse_may_feed(hse_counts(8900, 0)));
    assert_false(clock_hse_may_feed(hse_counts(9200, 0)));
    assert_true(clock_hse_may_feed(hse_counts(-8900, 0)));
    assert_false(clock_hse_may_feed(hse_counts(-9200, 0)));
    assert_false(clock_hse_may_feed(0)); /* no edges */
    assert_false(clock_hse_may_feed(UINT16_MAX));
    for (int hsi_ppm = -20000; hsi_ppm <= 20000; hsi_ppm += 1000) { /* 8.333 MHz never */
        assert_false(clock_hse_may_feed(hse_counts(41666, hsi_ppm)));
    }
}

static void hse_in_khz(void **state)
{
    (void)state;
    assert_int_equal(clock_hse_khz(CLOCK_HSE_COUNTS), 8000);
    assert_int_equal(clock_hse_khz(hse_counts(41666, 0)), 8333);
    assert_int_equal(clock_hse_khz(hse_counts(2125000, 0)), 25000);
}

static void off_in_ppm(void **state)
{
    (void)state;
    assert_int_equal(clock_off_ppm(CLOCK_LSE_TICKS), 0);
    assert_int_equal(clock_off_ppm(lse_ticks(2000)), 2000);
    assert_int_equal(clock_off_ppm(lse_ticks(-2000)), -2000);
    assert_int_equal(clock_off_ppm(CLOCK_LSE_SPANS * UINT16_MAX), 342156); /* the most there is */
    assert_int_equal(clock_off_ppm(0), -1000000);
}

/* One step lands within the multiplier's resolution, from anywhere HSI may be. */
static void one_step_steers(void **state)
{
    (void)state;
    for (int hsi_ppm = -40000; hsi_ppm <= 40000; hsi_ppm += 250) {
        const double timer = 1 + hsi_ppm * 1e-6;
        const uint32_t to = clock_steer(512000, lse_ticks(hsi_ppm));
        const double after_ppm = (timer * to / 512000 - 1) * 1e6;
        assert_true(after_ppm > -2 && after_ppm < 2);
    }
}

static void not_more_than_a_tenth(void **state)
{
    (void)state;
    assert_int_equal(clock_steer(512000, CLOCK_LSE_TICKS / 2), 563200);
    assert_int_equal(clock_steer(512000, CLOCK_LSE_TICKS * 2), 460800);
    assert_int_equal(clock_steer(512000, 0), 563200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hse_is_let_in_or_not),
        cmocka_unit_test(hse_in_khz),
        cmocka_unit_test(off_in_ppm),
        cmocka_unit_test(one_step_steers),
        cmocka_unit_test(not_more_than_a_tenth),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
