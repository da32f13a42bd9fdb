/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What is drawn, what the virtual car sends, and how the command line's numbers are read. */
#include "tests/formats/cmocka_head.h"

#include "view/dial_geometry.h"
#include "view/dial_picture.h"
#include "view/dial_text.h"
#include "host/parse.h"
#include "view/plot.h"
#include "view/screen_picture.h"
#include "view/terminal.h"
#include "core/source.h"
#include "tests/formats/scratch_file.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct record record;

static int set_up(void **state)
{
    (void)state;
    record_default(&record);
    return 0;
}

static struct sample live_sample(int32_t needle_mdeg)
{
    return (struct sample){
        .time_ps = 1,
        .has_pulse = true,
        .width_ps = 1515000000,
        .has_frame = true,
        .frame_milli = 91000,
        .servo_mdeg = needle_mdeg,
        .has_telemetry = true,
        .telemetry = {.state = GAUGE_LIVE, .shown_milli = 91000, .needle_mdeg = needle_mdeg},
        .supply = BENCH_SUPPLY_OK,
    };
}

/* Draws the dial without colours; the text. */
static const char *draw(const struct sample *sample)
{
    static char text[DIAL_TEXT_SIZE];
    const struct dial_text dial = {
        .record = &record, .sample = sample, .leds = {true, false, false}};
    size_t length = dial_text_draw(&dial, "\n", text, sizeof text);
    assert_true(length < sizeof text);
    text[length] = '\0';
    return text;
}

/* Columns of a line: bytes that do not continue a UTF-8 character. */
static int columns(const char *line)
{
    int count = 0;
    for (; *line != '\n' && *line != '\0'; line++) {
        count += ((unsigned char)*line & 0xC0) != 0x80;
    }
    return count;
}

static void text_dial_says_it_all(void **state)
{
    (void)state;
    const struct sample sample = live_sample(91500);
    const char *text = draw(&sample);
    static const char *const parts[] = {"Ford Mustang S550",
                                        "oil     91.0 °C",
                                        "state   live",
                                        "needle  91.50°",
                                        "shaft   91.5°",
                                        "pulse   1515.000 µs",
                                        "supply  ok",
                                        "● green ○ yellow",
                                        "60",
                                        "80",
                                        "100",
                                        "140"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (strstr(text, parts[i]) == NULL) {
            fail_msg("`%s` is missing in\n%s", parts[i], text);
        }
    }
    int lines = 0;
    for (const char *at = text; *at != '\0'; at = strchr(at, '\n') + 1) {
        assert_in_range(columns(at), 0, DIAL_TEXT_COLUMNS);
        lines++;
    }
    assert_int_equal(lines, DIAL_TEXT_ROWS);
}

static void text_dial_fits_with_everything_on(void **state)
{
    (void)state;
    struct sample sample = live_sample(-10000);
    memset(record.name, 'M', RECORD_NAME_MAX);
    sample.telemetry.warn = true;
    sample.supply = BENCH_SUPPLY_DEADLOCK;
    for (const char *at = draw(&sample); *at != '\0'; at = strchr(at, '\n') + 1) {
        assert_in_range(columns(at), 0, DIAL_TEXT_COLUMNS);
    }
    static char text[DIAL_TEXT_SIZE];
    const struct dial_text dial = {&record, &sample, {true, true, true}, true};
    assert_true(dial_text_draw(&dial, "\033[K\n", text, sizeof text) < sizeof text);
    assert_non_null(strstr(text, "\033[1;31m"));
}

/* ---- terminals ---- */

static void a_dial_of_ascii(void **state)
{
    (void)state;
    const struct sample sample = live_sample(91500);
    static char text[DIAL_TEXT_SIZE];
    strcpy(text, draw(&sample));
    terminal_to_ascii(text);
    for (const char *at = text; *at != '\0'; at++) {
        assert_in_range((unsigned char)*at, '\n', '~');
    }
    assert_non_null(strstr(text, "oil     91.0 C"));
    assert_non_null(strstr(text, "pulse   1515.000 us"));
    assert_non_null(strstr(text, "* green o yellow"));
    assert_non_null(strstr(text, "###")); /* the hub */
    assert_null(strchr(text, '?'));
}

static void lines_are_cut_between_characters(void **state)
{
    (void)state;
    char line[] = "ab°cd";
    terminal_cut(line, 9);
    assert_string_equal(line, "ab°cd");
    terminal_cut(line, 3);
    assert_string_equal(line, "ab°");
    terminal_cut(line, 2);
    assert_string_equal(line, "ab");
}

static void locale_and_colours(void **state)
{
    (void)state;
    unsetenv("LC_ALL");
    unsetenv("LC_CTYPE");
    setenv("LANG", "de_DE.UTF-8", 1);
    assert_true(terminal_is_utf8());
    setenv("LANG", "C.utf8", 1);
    assert_true(terminal_is_utf8());
    setenv("LC_CTYPE", "de_DE.ISO-8859-1", 1); /* goes before LANG */
    assert_false(terminal_is_utf8());
    setenv("LC_ALL", "C.UTF-8", 1);
    assert_true(terminal_is_utf8());
    setenv("LC_ALL", "C", 1);
    assert_false(terminal_is_utf8());
    unsetenv("NO_COLOR");
    assert_true(terminal_wants_colours());
    setenv("NO_COLOR", "", 1);
    assert_true(terminal_wants_colours());
    setenv("NO_COLOR", "1", 1);
    assert_false(terminal_wants_colours());
}

