/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/core/core_test.h"

#include <string.h>

#include "tests/core/gauge_bench.h"

static void starts_parked(void **state)
{
    (void)state;
    struct bench bench;
    record_default(&bench.record);
    gauge_init(&bench.dial, &bench.record.dial[0], 200);
    gauge_pending(&bench.dial, &bench.out);
    assert_int_equal(bench.out.state, GAUGE_BOOT);
    assert_int_equal(bench.out.needle_mdeg, -10000);
    assert_int_equal(bench.out.pulse_ns, 500000);
    assert_int_equal(bench.out.pulse_ticks, 100000);
    assert_false(bench.out.has_value);
    assert_false(bench.out.warn);
    gauge_ready(&bench.dial);
    gauge_pending(&bench.dial, &bench.out);
    assert_int_equal(bench.out.state, GAUGE_WAIT);
    bench.now_us = 0;
    bench.periods = 0;
    run(&bench, 5000, -1);
    assert_int_equal(bench.out.state, GAUGE_WAIT);
    assert_int_equal(needle_of(&bench), -10000);
}

/* Frames before gauge_ready are taken in, but boot shows park. */
static void boot_shows_park(void **state)
{
    (void)state;
    struct bench bench;
    record_default(&bench.record);
    gauge_init(&bench.dial, &bench.record.dial[0], 200);
    send_at(&bench, 0, RAW(90));
    send_at(&bench, 0, RAW(90));
    assert_int_equal(bench.out.state, GAUGE_BOOT);
    assert_int_equal(needle_of(&bench), -10000);
    gauge_ready(&bench.dial);
    gauge_pending(&bench.dial, &bench.out);
    assert_int_equal(bench.out.state, GAUGE_LIVE);
    assert_true(needle_of(&bench) > -10000);
}

static void first_value_within_a_second(void **state)
{
    (void)state;
    struct bench bench;
    bench_start(&bench, 0);
    assert_int_equal(send_at(&bench, 0, RAW(150)), SOURCE_VALUE);
    assert_int_equal(bench.out.state, GAUGE_WAIT);
    assert_int_equal(send_at(&bench, 0, RAW(150)), SOURCE_VALUE);
    assert_int_equal(bench.out.state, GAUGE_LIVE);
    run(&bench, 1000, RAW(150));
    assert_in_range(needle_of(&bench), 179500, 180000);
    run(&bench, 2000, RAW(150));
    assert_int_equal(needle_of(&bench), 180000);
    assert_int_equal(bench.out.pulse_ns, 2400000);
    assert_int_equal(gauge_shown_milli(bench.dial.config, needle_of(&bench)), 150000);
}

static void then_it_is_damped(void **state)
{
    (void)state;
    struct bench bench;
    bench_start(&bench, 0);
    run(&bench, 4000, RAW(90));
    assert_int_equal(needle_of(&bench), 90000);
    run(&bench, 600, RAW(92)); /* 92 °C is 93°; after the damping 59 % of the way */
    assert_in_range(needle_of(&bench), 91600, 91950);
    run(&bench, 5000, RAW(92));
    assert_int_equal(needle_of(&bench), 93000);
}

static void warning_has_a_hysteresis(void **state)
{
    (void)state;
    struct bench bench;
    bench_start(&bench, 0);
    const struct {
        int celsius;
        bool warn;
    } steps[] = {{129, false}, {130, true},  {129, true},  {130, true},
                 {129, true},  {128, false}, {129, false}, {131, true}};
    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
        send_at(&bench, (uint32_t)i * 100 * MS, RAW(steps[i].celsius));
        assert_int_equal(bench.out.warn, steps[i].warn);
    }
    bench.now_us = 700 * MS;
    run(&bench, 1500, -1); /* nobody knows any more */
    assert_false(bench.out.warn);
}

