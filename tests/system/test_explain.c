/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* `candial explain`: a crash record's function, line and reason. */
#include "tests/formats/cmocka_head.h"

#include "formats/image/image.h"
#include "tests/formats/scratch_file.h"
#include "tests/system/program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct program_result result;

static const char *firmware(void)
{
    const char *folder = getenv("CANDIAL_FIRMWARE_DIR");
    return folder == NULL ? "build/firmware" : folder;
}

static uint32_t address_of(const char *elf, const char *function)
{
    char path[512];
    char error[512];
    snprintf(path, sizeof path, "%s/%s", firmware(), elf);
    struct image *image = image_load(path, error, sizeof error);
    assert_non_null(image);
    const uint32_t address = image_symbol(image, function);
    image_free(image);
    assert_int_not_equal(address, 0);
    return address;
}

static void explain(const char *what)
{
    char arguments[2048];
    snprintf(arguments, sizeof arguments,
             "explain --cm7 '%s/candial_cm7.elf' --cm4 '%s/candial_cm4.elf' %s", firmware(),
             firmware(), what);
    program_run_plain(arguments, &result);
}

static void assert_says(const char *words)
{
    if (strstr(result.out, words) == NULL) {
        fail_msg("`%s' is not in `%s'", words, result.out);
    }
}

static void a_line(void **state)
{
    (void)state;
    char what[400];
    snprintf(what, sizeof what,
             "'crash cm7 exception 3 pc 0x%08x lr 0x%08x cfsr 0x00008200 hfsr 0x40000000 "
             "mmfar 0x00000000 bfar 0x5802abcd'",
             (unsigned)address_of("candial_cm7.elf", "dials_period") + 4,
             (unsigned)address_of("candial_cm7.elf", "cm7_main_loop") + 3);
    explain(what);
    assert_int_equal(result.status, 0);
    assert_says("cm7: HardFault (exception 3)\n");
    assert_says("dials_period + 0x4, dials.c:");
    assert_says("cm7_main_loop + 0x2, main.c:");
    assert_says("PRECISERR: ");
    assert_says("at    0x5802abcd\n");
}

/* What a terminal has recorded: both cores', each once. */
static void a_file(void **state)
{
    (void)state;
    char text[1000];
    char what[600];
    char line[300];
    snprintf(line, sizeof line,
             "crash cm4 exception 19 pc 0x%08x lr 0xfffffff9 cfsr 0x00000000 hfsr 0x00000000 "
             "mmfar 0x00000000 bfar 0x00000000\r\n",
             (unsigned)address_of("candial_cm4.elf", "servo_start"));
    snprintf(text, sizeof text,
             "errors\r\nreset cm7 pin cm4 pin\r\n%scrash cm7 exception 3 pc 0xe0000000 lr "
             "0x00000001 cfsr 0x00000001 bfar 0x00000000\r\n%s~1,2,3*00\r\n",
             line, line);
    snprintf(what, sizeof what, "'%s'", scratch_text("console.txt", text));
    explain(what);
    assert_int_equal(result.status, 0);
    assert_says("cm4: interrupt 3, which nobody enabled\n");
    assert_says("servo_start + 0x0, servo.c:");
    assert_says("return from an exception");
    assert_says("IACCVIOL: ");
    assert_says("in no function of ");
}

static void refused(void **state)
{
    (void)state;
    explain("'crash cm7 but no more'");
    assert_int_equal(result.status, 1);
    explain("/nonexistent/record.txt");
    assert_int_equal(result.status, 2);
    assert_non_null(strstr(result.err, "neither a crash record nor a file"));
    explain("");
    assert_int_equal(result.status, 2);
    explain("--what x");
    assert_int_equal(result.status, 2);
    program_run_plain("explain --cm7 /nonexistent 'crash cm7 exception 3 pc 0x0 lr 0x0'", &result);
    assert_int_equal(result.status, 2);
    program_run_plain("explain --help", &result);
    assert_int_equal(result.status, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line),
        cmocka_unit_test(a_file),
        cmocka_unit_test(refused),
    };
    return cmocka_run_group_tests(tests, NULL, scratch_remove);
}
