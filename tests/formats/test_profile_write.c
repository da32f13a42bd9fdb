/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Each of the project's profiles, compiled, written as YAML and compiled again: the same bytes. */
#include "tests/formats/cmocka_head.h"

#include "formats/profile/profile.h"
#include "formats/profile/profile_write.h"
#include "tests/formats/scratch_file.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void load(const char *path, uint8_t bytes[RECORD_SIZE], struct record *record)
{
    char error[512];
    if (!profile_load(path, record, error, sizeof error)) {
        fail_msg("%s", error);
    }
    assert_int_equal(record_build(record, bytes, RECORD_SIZE), 0);
}

/* Writes it as YAML; the path. */
static const char *written(const struct record *record)
{
    static char path[512];
    snprintf(path, sizeof path, "%s", scratch_text("written.yaml", ""));
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    profile_write(record, file);
    assert_int_equal(fclose(file), 0);
    return path;
}

static void there_and_back(const char *path)
{
    static uint8_t before[RECORD_SIZE];
    static uint8_t after[RECORD_SIZE];
    static struct record record;
    static struct record again;
    load(path, before, &record);
    load(written(&record), after, &again);
    if (memcmp(before, after, RECORD_SIZE) != 0) {
        fail_msg("%s: not the same record after it was written as YAML", path);
    }
}

static void all_profiles(void **state)
{
    (void)state;
    DIR *folder = opendir("profiles");
    int count = 0;
    assert_non_null(folder);
    for (struct dirent *e = readdir(folder); e != NULL; e = readdir(folder)) {
        char path[600];
        const char *dot = strrchr(e->d_name, '.');
        if (dot != NULL && strcmp(dot, ".yaml") == 0) {
            snprintf(path, sizeof path, "profiles/%s", e->d_name);
            there_and_back(path);
            count++;
        }
    }
    closedir(folder);
    assert_true(count >= 30);
}

/* What no profile of the project has. */
static void odd_ones(void **state)
{
    (void)state;
    there_and_back(scratch_text(
        "odd.yaml",
        "name: \"a \\\"b\\\" \\\\ c: #d\"\n"
        "can: {bitrate: auto, mode: active}\n"
        "dials:\n"
        "  - source: {uds: {request: 0x6F1, response: 0x612, did: 0xF40C, start: 3, length: 11,\n"
        "             signed: true, scale: 0.1, offset: -273.15, invalid: [7, [100, 200]],\n"
        "             addressing: extended, ecu: 0x12, rate: 0.5}}\n"
        "    dial: [[-40.5, -20], [150.25, 180.55]]\n"
        "    servo: {pulse: [[-20, 500.1], [190, 2400]], park: -12.5, period: 2.9ms}\n"
        "    needle: {damping: 0s, max_rate: 7, sweep: true}\n"
        "  - source: {broadcast: {id: 0x12345, mask: 0x1FFFF00, start: 7, length: 12,\n"
        "             order: motorola, invalid: [[4080, 4095]], not_fitted: [4079],\n"
        "             mux: {start: 0, length: 2, order: intel, equals: 3},\n"
        "             valid_when: {start: 63, length: 1, order: intel, equals: 1}}}\n"
        "    dial: [[0, 180], [100, 0]]\n"
        "    servo: {pulse: [[0, 2300], [180, 700]], park: 0, period: 2.9ms}\n"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_profiles),
        cmocka_unit_test(odd_ones),
    };
    return cmocka_run_group_tests(tests, NULL, scratch_remove);
}