/* The same above it, and back to the mere warning. */
static void critical_beyond_high(void **state)
{
    (void)state;
    static const struct {
        int celsius;
        enum gauge_warn warn;
    } steps[] = {
        {129, GAUGE_WARN_OFF},      {130, GAUGE_WARN_HIGH},     {134, GAUGE_WARN_HIGH},
        {135, GAUGE_WARN_CRITICAL}, {134, GAUGE_WARN_CRITICAL}, {133, GAUGE_WARN_HIGH},
        {134, GAUGE_WARN_HIGH},     {129, GAUGE_WARN_HIGH},     {128, GAUGE_WARN_OFF},
        {140, GAUGE_WARN_CRITICAL},
    };
    struct bench bench;
    bench_start(&bench, 0);
    bench.record.dial[0].max_slope_milli_per_s = 0;
    bench.record.dial[0].warn_critical_milli = 135000;
    gauge_retune(&bench.dial);
    send_at(&bench, 0, RAW(129));
    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
        send_at(&bench, (uint32_t)i * 100 * MS, RAW(steps[i].celsius));
        assert_int_equal(bench.out.warn, steps[i].warn);
    }
    bench.now_us = 1000 * MS;
    run(&bench, 1500, -1);
    assert_int_equal(bench.out.warn, GAUGE_WARN_OFF);
}

/* Parked for a second: no pulses. They are back with the value, from park on, and by any command. */
static void off_at_rest(void **state)
{
    (void)state;
    struct bench bench;
    bench_start(&bench, 0);
    bench.record.dial[0].is_off_at_rest = true;
    const uint32_t park = gauge_park_ticks(bench.dial.config, bench.dial.ticks_per_us);
    run(&bench, 980, -1);
    assert_int_equal(bench.out.pulse_ticks, park);
    run(&bench, 40, -1);
    assert_int_equal(bench.out.pulse_ticks, 0);
    assert_int_equal(bench.out.pulse_ns, 0);
    assert_int_equal(bench.out.needle_mdeg, -10000);
    gauge_hold(&bench.dial, -10000); /* calibration: there, too */
    run(&bench, 2000, -1);
    assert_int_equal(bench.out.pulse_ticks, park);
    gauge_follow(&bench.dial);
    run(&bench, 1100, -1);
    assert_int_equal(bench.out.pulse_ticks, 0);
    const uint32_t step = gauge_step_max_ticks(bench.dial.config, bench.dial.ticks_per_us);
    while (bench.out.pulse_ticks == 0) {
        run(&bench, 20, RAW(90));
    }
    assert_int_equal(bench.out.state, GAUGE_LIVE);
    assert_in_range(bench.out.pulse_ticks, park, park + step);
    run(&bench, 3000, RAW(50));
    assert_true(bench.out.pulse_ticks > park); /* at rest, but not at park */
    run(&bench, 1500, -1);                     /* stale, on the way to park */
    assert_true(bench.out.pulse_ticks > park);
    run(&bench, 20000, -1);
    assert_int_equal(bench.out.pulse_ticks, 0);
}

static void never_off_unless_wanted(void **state)
{
    (void)state;
    struct bench bench;
    bench_start(&bench, 0);
    run(&bench, 10000, -1);
    assert_int_equal(bench.out.pulse_ticks,
                     gauge_park_ticks(bench.dial.config, bench.dial.ticks_per_us));
}

/* A value that wavers by 0.9 degrees of the needle, 9 us: held by a dead band of 10 us, not by 5. */
static void dead_band_of_the_profile(void **state)
{
    (void)state;
    for (uint16_t band_us = 5; band_us <= 10; band_us += 5) {
        struct bench bench;
        bench_start(&bench, 0);
        bench.record.dial[0].dead_band_us = band_us;
        bench.record.dial[0].dial.point[1] = (struct curve_point){90000, 36000}; /* 0.9 a degree */
        gauge_retune(&bench.dial);
        run(&bench, 6000, RAW(80));
        const int32_t at = bench.out.needle_mdeg;
        run(&bench, 6000, RAW(81));
        assert_int_equal(bench.out.needle_mdeg - at, band_us == 5 ? 900 : 0);
    }
}

static void warning_can_be_off(void **state)
{
    (void)state;
    struct bench bench;
    bench_start(&bench, 0);
    bench.record.dial[0].warn_high_milli = GAUGE_WARN_NONE;
    send_confirmed(&bench, 0, RAW(179));
    assert_int_equal(bench.out.state, GAUGE_LIVE);
    assert_false(bench.out.warn);
}

