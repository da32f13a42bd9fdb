/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * What a mutation run (docs/mutation.md) showed no other test to see: one case for each small change
 * that went unnoticed, and the limits of every pulse.
 */
#include "tests/core/core_test.h"

#include "core/gauge.h"
#include "core/lineedit.h"
#include "core/obd.h"
#include "core/pulse.h"
#include "core/record.h"
#include "core/uds.h"
#include "core/words.h"

#include <string.h>

/* ---- the console's line ---- */

static struct lineedit edit;
static char screen[256];
static size_t screen_len;

static void put(const char *text, size_t len)
{
    assert_true(screen_len + len < sizeof screen);
    memcpy(screen + screen_len, text, len);
    screen_len += len;
    screen[screen_len] = '\0';
}

/* The line that the last of `keys` ends. */
static const char *typed(const char *keys)
{
    enum lineedit_result result = LINEEDIT_MORE;
    lineedit_init(&edit, put);
    screen_len = 0;
    for (; *keys != '\0'; keys++) {
        if (result == LINEEDIT_LINE) {
            lineedit_clear(&edit);
        }
        result = lineedit_take(&edit, (uint8_t)*keys);
    }
    assert_int_equal(result, LINEEDIT_LINE);
    return edit.line;
}

static void sequences_end(void **state)
{
    (void)state;
    assert_string_equal(typed("x\x1B\r[A\r"), "[A"); /* the line's end ends a sequence too */
    assert_string_equal(typed("a\x1B[0~b\r"), "ab"); /* 0 is a parameter */
    assert_string_equal(typed("a\x1Bxb\r"), "ab"); /* Alt and a letter: that letter alone is gone */
    assert_string_equal(typed("abc\x01\x1B[3C\x1B[~\r"), "abc"); /* the next one has none of it */
    assert_string_equal(typed("a\rb\n"), "b"); /* a line feed of its own, not of the CR */
}

static void abandoned_line_is_ended(void **state)
{
    (void)state;
    lineedit_init(&edit, put);
    screen_len = 0;
    (void)lineedit_take(&edit, 'a');
    lineedit_abandon(&edit);
    assert_int_equal(screen_len, 3);
    assert_memory_equal(screen, "a\r\n", 3);
    assert_int_equal(edit.len, 0);
}

/* ---- OBD-II ---- */

static void pid_edges(void **state)
{
    (void)state;
    const uint8_t all[4] = {0xFF, 0xFF, 0xFF, 0xFF};
    struct obd_table table;
    memset(&table, 0xFF, sizeof table); /* whatever lies behind the blocks says yes */
    struct obd_ecu *ecu = &table.ecu[0];
    for (unsigned pid = 0; pid < OBD_PID_MAX; pid += 32) {
        obd_table_support(ecu, (uint8_t)pid, all);
    }
    const struct obd_table before = table;
    obd_table_support(ecu, OBD_PID_MAX, (const uint8_t[4]){0, 0, 0, 0});
    assert_memory_equal(&table, &before, sizeof table);
    assert_true(obd_supports(ecu, 1) && obd_supports(ecu, OBD_PID_MAX));
    assert_false(obd_supports(ecu, 0) || obd_supports(ecu, OBD_PID_MAX + 1));
    obd_table_refuse(ecu, 1);
    assert_false(obd_supports(ecu, 1));
    obd_table_refuse(ecu, OBD_PID_MAX);
    assert_false(obd_supports(ecu, OBD_PID_MAX));
    assert_true(obd_supports(ecu, 2) && obd_supports(ecu, OBD_PID_MAX - 1));
}

static void every_byte_of_an_answer_counts(void **state)
{
    (void)state;
    const struct source_uds source = {.service = UDS_READ_DID, .did = 0x202F, .length_bits = 8};
    assert_true(uds_is_answer(&source, (const uint8_t[]){0x62, 0x20, 0x2F, 1}, 4));
    assert_false(uds_is_answer(&source, (const uint8_t[]){0x61, 0x20, 0x2F, 1}, 4));
    assert_false(uds_is_answer(&source, (const uint8_t[]){0x62, 0x21, 0x2F, 1}, 4));
    assert_false(uds_is_answer(&source, (const uint8_t[]){0x62, 0x20, 0x2E, 1}, 4));
}

static void as_many_digits_before_as_behind(void **state)
{
    (void)state;
    const char *end;
    int32_t milli;
    assert_true(words_milli("1.5", &milli, &end));
    assert_int_equal(milli, 1500);
    assert_false(words_milli(".", &milli, &end));
}

/* ---- the gauge ---- */

static void substitute_is_told(void **state)
{
    (void)state;
    struct record record;
    struct gauge_dial dial;
    struct gauge_output out;
    record_default(&record);
    gauge_init(&dial, &record.dial[0], 200);
    gauge_ready(&dial);
    gauge_reading(&dial, 1000, SOURCE_VALUE,
                  &(struct source_reading){.value_milli = 80000, .substitute = true});
    gauge_pending(&dial, &out);
    assert_true(out.is_substitute);
    gauge_reading(&dial, 2000, SOURCE_VALUE, &(struct source_reading){.value_milli = 80000});
    gauge_pending(&dial, &out);
    assert_false(out.is_substitute);
}

