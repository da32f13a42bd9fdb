/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Profiles: what is read, what is refused and in which words, and that the project's own are good. */
#include "tests/formats/cmocka_head.h"

#include "formats/profile/profile.h"
#include "tests/formats/scratch_file.h"

#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char good[] = "name: Test car\n"
                           "can: {bitrate: 500k, mode: listen-only}\n"
                           "dials:\n"
                           "  - source:\n"
                           "      broadcast: {id: 0x156, start: 15, length: 8, order: motorola, "
                           "scale: 1, offset: -60, invalid: [254, 255]}\n"
                           "    timeout: 1s\n"
                           "    plausible: {min: -40, max: 180, max_slope: 5}\n"
                           "    dial: [[50, 0], [90, 90], [150, 180]]\n"
                           "    servo: {pulse: [[-10, 500], [0, 600], [180, 2400]], park: -10, "
                           "period: 20ms}\n"
                           "    needle: {damping: 0.6s, max_rate: 300}\n"
                           "    warn: {high: 130}\n";

static struct record record;
static char error[512];

static bool load_text(const char *text)
{
    return profile_load(scratch_text("p.yaml", text), &record, error, sizeof error);
}

/* `good` with the first `from` replaced by `to`. */
static bool load_changed(const char *from, const char *to)
{
    static char text[4096];
    const char *at = strstr(good, from);
    assert_non_null(at);
    snprintf(text, sizeof text, "%.*s%s%s", (int)(at - good), good, to, at + strlen(from));
    return load_text(text);
}

static void reads_everything(void **state)
{
    (void)state;
    struct record expected;
    record_default(&expected);
    if (!load_text(good)) {
        fail_msg("%s", error);
    }
    assert_string_equal(record.name, "Test car");
    assert_int_equal(record.bitrate_bps, 500000);
    assert_int_equal(record.mode, RECORD_LISTEN_ONLY);
    assert_int_equal(record.fd_data_bitrate_bps, 0);
    assert_int_equal(record.dial_count, 1);
    /* The profile is the compiled-in default's, so all the rest must agree with that. */
    uint8_t ours[RECORD_SIZE];
    uint8_t theirs[RECORD_SIZE];
    strcpy(expected.name, "Test car");
    assert_int_equal(record_build(&record, ours, sizeof ours), 0);
    assert_int_equal(record_build(&expected, theirs, sizeof theirs), 0);
    assert_memory_equal(ours, theirs, RECORD_SIZE);
}

static void units_and_variants(void **state)
{
    (void)state;
    struct gauge_config *dial = &record.dial[0];
    assert_true(
        load_changed("500k, mode: listen-only", "1M, mode: active, fd: {data_bitrate: 2M}"));
    assert_int_equal(record.bitrate_bps, 1000000);
    assert_int_equal(record.fd_data_bitrate_bps, 2000000);
    assert_int_equal(record.mode, RECORD_ACTIVE);
    assert_true(load_changed("500k", "83333"));
    assert_int_equal(record.bitrate_bps, 83333);
    assert_true(load_changed("timeout: 1s", "timeout: 250 ms"));
    assert_int_equal(dial->timeout_ms, 250);
    assert_true(load_changed("20ms", "5000us"));
    assert_int_equal(dial->period_us, 5000);
    assert_true(load_changed("0x156, start", "0x18FEEE00, mask: 0x03FFFF00, start"));
    assert_true(dial->source.broadcast.extended);
    assert_int_equal(dial->source.broadcast.id_mask, 0x03FFFF00);
    assert_true(load_changed("0x156, start", "0x156, extended: true, signed: true, start"));
    assert_int_equal(dial->source.broadcast.id, 0x156);
    assert_true(dial->source.broadcast.extended);
    assert_true(dial->source.broadcast.is_signed);
    assert_true(load_changed("[254, 255]", "[0, [253, 255]]"));
    assert_int_equal(dial->source.broadcast.invalid_count, 2);
    assert_int_equal(dial->source.broadcast.invalid[1].lo, 253);
    assert_int_equal(dial->source.broadcast.not_fitted, 0);
    assert_true(load_changed("invalid: [254, 255]", "not_fitted: [0], invalid: [254, 255]"));
    assert_int_equal(dial->source.broadcast.invalid_count, 3);
    assert_int_equal(dial->source.broadcast.invalid[0].hi, 0);
    assert_int_equal(dial->source.broadcast.not_fitted, 1);
    assert_true(load_changed("[254, 255]", "[254, 255], not_fitted: [0, [252, 253]]"));
    assert_int_equal(dial->source.broadcast.invalid_count, 4);
    assert_int_equal(dial->source.broadcast.invalid[3].lo, 252);
    assert_int_equal(dial->source.broadcast.not_fitted, 12);
    assert_true(load_changed("    timeout: 1s\n", ""));
    assert_int_equal(dial->timeout_ms, 1000);
    assert_true(load_changed("    warn: {high: 130}\n", ""));
    assert_int_equal(dial->warn_high_milli, GAUGE_WARN_NONE);
    assert_true(load_changed("[[-10, 500], [0, 600], [180, 2400]]", "[[-10, 2500], [180, 600]]"));
    assert_int_equal(dial->servo.point[1].y, 600000);
}

