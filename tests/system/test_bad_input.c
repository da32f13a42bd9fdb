/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Bad input to a run of the real firmware: one line on stderr that names the file and what to do, exit
 * status 2, no output file touched; a bad line in a log is named, skipped and counted.
 */
#include "tests/formats/cmocka_head.h"
#include "tests/formats/scratch_file.h"
#include "tests/system/program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ELF header and program header, 32-bit (ELF specification): offsets of what is changed here. */
#define E_PHOFF 28
#define E_PHNUM 44
#define PH_SIZE 32
#define PH_PADDR 12

static struct program_result result;
static char json_path[512];

/* Refused before anything ran: a line, status 2, and the JSON file is not begun. */
static void assert_refused(const char *arguments, const char *file, const char *words)
{
    char command[2048];
    snprintf(json_path, sizeof json_path, "%s", scratch_text("keep.jsonl", "as it was\n"));
    snprintf(command, sizeof command, "run --speed max --for 1s --json '%s' %s", json_path,
             arguments);
    program_run_plain(command, &result);
    const char *end = strchr(result.err, '\n');
    if (result.status != 2 || end == NULL || end[1] != '\0' || result.out[0] != '\0' ||
        strstr(result.err, file) == NULL || strstr(result.err, words) == NULL) {
        fail_msg("candial %s: status %d, stdout `%s', stderr `%s', expected `%s' and `%s'", command,
                 result.status, result.out, result.err, file, words);
    }
    size_t length;
    char *kept = program_read_file(json_path, &length);
    assert_string_equal(kept, "as it was\n");
    free(kept);
}

static void missing_files(void **state)
{
    (void)state;
    assert_refused("--profile /nowhere/car.yaml", "/nowhere/car.yaml", "no such profile");
    assert_refused("--log /nowhere/drive.log", "/nowhere/drive.log", "No such file");
    assert_refused("--cm7 /nowhere/cm7.elf", "/nowhere/cm7.elf", "No such file");
    assert_refused("--cm4 /nowhere/cm4.elf", "/nowhere/cm4.elf", "No such file");
}

/* Our own M7 image, to be damaged; to be freed. */
static uint8_t *own_image(size_t *length)
{
    char path[512];
    const char *folder = getenv("CANDIAL_FIRMWARE_DIR");
    snprintf(path, sizeof path, "%s/candial_cm7.elf", folder == NULL ? "build/firmware" : folder);
    char *bytes = program_read_file(path, length);
    if (bytes == NULL) {
        fail_msg("%s is not there: build the firmware", path);
    }
    return (uint8_t *)bytes;
}

/* The damaged image as --cm7. */
static void assert_image_refused(const char *name, const uint8_t *bytes, size_t length,
                                 const char *words)
{
    char arguments[1024];
    snprintf(arguments, sizeof arguments, "--cm7 '%s'", scratch_file(name, bytes, length));
    assert_refused(arguments, name, words);
}

static void bad_images(void **state)
{
    (void)state;
    size_t length;
    uint8_t *elf = own_image(&length);
    assert_image_refused("half.elf", elf, length / 2, "truncated");
    assert_image_refused("head.elf", elf, 40, "truncated");
    assert_image_refused("empty.elf", elf, 0, "");
    assert_image_refused("text.elf", (const uint8_t *)"hello, world\n", 13, "ELF");

    /* Every segment of it moved into the AXI SRAM, as a linker script for RAM would. */
    uint32_t at;
    memcpy(&at, elf + E_PHOFF, sizeof at);
    for (unsigned i = 0; i < elf[E_PHNUM]; i++, at += PH_SIZE) {
        uint32_t address;
        memcpy(&address, elf + at + PH_PADDR, sizeof address);
        address += 0x1C000000;
        memcpy(elf + at + PH_PADDR, &address, sizeof address);
    }
    assert_image_refused("ram.elf", elf, length, "outside the flash");
    free(elf);

    char arguments[1024];
    const char *folder = getenv("CANDIAL_BINARY_DIR");
    snprintf(arguments, sizeof arguments, "--cm7 '%s/candial'", folder == NULL ? "build" : folder);
    assert_refused(arguments, "candial", "not for ARM");
}

