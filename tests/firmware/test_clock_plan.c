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
    assert_int_equal(clock_off_ppm(CLOCK_LSE_SPANS * UINT16_MAX), 491285); /* the most there is */
    assert_int_equal(clock_off_ppm(0), -1000000);
}

/* One step lands within the multiplier's resolution, from anywhere HSI may be. */
static void one_step_steers(void **state)
{
    (void)state;
    for (int hsi_ppm = -30000; hsi_ppm <= 30000; hsi_ppm += 250) {
        const double timer = 1 + hsi_ppm * 1e-6;
        const uint32_t to = clock_steer(CLOCK_HSI_MULTIPLIER, lse_ticks(hsi_ppm));
        const double after_ppm = (timer * to / CLOCK_HSI_MULTIPLIER - 1) * 1e6;
        assert_true(after_ppm > -2 && after_ppm < 2);
    }
}

static void not_more_than_hsi_may_be_off(void **state)
{
    (void)state;
    const uint32_t most = CLOCK_HSI_MULTIPLIER + 17142; /* 3.1 % */
    assert_int_equal(clock_steer(CLOCK_HSI_MULTIPLIER, CLOCK_LSE_TICKS / 2), most);
    assert_int_equal(clock_steer(most, CLOCK_LSE_TICKS - 100000), most); /* step by step neither */
    assert_int_equal(clock_steer(CLOCK_HSI_MULTIPLIER, CLOCK_LSE_TICKS * 2),
                     CLOCK_HSI_MULTIPLIER - 17142);
    assert_int_equal(clock_steer(CLOCK_HSI_MULTIPLIER, 0), most);
}

static void who_is_right(void **state)
{
    (void)state;
    assert_true(clock_lse_is_right(30900, false, 0));
    assert_false(clock_lse_is_right(31100, false, 0));
    assert_false(clock_lse_is_right(-31100, false, 0));
    assert_true(clock_lse_is_right(20000, true, 20400)); /* the two agree: HSI is off */
    assert_true(clock_lse_is_right(20000, true, 18000));
    assert_false(clock_lse_is_right(40000, true, 40000)); /* further than HSI can be */
    assert_false(clock_lse_is_right(7000, true, 0));
    assert_false(clock_lse_is_right(-2600, true, 0));
    assert_true(clock_lse_is_right(0, true, 2600));
    assert_false(clock_lse_is_right(5000, true, -5000)); /* nobody knows */
    assert_true(clock_lse_is_right(10000, true, 41666));
    assert_int_equal(clock_hse_ppm(8333), 41625);
    assert_int_equal(clock_hse_ppm(UINT32_MAX), 1000000);
    assert_int_equal(clock_lse_ppm(CLOCK_HSI_MULTIPLIER, CLOCK_LSE_TICKS), 0);
    assert_int_equal(clock_lse_ppm(CLOCK_HSI_MULTIPLIER, CLOCK_LSE_TICKS / 2), 1000000);
    assert_int_equal(clock_lse_ppm(CLOCK_HSI_MULTIPLIER, 0), 1000000);
}

/* ---- the firmware's way through it, with real clocks off by so many ppm ---- */

#define CORE_MHZ 360.0 /* firmware/cm7/clocks.h; HCLK and timers are half of it */
#define CORE_LIMIT_MHZ 400.0

/* At each step of the way, not only at its end. */
static void assert_within_limit(double timer_ppm)
{
    assert_true(CORE_MHZ * (1 + timer_ppm * 1e-6) <= CORE_LIMIT_MHZ);
}

struct outcome {
    double timer_ppm;
    bool is_driven;
    bool is_lse_off;
};

static struct outcome from_hsi(double lse_ppm, double hsi_ppm, bool has_hse, int32_t seen_ppm)
{
    struct outcome end = {.timer_ppm = hsi_ppm};
    uint32_t multiplier = CLOCK_HSI_MULTIPLIER;
    assert_within_limit(end.timer_ppm);
    for (unsigned i = 0; i < 4; i++) {
        const double ratio = (1 + end.timer_ppm * 1e-6) / (1 + lse_ppm * 1e-6);
        const uint32_t ticks = lse_ticks((ratio - 1) * 1e6);
        const int32_t off_ppm = clock_off_ppm(ticks);
        end.is_lse_off = !clock_lse_is_right(clock_lse_ppm(multiplier, ticks), has_hse, seen_ppm);
        if (end.is_lse_off) {
            return end;
        }
        has_hse = false;
        end.is_driven = off_ppm <= CLOCK_GOOD_PPM && off_ppm >= -CLOCK_GOOD_PPM;
        multiplier = clock_steer(multiplier, ticks);
        end.timer_ppm = ((1 + hsi_ppm * 1e-6) * multiplier / CLOCK_HSI_MULTIPLIER - 1) * 1e6;
        assert_within_limit(end.timer_ppm);
    }
    return end;
}

