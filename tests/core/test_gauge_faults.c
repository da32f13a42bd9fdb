/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What a dial shows while there is no value, or none to be believed. */
#include "tests/core/core_test.h"

#include "tests/core/gauge_bench.h"

static void silence_is_stale_and_parks(void **state)
{
    (void)state;
    struct bench bench;
    bench_start(&bench, 0);
    run(&bench, 4000, RAW(90));
    uint32_t last_us = bench.now_us - 100 * MS;
    while (bench.now_us - last_us < 980 * MS) {
        next_period(&bench);
        assert_int_equal(bench.out.state, GAUGE_LIVE);
        assert_int_equal(needle_of(&bench), 90000);
    }
    next_period(&bench);
    assert_int_equal(bench.out.state, GAUGE_STALE);
    assert_true(bench.out.has_value);
    assert_int_equal(bench.out.value_milli, 90000);
    run(&bench, 6000, -1);
    assert_int_equal(needle_of(&bench), -10000);
    send_confirmed(&bench, bench.now_us, RAW(88));
    assert_int_equal(bench.out.state, GAUGE_LIVE);
    run(&bench, 1000, RAW(88));
    assert_in_range(needle_of(&bench), 85000, 85600);
}

/* Left somewhere by the last run, it goes home from there, no faster than it may; never beyond the servo's points. */
static void a_placed_needle_goes_home(void **state)
{
    (void)state;
    struct bench bench;
    bench_start(&bench, 0);
    gauge_place(&bench.dial, 300000);
    assert_int_equal(needle_angle_mdeg(&bench.dial.base), 180000);
    gauge_place(&bench.dial, -300000);
    assert_int_equal(needle_angle_mdeg(&bench.dial.base), -10000);
    gauge_place(&bench.dial, 90000);
    gauge_pending(&bench.dial, &bench.out);
    int32_t before_mdeg = 90000;
    for (int i = 0; i < 300; i++) {
        next_period(&bench);
        const int32_t now_mdeg = needle_angle_mdeg(&bench.dial.base);
        assert_true(now_mdeg <= before_mdeg && now_mdeg >= before_mdeg - 6001);
        assert_int_equal(bench.out.state, GAUGE_WAIT);
        before_mdeg = now_mdeg;
    }
    assert_int_equal(before_mdeg, -10000);
}

/* 71.6 minutes after the last value the clock shows its time again. */
static void stale_outlives_the_clock_wrap(void **state)
{
    (void)state;
    struct bench bench;
    bench_start(&bench, 0);
    send_confirmed(&bench, 0, RAW(90));
    next_period(&bench);
    bench.now_us += 2000 * MS;
    next_period(&bench);
    assert_int_equal(bench.out.state, GAUGE_STALE);
    bench.now_us = 10;
    next_period(&bench);
    assert_int_equal(bench.out.state, GAUGE_STALE);
}

/* GT350: 254 in the first frame after key-on, a value 105 ms later. */
static void one_sentinel_first_keeps_waiting(void **state)
{
    (void)state;
    struct bench bench;
    bench_start(&bench, 0u - 50u * MS);
    assert_int_equal(send_at(&bench, bench.now_us, 254), SOURCE_INVALID);
    for (int i = 0; i < 5; i++) {
        assert_int_equal(bench.out.state, GAUGE_WAIT);
        assert_int_equal(needle_of(&bench), -10000);
        next_period(&bench);
    }
    send_confirmed(&bench, bench.now_us, RAW(21));
    assert_int_equal(bench.out.state, GAUGE_LIVE);
    assert_int_equal(bench.dial.counts.invalid, 1);
    assert_int_equal(bench.dial.counts.values, 1);
    assert_int_equal(bench.dial.counts.matched, 3);
}

/* Kona: one frame of rubbish at boot, then "no value" for ever: no temperature at any time. */
static void rubbish_between_sentinels_is_never_shown(void **state)
{
    (void)state;
    struct bench bench;
    bench_start(&bench, 0);
    for (int i = 0; i < 60; i++) { /* every fourth frame has a value, and not always another one */
        run(&bench, 100, i % 4 == 0 ? RAW(i / 8) : 255);
        assert_true(bench.out.state == GAUGE_WAIT || bench.out.state == GAUGE_FAULT);
        assert_int_equal(needle_of(&bench), -10000);
        assert_false(bench.out.has_value);
    }
    assert_int_equal(bench.out.state, GAUGE_FAULT);
    assert_int_equal(bench.dial.counts.values, 0);
}