/* The default profile with one line changed; refused with that line's number. */
static void assert_profile_refused(const char *from, const char *to, const char *words)
{
    char arguments[1024];
    char text[8192];
    size_t length;
    char *good = program_read_file("profiles/ford-mustang-s550.yaml", &length);
    assert_non_null(good);
    const char *place = strstr(good, from);
    assert_non_null(place);
    snprintf(text, sizeof text, "%.*s%s%s", (int)(place - good), good, to, place + strlen(from));
    unsigned line = 1;
    for (const char *c = good; c < place; c++) {
        line += *c == '\n';
    }
    char file[32];
    snprintf(file, sizeof file, "car.yaml:%u: ", line);
    snprintf(arguments, sizeof arguments, "--profile '%s'", scratch_text("car.yaml", text));
    assert_refused(arguments, file, words);
    free(good);
}

static void bad_profiles(void **state)
{
    (void)state;
    assert_profile_refused("timeout: 1s", "time_out: 1s", "time_out: unknown key");
    assert_profile_refused("timeout: 1s", "timeout: 1h30", "timeout");
    assert_profile_refused("timeout: 1s", "timeout: 2000s", "timeout");
    assert_profile_refused("bitrate: 500k", "bitrate: 5M", "bitrate");
    assert_profile_refused("id: 0x156", "id: 0x20000000", "id");
    assert_profile_refused("length: 8", "length: 65", "length");
    assert_profile_refused("period: 20ms", "period: 60ms", "period");
    assert_profile_refused("[90, 90]", "[40, 90]", "dial");
}

static const char broken_log[] = "(100.000000) can0 156#9897000000000000\n"
                                 "(100.100000) can0 156#98970000000000ZZ\n"
                                 "(100.200000) can0 156#9897000000000000\n"
                                 "\xFF\xFE\n"
                                 "(100.300000) can0 156\n"
                                 "(100.400000) can0 156#9897000000000000\n";

static void broken_lines(void **state)
{
    (void)state;
    char arguments[2048];
    char log[512];
    char json[512];
    size_t length;
    snprintf(log, sizeof log, "%s", scratch_text("broken.log", broken_log));
    snprintf(json, sizeof json, "%s", scratch_text("out.jsonl", ""));
    snprintf(arguments, sizeof arguments, "run --speed max --log '%s' --json '%s'", log, json);
    program_run(arguments, &result);
    assert_int_equal(result.status, 0);
    assert_non_null(strstr(result.err, "broken.log:2: "));
    assert_non_null(strstr(result.err, "broken.log:4: "));
    assert_non_null(strstr(result.err, "broken.log:5: "));
    assert_null(strstr(result.err, "broken.log:6: "));
    char *text = program_read_file(json, &length);
    const char *summary = strstr(text, "{\"summary\"");
    assert_non_null(summary);
    assert_int_equal(program_json_count(summary, "bad_log_lines"), 3);
    assert_int_equal(program_json_count(summary, "frames"), 3);
    assert_int_equal(program_json_count(summary, "decoded"), 3);
    free(text);
}

/* The M7's image alone: the M4 starts in erased flash. It locks up, and nothing else is made up. */
static void half_a_pair(void **state)
{
    (void)state;
    char arguments[1024];
    const char *folder = getenv("CANDIAL_FIRMWARE_DIR");
    snprintf(arguments, sizeof arguments, "run --speed max --for 1s --cm7 '%s/candial_cm7.elf'",
             folder == NULL ? "build/firmware" : folder);
    program_run_plain(arguments, &result);
    assert_int_equal(result.status, 1);
    assert_non_null(strstr(result.out, "error 5 cm4 absent"));
    assert_non_null(strstr(result.out, "not good: lockup"));
    assert_null(strstr(result.out, "overflow"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(half_a_pair),  cmocka_unit_test(missing_files),
        cmocka_unit_test(bad_images),   cmocka_unit_test(bad_profiles),
        cmocka_unit_test(broken_lines),
    };
    return cmocka_run_group_tests(tests, NULL, scratch_remove);
}