static void every_angle_can_be_drawn(void **state)
{
    (void)state;
    static const int32_t spans[][3] = {/* low, high, park */
                                       {0, 180000, -10000},
                                       {0, 270000, -5000},
                                       {-60000, 60000, -70000},
                                       {0, 300000, 0}};
    for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
        struct gauge_config *dial = &record.dial[0];
        dial->dial =
            (struct curve){.count = 2, .point = {{50000, spans[i][0]}, {150000, spans[i][1]}}};
        dial->park_mdeg = spans[i][2];
        for (int32_t mdeg = -400000; mdeg <= 400000; mdeg += 7777) {
            const struct sample sample = live_sample(mdeg);
            draw(&sample);
        }
        struct dial_geometry geometry = dial_fit(dial, 100, 60, 3);
        for (double part = 0; part <= 1; part += 0.01) {
            double mdeg = fmin(spans[i][0], spans[i][2]) +
                          part * (spans[i][1] - fmin(spans[i][0], spans[i][2]));
            struct dial_point p = dial_at(&geometry, mdeg, 1);
            assert_true(p.x >= 2.9 && p.x <= 97.1 && p.y >= 2.9 && p.y <= 57.1);
        }
    }
}

static void marks_are_round_numbers(void **state)
{
    (void)state;
    struct dial_marks marks = dial_marks(&record.dial[0], 7);
    assert_int_equal(marks.major_milli, 20000);
    assert_int_equal(marks.first_milli, 50000);
    assert_int_equal(dial_first_multiple(50000, 20000), 60000);
    assert_int_equal(dial_first_multiple(60000, 20000), 60000);
    assert_int_equal(dial_first_multiple(-50000, 20000), -40000);
    assert_int_equal(dial_marks(&record.dial[0], 11).major_milli, 10000);
}

/* A PNG begins with its signature. */
static void assert_png(const char *path)
{
    char head[8];
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fread(head, 1, 8, file), 8);
    fclose(file);
    assert_memory_equal(head, "\x89PNG\r\n\x1a\n", 8);
}

static void pictures(void **state)
{
    (void)state;
    struct plot plot;
    plot_init(&plot);
    struct sample sample = live_sample(91500);
    char path[512];
    snprintf(path, sizeof path, "%s", scratch_text("a.png", ""));
    assert_true(plot_write(&plot, path, &record)); /* nothing happened */
    for (uint64_t i = 0; i < 5000; i++) {
        sample.time_ps = i * 20000000000u;
        sample.has_telemetry = i > 100;
        sample.telemetry.state = i < 3000 ? GAUGE_LIVE : GAUGE_STALE;
        plot.observer.sample(&plot, &sample);
    }
    assert_true(plot_write(&plot, path, &record));
    assert_png(path);
    plot_free(&plot);
    assert_true(dial_picture_write(path, &record, &sample));
    assert_png(path);
    assert_false(dial_picture_write("/nowhere/a.png", &record, &sample));
    assert_false(plot_write(&plot, "/nowhere/a.png", &record));
}

/* A pixel for a pixel: the size stands in the PNG's first chunk. */
static void screens(void **state)
{
    (void)state;
    static const uint8_t size[] = {0, 0, 0, 3, 0, 0, 0, 2, 8};
    uint32_t pixels[] = {0xFF0000, 0x00FF00, 0x0000FF, 0, 0xFFFFFF, 0x123456};
    const struct bench_picture picture = {.width = 3, .height = 2, .pixels = pixels};
    char path[512], head[25];
    snprintf(path, sizeof path, "%s", scratch_text("s.png", ""));
    assert_true(screen_picture_write(path, &picture));
    assert_png(path);
    FILE *file = fopen(path, "rb");
    assert_int_equal(fread(head, 1, sizeof head, file), sizeof head);
    fclose(file);
    assert_memory_equal(head + 16, size, sizeof size);
    assert_false(screen_picture_write("/nowhere/a.png", &picture));
}

static void command_line_numbers(void **state)
{
    (void)state;
    uint64_t value;
    double number;
    uint32_t small;
    assert_true(parse_duration("1.5s", &value));
    assert_int_equal(value, 1500000000000);
    assert_true(parse_duration("300ms", &value));
    assert_int_equal(value, 300000000000);
    assert_true(parse_duration("2min", &value));
    assert_int_equal(value, 120000000000000);
    assert_true(parse_duration("90", &value));
    assert_int_equal(value, 90000000000000);
    static const char *const bad[] = {"", "s", "-1s", "1h", "1 s", "nan", "inf", "1e30s", "1s2"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(parse_duration(bad[i], &value));
    }
    assert_true(parse_frequency("8.333M", &value));
    assert_int_equal(value, 8333000000000);
    assert_true(parse_frequency("32768", &value));
    assert_int_equal(value, 32768000000);
    assert_true(parse_u32("0x10", &small));
    assert_int_equal(small, 16);
    assert_false(parse_u32("4294967296", &small));
    assert_false(parse_u32("12x", &small));
    assert_true(parse_positive("20", &number));
    assert_false(parse_positive("0", &number));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(text_dial_says_it_all, set_up),
        cmocka_unit_test_setup(text_dial_fits_with_everything_on, set_up),
        cmocka_unit_test_setup(a_dial_of_ascii, set_up),
        cmocka_unit_test_setup(lines_are_cut_between_characters, set_up),
        cmocka_unit_test_setup(locale_and_colours, set_up),
        cmocka_unit_test_setup(every_angle_can_be_drawn, set_up),
        cmocka_unit_test_setup(marks_are_round_numbers, set_up),
        cmocka_unit_test_setup(pictures, set_up),
        cmocka_unit_test(screens),
        cmocka_unit_test_setup(command_line_numbers, set_up),
    };
    return cmocka_run_group_tests(tests, NULL, scratch_remove);
}
