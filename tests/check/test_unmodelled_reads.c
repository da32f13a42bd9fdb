/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Loops that ask a register are fast-forwarded, and nobody can tell: cores, time and registers are the
 * same as when every turn is executed.
 */
#include "formats/image/image.h"
#include "vboard/boards/board.h"
#include "vboard/cpu/cpu.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct board *start(const char *cm7, const char *cm4, bool no_fast_forward)
{
    const char *reason = NULL;
    const char *names[2] = {cm7, cm4};
    const struct board_config config = {.no_fast_forward = no_fast_forward};
    struct board *board = board_create(&config, &reason);
    assert_non_null(board);
    for (unsigned i = 0; i < 2; i++) {
        char path[512];
        char error[512];
        snprintf(path, sizeof path, "%s/%s.elf", CHECK_IMAGES, names[i]);
        struct image *image = image_load(path, error, sizeof error);
        assert_non_null(image);
        for (size_t k = 0; k < image_segment_count(image); k++) {
            const struct image_segment *s = image_segment(image, k);
            assert_int_equal(board_load(board, s->address, s->bytes, s->length), 0);
        }
        image_free(image);
    }
    board_power(board, true);
    return board;
}

static void assert_same_core(struct board *a, struct board *b, unsigned core)
{
    const struct cpu *x = board_cpu(a, core);
    const struct cpu *y = board_cpu(b, core);
    assert_true(cpu_time(x) == cpu_time(y));
    assert_true(cpu_instructions(x) == cpu_instructions(y));
    for (unsigned r = CPU_R0; r <= CPU_XPSR; r++) {
        assert_int_equal(cpu_get_reg(x, (enum cpu_reg)r), cpu_get_reg(y, (enum cpu_reg)r));
    }
}

/* Odd steps: turns end anywhere in the loops. */
static void compare(const char *cm7, const char *cm4, uint64_t at_least)
{
    struct board *fast = start(cm7, cm4, false);
    struct board *slow = start(cm7, cm4, true);
    vtime_ps at = 0;
    for (unsigned i = 1; i <= 40; i++) {
        at += VTIME_NS(12347) * i;
        if (i == 30) {
            board_button(fast, true);
            board_button(slow, true);
        }
        board_run_until(fast, at);
        board_run_until(slow, at);
        assert_same_core(fast, slow, 0);
        assert_same_core(fast, slow, 1);
    }
    uint64_t skipped = 0;
    for (unsigned core = 0; core < 2; core++) {
        skipped += cpu_instructions_skipped(board_cpu(fast, core));
        assert_int_equal(cpu_instructions_skipped(board_cpu(slow, core)), 0);
    }
    if (skipped < at_least) {
        fail_msg("%s, %s: only %llu skipped", cm7, cm4, (unsigned long long)skipped);
    }
    board_destroy(fast);
    board_destroy(slow);
}

static void asking_loops(void **state)
{
    (void)state;
    compare("d2ckrdy", "idle_m4", 10000);
    compare("no_supply", "stuck_m4", 10000);
    compare("stuck", "stuck_m4", 10000);
    compare("hse", "idle_m4", 0);
    compare("good", "stuck_m4", 10000);
    compare("button", "button_m4", 10000);
    compare("trace_poll", "button_m4", 10000);
}

/* So are those that count, in RAM and in registers, and one core need not keep up with another that only loops. */
static void main_loops(void **state)
{
    (void)state;
    compare("superloop", "idle_m4", 1000000);
    compare("superloop", "superloop_m4", 1000000);
    compare("superloop_O0", "superloop_m4", 1000000);
    compare("superloop_O2", "superloop_m4", 1000000);
    compare("superloop_busy", "superloop_m4", 10000);
}

/* Where a turn ends makes no difference: what an access took beyond one is taken from the next. */
static void turns_of_any_length(void **state)
{
    static const uint64_t steps[] = {VTIME_NS(20), VTIME_NS(333), VTIME_US(3)};
    struct board *whole = start("d2ckrdy", "idle_m4", true);
    (void)state;
    board_run_until(whole, VTIME_US(13));
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        struct board *cut = start("d2ckrdy", "idle_m4", true);
        for (vtime_ps at = steps[i]; at < VTIME_US(13); at += steps[i]) {
            board_run_until(cut, at);
        }
        board_run_until(cut, VTIME_US(13));
        assert_same_core(whole, cut, 0);
        assert_same_core(whole, cut, 1);
        board_destroy(cut);
    }
    board_destroy(whole);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(asking_loops), cmocka_unit_test(main_loops),
                                       cmocka_unit_test(turns_of_any_length)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