/* Values that contradict each other are implausible, and after the timeout a fault. */
static void rubbish_alone_is_a_fault(void **state)
{
    (void)state;
    struct bench bench;
    bench_start(&bench, 0);
    for (int i = 0; i < 20; i++) {
        run(&bench, 100, i % 2 ? RAW(20) : RAW(100));
        assert_int_equal(needle_of(&bench), -10000);
    }
    assert_int_equal(bench.out.state, GAUGE_FAULT);
    assert_int_equal(bench.dial.counts.implausible, 19);
}

/* A source slower than the timeout: two of its values are believed all the same. */
static void a_slow_source_is_believed(void **state)
{
    (void)state;
    struct bench bench;
    bench_start(&bench, 0);
    for (int i = 0; i < 4; i++) {
        send_at(&bench, bench.now_us, RAW(90));
        assert_int_equal(bench.out.state, i % 2 ? GAUGE_LIVE : i == 0 ? GAUGE_WAIT : GAUGE_STALE);
        run(&bench, 1500, -1);
    }
}

/* A sensor that was never there: the needle has not moved, but the reason is told. */
static void sentinels_only_are_a_fault(void **state)
{
    (void)state;
    struct bench bench;
    bench_start(&bench, 0);
    run(&bench, 980, 255);
    assert_int_equal(bench.out.state, GAUGE_WAIT);
    run(&bench, 100, 255);
    assert_int_equal(bench.out.state, GAUGE_FAULT);
    assert_int_equal(needle_of(&bench), -10000);
    run(&bench, 1200, -1); /* and gone again */
    assert_int_equal(bench.out.state, GAUGE_WAIT);
    assert_false(bench.out.has_value);
}

/* Kona and WRX send 0 for ever. */
static void the_reason_is_told(void **state)
{
    (void)state;
    struct bench bench;
    bench_start(&bench, 0);
    struct source_broadcast *source = &bench.record.dial[0].source.broadcast;
    source->invalid[0] = (struct source_range){0, 0};
    source->not_fitted = 1;
    run(&bench, 500, 0);
    assert_string_equal(gauge_trouble_name(&bench.dial), ""); /* it is not a fault yet */
    run(&bench, 700, 0);
    assert_string_equal(gauge_trouble_name(&bench.dial), "sensor not fitted");
    run(&bench, 100, 255);
    assert_string_equal(gauge_trouble_name(&bench.dial), "sensor fault");
    run(&bench, 100, RAW(193));
    assert_string_equal(gauge_trouble_name(&bench.dial), "implausible value");
    run(&bench, 200, RAW(90));
    assert_int_equal(bench.out.state, GAUGE_LIVE);
    assert_string_equal(gauge_trouble_name(&bench.dial), "");
}

/* One bad frame, then silence: that is not a fault. */
static void one_sentinel_then_silence_waits(void **state)
{
    (void)state;
    struct bench bench;
    bench_start(&bench, 0);
    send_at(&bench, 0, 255);
    run(&bench, 5000, -1);
    assert_int_equal(bench.out.state, GAUGE_WAIT);
}

static void sentinels_hold_then_fault(void **state)
{
    (void)state;
    struct bench bench;
    bench_start(&bench, 0);
    run(&bench, 4000, RAW(90));
    uint32_t last_us = bench.now_us - 100 * MS;
    while (bench.now_us - last_us < 980 * MS) {
        run(&bench, 20, 255);
        assert_int_equal(bench.out.state, GAUGE_LIVE);
        assert_int_equal(needle_of(&bench), 90000);
    }
    run(&bench, 20, 255);
    assert_int_equal(bench.out.state, GAUGE_FAULT);
    run(&bench, 4000, 255);
    assert_int_equal(bench.out.state, GAUGE_FAULT);
    assert_in_range(needle_of(&bench) + 10000, 0, 300);
    send_confirmed(&bench, bench.now_us, RAW(30)); /* a new sensor may say anything */
    assert_int_equal(bench.out.state, GAUGE_LIVE);
}

/* One sentinel is no excuse for a jump. */
static void a_sentinel_does_not_lift_the_slope_limit(void **state)
{
    (void)state;
    struct bench bench;
    bench_start(&bench, 0);
    run(&bench, 2000, RAW(90));
    send_at(&bench, bench.now_us, 255);
    send_at(&bench, bench.now_us + 100 * MS, RAW(140));
    assert_int_equal(bench.dial.counts.implausible, 1);
    assert_int_equal(bench.out.value_milli, 90000);
}

