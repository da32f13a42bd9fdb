/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Whole drives of steps, ramps and noise: the needle against a reference that integrates the law with
 * its limits in small steps, in double; drives with frames every 10 ms to 1 s against each other; and
 * changes of the value that a servo would not turn for.
 */
#include "tests/core/core_test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/gauge.h"
#include "core/pulse.h"
#include "core/record.h"

/* ---- the reference ---- */

#define SUBSTEPS 200
#define FAST_W 24.0     /* docs/needle.md: the first second, and braking */
#define SPEED_UP_S 0.1  /* from rest to the maximal rate */
#define SLOW_TURN 10000 /* m°/s: what is slower turns round at once */
#define PUT_TO_REST 1.0 /* m° */

struct reference {
    double period_s;
    double w;
    double max_rate;
    double angle; /* m° */
    double rate;
};

static void reference_init(struct reference *r, const struct needle_config *config, int32_t at)
{
    const double period_s = config->period_us / 1e6;
    *r = (struct reference){
        .period_s = period_s,
        .w = fmin(2.0 / (config->damping_ms / 1e3), 1.0 / period_s),
        .max_rate = config->max_rate_deg_per_s * 1e3,
        .angle = at,
    };
}

/* One substep of e'' = -2 w e' - w² e by Runge and Kutta. */
static void integrate(double *error, double *rate, double w, double h)
{
    const double e = *error;
    const double v = *rate;
    const double a1 = -2 * w * v - w * w * e;
    const double v2 = v + h / 2 * a1;
    const double a2 = -2 * w * v2 - w * w * (e + h / 2 * v);
    const double v3 = v + h / 2 * a2;
    const double a3 = -2 * w * v3 - w * w * (e + h / 2 * v2);
    const double v4 = v + h * a3;
    const double a4 = -2 * w * v4 - w * w * (e + h * v3);
    *error = e + h / 6 * (v + 2 * v2 + 2 * v3 + v4);
    *rate = v + h / 6 * (a1 + 2 * a2 + 2 * a3 + a4);
}

static double within(double value, double limit)
{
    return fmax(-limit, fmin(value, limit));
}

/* Towards the target by the law, no faster and no sooner fast than the servo may be. */
static void reference_approach(struct reference *r, double target)
{
    const double h = r->period_s / SUBSTEPS;
    double error = r->angle - target;
    r->rate = within(r->rate, r->w * fabs(error));
    for (int i = 0; i < SUBSTEPS; i++) {
        const double before = error;
        const double limit = fmin(fabs(r->rate) + r->max_rate / SPEED_UP_S * h, r->max_rate);
        integrate(&error, &r->rate, r->w, h);
        r->rate = within(r->rate, limit);
        error = before + within(error - before, limit * h);
    }
    r->angle = target + error;
}

static void reference_brake(struct reference *r)
{
    const double h = r->period_s / SUBSTEPS;
    const double w = fmax(r->w, fmin(FAST_W, 1.0 / r->period_s));
    for (int i = 0; i < SUBSTEPS; i++) {
        const double middle = r->rate * (1 - w * h / 2);
        r->angle += middle * h;
        r->rate -= w * middle * h;
    }
}

static void reference_step(struct reference *r, double target)
{
    const bool is_leaving = r->rate * (r->angle - target) > 0;
    if (is_leaving && fabs(r->rate) > SLOW_TURN) {
        reference_brake(r);
        return;
    }
    if (is_leaving) {
        r->rate = 0;
    }
    reference_approach(r, target);
}

/* ---- drives against it ---- */

static struct needle_config random_config(struct random *random)
{
    return (struct needle_config){
        .period_us = (uint32_t)random_between(random, 5000, 50000),
        .damping_ms = (uint16_t)random_between(random, 200, 3000),
        .max_rate_deg_per_s = 2000,
    };
}

/* `value` is called for each period; the needle may be `tolerance` off. */
static void compare(struct random *random, const struct needle_config *config, double tolerance,
                    int32_t (*value)(struct random *random, int period, int32_t before))
{
    struct needle_tuning tuning;
    struct needle needle;
    struct reference reference;
    int32_t target = 0;
    needle_tune(&tuning, config);
    needle_rest(&needle, target);
    reference_init(&reference, config, target);
    for (int i = 0; i < 500; i++) {
        target = value(random, i, target);
        needle_step(&tuning, &needle, target);
        reference_step(&reference, target);
        check_seed(random, fabs(needle.angle_mdeg - reference.angle) <= tolerance, "angle");
    }
}