/* The same values once or fifty times a period give the same needle. */
static void needle_does_not_depend_on_the_frame_rate(struct random *random)
{
    struct bench slow;
    struct bench quick;
    bench_start(&slow, 0);
    bench_start(&quick, 0);
    int celsius = random_between(random, 60, 140);
    send_confirmed(&slow, 0, RAW(celsius));
    send_confirmed(&quick, 0, RAW(celsius));
    for (int i = 0; i < 300; i++) {
        celsius += random_between(random, -1, 1);
        uint8_t raw = RAW(celsius);
        int extra = random_between(random, 0, 50);
        for (int k = 0; k < extra; k++) {
            send_at(&quick, quick.now_us + (uint32_t)k * 300, raw);
        }
        send_at(&slow, slow.now_us + 15100, raw);
        send_at(&quick, quick.now_us + 15100, raw);
        check_seed(random, slow.out.pulse_ticks == quick.out.pulse_ticks, "pulse");
        next_period(&slow);
        next_period(&quick);
        check_seed(random, slow.dial.base.angle_mdeg == quick.dial.base.angle_mdeg, "base");
    }
}

static void frame_rate(void **state)
{
    (void)state;
    for_each_seed(40, needle_does_not_depend_on_the_frame_rate);
}

/* A frame came between the latch and the word of it: the latched output knows nothing of the hurry. */
static void late_latch_keeps_the_new_move(void **state)
{
    (void)state;
    struct bench bench;
    bench_start(&bench, 0);
    struct gauge_output parked = bench.out;
    send_confirmed(&bench, 20010, RAW(90));
    gauge_latch(&bench.dial, &parked, 20000);
    assert_int_equal(bench.dial.base.hurry, 1);
    gauge_pending(&bench.dial, &bench.out);
    bench.now_us = 20000;
    run(&bench, 900, RAW(90));
    assert_in_range(needle_of(&bench), 89500, 90000);
}

static void pending_is_pure(void **state)
{
    (void)state;
    struct bench bench;
    bench_start(&bench, 0);
    send_confirmed(&bench, 0, RAW(90));
    struct gauge_dial before;
    struct gauge_output again;
    memcpy(&before, &bench.dial, sizeof(before)); /* padding too */
    gauge_pending(&bench.dial, &again);
    gauge_pending(&bench.dial, &again);
    assert_int_equal(again.pulse_ticks, bench.out.pulse_ticks);
    assert_memory_equal(&before, &bench.dial, sizeof(before));
}

static void sweep_goes_over_the_scale_and_back(void **state)
{
    (void)state;
    struct bench bench;
    bench_start(&bench, 0);
    gauge_sweep(&bench.dial);
    int32_t highest = -10000;
    for (int i = 0; i < 100 && bench.dial.state == GAUGE_SWEEP; i++) { /* two seconds */
        run(&bench, 20, -1);
        highest = needle_of(&bench) > highest ? needle_of(&bench) : highest;
    }
    assert_in_range(highest, 178900, 180000);
    assert_int_equal(bench.dial.state, GAUGE_WAIT);
    run(&bench, 3000, -1);
    assert_int_equal(needle_of(&bench), -10000);
}

static void sweep_can_be_ended_and_values_wait(void **state)
{
    (void)state;
    struct bench bench;
    bench_start(&bench, 0);
    gauge_sweep(&bench.dial);
    run(&bench, 400, RAW(130));
    assert_int_equal(bench.out.state, GAUGE_SWEEP);
    assert_int_equal(bench.out.value_milli, 130000);
    assert_true(bench.out.warn); /* no sweep hides a warning */
    gauge_follow(&bench.dial);
    gauge_pending(&bench.dial, &bench.out);
    assert_int_equal(bench.out.state, GAUGE_LIVE);
    run(&bench, 1200, RAW(130));
    assert_in_range(needle_of(&bench), 149900, 150000);
}

static void hold_is_kept_and_clamped(void **state)
{
    (void)state;
    struct bench bench;
    bench_start(&bench, 0);
    gauge_hold(&bench.dial, 45000);
    assert_int_equal(bench.dial.state, GAUGE_SWEEP);
    run(&bench, 4000, RAW(130));
    assert_int_equal(bench.out.state, GAUGE_SWEEP);
    assert_int_equal(needle_of(&bench), 45000);
    gauge_hold(&bench.dial, 999000);
    run(&bench, 4000, RAW(130));
    assert_int_equal(needle_of(&bench), 180000);
    gauge_hold(&bench.dial, -999000);
    run(&bench, 4000, RAW(130));
    assert_int_equal(needle_of(&bench), -10000);
    gauge_follow(&bench.dial);
    run(&bench, 4000, RAW(130));
    assert_int_equal(needle_of(&bench), 150000);
}

