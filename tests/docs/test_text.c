/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* docs/SPEC.md: profiles, errors, telemetry and JSON lines read as the code writes them. */
#include "tests/formats/cmocka_head.h"

#include "view/json_lines.h"
#include "core/bus_words.h"
#include "core/err.h"
#include "core/record.h"
#include "core/request.h"
#include "core/telemetry.h"
#include "firmware/common/fault.h"
#include "formats/profile/profile.h"
#include "tests/docs/page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *spec;

static int read_spec(void **state)
{
    (void)state;
    spec = page_read("docs/SPEC.md");
    return 0;
}

static int free_spec(void **state)
{
    (void)state;
    free(spec);
    return 0;
}

/* Loads the page's YAML block `name` as a user would. */
static void load_profile(const char *name, struct record *record)
{
    char path[] = "/tmp/candial-spec-XXXXXX";
    char error[512] = "";
    char *yaml = page_block(spec, name);
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, yaml, strlen(yaml)), strlen(yaml));
    close(file);
    free(yaml);
    bool good = profile_load(path, record, error, sizeof error);
    unlink(path);
    if (!good) {
        fail_msg("%s", error);
    }
}

static void default_profile(void **state)
{
    struct record told;
    struct record compiled_in;
    uint8_t told_bytes[RECORD_SIZE];
    uint8_t bytes[RECORD_SIZE];
    (void)state;
    load_profile("profile", &told);
    record_default(&compiled_in);
    assert_int_equal(record_build(&told, told_bytes, sizeof told_bytes), 0);
    assert_int_equal(record_build(&compiled_in, bytes, sizeof bytes), 0);
    assert_memory_equal(told_bytes, bytes, RECORD_SIZE);
}

static void check_default(const struct page_table *keys, const char *key, double value,
                          const char *unit)
{
    char text[40];
    long row = page_find(keys, 0, key);
    assert_true(row >= 0);
    snprintf(text, sizeof text, "%g%s", value, unit);
    assert_string_equal(keys->cell[row][1], text);
}

static void defaults_of_keys(void **state)
{
    static struct page_table keys;
    struct record record;
    (void)state;
    load_profile("shortest profile", &record);
    page_table(spec, "keys", &keys);
    const struct gauge_config *dial = &record.dial[0];
    check_default(&keys, "timeout", dial->timeout_ms / 1e3, "s");
    check_default(&keys, "plausible.min", dial->plausible_min_milli / 1e3, "");
    check_default(&keys, "plausible.max", dial->plausible_max_milli / 1e3, "");
    check_default(&keys, "plausible.max_slope", dial->max_slope_milli_per_s / 1e3, "");
    check_default(&keys, "servo.period", dial->period_us / 1e3, "ms");
    check_default(&keys, "needle.damping", dial->damping_ms / 1e3, "s");
    check_default(&keys, "needle.max_rate", dial->max_rate_deg_per_s, "");
    check_default(&keys, "scale", dial->source.broadcast.scale, "");
    check_default(&keys, "offset", dial->source.broadcast.offset, "");
    assert_int_equal(dial->warn_high_milli, GAUGE_WARN_NONE);
    assert_int_equal(record.mode, RECORD_LISTEN_ONLY);
    assert_int_equal(dial->source.broadcast.id_mask, CAN_ID_STANDARD_MAX);
    assert_false(dial->source.broadcast.is_signed);
}

/* Every number from 1 on that has a name stands in the table, and no other. */
static void named_errors(void **state)
{
    static struct page_table table;
    (void)state;
    page_table(spec, "errors", &table);
    for (size_t i = 0; i < table.rows; i++) {
        assert_int_equal(page_number(&table, i, 0), i + 1);
        assert_string_equal(table.cell[i][1], fault_name((enum fault)(i + 1)));
    }
    assert_string_equal(fault_name((enum fault)(table.rows + 1)), "?");
}