static int32_t steps(struct random *random, int period, int32_t before)
{
    return period % 100 == 0 ? random_between(random, 0, 20000) : before;
}

/* Up, level and down again, by 1 to 20 °/s at a period of 20 ms. */
static int32_t ramps(struct random *random, int period, int32_t before)
{
    const int32_t slope = (int32_t)(20 + random->seed % 380u);
    return before + (period < 200 ? slope : period < 300 ? 0 : -slope);
}

/* Up to 2° off a middle that does not move. */
static int32_t noise(struct random *random, int period, int32_t before)
{
    (void)before;
    return period < 100 ? 50000 : 50000 + random_between(random, -2000, 2000);
}

static void steps_against_reference(struct random *random)
{
    const struct needle_config config = random_config(random);
    compare(random, &config, PUT_TO_REST, steps);
}

static void ramps_against_reference(struct random *random)
{
    const struct needle_config config = random_config(random);
    compare(random, &config, PUT_TO_REST, ramps);
}

static void noise_against_reference(struct random *random)
{
    const struct needle_config config = random_config(random);
    compare(random, &config, PUT_TO_REST, noise);
}

static void far_steps(struct random *random, uint16_t max_rate_deg_per_s)
{
    struct needle_config config = random_config(random);
    config.max_rate_deg_per_s = max_rate_deg_per_s;
    /* It takes the speed of a period's end for all of it: while speeding up, half a period ahead. */
    const double ahead = config.max_rate_deg_per_s * 1e3 * config.period_us / 1e6 / 2;
    compare(random, &config, ahead + PUT_TO_REST, steps);
}

static void limited_steps_against_reference(struct random *random)
{
    far_steps(random, (uint16_t)random_between(random, 5, 60));
}

static void as_the_reference(void **state)
{
    (void)state;
    for_each_seed(40, steps_against_reference);
    for_each_seed(40, ramps_against_reference);
    for_each_seed(40, noise_against_reference);
    for_each_seed(40, limited_steps_against_reference);
}

/* ---- a dial with a signal of 0.1 °C a bit, 1.5° of needle a degree ---- */

#define PERIOD_MS 20
#define DEAD_BAND_MDEG 500 /* 5 us of 10 us a degree */

struct bench {
    struct record record;
    struct gauge_dial dial;
    struct gauge_output out;
};

static void bench_start(struct bench *bench)
{
    record_default(&bench->record);
    struct gauge_config *config = &bench->record.dial[0];
    config->source.broadcast.bits =
        (struct signal_bits){.start_bit = 7, .length_bits = 16, .motorola = true};
    config->source.broadcast.scale = 0.1;
    config->source.broadcast.offset = 0;
    config->source.broadcast.invalid_count = 0;
    config->max_slope_milli_per_s = 0;
    config->timeout_ms = 3000;
    config->dial = (struct curve){.count = 2, .point = {{30000, 0}, {150000, 180000}}};
    gauge_init(&bench->dial, config, 200);
    gauge_ready(&bench->dial);
    gauge_pending(&bench->dial, &bench->out);
}

static void send(struct bench *bench, uint32_t ms, int32_t tenths)
{
    const struct can_frame frame = {
        .id = 0x156, .len = 8, .data = {(uint8_t)(tenths >> 8), (uint8_t)tenths}};
    assert_int_equal(gauge_frame(&bench->dial, ms * 1000, &frame), SOURCE_VALUE);
    gauge_pending(&bench->dial, &bench->out);
}

static void latch(struct bench *bench, uint32_t ms)
{
    gauge_latch(&bench->dial, &bench->out, ms * 1000);
    gauge_pending(&bench->dial, &bench->out);
}

/* ---- how often frames come ---- */

#define DRIVE_MS 16000
#define DRIVE_PERIODS (DRIVE_MS / PERIOD_MS)

static const uint32_t intervals_ms[] = {10, 20, 50, 100, 200, 500, 1000};
#define INTERVALS (sizeof intervals_ms / sizeof *intervals_ms)

