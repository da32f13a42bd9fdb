/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/core/core_test.h"

#include "core/sanity.h"

#define MS 1000u
#define SECOND 1000000u

static const struct sanity_config oil = {
    .min_milli = -40000,
    .max_milli = 180000,
    .max_slope_milli_per_s = 5000,
    .step_milli = 1000,
};

static bool believes(const struct sanity_config *config, struct sanity *sanity, uint32_t time_us,
                     int32_t value_milli)
{
    return sanity_judge(config, sanity, time_us, value_milli) == SANITY_BELIEVED;
}

/* As after many readings of `value_milli`, the last at time_us. */
static void settle(const struct sanity_config *config, struct sanity *sanity, uint32_t time_us,
                   int32_t value_milli)
{
    sanity_reset(sanity);
    assert_int_equal(sanity_judge(config, sanity, time_us, value_milli), SANITY_FIRST);
    assert_int_equal(sanity_judge(config, sanity, time_us, value_milli), SANITY_BELIEVED);
}

static void limits_include_their_ends(void **state)
{
    (void)state;
    struct sanity_config any_slope = oil;
    any_slope.max_slope_milli_per_s = 0;
    struct sanity sanity;
    settle(&any_slope, &sanity, 0, 0);
    assert_true(believes(&any_slope, &sanity, 0, -40000));
    assert_true(believes(&any_slope, &sanity, 0, 180000));
    assert_int_equal(sanity_judge(&any_slope, &sanity, 0, -40001), SANITY_REJECTED);
    assert_int_equal(sanity_judge(&any_slope, &sanity, 0, 180001), SANITY_REJECTED);
}

/* Any two plausible readings agree where the slope is not limited. */
static void any_slope_still_takes_two(void **state)
{
    (void)state;
    struct sanity_config any_slope = oil;
    any_slope.max_slope_milli_per_s = 0;
    struct sanity sanity;
    sanity_reset(&sanity);
    assert_int_equal(sanity_judge(&any_slope, &sanity, 0, 20000), SANITY_FIRST);
    assert_int_equal(sanity_judge(&any_slope, &sanity, 0, 95000), SANITY_BELIEVED);
    /* the console may limit it now: from where the readings are */
    assert_true(believes(&oil, &sanity, 0, 95000));
    assert_false(believes(&oil, &sanity, 0, 20000));
}

/* A 1 °C signal every 10 ms: each step is "100 °C/s", and noise steps back and forth. */
static void steps_and_noise_of_one_bit_pass(void **state)
{
    (void)state;
    struct sanity sanity;
    settle(&oil, &sanity, 0, 90000);
    for (uint32_t i = 0; i < 1000; i++) {
        assert_true(believes(&oil, &sanity, i * 10 * MS, 90000 + (i % 2 ? 1000 : 0)));
    }
}

static void a_ramp_at_the_limit_passes(void **state)
{
    (void)state;
    struct sanity sanity;
    settle(&oil, &sanity, 0, 0);
    for (uint32_t i = 0; i < 200; i++) { /* 0.5 °C per 100 ms */
        assert_true(believes(&oil, &sanity, i * 100 * MS, (int32_t)i * 500));
    }
}

static void a_falling_ramp_at_the_limit_passes(void **state)
{
    (void)state;
    struct sanity sanity;
    settle(&oil, &sanity, 0, 100000);
    for (uint32_t i = 0; i < 200; i++) {
        assert_true(believes(&oil, &sanity, i * 100 * MS, 100000 - (int32_t)i * 500));
    }
}

/* One second of slope and one raw step around the reference, both included. */
static void slack_is_as_documented(void **state)
{
    (void)state;
    for (int sign = -1; sign <= 1; sign += 2) {
        struct sanity sanity;
        settle(&oil, &sanity, 7, 90000);
        assert_false(believes(&oil, &sanity, 7, 90000 + sign * 6001));
        assert_true(believes(&oil, &sanity, 7, 90000 + sign * 6000));
        /* no time went by, so the reference did not move */
        assert_false(believes(&oil, &sanity, 7, 90000 + sign * 6001));
    }
}

