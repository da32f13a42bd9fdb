/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * First light: a recorded drive of a Ford Mustang through the program as a user calls it, and what its
 * JSON lines must say. The truth about the log: 0x156 every 100 ms, oil 91 to 93 C, 704 frames.
 */
#include "tests/formats/cmocka_head.h"
#include "tests/formats/scratch_file.h"
#include "tests/system/program.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PERIOD_S 0.020000
/* The profile's servo: 500 us at -10, 600 at 0, 2400 at 180 degrees: 10 us a degree all the way. */
#define PULSE_AT_0_US 600.0
#define US_PER_DEG 10.0
/* The simulated servo: 60 degrees in 100 ms, dead band 5 us (vboard/parts/servo.h). */
#define SLEW_DEG (600.0 * PERIOD_S)
#define DEAD_BAND_DEG 0.5
#define PRINTED_DEG 0.06 /* one decimal of servo_deg, two of needle_deg */
/* The needle is eased; after this long at one target the shaft has to stand. */
#define SETTLED_LINES 150
/* A first value is believed with the second, 100 ms later, and told a period after that. */
#define UNCONFIRMED_LINES 7

static char json_path[512];

static const char *arguments(const char *log, const char *more)
{
    static char text[2048];
    snprintf(text, sizeof text,
             "run --profile profiles/ford-mustang-s550.yaml --log '%s' --speed max --json '%s' %s",
             log, json_path, more);
    return text;
}

/* Runs the log; the JSON file's text, to be freed. */
static char *run_log(const char *log, const char *more, size_t *length)
{
    static struct program_result result;
    snprintf(json_path, sizeof json_path, "%s", scratch_text("out.jsonl", ""));
    program_run(arguments(log, more), &result);
    if (result.status != 0) {
        fail_msg("candial %s: status %d: %s", arguments(log, more), result.status, result.err);
    }
    char *text = program_read_file(json_path, length);
    assert_non_null(text);
    return text;
}

struct checker {
    unsigned number;      /* of the line, from 1 */
    unsigned settled;     /* lines for which the needle has stood still */
    unsigned unconfirmed; /* lines with a value that was not shown yet */
    bool has_before;
    struct json_line before;
};

static void complain(const struct checker *c, const char *text, const char *what)
{
    fail_msg("out.jsonl:%u: %s: %.*s", c->number, what, (int)strcspn(text, "\n"), text);
}

/* Between the lines: an exact period, a shaft no faster than its motor, at rest where the needle is. */
static void check_step(struct checker *c, const struct json_line *now, const char *text)
{
    const struct json_line *before = &c->before;
    if (llround((now->t_s - before->t_s) * 1e6) != llround(PERIOD_S * 1e6)) {
        complain(c, text, "not one period after the line before");
    }
    if (fabs(now->servo_deg - before->servo_deg) > SLEW_DEG + PRINTED_DEG) {
        complain(c, text, "the shaft is faster than its motor");
    }
    c->settled = now->needle_deg == before->needle_deg ? c->settled + 1 : 0;
    if (c->settled > SETTLED_LINES &&
        fabs(now->servo_deg - now->needle_deg) > DEAD_BAND_DEG + PRINTED_DEG) {
        complain(c, text, "the shaft does not stand where the needle is");
    }
}

static void check_line(struct checker *c, const char *text)
{
    struct json_line now;
    c->number++;
    if (!program_json_line(text, &now)) {
        complain(c, text, "not a line of ours");
    }
    if (c->has_before) {
        check_step(c, &now, text);
    }
    if (!(fabs(now.pulse_us - (PULSE_AT_0_US + US_PER_DEG * now.needle_deg)) <= 1.0)) {
        complain(c, text, "the pulse is not that of the needle");
    }
    if (!isnan(now.frame_c) && (now.frame_c < 91 || now.frame_c > 93)) {
        complain(c, text, "frame_c is not between 91 and 93");
    }
    if (isnan(now.frame_c) && c->has_before && !isnan(c->before.frame_c)) {
        complain(c, text, "frame_c is gone");
    }
    bool is_shown = strcmp(now.state, "live") == 0;
    c->unconfirmed += !isnan(now.frame_c) && !is_shown;
    if ((strcmp(now.state, "wait") != 0 && !is_shown && now.t_s > 1.1) ||
        c->unconfirmed > UNCONFIRMED_LINES || (is_shown && isnan(now.frame_c))) {
        complain(c, text, "state");
    }
    if (now.warn || strcmp(now.supply, "ok") != 0) {
        complain(c, text, "warn or supply");
    }
    c->before = now;
    c->has_before = true;
}

/* All lines but the summary; returns where that begins. */
static const char *check_lines(struct checker *c, const char *text)
{
    *c = (struct checker){.number = 0};
    while (strncmp(text, "{\"t_s\"", 6) == 0) {
        check_line(c, text);
        text = strchr(text, '\n') + 1;
    }
    return text;
}

static void mustang(void **state)
{
    (void)state;
    struct checker c;
    char log[512];
    size_t length;
    const char *found = shared_data("logs/mustang_s550.log");
    if (found == NULL) {
        skip();
    }
    snprintf(log, sizeof log, "%s", found);
    char *text = run_log(log, "", &length);
    const char *summary = check_lines(&c, text);
    assert_true(c.number > 3500); /* 1 s before the log, 70.3 s of it, one period */
    assert_true(fabs(c.before.shown_c - 93) <= 0.3);
    assert_true(c.before.t_s > 71.3);
    assert_int_equal(program_json_count(summary, "frames"), 87079);
    assert_int_equal(program_json_count(summary, "matched"), 704);
    assert_int_equal(program_json_count(summary, "decoded"), 704);
    assert_int_equal(program_json_count(summary, "overflows"), 0);
    assert_int_equal(program_json_count(summary, "tx_frames"), 0);
    assert_int_equal(program_json_count(summary, "tx_bits"), 0);
    assert_int_equal(program_json_count(summary, "resets"), 0);
    assert_int_equal(program_json_count(summary, "findings"), 0);
    assert_int_equal(program_json_count(summary, "bad_log_lines"), 0);
    assert_true(strchr(summary, '\n')[1] == '\0');

    size_t again_length;
    char *again = run_log(log, "", &again_length);
    assert_int_equal(length, again_length);
    assert_memory_equal(text, again, length);
    free(again);
    free(text);
}

/* Something to drive with where there is no recorded log. */
static void made_up_log(void **state)
{
    (void)state;
    char log[8192];
    size_t length = 0;
    for (unsigned i = 0; i < 100; i++) {
        length += (size_t)snprintf(log + length, sizeof log - length,
                                   "(%u.%02u0000) can0 156#%02X%02X000000000000\n", 100 + i / 10,
                                   i % 10 * 10, 152, 151 + i / 50);
    }
    char path[512];
    struct checker c;
    snprintf(path, sizeof path, "%s", scratch_text("drive.log", log));
    char *text = run_log(path, "", &length);
    const char *summary = check_lines(&c, text);
    assert_true(c.number >= 545); /* 1 s + 9.9 s + one period */
    assert_true(fabs(c.before.shown_c - 92) <= 0.3);
    assert_int_equal(program_json_count(summary, "decoded"), 100);
    assert_int_equal(program_json_count(summary, "tx_bits"), 0);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mustang),
        cmocka_unit_test(made_up_log),
    };
    return cmocka_run_group_tests(tests, NULL, scratch_remove);
}
