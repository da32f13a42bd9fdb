/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/core/core_test.h"

#include <stdio.h>
#include <string.h>

#include "core/err.h"
#include "core/record.h"
#include "core/telemetry.h"

static const struct telemetry_line sample = {
    .seq = 42,
    .time_us = 1020000,
    .dial_count = 1,
    .dial = {{.pulse_ns = 1523400,
              .state = GAUGE_LIVE,
              .warn = true,
              .has_frame = true,
              .frame_milli = 92000,
              .shown_milli = 91800,
              .needle_mdeg = 92700}},
};

/* The line with its checksum, computed by another hand than the module's. */
static const char *sealed(const char *body)
{
    static char line[TELEMETRY_LINE_MAX + 64];
    unsigned sum = 0;
    for (const char *c = body; *c != '\0'; c++) {
        sum ^= (unsigned char)*c;
    }
    snprintf(line, sizeof(line), "~%s*%02X\r\n", body, sum);
    return line;
}

static void writes_the_documented_line(void **state)
{
    (void)state;
    char text[TELEMETRY_LINE_MAX];
    int length = telemetry_format(&sample, text, sizeof(text));
    assert_string_equal(text, sealed("42,1020000,1523400,live,1,92000,91800,92700"));
    assert_int_equal(length, strlen(text));
}

static void no_frame_is_a_dash(void **state)
{
    (void)state;
    char text[TELEMETRY_LINE_MAX];
    struct telemetry_line line = {.dial_count = 1,
                                  .dial = {{.pulse_ns = 500000,
                                            .state = GAUGE_WAIT,
                                            .shown_milli = 50000,
                                            .needle_mdeg = -10000}}};
    assert_true(telemetry_format(&line, text, sizeof(text)) > 0);
    assert_string_equal(text, sealed("0,0,500000,wait,0,-,50000,-10000"));
}

static void zero_has_no_sign(void **state)
{
    (void)state;
    char text[TELEMETRY_LINE_MAX];
    struct telemetry_line line = {.dial_count = 1,
                                  .dial = {{.state = GAUGE_LIVE, .has_frame = true}}};
    assert_true(telemetry_format(&line, text, sizeof(text)) > 0);
    assert_string_equal(text, sealed("0,0,0,live,0,0,0,0"));
}

static struct telemetry_line random_line(struct random *random)
{
    struct telemetry_line line = {
        .seq = random_u32(random) >> random_between(random, 0, 31),
        .time_us = random_u32(random) >> random_between(random, 0, 31),
        .dial_count = (uint8_t)random_between(random, 1, GAUGE_DIALS_MAX),
    };
    for (int i = 0; i < line.dial_count; i++) {
        struct telemetry_dial *dial = &line.dial[i];
        dial->pulse_ns = random_u32(random);
        dial->state = (enum gauge_state)random_between(random, 0, GAUGE_STATE_COUNT - 1);
        dial->warn = random_u32(random) & 1u;
        dial->has_frame = random_u32(random) & 1u;
        dial->frame_milli = dial->has_frame ? (int32_t)random_u32(random) : 0;
        dial->shown_milli = (int32_t)random_u32(random) >> random_between(random, 0, 31);
        dial->needle_mdeg = (int32_t)random_u32(random) >> random_between(random, 0, 31);
    }
    return line;
}

static bool is_same(const struct telemetry_line *a, const struct telemetry_line *b)
{
    bool same = a->seq == b->seq && a->time_us == b->time_us && a->dial_count == b->dial_count;
    for (int i = 0; same && i < a->dial_count; i++) {
        const struct telemetry_dial *x = &a->dial[i];
        const struct telemetry_dial *y = &b->dial[i];
        same = x->pulse_ns == y->pulse_ns && x->state == y->state && x->warn == y->warn &&
               x->has_frame == y->has_frame && x->frame_milli == y->frame_milli &&
               x->shown_milli == y->shown_milli && x->needle_mdeg == y->needle_mdeg;
    }
    return same;
}