static void the_smallest_limit_is_one(void **state)
{
    (void)state;
    struct sanity_config tight = oil;
    tight.max_slope_milli_per_s = 1;
    struct sanity sanity;
    settle(&tight, &sanity, 0, 90000);
    assert_false(believes(&tight, &sanity, 0, 95000));
}

static void a_ramp_beyond_the_limit_does_not(void **state)
{
    (void)state;
    struct sanity sanity;
    sanity_reset(&sanity);
    unsigned believed = 0;
    for (uint32_t i = 0; i < 100; i++) { /* 1 °C per 100 ms, twice the limit */
        believed += believes(&oil, &sanity, i * 100 * MS, (int32_t)i * 1000);
    }
    assert_in_range(believed, 10, 60);
}

static void a_jump_is_rejected_until_there_was_time_for_it(void **state)
{
    (void)state;
    struct sanity sanity;
    settle(&oil, &sanity, 100 * MS, 90000);
    uint32_t time_us = 200 * MS;
    while (!believes(&oil, &sanity, time_us, 140000)) {
        time_us += 100 * MS;
        assert_true(time_us < 60 * SECOND);
    }
    /* (50 - 1 step) / 5 per s, less the one second of slack */
    assert_in_range(time_us, 8800 * MS, 9000 * MS);
    assert_true(believes(&oil, &sanity, time_us + 100 * MS, 140000));
}

static void a_single_wild_value_changes_nothing(void **state)
{
    (void)state;
    struct sanity sanity;
    settle(&oil, &sanity, 0, 90000);
    for (uint32_t i = 0; i < 600; i++) {
        bool is_wild = i % 10 == 9;
        assert_int_equal(believes(&oil, &sanity, i * 100 * MS, is_wild ? 30000 : 90000), !is_wild);
    }
}

/* Kona and others send one frame of rubbish at boot. */
static void the_second_value_corrects_the_first(void **state)
{
    (void)state;
    struct sanity sanity;
    sanity_reset(&sanity);
    assert_int_equal(sanity_judge(&oil, &sanity, 0, 20000), SANITY_FIRST);
    assert_int_equal(sanity_judge(&oil, &sanity, 100 * MS, 95000), SANITY_REJECTED);
    assert_int_equal(sanity_judge(&oil, &sanity, 200 * MS, 95000), SANITY_BELIEVED);
    assert_int_equal(sanity_judge(&oil, &sanity, 300 * MS, 20000), SANITY_REJECTED);
    assert_int_equal(sanity_judge(&oil, &sanity, 400 * MS, 95000), SANITY_BELIEVED);
}

/* Nothing but rubbish is never believed: each contradicts the one before. */
static void values_that_contradict_each_other_are_not_believed(void **state)
{
    (void)state;
    struct sanity sanity;
    sanity_reset(&sanity);
    assert_int_equal(sanity_judge(&oil, &sanity, 0, 20000), SANITY_FIRST);
    for (uint32_t i = 1; i < 100; i++) {
        assert_int_equal(sanity_judge(&oil, &sanity, i * 100 * MS, i % 2 ? 95000 : 20000),
                         SANITY_REJECTED);
    }
}

/* Twice in a row: what comes between, "no value" or beyond the limits, makes the next a first one. */
static void doubt_forgets_only_what_is_not_confirmed(void **state)
{
    (void)state;
    struct sanity sanity;
    sanity_reset(&sanity);
    assert_int_equal(sanity_judge(&oil, &sanity, 0, 20000), SANITY_FIRST);
    sanity_doubt(&sanity);
    assert_int_equal(sanity_judge(&oil, &sanity, 0, 20000), SANITY_FIRST);
    assert_int_equal(sanity_judge(&oil, &sanity, 0, 200000), SANITY_REJECTED);
    assert_int_equal(sanity_judge(&oil, &sanity, 0, 20000), SANITY_FIRST);
    assert_int_equal(sanity_judge(&oil, &sanity, 0, 20000), SANITY_BELIEVED);
    assert_int_equal(sanity_judge(&oil, &sanity, 0, 200000), SANITY_REJECTED);
    sanity_doubt(&sanity);
    assert_int_equal(sanity_judge(&oil, &sanity, 0, 20000), SANITY_BELIEVED);
}