static void default_scale_is_exact(void **state)
{
    (void)state;
    struct record record;
    record_default(&record);
    const struct curve *dial = &record.dial[0].dial;
    const struct curve *servo = &record.dial[0].servo;
    for (int32_t c = 50; c <= 150;
         c += 1) { /* one point a degree, by the definition of the scale */
        const int32_t mdeg = c <= 90 ? (c - 50) * 2250 : 90000 + (c - 90) * 1500;
        assert_int_equal(curve_at(dial, c * 1000), mdeg);
    }
    assert_int_equal(dial->point[0].x, 50000);
    assert_int_equal(dial->point[2].x, 150000);
    assert_int_equal(pulse_ns(servo, -10000), 500000);
    assert_int_equal(pulse_ns(servo, 0), 600000);
    assert_int_equal(pulse_ns(servo, 180000), 2400000);
}

static void longest_name_is_ended(void **state)
{
    (void)state;
    uint8_t bytes[RECORD_SIZE];
    struct record record;
    struct record back;
    record_default(&record);
    memset(record.name, 'n', RECORD_NAME_MAX);
    record.name[RECORD_NAME_MAX] = '\0';
    assert_int_equal(record_build(&record, bytes, sizeof bytes), 0);
    memset(&back, 'x', sizeof back);
    assert_int_equal(record_parse(&back, bytes, sizeof bytes), 0);
    assert_string_equal(back.name, record.name);
}

/* ---- no pulse beyond the servo's points ---- */

/* A dial of any servo, period, damping and rate that a profile may have. */
static void random_dial(struct random *random, struct gauge_config *config)
{
    struct record record;
    record_default(&record);
    *config = record.dial[0];
    const int32_t low = random_between(random, 400, 2000) * 1000;
    const int32_t high = low + random_between(random, 1, 700) * 1000;
    const bool falls = random_u32(random) % 2u == 0;
    config->servo = (struct curve){
        .count = 2, .point = {{-10000, falls ? high : low}, {180000, falls ? low : high}}};
    config->period_us = (uint16_t)random_between(random, 5000, 50000);
    config->damping_ms = (uint16_t)random_between(random, 0, 60000);
    config->max_rate_deg_per_s = (uint16_t)random_between(random, 1, 2000);
}

static void pulses_within_the_points(struct random *random)
{
    struct gauge_config config;
    struct gauge_dial dial;
    struct gauge_output out;
    uint32_t now_us = random_u32(random);
    int32_t before = -10000;
    random_dial(random, &config);
    const uint32_t low = (uint32_t)curve_min(&config.servo);
    const uint32_t high = (uint32_t)curve_max(&config.servo);
    /* degrees a second times microseconds are microdegrees; a millidegree for the rounding */
    const int64_t step_mdeg = (int64_t)config.max_rate_deg_per_s * config.period_us / 1000 + 1;
    uint32_t pulse_before = 0;
    gauge_init(&dial, &config, 200);
    gauge_ready(&dial);
    for (int i = 0; i < 300; i++) {
        if (random_u32(random) % 8u == 0) {
            const struct can_frame frame = {
                .id = 0x156, .len = 8, .data = {0, (uint8_t)random_u32(random)}};
            (void)gauge_frame(&dial, now_us, &frame);
        }
        gauge_pending(&dial, &out);
        check_seed(random, out.pulse_ns + 3 >= low && out.pulse_ns <= high, "within the points");
        check_seed(random, out.pulse_ticks <= gauge_pulse_max_ticks(&config, 200), "ticks");
        const int64_t moved = (int64_t)out.needle_mdeg - before;
        check_seed(random, moved <= step_mdeg && -moved <= step_mdeg, "too fast");
        const uint32_t jump = out.pulse_ticks > pulse_before ? out.pulse_ticks - pulse_before
                                                             : pulse_before - out.pulse_ticks;
        check_seed(random, i == 0 || jump <= gauge_step_max_ticks(&config, 200), "jumps");
        check_seed(random, out.pulse_ticks >= gauge_pulse_min_ticks(&config, 200), "too short");
        pulse_before = out.pulse_ticks;
        before = out.needle_mdeg;
        now_us += config.period_us;
        gauge_latch(&dial, &out, now_us);
    }
}

static void no_pulse_beyond(void **state)
{
    (void)state;
    for_each_seed(400, pulses_within_the_points);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sequences_end),
        cmocka_unit_test(abandoned_line_is_ended),
        cmocka_unit_test(pid_edges),
        cmocka_unit_test(every_byte_of_an_answer_counts),
        cmocka_unit_test(as_many_digits_before_as_behind),
        cmocka_unit_test(substitute_is_told),
        cmocka_unit_test(default_scale_is_exact),
        cmocka_unit_test(longest_name_is_ended),
        cmocka_unit_test(no_pulse_beyond),
    };
    return cmocka_run_group_tests_name("edges", tests, NULL, NULL);
}