/* As the console's `set` and `cal` do: the needle stays, what was set holds. */
static void retuned_in_place(void **state)
{
    (void)state;
    struct bench bench;
    bench_start(&bench, 0);
    gauge_hold(&bench.dial, 180000);
    run(&bench, 4000, -1);
    bench.record.dial[0].servo.point[2].y = 2500000;
    bench.record.dial[0].timeout_ms = 500;
    gauge_retune(&bench.dial);
    run(&bench, 40, -1);
    assert_int_equal(needle_of(&bench), 180000);
    assert_int_equal(bench.out.pulse_ns, 2500000);
    gauge_follow(&bench.dial);
    run(&bench, 3000, RAW(90));
    assert_int_equal(bench.out.state, GAUGE_LIVE);
    run(&bench, 540, -1);
    assert_int_equal(bench.out.state, GAUGE_STALE);
}

/* A mirrored servo: the pulse falls while the needle rises; its longest is park's. */
static void mirrored_servo(void **state)
{
    (void)state;
    struct bench bench;
    record_default(&bench.record);
    bench.record.dial[0].servo =
        (struct curve){.count = 2, .point = {{-10000, 2500001}, {180000, 600000}}};
    gauge_init(&bench.dial, &bench.record.dial[0], 200);
    gauge_pending(&bench.dial, &bench.out);
    assert_int_equal(gauge_pulse_max_ticks(&bench.record.dial[0], 200), 500000);
    assert_int_equal(bench.out.pulse_ticks, 500000);
    assert_int_equal(gauge_park_ticks(&bench.record.dial[0], 200), 500000);
    assert_true(gauge_park_ticks(&bench.record.dial[0], 133) <=
                gauge_pulse_max_ticks(&bench.record.dial[0], 133));
}

static void no_pulse_ever_exceeds_the_longest(struct random *random)
{
    struct bench bench;
    bench_start(&bench, random_u32(random));
    for (int i = 0; i < 300; i++) {
        if (random_u32(random) % 3 == 0) {
            send_at(&bench, bench.now_us, (uint8_t)random_u32(random));
        }
        if (random_u32(random) % 100 == 0) {
            gauge_hold(&bench.dial, random_between(random, -400000, 400000));
        } else if (random_u32(random) % 50 == 0) {
            gauge_follow(&bench.dial);
        }
        next_period(&bench);
        check_seed(random, bench.out.pulse_ticks >= 100000 && bench.out.pulse_ticks <= 480000,
                   "pulse out of the servo's points");
        bool is_parking = bench.out.state == GAUGE_WAIT || bench.out.state == GAUGE_STALE ||
                          bench.out.state == GAUGE_FAULT;
        if (is_parking) {
            struct gauge_output next;
            struct gauge_dial dial = bench.dial;
            dial.base = bench.out.needle;
            dial.base.rate_mdeg_per_s = 0;
            gauge_pending(&dial, &next);
            check_seed(random, next.needle_mdeg <= bench.out.needle_mdeg, "not on its way to park");
        }
    }
}

static void any_traffic(void **state)
{
    (void)state;
    for_each_seed(300, no_pulse_ever_exceeds_the_longest);
}

static void a_sweep_before_ready_ends_in_boot(void **state)
{
    (void)state;
    struct gauge_dial dial;
    struct record record;
    record_default(&record);
    gauge_init(&dial, &record.dial[0], 200);
    gauge_sweep(&dial);
    assert_int_equal(dial.state, GAUGE_SWEEP);
    gauge_follow(&dial);
    assert_int_equal(dial.state, GAUGE_BOOT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(starts_parked),
        cmocka_unit_test(boot_shows_park),
        cmocka_unit_test(first_value_within_a_second),
        cmocka_unit_test(then_it_is_damped),
        cmocka_unit_test(warning_has_a_hysteresis),
        cmocka_unit_test(critical_beyond_high),
        cmocka_unit_test(off_at_rest),
        cmocka_unit_test(never_off_unless_wanted),
        cmocka_unit_test(dead_band_of_the_profile),
        cmocka_unit_test(warning_can_be_off),
        cmocka_unit_test(frame_rate),
        cmocka_unit_test(late_latch_keeps_the_new_move),
        cmocka_unit_test(pending_is_pure),
        cmocka_unit_test(sweep_goes_over_the_scale_and_back),
        cmocka_unit_test(sweep_can_be_ended_and_values_wait),
        cmocka_unit_test(hold_is_kept_and_clamped),
        cmocka_unit_test(retuned_in_place),
        cmocka_unit_test(mirrored_servo),
        cmocka_unit_test(any_traffic),
        cmocka_unit_test(a_sweep_before_ready_ends_in_boot),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
