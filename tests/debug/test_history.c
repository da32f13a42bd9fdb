/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Back is the same as before. */
#include "tests/debug/debug_rig.h"

#include <string.h>

#define STEPS 10

static struct target *target(void)
{
    return &rig.history.target;
}

static void stop_at(enum core core, const char *function, uint64_t from_ps)
{
    if (!target()->core[core].attached) {
        target_attach(target(), core);
        target_go(target(), core);
    }
    debug_rig_run(&rig, from_ps);
    assert_true(target_breakpoint(target(), core, debug_rig_symbol(&rig, core, function), true));
    target_stop(target(), core, TARGET_ASKED);
    target_go(target(), core);
    debug_rig_run_to_stop(&rig, core, from_ps + 1000 * MS);
    assert_int_equal(target()->core[core].reason, TARGET_BREAK);
}

static void step(enum core core)
{
    target_step(target(), core, 0, 0);
    debug_rig_run_to_stop(&rig, core, 10000 * MS);
}

/* What one core sees: its registers, and the memory. */
static void back_and_forth(enum core core, const char *function)
{
    static struct debug_rig_state before[STEPS + 1];
    struct debug_rig_state now;
    stop_at(core, function, 1150 * MS);
    for (unsigned i = 0; i < STEPS; i++) {
        debug_rig_look(&rig, &before[i]);
        step(core);
    }
    debug_rig_look(&rig, &before[STEPS]);
    for (unsigned i = STEPS; i-- > 0;) {
        assert_true(history_step_back(&rig.history, core));
        debug_rig_look(&rig, &now);
        debug_rig_assert_same(&before[i], &now, core);
    }
    for (unsigned i = 1; i <= STEPS; i++) {
        step(core);
        debug_rig_look(&rig, &now);
        debug_rig_assert_same(&before[i], &now, core);
    }
}

static void the_m7_goes_back(void **state)
{
    (void)state;
    back_and_forth(CORE_CM7, "dials_frame");
}

static void the_m4_goes_back(void **state)
{
    (void)state;
    back_and_forth(CORE_CM4, "FDCAN1_IT0_IRQHandler");
}

static void running_back_finds_the_stop_before(void **state)
{
    struct debug_rig_state first;
    struct debug_rig_state now;
    enum target_reason reason;
    (void)state;
    stop_at(CORE_CM7, "dials_frame", 1150 * MS);
    debug_rig_look(&rig, &first);
    target_go(target(), CORE_CM7);
    debug_rig_run_to_stop(&rig, CORE_CM7, 2000 * MS);
    assert_true(history_run_back(&rig.history, CORE_CM7, &reason));
    assert_int_equal(reason, TARGET_BREAK);
    debug_rig_look(&rig, &now);
    debug_rig_assert_same(&first, &now, CORE_CM7);
    /* Frames come from 1 s on: before those there is nothing but the beginning. */
    bool any = true;
    for (unsigned i = 0; any && i < 100; i++) {
        any = history_run_back(&rig.history, CORE_CM7, &reason);
    }
    assert_false(any);
    assert_int_equal(target()->core[CORE_CM7].reason, TARGET_BEGINNING);
    assert_int_equal(cpu_instructions(debug_rig_cpu(&rig, CORE_CM7)), 0);
    assert_false(history_step_back(&rig.history, CORE_CM7));
}

/* What the debugger wrote is there as long as it is not taken back. */
static void what_was_written_is_part_of_it(void **state)
{
    const uint32_t magic = 0xC0FFEE00;
    const uint32_t unused = 0x2001F000; /* DTCM between data and stack */
    uint32_t word = 0;
    uint32_t old = 0;
    (void)state;
    stop_at(CORE_CM7, "dials_frame", 1150 * MS);
    assert_true(cpu_read_mem(debug_rig_cpu(&rig, CORE_CM7), unused, &old, sizeof old));
    step(CORE_CM7);
    assert_true(hands_write_memory(&rig.hands, CORE_CM7, unused, &magic, sizeof magic));
    step(CORE_CM7);
    step(CORE_CM7);
    assert_true(history_step_back(&rig.history, CORE_CM7));
    assert_true(cpu_read_mem(debug_rig_cpu(&rig, CORE_CM7), unused, &word, sizeof word));
    assert_int_equal(word, magic);
    assert_true(history_step_back(&rig.history, CORE_CM7));
    assert_true(history_step_back(&rig.history, CORE_CM7));
    assert_true(cpu_read_mem(debug_rig_cpu(&rig, CORE_CM7), unused, &word, sizeof word));
    assert_int_equal(word, old);
}

/* Hands and bytes from outside come again where they came. */
static void what_hands_did_is_done_again(void **state)
{
    struct debug_rig_state before;
    struct debug_rig_state now;
    char text[BOARD_PROBE_TEXT];
    (void)state;
    debug_rig_run(&rig, 300 * MS);
    rig.model.ops->uart_send(rig.model.self, "status\r", 7);
    debug_rig_run(&rig, 400 * MS);
    const struct can_log_frame frame = {.id = 0x123, .len = 2, .data = {1, 2}};
    assert_true(rig.model.ops->send(rig.model.self, &frame));
    const struct bench_car_act warm = {.part = BENCH_CAR_OIL, .milli = 90000};
    assert_true(rig.model.ops->car(rig.model.self, &warm));
    assert_true(hands_act(&rig.hands, "button press", text, sizeof text));
    debug_rig_run(&rig, 500 * MS);
    assert_true(hands_act(&rig.hands, "nrst low", text, sizeof text));
    assert_true(hands_act(&rig.hands, "nrst high", text, sizeof text));
    stop_at(CORE_CM7, "dials_frame", 1300 * MS);
    debug_rig_look(&rig, &before);
    step(CORE_CM7);
    assert_true(history_step_back(&rig.history, CORE_CM7));
    debug_rig_look(&rig, &now);
    debug_rig_assert_same(&before, &now, CORE_CM7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_m7_goes_back, debug_rig_setup, debug_rig_teardown),
        cmocka_unit_test_setup_teardown(the_m4_goes_back, debug_rig_setup, debug_rig_teardown),
        cmocka_unit_test_setup_teardown(running_back_finds_the_stop_before, debug_rig_setup,
                                        debug_rig_teardown),
        cmocka_unit_test_setup_teardown(what_was_written_is_part_of_it, debug_rig_setup,
                                        debug_rig_teardown),
        cmocka_unit_test_setup_teardown(what_hands_did_is_done_again, debug_rig_setup,
                                        debug_rig_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