static struct outcome from_hse(double lse_ppm, double hse_ppm, double hsi_ppm)
{
    const uint32_t khz = clock_hse_khz(hse_counts(hse_ppm, hsi_ppm));
    const int32_t seen_ppm = clock_hse_ppm(khz);
    if (!clock_hse_may_feed(hse_counts(hse_ppm, hsi_ppm))) {
        return from_hsi(lse_ppm, hsi_ppm, true, seen_ppm);
    }
    assert_within_limit(hse_ppm);
    const double ratio = (1 + hse_ppm * 1e-6) / (1 + lse_ppm * 1e-6);
    const uint32_t ticks = lse_ticks((ratio - 1) * 1e6);
    const int32_t off_ppm = clock_off_ppm(ticks);
    if (off_ppm <= CLOCK_GOOD_PPM && off_ppm >= -CLOCK_GOOD_PPM) {
        return (struct outcome){.timer_ppm = hse_ppm, .is_driven = true};
    }
    if (clock_lse_is_right(clock_lse_ppm(clock_hse_multiplier(seen_ppm), ticks), true, seen_ppm)) {
        return from_hsi(lse_ppm, hsi_ppm, false, 0);
    }
    return (struct outcome){.timer_ppm = hse_ppm, .is_lse_off = true};
}

static double magnitude(double number)
{
    return number < 0 ? -number : number;
}

static void check_outcome(const struct outcome *end, double lse_ppm, bool has_hse, double hse_ppm,
                          double hsi_ppm)
{
    const double tolerance = CLOCK_HSI_PPM * (1 + hsi_ppm * 1e-6) + 100;
    const double to_hsi = magnitude(lse_ppm - hsi_ppm);
    /* Nothing takes the core further from HSI, whose own error nobody can know, than HSI's tolerance is. */
    assert_true(magnitude(end->timer_ppm - hsi_ppm) <= tolerance);
    assert_false(end->is_driven && end->is_lse_off);
    /* What is driven is what LSE says, and HSI does not contradict it. */
    assert_false(end->is_driven && magnitude(end->timer_ppm - lse_ppm) > CLOCK_GOOD_PPM + 50);
    assert_false(end->is_driven && to_hsi > tolerance + 1000);
    /* Two right clocks: the third moves nothing. */
    if (has_hse && hse_ppm == 0 && hsi_ppm == 0 && magnitude(lse_ppm) > CLOCK_GOOD_PPM + 100) {
        assert_true(end->is_lse_off && end->timer_ppm == 0);
    }
    if (lse_ppm == 0 && magnitude(hsi_ppm) <= 30000 &&
        (!has_hse || magnitude(hse_ppm - hsi_ppm) > magnitude(hsi_ppm) + 2000)) {
        assert_true(end->is_driven && magnitude(end->timer_ppm) <= CLOCK_GOOD_PPM + 50);
    }
}

static void sweep(void **state)
{
    (void)state;
    for (int hsi_ppm = -30000; hsi_ppm <= 30000; hsi_ppm += 2500) {
        for (int lse_ppm = -500000; lse_ppm <= 500000;
             lse_ppm += lse_ppm < -50000 || lse_ppm >= 50000 ? 25000 : 500) {
            struct outcome end = from_hsi(lse_ppm, hsi_ppm, false, 0);
            check_outcome(&end, lse_ppm, false, 0, hsi_ppm);
            for (int hse_ppm = -200000; hse_ppm <= 200000;
                 hse_ppm += hse_ppm < -10000 || hse_ppm >= 10000 ? 10000 : 1000) {
                end = from_hse(lse_ppm, hse_ppm, hsi_ppm);
                check_outcome(&end, lse_ppm, true, hse_ppm, hsi_ppm);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hse_is_let_in_or_not),
        cmocka_unit_test(hse_in_khz),
        cmocka_unit_test(off_in_ppm),
        cmocka_unit_test(one_step_steers),
        cmocka_unit_test(not_more_than_hsi_may_be_off),
        cmocka_unit_test(who_is_right),
        cmocka_unit_test(sweep),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