/* The needle at each period of a drive whose value is told every so often. */
static void drive(uint32_t every_ms, int32_t (*tenths_at)(uint32_t ms), int32_t *needle)
{
    struct bench bench;
    bench_start(&bench);
    send(&bench, 0, tenths_at(0)); /* a first value is believed with the second */
    for (uint32_t ms = 0; ms < DRIVE_MS; ms += 10) {
        if (ms % every_ms == 0) {
            send(&bench, ms, tenths_at(ms));
        }
        if (ms % PERIOD_MS == 0) {
            latch(&bench, ms);
            needle[ms / PERIOD_MS] = bench.out.needle_mdeg;
        }
    }
}

static int32_t stepping(uint32_t ms)
{
    static const int32_t tenths[] = {600, 1000, 1003, 1400, 701, 1490, 1000, 1000};
    return tenths[ms / 2000];
}

static int32_t rising(uint32_t ms)
{
    return 500 + (int32_t)ms / 20; /* 5 °C/s */
}

static void steps_at_any_interval(void **state)
{
    (void)state;
    static int32_t often[DRIVE_PERIODS];
    static int32_t seldom[DRIVE_PERIODS];
    drive(intervals_ms[0], stepping, often);
    for (size_t i = 1; i < INTERVALS; i++) {
        drive(intervals_ms[i], stepping, seldom);
        assert_memory_equal(often, seldom, sizeof often);
    }
    assert_in_range(often[DRIVE_PERIODS - 1], 105000, 105010);
}

/* A ramp told seldom is a stair: the needle is off by no more than a stair is, and never goes back. */
static void a_ramp_at_any_interval(void **state)
{
    (void)state;
    static int32_t often[DRIVE_PERIODS];
    static int32_t seldom[DRIVE_PERIODS];
    drive(intervals_ms[0], rising, often);
    for (size_t i = 1; i < INTERVALS; i++) {
        drive(intervals_ms[i], rising, seldom);
        const int32_t stair_mdeg = (int32_t)intervals_ms[i] * 15 / 2; /* 7.5 °/s */
        for (int k = 200; k < DRIVE_PERIODS; k++) { /* the first second is long over */
            assert_true(abs(often[k] - seldom[k]) <= stair_mdeg + DEAD_BAND_MDEG);
            assert_true(seldom[k] >= seldom[k - 1]);
        }
    }
}

/* Of all the frames of a period the needle knows the last, whatever the others said. */
static void only_the_last_frame_counts(struct random *random)
{
    struct bench busy;
    struct bench quiet;
    bench_start(&busy);
    bench_start(&quiet);
    send(&busy, 0, 1000);
    send(&quiet, 0, 1000);
    for (uint32_t ms = 0; ms < 6000; ms += PERIOD_MS) {
        const int32_t tenths = 1000 + random_between(random, -20, 20);
        for (int32_t n = random_between(random, 0, 10); n > 0; n--) {
            send(&busy, ms + 1, 1000 + random_between(random, -200, 200));
        }
        send(&busy, ms + 2, tenths);
        send(&quiet, ms + 2, tenths);
        check_seed(random, busy.out.pulse_ticks == quiet.out.pulse_ticks, "pulse");
        latch(&busy, ms + PERIOD_MS);
        latch(&quiet, ms + PERIOD_MS);
    }
}

static void noise_at_any_interval(void **state)
{
    (void)state;
    for_each_seed(20, only_the_last_frame_counts);
}

/* ---- what the servo would not turn for ---- */

static uint32_t settled_at(struct bench *bench, uint32_t ms, int32_t tenths)
{
    for (uint32_t end = ms + 6000; ms < end; ms += PERIOD_MS) {
        send(bench, ms, tenths);
        latch(bench, ms);
    }
    assert_int_equal(bench->out.needle_mdeg, (tenths - 300) * 150);
    return ms;
}

/* 0.3 °C to either side are 0.45°: telemetry's angle and the pulse stay, and stay one. */
static void small_noise_moves_nothing(void **state)
{
    (void)state;
    struct bench bench;
    bench_start(&bench);
    uint32_t ms = settled_at(&bench, 0, 1000);
    const uint32_t ticks = bench.out.pulse_ticks;
    for (int i = 0; i < 300; i++, ms += PERIOD_MS) {
        send(&bench, ms, 1000 + i * 5 % 7 - 3);
        latch(&bench, ms);
        assert_int_equal(bench.out.needle_mdeg, 105000);
        assert_int_equal(bench.out.pulse_ticks, ticks);
    }
}

