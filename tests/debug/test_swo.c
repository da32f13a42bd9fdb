/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What a core writes to the ITM comes out, and only if a probe, or the firmware, has switched it on. */
#define _XOPEN_SOURCE 700 /* mkstemp, fdopen */
#include "tests/formats/cmocka_head.h"

#include "debug/recorder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FLASH 0x08000000u

/* "Hi\n" to port 0 byte by byte, a word to port 1, and then for ever nothing. */
static const uint16_t program[] = {
    0x1000, 0x2000, 0x0009, 0x0800, /* vectors: SP, PC */
    0x4804,                         /* ldr  r0, =0xE0000000 */
    0x2148, 0x7001,                 /* movs r1, 'H'; strb r1, [r0] */
    0x2169, 0x7001, 0x210A, 0x7001, /* the same of 'i' and '\n' */
    0x4902, 0x6041,                 /* ldr  r1, =0x12345678; str r1, [r0, #4] */
    0xE7FE,                         /* b    . */
    0x0000, 0xE000, 0x5678, 0x1234,
};

static void run(bool with_probe, char *text, size_t size)
{
    static struct recorder r;
    const char *error = "";
    char reason[256] = "";
    char path[] = "/tmp/candial-swo-XXXXXX";
    const int fd = mkstemp(path);
    assert_true(fd >= 0);
    struct board *b = board_create(&(struct board_config){0}, &error);
    assert_non_null(b);
    assert_int_equal(board_load(b, FLASH, program, sizeof program), 0);
    assert_true(recorder_open(&r, &(struct recorder_options){.swo = path}, reason, sizeof reason));
    recorder_begin(&r, b, NULL, NULL);
    board_power(b, true);
    if (with_probe) {
        r.observer.reset(r.observer.context, &(struct bench_reset){0}); /* as the bench tells */
    }
    board_run_until(b, VTIME_MS(1));
    assert_true(recorder_end(&r, reason, sizeof reason));
    recorder_close(&r);
    board_destroy(b);
    FILE *file = fdopen(fd, "r");
    text[fread(text, 1, size - 1, file)] = '\0';
    fclose(file);
    remove(path);
}

static void text_and_values_come_out(void **state)
{
    char text[200];
    (void)state;
    run(true, text, sizeof text);
    assert_string_equal(text, "CM7: Hi\nCM7 port 1: 0x12345678\n");
}

static void nothing_does_without_a_probe(void **state)
{
    char text[200];
    (void)state;
    run(false, text, sizeof text);
    assert_string_equal(text, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_and_values_come_out),
        cmocka_unit_test(nothing_does_without_a_probe),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