static void works_across_the_clock_wrap(void **state)
{
    (void)state;
    struct sanity sanity;
    uint32_t time_us = 0u - SECOND;
    settle(&oil, &sanity, time_us, 50000);
    for (int32_t i = 0; i < 400; i++, time_us += 100 * MS) {
        assert_true(believes(&oil, &sanity, time_us, 50000 + i * 250));
    }
}

/* The largest slope, the longest gaps and the widest jumps there are: nothing overflows. */
static void extremes_do_not_overflow(void **state)
{
    (void)state;
    struct sanity_config narrow = oil;
    narrow.max_slope_milli_per_s = INT32_MAX;
    narrow.min_milli = INT32_MIN;
    narrow.max_milli = INT32_MAX;
    struct sanity sanity;
    settle(&narrow, &sanity, 0, INT32_MIN);
    for (uint32_t i = 1; i < 1000; i++) {
        int32_t value = i % 2 ? INT32_MAX : INT32_MIN;
        assert_true(believes(&narrow, &sanity, i * 0x7FFFFFFFu, value));
    }
}

/* Two values that alternate: the reference goes at most at the slope, so one of the two is believed. */
static void alternating_levels_are_not_both_believed(void **state)
{
    (void)state;
    struct sanity sanity;
    settle(&oil, &sanity, 0, 90000);
    for (uint32_t i = 1; i < 100; i++) {
        uint32_t time_us = i * 100 * MS;
        assert_false(believes(&oil, &sanity, time_us, 120000));
        assert_true(believes(&oil, &sanity, time_us, 90000));
    }
}

static void freshness_ends_at_the_timeout(void **state)
{
    (void)state;
    struct freshness freshness = {0};
    assert_false(freshness_check(&freshness, 5, SECOND));
    freshness_mark(&freshness, 0u - 10u);
    assert_true(freshness_check(&freshness, 0u - 20u, SECOND)); /* now a little before the mark */
    assert_true(freshness_check(&freshness, SECOND - 11u, SECOND));
    assert_false(freshness_check(&freshness, SECOND - 10u, SECOND));
}

/* Without a latch 71.6 minutes would make an old value young again. */
static void what_is_stale_stays_stale(void **state)
{
    (void)state;
    struct freshness freshness;
    freshness_mark(&freshness, 1000);
    assert_false(freshness_check(&freshness, 1000 + SECOND, SECOND));
    assert_false(freshness_check(&freshness, 1001, SECOND));
    freshness_mark(&freshness, 1001);
    assert_true(freshness_check(&freshness, 1001, SECOND));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(limits_include_their_ends),
        cmocka_unit_test(any_slope_still_takes_two),
        cmocka_unit_test(steps_and_noise_of_one_bit_pass),
        cmocka_unit_test(a_ramp_at_the_limit_passes),
        cmocka_unit_test(a_falling_ramp_at_the_limit_passes),
        cmocka_unit_test(slack_is_as_documented),
        cmocka_unit_test(the_smallest_limit_is_one),
        cmocka_unit_test(a_ramp_beyond_the_limit_does_not),
        cmocka_unit_test(a_jump_is_rejected_until_there_was_time_for_it),
        cmocka_unit_test(a_single_wild_value_changes_nothing),
        cmocka_unit_test(the_second_value_corrects_the_first),
        cmocka_unit_test(values_that_contradict_each_other_are_not_believed),
        cmocka_unit_test(doubt_forgets_only_what_is_not_confirmed),
        cmocka_unit_test(works_across_the_clock_wrap),
        cmocka_unit_test(extremes_do_not_overflow),
        cmocka_unit_test(alternating_levels_are_not_both_believed),
        cmocka_unit_test(freshness_ends_at_the_timeout),
        cmocka_unit_test(what_is_stale_stays_stale),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
