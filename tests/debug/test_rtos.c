/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Memory that does not hold what FreeRTOS keeps there: nothing is found, and the search ends. */
#include "tests/formats/cmocka_head.h"

#include "debug/rtos.h"
#include "vboard/boards/board.h"

#include <string.h>

#define FLASH 0x08000000u
#define RAM 0x20000000u
#define CURRENT (RAM + 0x100)
#define READY (RAM + 0x200) /* one list, and then something else */
#define TCB (RAM + 0x400)
#define OTHER (RAM + 0x500)
#define STACK (RAM + 0x800)
#define LIST_END 8u

static const uint16_t program[] = {
    0x1000, 0x2000, 0x0009, 0x0800, /* vectors: SP, PC */
    0xE7FE                          /* b . */
};

static struct board *board;
static struct rtos rtos;

static struct cpu *cpu(void)
{
    return board_cpu(board, CORE_CM7);
}

static void write_word(uint32_t address, uint32_t word)
{
    assert_true(cpu_write_mem(cpu(), address, &word, sizeof word));
}

/* Its state item is the only one in the list. */
static void write_task(uint32_t tcb, uint32_t list, uint32_t next)
{
    write_word(tcb, STACK);
    write_word(tcb + 4 + 4, next);
    write_word(tcb + 4 + 12, tcb);
    write_word(tcb + 4 + 16, list);
    assert_true(cpu_write_mem(cpu(), tcb + 52, "sixteen bytes \x01.and more", 16));
}

static void write_list(uint32_t list, uint32_t first)
{
    write_word(list + LIST_END, 0xFFFFFFFF);
    write_word(list + LIST_END + 4, first);
}

static int open_board(void **state)
{
    const char *error = "";
    (void)state;
    board = board_create(&(struct board_config){0}, &error);
    assert_non_null(board);
    assert_int_equal(board_load(board, FLASH, program, sizeof program), 0);
    board_power(board, true);
    board_run_until(board, VTIME_MS(1));
    static const uint8_t zeros[0x1000];
    assert_true(cpu_write_mem(cpu(), RAM, zeros, sizeof zeros));
    rtos_begin(&rtos, NULL);
    rtos.address[RTOS_CURRENT] = CURRENT;
    rtos.address[RTOS_READY_LISTS] = READY;
    write_word(CURRENT, TCB);
    write_task(TCB, READY, OTHER + 4);
    write_task(OTHER, READY, READY + LIST_END);
    write_list(READY, TCB + 4);
    cpu_set_reg(cpu(), CPU_CONTROL, 2); /* PSP: a task runs */
    return 0;
}

static int close_board(void **state)
{
    (void)state;
    board_destroy(board);
    return 0;
}

static unsigned count(void)
{
    static struct rtos_tasks tasks;
    rtos_list(&rtos, cpu(), &tasks);
    return tasks.count;
}

static void two_tasks_are_found(void **state)
{
    static struct rtos_tasks tasks;
    (void)state;
    rtos_list(&rtos, cpu(), &tasks);
    assert_int_equal(tasks.count, 2);
    assert_int_equal(tasks.list[0].state, RTOS_RUNS);
    assert_int_equal(tasks.list[1].tcb, OTHER);
    assert_string_equal(tasks.list[1].name, "sixteen bytes ?.");
}

static void on_the_main_stack_no_task_runs(void **state)
{
    (void)state;
    cpu_set_reg(cpu(), CPU_CONTROL, 0);
    assert_int_equal(count(), 0);
}

static void before_the_scheduler_no_task_runs(void **state)
{
    (void)state;
    rtos.address[RTOS_SCHEDULER_RUNS] = RAM + 0x180;
    write_word(RAM + 0x180, 0);
    assert_int_equal(count(), 0);
    write_word(RAM + 0x180, 1);
    assert_int_equal(count(), 2);
}

static void knotted_lists_end(void **state)
{
    (void)state;
    write_task(OTHER, READY, TCB + 4);
    assert_int_equal(count(), 2);
    write_task(OTHER, READY, OTHER + 4);
    assert_int_equal(count(), 2);
}

