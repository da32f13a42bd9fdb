/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/core/core_test.h"

#include <string.h>

#include "core/gauge.h"
#include "core/record.h"

#define MS 1000u
#define PERIOD_US 20000u
#define RAW(celsius) ((uint8_t)((celsius) + 60))

/* A board of one dial: the M7's main loop, with the time of the last period. */
struct bench {
    struct record record;
    struct gauge_dial dial;
    struct gauge_output out;
    uint32_t now_us;
    uint32_t periods;
};

static void bench_start(struct bench *bench, uint32_t now_us)
{
    memset(bench, 0, sizeof(*bench));
    record_default(&bench->record);
    gauge_init(&bench->dial, &bench->record.dial[0], 200);
    gauge_ready(&bench->dial);
    gauge_pending(&bench->dial, &bench->out);
    bench->now_us = now_us;
    bench->periods = 0;
}

static enum source_result send_at(struct bench *bench, uint32_t time_us, uint8_t raw)
{
    struct can_frame frame = {.id = 0x156, .len = 8, .data = {0x99, raw}};
    enum source_result result = gauge_frame(&bench->dial, time_us, &frame);
    gauge_pending(&bench->dial, &bench->out);
    return result;
}

static void next_period(struct bench *bench)
{
    bench->now_us += PERIOD_US;
    bench->periods++;
    gauge_latch(&bench->dial, &bench->out, bench->now_us);
    gauge_pending(&bench->dial, &bench->out);
}

/* Lets `ms` go by with a frame every 100 ms, as 0x156 comes; raw < 0 = silence. */
static void run(struct bench *bench, uint32_t ms, int raw)
{
    for (uint32_t t = 0; t < ms; t += 20) {
        if (raw >= 0 && bench->periods % 5 == 0) {
            send_at(bench, bench->now_us, (uint8_t)raw);
        }
        next_period(bench);
    }
}

static int32_t needle_of(const struct bench *bench)
{
    return bench->out.needle_mdeg;
}

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
    send_at(&bench, bench.now_us, RAW(88));
    assert_int_equal(bench.out.state, GAUGE_LIVE);
    run(&bench, 1000, RAW(88));
    assert_in_range(needle_of(&bench), 85000, 85600);
}

/* 71.6 minutes after the last value the clock shows its time again. */
static void stale_outlives_the_clock_wrap(void **state)
{
    (void)state;
    struct bench bench;
    bench_start(&bench, 0);
    send_at(&bench, 0, RAW(90));
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
    send_at(&bench, bench.now_us, RAW(21));
    assert_int_equal(bench.out.state, GAUGE_LIVE);
    assert_int_equal(bench.dial.counts.invalid, 1);
    assert_int_equal(bench.dial.counts.values, 1);
    assert_int_equal(bench.dial.counts.matched, 2);
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
    send_at(&bench, bench.now_us, RAW(30)); /* a new sensor may say anything */
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
    send_at(&bench, bench.now_us, RAW(20));
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

static void warning_can_be_off(void **state)
{
    (void)state;
    struct bench bench;
    bench_start(&bench, 0);
    bench.record.dial[0].warn_high_milli = GAUGE_WARN_NONE;
    send_at(&bench, 0, RAW(179));
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
    send_at(&bench, 20010, RAW(90));
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
    send_at(&bench, 0, RAW(90));
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

/* A mirrored servo: the pulse falls while the needle rises; its longest is park's. */
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
        cmocka_unit_test(silence_is_stale_and_parks),
        cmocka_unit_test(stale_outlives_the_clock_wrap),
        cmocka_unit_test(one_sentinel_first_keeps_waiting),
        cmocka_unit_test(sentinels_only_are_a_fault),
        cmocka_unit_test(one_sentinel_then_silence_waits),
        cmocka_unit_test(sentinels_hold_then_fault),
        cmocka_unit_test(a_sentinel_does_not_lift_the_slope_limit),
        cmocka_unit_test(coarse_signals_pass_a_fine_slope_limit),
        cmocka_unit_test(fault_then_silence_is_stale),
        cmocka_unit_test(implausible_values_are_a_fault),
        cmocka_unit_test(after_stale_any_level_is_new),
        cmocka_unit_test(foreign_and_short_frames_change_nothing),
        cmocka_unit_test(warning_has_a_hysteresis),
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