/* 0.4 °C are 0.6°: it goes, and all the way. */
static void more_moves_it_exactly_there(void **state)
{
    (void)state;
    struct bench bench;
    bench_start(&bench);
    uint32_t ms = settled_at(&bench, 0, 1000);
    ms = settled_at(&bench, ms, 1004);
    ms = settled_at(&bench, ms, 1000);
    assert_int_equal(bench.out.pulse_ticks, 330000); /* 600 us + 105 * 10 us */
    send(&bench, ms, 1003);
    latch(&bench, ms);
    assert_int_equal(bench.out.needle_mdeg, 105000);
}

/* Under noise that begins before it has arrived it comes to rest as well. */
static void noise_while_landing(void **state)
{
    (void)state;
    struct bench bench;
    bench_start(&bench);
    int32_t before = 0;
    int still = 0;
    for (int i = 0; i < 300; i++) {
        send(&bench, (uint32_t)i * PERIOD_MS, 1000 + i % 4); /* 0.45° from peak to peak */
        latch(&bench, (uint32_t)i * PERIOD_MS);
        still = bench.out.needle_mdeg == before ? still + 1 : 0;
        before = bench.out.needle_mdeg;
    }
    assert_true(still > 100);
    assert_in_range(before, 105000, 105450);
}

/* By command it goes to any angle: calibration wants the tenth of a degree. */
static void commands_move_less(void **state)
{
    (void)state;
    struct bench bench;
    bench_start(&bench);
    uint32_t ms = 0;
    for (int32_t wanted = 45000; wanted < 45500; wanted += 100) {
        gauge_hold(&bench.dial, wanted);
        for (int i = 0; i < 200; i++, ms += PERIOD_MS) {
            gauge_pending(&bench.dial, &bench.out);
            latch(&bench, ms);
        }
        assert_int_equal(bench.out.needle_mdeg, wanted);
    }
}

/* The dead band is an angle by the servo's steepest points, whichever way it turns. */
static void dead_band_by_the_servo(void **state)
{
    (void)state;
    struct bench bench;
    bench_start(&bench);
    struct curve *servo = &bench.record.dial[0].servo;
    *servo = (struct curve){.count = 3,
                            .point = {{-10000, 2400000}, {80000, 1500000}, {180000, 1000000}}};
    gauge_retune(&bench.dial);
    assert_int_equal(bench.dial.tuning.dead_band_mdeg, 500); /* 10 us a degree, then 5 */
    *servo = (struct curve){.count = 2, .point = {{-10000, 600000}, {90000, 2400000}}};
    gauge_retune(&bench.dial);
    assert_int_equal(bench.dial.tuning.dead_band_mdeg, 277); /* 18 us a degree */
    *servo = (struct curve){.count = 2, .point = {{-327680, 600000}, {327670, 2400000}}};
    gauge_retune(&bench.dial); /* the widest a record can say */
    assert_int_equal(bench.dial.tuning.dead_band_mdeg, 1820);
}

/* ---- the ends ---- */

/* A value beyond the scale is the scale's end, reached like any other target. */
static void no_jump_at_the_end(void **state)
{
    (void)state;
    struct bench inside;
    struct bench beyond;
    bench_start(&inside);
    bench_start(&beyond);
    (void)settled_at(&inside, 0, 1400);
    for (uint32_t ms = settled_at(&beyond, 0, 1400); ms < 12000; ms += PERIOD_MS) {
        send(&inside, ms, 1500);
        send(&beyond, ms, 1790);
        latch(&inside, ms);
        latch(&beyond, ms);
        assert_int_equal(inside.out.pulse_ticks, beyond.out.pulse_ticks);
    }
    assert_int_equal(beyond.out.needle_mdeg, 180000);
    assert_int_equal(beyond.out.pulse_ns, 2400000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_the_reference),          cmocka_unit_test(steps_at_any_interval),
        cmocka_unit_test(a_ramp_at_any_interval),    cmocka_unit_test(noise_at_any_interval),
        cmocka_unit_test(small_noise_moves_nothing), cmocka_unit_test(more_moves_it_exactly_there),
        cmocka_unit_test(noise_while_landing),       cmocka_unit_test(commands_move_less),
        cmocka_unit_test(dead_band_by_the_servo),    cmocka_unit_test(no_jump_at_the_end),
    };
    return cmocka_run_group_tests_name("drives", tests, NULL, NULL);
}