static void what_leads_nowhere_is_no_task(void **state)
{
    (void)state;
    write_task(TCB, READY, 0xD0000000); /* nothing is there */
    assert_int_equal(count(), 1);
    write_word(CURRENT, 0xD0000000);
    assert_int_equal(count(), 1);
    write_word(READY + LIST_END, 0);
    assert_int_equal(count(), 0);
}

static void the_number_of_lists_may_be_told(void **state)
{
    (void)state;
    const uint32_t third = READY + 40;
    write_list(READY, READY + LIST_END);
    write_list(READY + 20, READY + 20 + LIST_END);
    write_list(third, OTHER + 4);
    write_task(OTHER, third, third + LIST_END);
    assert_int_equal(count(), 2);
    rtos.address[RTOS_TOP_PRIORITY] = RAM + 0x180;
    write_word(RAM + 0x180, 1);
    assert_int_equal(count(), 1);
}

/* r4 to r11; by ports with FPU what to return with, and s16 to s31; then what the core stacks. */
static void contexts_of_all_ports(void **state)
{
    struct rtos_context c;
    (void)state;
    assert_true(rtos_find_context(cpu(), OTHER, &c)); /* ARM_CM3 */
    assert_int_equal(c.at[CPU_R4], STACK);
    assert_int_equal(c.at[CPU_R0], STACK + 32);
    assert_int_equal(c.at[CPU_PC], STACK + 32 + 24);
    assert_int_equal(c.sp, STACK + 32 + 32);
    assert_int_equal(c.at[CPU_S0], 0);
    write_word(STACK + 32, 0xFFFFFFFD);
    assert_true(rtos_find_context(cpu(), OTHER, &c));
    assert_int_equal(c.at[CPU_R0], STACK + 36);
    assert_int_equal(c.sp, STACK + 36 + 32);
    write_word(STACK + 36 + 28, 1u << 9); /* aligned by a word */
    assert_true(rtos_find_context(cpu(), OTHER, &c));
    assert_int_equal(c.sp, STACK + 36 + 32 + 4);
    write_word(STACK + 32, 0xFFFFFFED);
    assert_true(rtos_find_context(cpu(), OTHER, &c));
    assert_int_equal(c.at[CPU_S0 + 16], STACK + 36);
    assert_int_equal(c.at[CPU_XPSR], STACK + 36 + 64 + 28);
    assert_int_equal(c.at[CPU_S0], STACK + 36 + 64 + 32);
    assert_int_equal(c.at[CPU_FPSCR], STACK + 36 + 64 + 32 + 64);
    assert_int_equal(c.sp, STACK + 36 + 64 + 32 + 72);
    assert_false(rtos_find_context(cpu(), RAM, &c));
}

static void all_symbols_are_asked_for_once(void **state)
{
    (void)state;
    unsigned asked = 0;
    rtos_forget(&rtos);
    for (; rtos_wanted(&rtos) != NULL; asked++) {
        rtos_tell(&rtos, 0);
    }
    assert_int_equal(asked, RTOS_SYMBOLS);
    rtos_tell(&rtos, 1);
    assert_int_equal(count(), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(two_tasks_are_found, open_board, close_board),
        cmocka_unit_test_setup_teardown(on_the_main_stack_no_task_runs, open_board, close_board),
        cmocka_unit_test_setup_teardown(before_the_scheduler_no_task_runs, open_board, close_board),
        cmocka_unit_test_setup_teardown(knotted_lists_end, open_board, close_board),
        cmocka_unit_test_setup_teardown(what_leads_nowhere_is_no_task, open_board, close_board),
        cmocka_unit_test_setup_teardown(the_number_of_lists_may_be_told, open_board, close_board),
        cmocka_unit_test_setup_teardown(contexts_of_all_ports, open_board, close_board),
        cmocka_unit_test_setup_teardown(all_symbols_are_asked_for_once, open_board, close_board),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