static void reads_what_it_wrote(struct random *random)
{
    struct telemetry_line line = random_line(random);
    struct telemetry_line back;
    char text[TELEMETRY_LINE_MAX];
    int length = telemetry_format(&line, text, sizeof(text));
    check_seed(random, length > 0 && text[length] == '\0', "format");
    check_seed(random, telemetry_parse(&back, text, (size_t)length) == 0, "parse");
    check_seed(random, is_same(&line, &back), "round trip");
    check_seed(random, telemetry_parse(&back, text, (size_t)length - 2) == 0, "without CR LF");
    /* one character damaged: the XOR always notices */
    size_t at = (size_t)random_between(random, 0, length - 3);
    text[at] = (char)(text[at] ^ (1 << random_between(random, 0, 6)));
    check_seed(random, telemetry_parse(&back, text, (size_t)length) != 0, "damage went unnoticed");
    /* cut short */
    check_seed(random,
               telemetry_parse(&back, text, (size_t)random_between(random, 0, length - 3)) != 0,
               "half a line");
}

static void round_trip(void **state)
{
    (void)state;
    for_each_seed(3000, reads_what_it_wrote);
}

static void longest_line_fits(void **state)
{
    (void)state;
    struct telemetry_line line = {
        .seq = UINT32_MAX, .time_us = UINT32_MAX, .dial_count = GAUGE_DIALS_MAX};
    for (int i = 0; i < GAUGE_DIALS_MAX; i++) {
        line.dial[i] = (struct telemetry_dial){UINT32_MAX, GAUGE_STALE, true,      true,
                                               INT32_MIN,  INT32_MIN,   INT32_MIN, true};
    }
    char text[TELEMETRY_LINE_MAX];
    struct telemetry_line back;
    int length = telemetry_format(&line, text, sizeof(text));
    assert_in_range(length, 200, TELEMETRY_LINE_MAX - 1);
    assert_int_equal(telemetry_parse(&back, text, (size_t)length), 0);
    assert_true(is_same(&line, &back));
}

static void needs_room_and_a_dial(void **state)
{
    (void)state;
    char text[TELEMETRY_LINE_MAX];
    assert_int_equal(telemetry_format(&sample, text, TELEMETRY_LINE_MAX - 1), GAUGE_ERR_SPACE);
    struct telemetry_line line = sample;
    line.dial_count = 0;
    assert_int_equal(telemetry_format(&line, text, sizeof(text)), GAUGE_ERR_SPACE);
    line.dial_count = GAUGE_DIALS_MAX + 1;
    assert_int_equal(telemetry_format(&line, text, sizeof(text)), GAUGE_ERR_SPACE);
}

static void refuses_other_lines(void **state)
{
    (void)state;
    const char *const bodies[] = {
        "",
        "1",
        "1,2",
        "1,2,",
        "1,2,3,live,0,4,5",
        "1,2,3,live,0,4,5,",
        "1,2,3,live,0,4,5,6,",
        "1,2,3,live,0,4,5,6;",
        "1,2,3,live,3,4,5,6",
        "1,2,3,lively,0,4,5,6",
        "1,2,3,dead,0,4,5,6",
        "1,2,3,,0,4,5,6",
        "1,2,3,liv",
        "-1,2,3,live,0,4,5,6",
        "4294967296,2,3,live,0,4,5,6",
        "1,2,3,live,0,2147483648,5,6",
        "1,2,3,live,0,4,-2147483649,6",
        "1,2,3,live,0,4,-,6",
        "1,2,3,live,0,4,5,6,cool",
        "1,2,3,live,0,4,5,6,coolants",
        "1,2,3,live,0,4,5,6coolant",
        "1,2,3,live,0,--4,5,6",
        "1,2,3,live,0,4,5,6;3,live,0,4,5,6;3,live,0,4,5,6;3,live,0,4,5,6;3,live,0,4,5,6",
    };
    struct telemetry_line line;
    for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++) {
        const char *text = sealed(bodies[i]);
        assert_int_equal(telemetry_parse(&line, text, strlen(text)), GAUGE_ERR_SYNTAX);
    }
    const char *const others[] = {"", "\r\n", "~", "ok 3 dials\r\n", "1,2*00", "~1,2,3,4,5,6"};
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        assert_int_equal(telemetry_parse(&line, others[i], strlen(others[i])), GAUGE_ERR_SYNTAX);
    }
    assert_int_equal(telemetry_parse(&line, "~1*00", 5), GAUGE_ERR_CHECKSUM);
    assert_int_equal(telemetry_parse(&line, "~1*3g", 5), GAUGE_ERR_CHECKSUM);
    assert_int_equal(telemetry_parse(&line, "~O*4f", 5), GAUGE_ERR_CHECKSUM); /* lower case */
    assert_int_equal(telemetry_parse(&line, "~1*31", 5), GAUGE_ERR_SYNTAX); /* good, but no line */
}

