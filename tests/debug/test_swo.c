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

/* DWT_LAR: the key; DWT_CTRL: CYCCNTENA, PCSAMPLENA, POSTCNT of CYCCNT[10] from 15 on: 16,384 cycles a sample. */
static const uint16_t sampled[] = {
    0x1000, 0x2000, 0x0009, 0x0800, /* vectors: SP, PC */
    0x4803, 0x4904, 0x4A04, 0x6011, /* ldr r0, =DWT_CTRL, r1, =key, r2, =DWT_LAR; str r1, [r2] */
    0x4B04, 0x6003,                 /* ldr r3, =0x121F; str r3, [r0] */
    0xE7FE, 0x0000,                 /* b    . */
    0x1000, 0xE000, 0xCE55, 0xC5AC, 0x1FB0, 0xE000, 0x121F, 0x0000,
};

static void run(const uint16_t *image, size_t image_size, bool with_probe, char *text, size_t size)
{
    static struct recorder r;
    const char *error = "";
    char reason[256] = "";
    char path[] = "/tmp/candial-swo-XXXXXX";
    const int fd = mkstemp(path);
    assert_true(fd >= 0);
    struct board *b = board_create(&(struct board_config){0}, &error);
    assert_non_null(b);
    assert_int_equal(board_load(b, FLASH, image, image_size), 0);
    assert_true(recorder_open(&r, &(struct recorder_options){.swo = path}, reason, sizeof reason));
    recorder_begin(&r, b, NULL, NULL);
    board_power(b, true);
    if (with_probe) {
        r.observer.reset(r.observer.context, &(struct bench_reset){0}); /* as the bench tells */
    }
    for (vtime_ps now = 0; now < VTIME_MS(1);) {
        now += r.observer.step_ps != 0 ? r.observer.step_ps : VTIME_US(100);
        board_run_until(b, now);
        r.observer.step(r.observer.context, &(struct bench_step){.now_ps = now});
    }
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
    run(program, sizeof program, true, text, sizeof text);
    assert_string_equal(text, "CM7: Hi\nCM7 port 1: 0x12345678\n");
}

static void nothing_does_without_a_probe(void **state)
{
    char text[200];
    (void)state;
    run(program, sizeof program, false, text, sizeof text);
    assert_string_equal(text, "");
}

/* 64 MHz: 256 us a sample. */
static void the_pc_is_sampled_as_dwt_says(void **state)
{
    char text[200];
    (void)state;
    run(sampled, sizeof sampled, true, text, sizeof text);
    assert_string_equal(text, "CM7 pc 0x08000014\nCM7 pc 0x08000014\nCM7 pc 0x08000014\n");
    run(sampled, sizeof sampled, false, text, sizeof text);
    assert_string_equal(text, ""); /* without TRCENA nothing counts */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_and_values_come_out),
        cmocka_unit_test(nothing_does_without_a_probe),
        cmocka_unit_test(the_pc_is_sampled_as_dwt_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