/* A slope limit far below one raw step a second still lets single steps pass. */
static void coarse_signals_pass_a_fine_slope_limit(void **state)
{
    (void)state;
    struct bench bench;
    bench_start(&bench, 0);
    bench.record.dial[0].max_slope_milli_per_s = 100;
    gauge_init(&bench.dial, &bench.record.dial[0], 200);
    gauge_ready(&bench.dial);
    run(&bench, 2000, RAW(90));
    run(&bench, 500, RAW(91));
    assert_int_equal(bench.out.value_milli, 91000);
    assert_int_equal(bench.dial.counts.implausible, 0);
    send_at(&bench, bench.now_us, RAW(93));
    assert_int_equal(bench.dial.counts.implausible, 1);
}

static void fault_then_silence_is_stale(void **state)
{
    (void)state;
    struct bench bench;
    bench_start(&bench, 0);
    run(&bench, 1000, RAW(90));
    run(&bench, 1500, 255);
    assert_int_equal(bench.out.state, GAUGE_FAULT);
    run(&bench, 1200, -1);
    assert_int_equal(bench.out.state, GAUGE_STALE);
    run(&bench, 500, 255); /* comes back still faulty: not told before it lasted */
    assert_int_equal(bench.out.state, GAUGE_STALE);
    run(&bench, 700, 255);
    assert_int_equal(bench.out.state, GAUGE_FAULT);
}

static void implausible_values_are_a_fault(void **state)
{
    (void)state;
    struct bench bench;
    bench_start(&bench, 0);
    run(&bench, 2000, RAW(90));
    run(&bench, 500, RAW(193)); /* above plausible max */
    assert_int_equal(bench.out.state, GAUGE_LIVE);
    assert_int_equal(bench.out.value_milli, 90000);
    run(&bench, 700, RAW(193));
    assert_int_equal(bench.out.state, GAUGE_FAULT);
    assert_true(bench.dial.counts.implausible > 10);

    bench_start(&bench, 0);
    run(&bench, 2000, RAW(90));
    run(&bench, 1200, RAW(140)); /* 50 °C within 100 ms */
    assert_int_equal(bench.out.state, GAUGE_FAULT);
    run(&bench, 9000, RAW(140)); /* oil can have got there by now */
    assert_int_equal(bench.out.state, GAUGE_LIVE);
}

static void after_stale_any_level_is_new(void **state)
{
    (void)state;
    struct bench bench;
    bench_start(&bench, 0);
    run(&bench, 2000, RAW(90));
    run(&bench, 1500, -1);
    send_confirmed(&bench, bench.now_us, RAW(20));
    assert_int_equal(bench.out.state, GAUGE_LIVE);
    assert_int_equal(bench.out.value_milli, 20000);
}

static void foreign_and_short_frames_change_nothing(void **state)
{
    (void)state;
    struct bench bench;
    bench_start(&bench, 0);
    struct can_frame frame = {.id = 0x157, .len = 8};
    assert_int_equal(gauge_frame(&bench.dial, 0, &frame), SOURCE_NO_MATCH);
    assert_int_equal(bench.dial.counts.matched, 0);
    frame = (struct can_frame){.id = 0x156, .len = 1};
    for (unsigned i = 0; i < 50; i++) {
        assert_int_equal(gauge_frame(&bench.dial, i * 100 * MS, &frame), SOURCE_SHORT);
    }
    assert_int_equal(bench.dial.counts.too_short, 50);
    assert_int_equal(bench.dial.state, GAUGE_WAIT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(silence_is_stale_and_parks),
        cmocka_unit_test(a_placed_needle_goes_home),
        cmocka_unit_test(stale_outlives_the_clock_wrap),
        cmocka_unit_test(one_sentinel_first_keeps_waiting),
        cmocka_unit_test(rubbish_between_sentinels_is_never_shown),
        cmocka_unit_test(rubbish_alone_is_a_fault),
        cmocka_unit_test(a_slow_source_is_believed),
        cmocka_unit_test(sentinels_only_are_a_fault),
        cmocka_unit_test(one_sentinel_then_silence_waits),
        cmocka_unit_test(the_reason_is_told),
        cmocka_unit_test(sentinels_hold_then_fault),
        cmocka_unit_test(a_sentinel_does_not_lift_the_slope_limit),
        cmocka_unit_test(coarse_signals_pass_a_fine_slope_limit),
        cmocka_unit_test(fault_then_silence_is_stale),
        cmocka_unit_test(implausible_values_are_a_fault),
        cmocka_unit_test(after_stale_any_level_is_new),
        cmocka_unit_test(foreign_and_short_frames_change_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