static void asking_states(void **state)
{
    static struct page_table table;
    (void)state;
    page_table(spec, "asking", &table);
    assert_int_equal(table.rows, REQUEST_STATE_COUNT);
    for (size_t i = 0; i < table.rows; i++) {
        assert_string_equal(table.cell[i][0], request_state_name((enum request_state)i));
    }
}

static void bus_sentences(void **state)
{
    static struct page_table table;
    (void)state;
    page_table(spec, "bus", &table);
    assert_int_equal(table.rows, BUS_STATE_COUNT);
    for (size_t i = 0; i < table.rows; i++) {
        assert_string_equal(table.cell[i][0], bus_words((enum bus_state)i));
    }
}

/* What to do about each: docs/first-flash.md. */
static void red_flashes(void **state)
{
    static struct page_table table;
    (void)state;
    char *page = page_read("docs/first-flash.md");
    page_table(page, "red flashes", &table);
    free(page);
    for (size_t i = 0; i < table.rows; i++) {
        assert_int_equal(page_number(&table, i, 0), i + 1);
        assert_string_equal(table.cell[i][1], fault_name((enum fault)(i + 1)));
    }
    assert_string_equal(fault_name((enum fault)(table.rows + 1)), "?");
}

static void record_errors(void **state)
{
    static struct page_table table;
    (void)state;
    page_table(spec, "record errors", &table);
    for (size_t i = 0; i < table.rows; i++) {
        int err = -(int)(i + 1);
        assert_int_equal(page_number(&table, i, 0), err);
        assert_string_equal(table.cell[i][1], gauge_err_text(err));
    }
    assert_string_equal(gauge_err_text(-(int)(table.rows + 1)), "unknown error");
}

static void states(void **state)
{
    static struct page_table table;
    (void)state;
    page_table(spec, "states", &table);
    assert_int_equal(table.rows, GAUGE_STATE_COUNT);
    for (size_t i = 0; i < table.rows; i++) {
        assert_string_equal(table.cell[i][0], gauge_state_name((enum gauge_state)i));
    }
}

/* Each example line is one, and is what the firmware writes for what it means. */
static void telemetry_lines(void **state)
{
    unsigned count = 0;
    (void)state;
    char *block = page_block(spec, "telemetry");
    for (char *line = strtok(block, "\n"); line != NULL; line = strtok(NULL, "\n")) {
        struct telemetry_line parsed;
        char text[TELEMETRY_LINE_MAX];
        assert_int_equal(telemetry_parse(&parsed, line, strlen(line)), 0);
        int length = telemetry_format(&parsed, text, sizeof text);
        assert_int_equal(length, strlen(line) + 2);
        assert_memory_equal(text, line, strlen(line));
        count++;
    }
    free(block);
    assert_int_equal(count, 2);
}

static void json_lines(void **state)
{
    const struct sample sample = {
        .time_ps = UINT64_C(1020000000000),
        .has_pulse = true,
        .width_ps = 1523400000,
        .has_frame = true,
        .frame_milli = 92000,
        .servo_mdeg = 101000,
        .has_telemetry = true,
        .telemetry = {.state = GAUGE_LIVE, .shown_milli = 91800, .needle_mdeg = 101200},
        .supply = BENCH_SUPPLY_OK,
    };
    const struct bench_summary summary = {.frames = 41200, .matched = 300, .decoded = 298};
    char expected[2 * JSON_LINE_MAX];
    (void)state;
    int length = json_sample(expected, &sample);
    json_summary(expected + length, &summary);
    char *block = page_block(spec, "json");
    assert_string_equal(block, expected);
    free(block);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(default_profile), cmocka_unit_test(defaults_of_keys),
        cmocka_unit_test(named_errors),    cmocka_unit_test(asking_states),
        cmocka_unit_test(bus_sentences),   cmocka_unit_test(red_flashes),
        cmocka_unit_test(record_errors),   cmocka_unit_test(states),
        cmocka_unit_test(telemetry_lines), cmocka_unit_test(json_lines),
    };
    return cmocka_run_group_tests(tests, read_spec, free_spec);
}
