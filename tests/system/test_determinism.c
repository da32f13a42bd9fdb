/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Same input, same output, to the picosecond and the instruction; fast-forward on or off. */
#include "tests/formats/cmocka_head.h"
#include "tests/system/rig.h"

#include "vboard/cpu/cpu.h"

#include <stdio.h>
#include <string.h>

#define DURATION VTIME_MS(1500)

static struct rig *run(bool no_fast_forward, uint64_t seed)
{
    struct rig *r = rig_create(
        &(struct rig_config){.streams = &rig_oil_moving,
                             .stream_count = 1,
                             .board = {.no_fast_forward = no_fast_forward, .seed = seed}});
    rig_power(r, true);
    rig_run_until(r, DURATION);
    rig_assert_clean(r);
    rig_check(rig_last_line(r)->state == RIG_LIVE, "not live");
    return r;
}

static void assert_same(const struct rig *a, const struct rig *b)
{
    assert_int_equal(a->pulse_count, b->pulse_count);
    for (size_t i = 0; i < a->pulse_count; i++) {
        rig_check(a->pulses[i].rise == b->pulses[i].rise &&
                      a->pulses[i].width == b->pulses[i].width,
                  "pulse %zu at %llu and %llu ps", i, (unsigned long long)a->pulses[i].rise,
                  (unsigned long long)b->pulses[i].rise);
    }
    assert_int_equal(a->line_count, b->line_count);
    for (size_t i = 0; i < a->line_count; i++) {
        rig_check(a->lines[i].at == b->lines[i].at && a->lines[i].time_us == b->lines[i].time_us &&
                      a->lines[i].needle_mdeg == b->lines[i].needle_mdeg,
                  "line %zu", i);
    }
    assert_int_equal(a->text_count, b->text_count);
    for (size_t i = 0; i < a->text_count; i++) {
        rig_check(a->texts[i].at == b->texts[i].at &&
                      strcmp(a->texts[i].text, b->texts[i].text) == 0,
                  "`%s' and `%s'", a->texts[i].text, b->texts[i].text);
    }
    assert_int_equal(a->led_count, b->led_count);
    for (size_t i = 0; i < a->led_count; i++) {
        rig_check(a->leds[i].at == b->leds[i].at, "change of a LED %zu", i);
    }
    for (unsigned core = 0; core < 2; core++) {
        assert_int_equal(cpu_instructions(board_cpu(a->board, core)),
                         cpu_instructions(board_cpu(b->board, core)));
    }
}

static void twice_the_same(void **state)
{
    (void)state;
    struct rig *a = run(false, 1);
    struct rig *b = run(false, 1);
    assert_same(a, b);
    rig_destroy(a);
    rig_destroy(b);
}

static void fast_forward_changes_nothing(void **state)
{
    (void)state;
    struct rig *a = run(false, 1);
    struct rig *b = run(true, 1);
    assert_same(a, b);
    assert_int_equal(cpu_instructions_skipped(board_cpu(b->board, CORE_CM7)), 0);
    rig_destroy(a);
    rig_destroy(b);
}

/* RAM holds anything at power-on: nothing may depend on it. */
static void garbage_in_ram_changes_nothing(void **state)
{
    (void)state;
    struct rig *a = run(false, 1);
    for (uint64_t seed = 2; seed < 6; seed++) {
        struct rig *b = run(false, seed);
        rig_case("seed %llu", (unsigned long long)seed);
        rig_check(a->pulse_count == b->pulse_count, "%zu and %zu pulses", a->pulse_count,
                  b->pulse_count);
        for (size_t i = 0; i + 1 < a->line_count && i + 1 < b->line_count; i++) {
            rig_check(a->lines[i].needle_mdeg == b->lines[i].needle_mdeg, "line %zu", i);
        }
        rig_destroy(b);
    }
    rig_destroy(a);
}

/* Boards share nothing: two of them in turns give what each gives alone. */
static void boards_share_nothing(void **state)
{
    (void)state;
    struct rig *alone = run(false, 1);
    const struct rig_config config = {
        .streams = &rig_oil_moving, .stream_count = 1, .board = {.seed = 1}};
    struct rig *a = rig_create(&config);
    struct rig *b = rig_create(&config);
    rig_power(a, true);
    rig_power(b, true);
    for (vtime_ps t = VTIME_MS(37); t < DURATION; t += VTIME_MS(37)) {
        rig_run_until(a, t);
        rig_run_until(b, t);
    }
    rig_run_until(a, DURATION);
    rig_run_until(b, DURATION);
    assert_same(a, b);
    assert_same(a, alone);
    rig_destroy(a);
    rig_destroy(b);
    rig_destroy(alone);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(twice_the_same),
        cmocka_unit_test(fast_forward_changes_nothing),
        cmocka_unit_test(garbage_in_ram_changes_nothing),
        cmocka_unit_test(boards_share_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
