/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* HSEM: RM0399 chapter 11. */
#include "tests/vboard/io/io_rig.h"

#define R(n) (HSEM + 4u * (n))
#define RLR(n) (HSEM + 0x80u + 4u * (n))
#define C1IER (HSEM + 0x100)
#define C1ICR (HSEM + 0x104)
#define C1ISR (HSEM + 0x108)
#define C1MISR (HSEM + 0x10C)
#define C2IER (HSEM + 0x110)
#define C2ICR (HSEM + 0x114)
#define C2ISR (HSEM + 0x118)
#define C2MISR (HSEM + 0x11C)
#define CR (HSEM + 0x140)
#define KEYR (HSEM + 0x144)

static void test_one_step(void **state)
{
    struct io_rig *r = *state;
    assert_int_equal(rd(r, R(0)), 0);
    assert_int_equal(rd(r, RLR(0)), 0x80000300u);
    as(r, MASTER_CM4);
    assert_int_equal(rd(r, RLR(0)), 0x80000300u); /* taken by the other */
    assert_int_equal(rd(r, RLR(31)), 0x80000100u);
    as(r, MASTER_CM7);
    wr(r, R(31), 0x100); /* not mine */
    assert_int_equal(rd(r, R(31)), 0x80000100u);
    wr(r, R(0), 0x300);
    assert_int_equal(rd(r, R(0)), 0);
}

static void test_two_step(void **state)
{
    struct io_rig *r = *state;
    wr(r, R(5), 0x80000112u); /* a COREID that is not the master's */
    assert_int_equal(rd(r, R(5)), 0);
    wr(r, R(5), 0x80000312u);
    assert_int_equal(rd(r, R(5)), 0x80000312u);
    wr(r, R(5), 0x80000313u); /* already locked */
    assert_int_equal(rd(r, R(5)), 0x80000312u);
    wr(r, R(5), 0x300); /* another process */
    assert_int_equal(rd(r, R(5)), 0x80000312u);
    assert_int_equal(rd(r, C1ISR), 0);
    wr(r, R(5), 0x312);
    assert_int_equal(rd(r, R(5)), 0);
    assert_int_equal(rd(r, C1ISR), 1u << 5);
}

static void test_release_raises_other_cores_line(void **state)
{
    struct io_rig *r = *state;
    as(r, MASTER_CM4);
    wr(r, C2IER, 1u << 1);
    as(r, MASTER_CM7);
    rd(r, RLR(1));
    assert_false(r->line[CORE_CM4][126]);
    wr(r, R(1), 0x300);
    assert_true(r->line[CORE_CM4][126]);
    assert_false(r->line[CORE_CM7][125]);
    assert_int_equal(rd(r, C2MISR), 2);
    assert_int_equal(rd(r, C1MISR), 0);
    assert_int_equal(rd(r, C2ICR), 0);
    wr(r, C2ICR, 2);
    assert_false(r->line[CORE_CM4][126]);
    assert_int_equal(rd(r, C2ISR), 0);
    assert_int_equal(rd(r, C1ISR), 2);
    wr(r, C1IER, 2);
    assert_true(r->line[CORE_CM7][125]);
    wr(r, C1IER, 0);
    assert_false(r->line[CORE_CM7][125]);
}

/* A release of something that is free is no release. */
static void test_free_is_not_released(void **state)
{
    struct io_rig *r = *state;
    wr(r, R(2), 0x300);
    assert_int_equal(rd(r, C1ISR), 0);
}

static void test_clear_by_key(void **state)
{
    struct io_rig *r = *state;
    rd(r, RLR(3));
    as(r, MASTER_CM4);
    rd(r, RLR(4));
    wr(r, KEYR, 0x12340000u);
    wr(r, CR, 0x43210300u);
    assert_int_equal(rd(r, R(3)), 0x80000300u);
    wr(r, CR, 0x12340300u);
    assert_int_equal(rd(r, R(3)), 0);
    assert_int_equal(rd(r, R(4)), 0x80000100u);
    assert_int_equal(rd(r, C1ISR), 1u << 3);
    assert_int_equal(rd(r, CR), 0);
}

/* Who asks for one that is taken changes nothing: a loop that waits for it need not be executed. */
static void test_asking_for_a_taken_one_is_steady(void **state)
{
    struct io_rig *r = *state;
    rd(r, RLR(0));
    assert_false(r->chip.access.steady);
    as(r, MASTER_CM4);
    rd(r, RLR(0));
    assert_true(r->chip.access.steady);
}

static void test_debugger_takes_nothing(void **state)
{
    struct io_rig *r = *state;
    as(r, MASTER_DEBUG);
    assert_int_equal(rd(r, RLR(0)), 0);
    as(r, MASTER_CM4);
    assert_int_equal(rd(r, RLR(0)), 0x80000100u);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_one_step, rig_setup, rig_teardown),
        cmocka_unit_test_setup_teardown(test_two_step, rig_setup, rig_teardown),
        cmocka_unit_test_setup_teardown(test_release_raises_other_cores_line, rig_setup,
                                        rig_teardown),
        cmocka_unit_test_setup_teardown(test_free_is_not_released, rig_setup, rig_teardown),
        cmocka_unit_test_setup_teardown(test_clear_by_key, rig_setup, rig_teardown),
        cmocka_unit_test_setup_teardown(test_asking_for_a_taken_one_is_steady, rig_setup,
                                        rig_teardown),
        cmocka_unit_test_setup_teardown(test_debugger_takes_nothing, rig_setup, rig_teardown),
    };
    return cmocka_run_group_tests_name("hsem", tests, NULL, NULL);
}