static void coolant_is_told(void **state)
{
    (void)state;
    char text[TELEMETRY_LINE_MAX];
    struct telemetry_line line = sample;
    struct telemetry_line back;
    line.dial[0].is_substitute = true;
    int length = telemetry_format(&line, text, sizeof(text));
    assert_string_equal(text, sealed("42,1020000,1523400,live,1,92000,91800,92700,coolant"));
    assert_int_equal(telemetry_parse(&back, text, (size_t)length), 0);
    assert_true(back.dial[0].is_substitute);
    line.dial_count = 2;
    line.dial[1] = sample.dial[0];
    length = telemetry_format(&line, text, sizeof(text));
    assert_int_equal(telemetry_parse(&back, text, (size_t)length), 0);
    assert_true(back.dial[0].is_substitute);
    assert_false(back.dial[1].is_substitute);
}

static void says_what_an_output_says(void **state)
{
    (void)state;
    struct record record;
    record_default(&record);
    const struct gauge_output output = {.pulse_ns = 1500000,
                                        .needle_mdeg = 105000,
                                        .value_milli = 101000,
                                        .state = GAUGE_LIVE,
                                        .has_value = true};
    struct telemetry_dial dial;
    telemetry_dial_of(&dial, &record.dial[0], &output);
    assert_int_equal(dial.pulse_ns, 1500000);
    assert_int_equal(dial.needle_mdeg, 105000);
    assert_int_equal(dial.shown_milli, 100000);
    assert_int_equal(dial.frame_milli, 101000);
    assert_int_equal(dial.state, GAUGE_LIVE);
    assert_true(dial.has_frame);
    assert_false(dial.warn);
    assert_false(dial.is_substitute);
    struct gauge_output coolant = output;
    coolant.is_substitute = true;
    telemetry_dial_of(&dial, &record.dial[0], &coolant);
    assert_true(dial.is_substitute);
    coolant.has_value = false;
    telemetry_dial_of(&dial, &record.dial[0], &coolant);
    assert_false(dial.is_substitute);
}

static void state_names(void **state)
{
    (void)state;
    const char *const names[] = {"boot", "sweep", "wait", "live", "stale", "fault"};
    for (int i = 0; i < GAUGE_STATE_COUNT; i++) {
        assert_string_equal(gauge_state_name((enum gauge_state)i), names[i]);
    }
    assert_string_equal(gauge_state_name(GAUGE_STATE_COUNT), "?");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(state_names),
        cmocka_unit_test(writes_the_documented_line),
        cmocka_unit_test(no_frame_is_a_dash),
        cmocka_unit_test(zero_has_no_sign),
        cmocka_unit_test(round_trip),
        cmocka_unit_test(longest_line_fits),
        cmocka_unit_test(needs_room_and_a_dial),
        cmocka_unit_test(refuses_other_lines),
        cmocka_unit_test(coolant_is_told),
        cmocka_unit_test(says_what_an_output_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