static void errors_name_line_and_key(void **state)
{
    (void)state;
    static const struct {
        const char *from, *to, *expected;
    } cases[] = {
        {"name: Test car", "name: ''", "p.yaml:1: name: 0 bytes long: give it 1 to 32"},
        {"name: Test car", "nam: x", "p.yaml:1: nam: unknown key: use one of: name, can, dials"},
        {"name: Test car\n", "", "p.yaml:1: name: missing: add it"},
        {"500k", "5k", "p.yaml:2: can.bitrate: 5k is out of range: use 10000 to 1000000"},
        {"500k", "33300",
         "p.yaml:2: can.bitrate: 33300 bit/s cannot be had from 80 MHz within 0.1 %: is it "
         "rounded?"},
        {"listen-only", "active, fd: {data_bitrate: 2100000}",
         "p.yaml:2: can.fd.data_bitrate: 2100000 bit/s cannot be had"},
        {"500k", "fast", "p.yaml:2: can.bitrate: `fast` is not a bit rate: write it as 500k or 1M"},
        {"listen-only", "quiet",
         "p.yaml:2: can.mode: `quiet` is not known: use listen-only or active"},
        {"listen-only", "active, fd: {data_bitrate: 100k}",
         "p.yaml:2: can.fd: data_bitrate is below"},
        {"0x156", "0x20000000",
         "p.yaml:5: dials[0].source.broadcast.id: 0x20000000 is out of range: use 0 to 536870911"},
        {"0x156", "-1", "dials[0].source.broadcast.id: -1 is out of range"},
        {"0x156", "one", "dials[0].source.broadcast.id: `one` is not a number"},
        {"0x156", "1.5", "dials[0].source.broadcast.id: 1.5 is not a whole number"},
        {"0x156", "0x956, extended: false", "extended: the id is above 0x7FF"},
        {"id: 0x156, ", "", "p.yaml:5: dials[0].source.broadcast.id: missing: add it"},
        {"start: 15", "start: 63, length: 8", "dials[0].source.broadcast.length: given twice"},
        {"start: 15, length: 8, order: motorola", "start: 60, length: 8, order: intel",
         "p.yaml:5: dials[0].source.broadcast.start: the signal ends past the 8 bytes of a frame"},
        {"scale: 1,", "scale: 0,", "p.yaml:5: dials[0].source.broadcast.scale: 0 makes every raw"},
        {"scale: 1,", "scale: nan,", "scale: `nan` is not a number"},
        {"motorola", "big", "broadcast.order: `big` is not known: use intel or motorola"},
        {"[254, 255]", "[256]", "broadcast.invalid: 256 does not fit 8 bits"},
        {"[254, 255]", "[1, 3, 5, 7, 9]", "broadcast.invalid[4]: more than 4 ranges"},
        {"[254, 255]", "[1, 3, 5], not_fitted: [7, 9]",
         "broadcast.not_fitted[1]: more than 4 ranges"},
        {"[254, 255]", "[255], not_fitted: [300]", "broadcast.not_fitted: 300 does not fit 8 bits"},
        {"[254, 255]", "[[3, 2]]", "broadcast.invalid[0]: not raw values from low to high"},
        {"broadcast: {id: 0x156, start: 15, length: 8, order: motorola, scale: 1, offset: -60, "
         "invalid: [254, 255]}",
         "obd2: {pid: 0x5C}", "p.yaml:2: can.mode: listen-only, but obd2 is asked for"},
        {"{id: 0x156, start: 15", "{dbc: car.dbc, message: M, signal: S, start: 15",
         "p.yaml:5: dials[0].source.broadcast.start: stands in the DBC file: leave it out"},
        {"timeout: 1s", "timeout: 1",
         "p.yaml:6: dials[0].timeout: `1` is not a time: write a number"},
        {"timeout: 1s", "timeout: 1h", "p.yaml:6: dials[0].timeout: `1h` is not a time"},
        {"timeout: 1s", "timeout: 0s", "p.yaml:6: dials[0].timeout: 0s is out of range: use 0.01s"},
        {"min: -40", "min: 180", "p.yaml:7: dials[0].plausible: min is not below max"},
        {"[90, 90]", "[40, 90]", "p.yaml:8: dials[0].dial[1]: the temperature does not rise"},
        {"[150, 180]", "[150, 45]", "p.yaml:8: dials[0].dial[2]: the needle turns back"},
        {"[90, 90]", "[90]", "p.yaml:8: dials[0].dial[1]: not a pair: write [°C, needle degrees]"},
        {"[[50, 0], [90, 90], [150, 180]]", "[[50, 0]]", "p.yaml:8: dials[0].dial: 1 points"},
        {"[[50, 0], [90, 90], [150, 180]]",
         "[[1,1],[2,2],[3,3],[4,4],[5,5],[6,6],[7,7],[8,8],[9,9],[10,10],[11,11],[12,12],[13,13],"
         "[14,14],[15,15],[16,16],[17,17]]",
         "p.yaml:8: dials[0].dial: 17 points: give 2 to 16"},
        {"[150, 180]", "[150, 200]", "p.yaml:8: dials[0].dial: angles 0 to 200 exceed the servo's"},
        {"[180, 2400]", "[180, 9000]",
         "p.yaml:9: dials[0].servo.pulse[2][1]: 9000 is out of range"},
        {"[180, 2400]", "[180, 550]", "p.yaml:9: dials[0].servo.pulse[2]: the pulse turns back"},
        {"park: -10", "park: -11", "p.yaml:9: dials[0].servo.park: -11 is outside of the servo's"},
        {"period: 20ms", "period: 1ms", "p.yaml:9: dials[0].servo.period: 1ms is out of range"},
        {"[180, 2400]], park: -10, period: 20ms", "[180, 2450]], park: -10, period: 2.5ms",
         "p.yaml:9: dials[0].servo: pulses up to 2450"},
        {"damping: 0.6s", "damping: -1s", "p.yaml:10: dials[0].needle.damping: `-1s`|out of range"},
        {"max_rate: 300", "max_rate: 0", "p.yaml:10: dials[0].needle.max_rate: 0 is out of range"},
        {"high: 130", "low: 130", "p.yaml:11: dials[0].warn.low: unknown key: use one of: high"},
        {"warn: {high: 130}", "warn: 130", "p.yaml:11: dials[0].warn: not a group of keys"},
        {"warn: {high: 130}", "warn: {high: 130", "p.yaml:12: not valid YAML: "},
        {"timeout: 1s", "timeout: [1s]", "p.yaml:6: dials[0].timeout: not a single value"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char expected[200];
        snprintf(expected, sizeof expected, "%s", cases[i].expected);
        char *second = strchr(expected, '|'); /* either of two */
        if (second != NULL) {
            *second++ = '\0';
        }
        bool loaded = load_changed(cases[i].from, cases[i].to);
        bool said = strstr(error, expected) != NULL || (second != NULL && strstr(error, second));
        if (loaded || !said || strchr(error, '\n') != NULL) {
            fail_msg("case %zu (%s -> %s): %s", i, cases[i].from, cases[i].to,
                     loaded ? "accepted" : error);
        }
    }
}

static void several_dials(void **state)
{
    (void)state;
    static char text[8192];
    const char *dial = strstr(good, "  - source");
    size_t used = (size_t)snprintf(text, sizeof text, "%s", good);
    for (int i = 2; i <= 5; i++) {
        used += (size_t)snprintf(text + used, sizeof text - used, "%s", dial);
        if (i <= 4) {
            assert_true(load_text(text));
            assert_int_equal(record.dial_count, i);
        }
    }
    assert_false(load_text(text));
    assert_non_null(strstr(error, "p.yaml:4: dials: 5 dials: give 1 to 4"));
    assert_false(load_changed("dials:\n", "dials: []\nx:\n"));
    assert_non_null(strstr(error, "p.yaml:3: dials: 0 dials"));
}

static void files_that_are_no_profile(void **state)
{
    (void)state;
    assert_false(profile_load("/nowhere.yaml", &record, error, sizeof error));
    assert_string_equal(
        error, "/nowhere.yaml: No such file or directory: give the name of a readable file");
    assert_false(load_text(""));
    assert_non_null(strstr(error, "p.yaml:1: the file is empty"));
    assert_false(load_text("just words"));
    assert_non_null(strstr(error, "p.yaml:1: not a group of keys: give some of: name, can, dials"));
    assert_false(load_text("a: b: c"));
    assert_non_null(strstr(error, "p.yaml:1: not valid YAML"));
    assert_false(load_text("name: \"a\\0b\"\n"));
    assert_non_null(strstr(error, "zero byte"));
    assert_false(load_text("? [a]\n: b\n"));
    assert_non_null(strstr(error, "a key is not plain text"));
    assert_false(load_text("dials: &a [*a]\n"));
}

static void the_projects_own(void **state)
{
    (void)state;
    const char *top = getenv("CANDIAL_SOURCE_DIR");
    char path[512];
    int count = 0;
    snprintf(path, sizeof path, "%s/profiles", top == NULL ? "." : top);
    DIR *folder = opendir(path);
    assert_non_null(folder);
    struct dirent *entry;
    while ((entry = readdir(folder)) != NULL) {
        uint8_t bytes[RECORD_SIZE];
        struct record back;
        const char *dot = strrchr(entry->d_name, '.');
        if (dot == NULL || strcmp(dot, ".yaml") != 0) {
            continue;
        }
        snprintf(path, sizeof path, "%s/profiles/%.200s", top == NULL ? "." : top, entry->d_name);
        if (!profile_load(path, &record, error, sizeof error)) {
            fail_msg("%s", error);
        }
        assert_int_equal(record_build(&record, bytes, sizeof bytes), 0);
        assert_int_equal(record_parse(&back, bytes, sizeof bytes), 0);
        assert_string_equal(back.name, record.name);
        count++;
    }
    closedir(folder);
    assert_in_range(count, 7, 1000);
}

/* Damaged profiles: refused in one line, or good enough for the firmware; never a crash. */
static void noise(void **state)
{
    (void)state;
    uint64_t random = fuzz_seed("profile noise");
    for (int round = 0; round < 1500; round++) {
        char text[sizeof good];
        memcpy(text, good, sizeof good);
        for (uint64_t changes = 1 + fuzz_next(&random) % 6; changes > 0; changes--) {
            static const char likely[] = "0123456789[]{}:,-.xkMs \n&*'\"#";
            size_t at = fuzz_next(&random) % (sizeof good - 1);
            bool printable = fuzz_next(&random) % 4 != 0;
            text[at] = printable ? likely[fuzz_next(&random) % (sizeof likely - 1)]
                                 : (char)fuzz_next(&random);
        }
        const char *path = scratch_file("noise.yaml", text, sizeof good - 1);
        error[0] = '\0';
        if (profile_load(path, &record, error, sizeof error)) {
            assert_int_equal(record_validate(&record, NULL), 0);
        } else {
            assert_non_null(strstr(error, "noise.yaml:"));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_everything),
        cmocka_unit_test(units_and_variants),
        cmocka_unit_test(errors_name_line_and_key),
        cmocka_unit_test(several_dials),
        cmocka_unit_test(files_that_are_no_profile),
        cmocka_unit_test(the_projects_own),
        cmocka_unit_test(noise),
    };
    return cmocka_run_group_tests(tests, NULL, scratch_remove);
}
