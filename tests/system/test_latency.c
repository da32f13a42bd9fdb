/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The way of a value, measured: how soon it is in the compare register, how soon on the pin. */
#include "tests/formats/cmocka_head.h"
#include "tests/system/latency.h"

#include <stdio.h>

#define COMPARE_LIMIT VTIME_US(10)
#define M4_INSTRUCTION_LIMIT 300 /* a frame in, a pulse out */
#define INSTRUCTION_LIMIT 1200   /* of both cores */
#define CLOCK_WATCH 200          /* its interrupt may come in between */
#define TELEMETRY_LIMIT 85000    /* a second; some 1,600 a line */
#define PIN_LIMIT (RIG_PERIOD_PS + VTIME_MS(1))

static double us(vtime_ps t)
{
    return (double)t * 1e-6;
}

static void check(const char *name, const struct latency *l)
{
    print_message(
        "%s: %u frames, compare register after %.1f us at most, %.1f us in the mean; on "
        "the pin after %.3f ms at most; instructions at most M7 %llu, M4 %llu, both %llu\n",
        name, l->frames, us(l->compare_max), us(l->compare_mean), us(l->pin_max) * 1e-3,
        (unsigned long long)l->instructions_max[0], (unsigned long long)l->instructions_max[1],
        (unsigned long long)l->instructions_sum_max);
    rig_check(l->compare_max <= COMPARE_LIMIT, "compare register after %.1f us",
              us(l->compare_max));
    rig_check(l->instructions_max[1] <= M4_INSTRUCTION_LIMIT, "%llu instructions of the M4",
              (unsigned long long)l->instructions_max[1]);
    rig_check(l->instructions_sum_max <= INSTRUCTION_LIMIT + CLOCK_WATCH, "%llu instructions",
              (unsigned long long)l->instructions_sum_max);
    rig_check(l->pin_max <= PIN_LIMIT, "on the pin after %.3f ms", us(l->pin_max) * 1e-3);
}

/* Over the whole servo period. */
static void any_time(void **state)
{
    (void)state;
    struct latency l;
    rig_case("any_time");
    latency_measure(&(struct latency_config){.frames = 60,
                                             .first_phase = VTIME_US(77),
                                             .phase_step = VTIME_US(337)},
                    &l);
    assert_true(l.frames >= 58);
    check("over the period", &l);
}

/* The ends of frames move through a period's end microsecond by microsecond: the longest way to the
 * pin is there, where the new pulse is just too late. */
static void around_the_latch(void **state)
{
    (void)state;
    struct latency l;
    rig_case("around_the_latch");
    latency_measure(&(struct latency_config){.frames = 80,
                                             .first_phase = RIG_PERIOD_PS - VTIME_US(60),
                                             .phase_step = VTIME_US(1)},
                    &l);
    assert_true(l.pin_max > RIG_PERIOD_PS - VTIME_US(1)); /* one that was just too late was there */
    check("around its end", &l);
}

/* Posts come at each moment around an update event, in steps shorter than the writes take: which of them is on the pin,
 * and which one is told of, is one. */
static void posts_at_the_update(void **state)
{
    (void)state;
    rig_case("posts_at_the_update");
    struct rig_stream stream = rig_oil_moving;
    stream.from = VTIME_S(1);
    stream.every = VTIME_MS(100) + VTIME_NS(20);
    stream.from = latency_start(&stream, RIG_PERIOD_PS - VTIME_US(8));
    struct rig *r = rig_create(&(struct rig_config){.streams = &stream, .stream_count = 1});
    rig_power(r, true);
    rig_run_until(r, VTIME_S(43)); /* 8.4 us of phases; the post comes 4.7 us behind the frame */
    for (size_t i = rig_line_from(r, VTIME_S(1)); i + 1 < r->line_count; i++) {
        const struct rig_line *line = &r->lines[i];
        const vtime_ps told = VTIME_NS(line->pulse_ns);
        const vtime_ps width = r->pulses[line->pulse].width;
        rig_check(told < width + VTIME_NS(1) && width < told + VTIME_NS(1),
                  "line %u: told %.3f us, on the pin %.3f us", (unsigned)line->seq,
                  (double)told * 1e-6, (double)width * 1e-6);
    }
    rig_assert_clean(r);
    rig_destroy(r);
}

/* The FIFO is filled in one visit, and a line is written without doing anything twice. */
static void telemetry_is_cheap(void **state)
{
    (void)state;
    rig_case("telemetry_is_cheap");
    const struct load on = load_measure("");
    const struct load off = load_measure("stream off\r\n");
    const uint64_t cost = on.instructions[0] - off.instructions[0];
    print_message("M7: %llu instructions a second, %llu of them for telemetry\n",
                  (unsigned long long)on.instructions[0], (unsigned long long)cost);
    rig_check(cost <= TELEMETRY_LIMIT, "telemetry costs %llu instructions a second",
              (unsigned long long)cost);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_time),
        cmocka_unit_test(around_the_latch),
        cmocka_unit_test(posts_at_the_update),
        cmocka_unit_test(telemetry_is_cheap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
