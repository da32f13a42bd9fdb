/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What kinds of files it takes, and what it says about those it does not; the JSON. */
#include "tests/check/check_runner.h"

#include "tests/formats/scratch_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MS " --for 100ms"

/* The text of a built image's file, and of a second one behind it. */
static const char *join(const char *first, const char *second)
{
    static char text[65536];
    const char *names[2] = {first, second};
    size_t length = 0;
    for (unsigned i = 0; i < 2; i++) {
        char path[512];
        snprintf(path, sizeof path, "%s/tests/check/images/%s", getenv("CANDIAL_BINARY_DIR"),
                 names[i]);
        FILE *file = fopen(path, "r");
        assert_non_null(file);
        length += fread(text + length, 1, sizeof text - 1 - length, file);
        fclose(file);
        text[length] = '\0';
        char *end = strstr(text, ":00000001FF");
        assert_non_null(end);
        if (i == 0) {
            *end = '\0';
            length = strlen(text);
        }
    }
    return text;
}

static void expect_file(const char *path, const char *more, int status, const char *text)
{
    char arguments[600];
    snprintf(arguments, sizeof arguments, "%s %s" MS, path, more);
    expect(arguments, status, text, NULL);
}

static void intel_hex(void **state)
{
    (void)state;
    expect("%good.hex %idle_m4.hex" MS, 0, "SAFE", NULL);
    expect("%ldo_early.hex %idle_m4.hex" MS, 1, "CM7 0x0800", NULL);
    const char *both = scratch_file("both.hex", join("good.hex", "idle_m4.hex"),
                                    strlen(join("good.hex", "idle_m4.hex")));
    expect_file(both, "", 0, "SAFE");
    expect_not("no image for the CM4");
}

static void order_does_not_matter(void **state)
{
    (void)state;
    expect("%idle_m4.elf %good.elf" MS, 0, "SAFE", NULL);
    expect("%idle_m4.elf %ldo_early.elf" MS, 1, "CM7 ", NULL);
    expect_not("never reached");
}

static void damaged_hex(void **state)
{
    (void)state;
    char text[65536];
    snprintf(text, sizeof text, "%s", join("good.hex", "idle_m4.hex"));
    char *line = strchr(strchr(text, '\n') + 1, '\n') + 1; /* the third line */
    line[10] = line[10] == '0' ? '1' : '0';
    expect_file(scratch_file("bad.hex", text, strlen(text)), "", 2,
                "bad.hex:3: wrong checksum: copy or build the file anew");
    snprintf(text, sizeof text, "%s", join("good.hex", "good.hex"));
    expect_file(scratch_file("twice.hex", text, strlen(text)), "", 2,
                "the byte at 0x08000000 is given twice");
}

static void raw_binary(void **state)
{
    (void)state;
    expect("%good.bin@0x08000000 %idle_m4.bin@0x08100000" MS, 0, "SAFE", NULL);
    expect("%good.bin" MS, 2, "for a raw binary give its address", "@0x08000000", NULL);
    expect("%good.bin@0x20000000" MS, 2, "not within the flash", NULL);
    expect("%nothing.bin@0x08000000" MS, 2, "nothing.bin", NULL);
}

static void refused(void **state)
{
    (void)state;
    expect("%cortex_a9.elf" MS, 2, "the STM32H755 has Cortex-M cores", NULL);
    expect("%cortex_m33.elf" MS, 2, "Armv8-M", NULL);
    expect("%good.elf %good.elf" MS, 2, "overlap at 0x08000000", NULL);
    expect("%nothing.elf" MS, 2, "nothing.elf", NULL);
    expect("README.md" MS, 2, "neither ELF nor Intel HEX", NULL);
    expect("", 2, "no image given", NULL);
    expect("%good.elf %idle_m4.elf %idle_m4.elf", 2, "unexpected", NULL);
    expect("%good.elf --for never", 2, "--for never is no time", NULL);
    expect("%good.elf --nonsense", 2, "unknown option", NULL);
    expect("--help", 0, "usage: candial check", "--wiring", "Exit status", NULL);
}

static void json(void **state)
{
    (void)state;
    expect("%ldo_early.elf %idle_m4.elf --json -" MS, 1, "{\"check\":1,\"verdict\":\"unsafe\"",
           "\"exit\":1", "\"wiring\":\"smps\"", "\"kind\":\"vcore-lost\"", "\"core\":\"CM7\"",
           "\"register\":\"PWR_CR3\",\"value\":\"0x02\"", "\"where\":\"ExitRun0Mode+0x",
           "\"supply\":\"deadlock\"", "\"change\":\"define USE_PWR_DIRECT_SMPS_SUPPLY", NULL);
    expect_not("UNSAFE");
    expect("%good.elf %idle_m4.elf --json -" MS, 0, "\"verdict\":\"safe\"", "\"unsafe\":[]", NULL);
    expect("%trace_poll.elf %idle_m4.elf --json -" MS, 3, "\"verdict\":\"unknown\"", "TPIU+0x300",
           NULL);
    expect("%good.elf --json /nowhere/x.json" MS, 2, "/nowhere/x.json", NULL);
}

/* A pipe gets plain text. */
static void no_colour(void **state)
{
    (void)state;
    expect("%good.elf" MS, 0, "SAFE", NULL);
    expect_not("\033[");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(intel_hex),   cmocka_unit_test(order_does_not_matter),
        cmocka_unit_test(damaged_hex), cmocka_unit_test(raw_binary),
        cmocka_unit_test(refused),     cmocka_unit_test(json),
        cmocka_unit_test(no_colour),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
