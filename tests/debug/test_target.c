/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* A debugger looks, and the board does what it would have done without. */
#include "tests/debug/debug_rig.h"

#include "core/ipc.h"

#include <stddef.h>

#define END_MS 1600

static struct debug_rig_state undisturbed;

static struct target *target(void)
{
    return &rig.history.target;
}

static void assert_undisturbed(void)
{
    struct debug_rig_state now;
    if (undisturbed.memory == 0) {
        static struct debug_rig alone;
        debug_rig_open(&alone);
        debug_rig_run(&alone, END_MS * MS);
        debug_rig_look(&alone, &undisturbed);
        debug_rig_close(&alone);
    }
    debug_rig_look(&rig, &now);
    debug_rig_assert_same(&undisturbed, &now, CORE_CM7);
    debug_rig_assert_same(&undisturbed, &now, CORE_CM4);
}

static void attach_and_go(enum core core)
{
    target_attach(target(), core);
    target_go(target(), core);
}

/* Both cores, at each frame: some steps, then on. */
static void stops_and_steps_leave_no_trace(void **state)
{
    unsigned stops = 0;
    (void)state;
    attach_and_go(CORE_CM7);
    attach_and_go(CORE_CM4);
    assert_true(target_breakpoint(target(), CORE_CM7,
                                  debug_rig_symbol(&rig, CORE_CM7, "dials_frame"), true));
    assert_true(target_breakpoint(target(), CORE_CM4,
                                  debug_rig_symbol(&rig, CORE_CM4, "FDCAN1_IT0_IRQHandler"), true));
    target_stop(target(), CORE_CM7, TARGET_ASKED);
    target_stop(target(), CORE_CM4, TARGET_ASKED);
    target_go(target(), CORE_CM7);
    target_go(target(), CORE_CM4);
    while (board_now(debug_rig_board(&rig)) < END_MS * MS) {
        debug_rig_run(&rig, END_MS * MS);
        for (unsigned i = 0; i < CORE_COUNT; i++) {
            if (target()->core[i].stopped) {
                stops++;
                for (unsigned k = 0; k < 5; k++) {
                    target_step(target(), (enum core)i, 0, 0);
                    debug_rig_run_to_stop(&rig, (enum core)i, END_MS * MS);
                }
                target_go(target(), (enum core)i);
            }
        }
    }
    assert_true(stops > 10);
    assert_undisturbed();
}

static void attaching_and_leaving_leaves_no_trace(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 200; i++) {
        debug_rig_run(&rig, i * 7 * MS + i);
        const enum core core = i % 2 == 0 ? CORE_CM7 : CORE_CM4;
        target_attach(target(), core);
        assert_false(target_runs(target()));
        target_detach(target(), core);
        assert_true(target_runs(target()));
    }
    debug_rig_run(&rig, END_MS * MS);
    assert_undisturbed();
}

#define MAILBOX_SEQ                                                                                \
    (IPC_BLOCK_ADDRESS + (uint32_t)offsetof(struct ipc_block, m7) +                                \
     (uint32_t)offsetof(struct ipc_m7_part, mailbox) +                                             \
     (uint32_t)offsetof(struct ipc_mailbox, seq))

static uint32_t word_at(enum core core, uint32_t address)
{
    uint32_t word = 0;
    assert_true(cpu_read_mem(debug_rig_cpu(&rig, core), address, &word, sizeof word));
    return word;
}

/* The M7 posts; it stops behind the store, and nothing has become different. */
static void a_watched_mailbox_leaves_no_trace(void **state)
{
    const struct cpu_watchpoint watch = {MAILBOX_SEQ, 4, CPU_WATCH_WRITE};
    unsigned hits = 0;
    (void)state;
    attach_and_go(CORE_CM7);
    assert_true(target_watchpoint(target(), CORE_CM7, &watch, true));
    target_stop(target(), CORE_CM7, TARGET_ASKED);
    target_go(target(), CORE_CM7);
    while (board_now(debug_rig_board(&rig)) < END_MS * MS) {
        const uint32_t before = word_at(CORE_CM7, MAILBOX_SEQ);
        debug_rig_run(&rig, END_MS * MS);
        if (target()->core[CORE_CM7].stopped) {
            hits++;
            assert_int_equal(target()->core[CORE_CM7].reason, TARGET_WATCH);
            assert_int_equal(target()->core[CORE_CM7].hit.address, MAILBOX_SEQ);
            assert_true(target()->core[CORE_CM7].hit.write);
            assert_true(hits == 1 || word_at(CORE_CM7, MAILBOX_SEQ) == before + 1);
            target_go(target(), CORE_CM7);
        }
    }
    assert_true(hits > 10);
    assert_undisturbed();
}

/* By DWT's rules: four comparators, a power of two, aligned to it. */
static void watchpoints_are_those_of_the_chip(void **state)
{
    const struct cpu_watchpoint odd = {MAILBOX_SEQ + 2, 4, CPU_WATCH_WRITE};
    const struct cpu_watchpoint three = {MAILBOX_SEQ, 3, CPU_WATCH_WRITE};
    (void)state;
    target_attach(target(), CORE_CM7);
    assert_false(target_watchpoint(target(), CORE_CM7, &odd, true));
    assert_false(target_watchpoint(target(), CORE_CM7, &three, true));
    for (uint32_t i = 0; i < CPU_WATCHPOINTS; i++) {
        const struct cpu_watchpoint w = {0x20000000 + 4 * i, 4, CPU_WATCH_READ};
        assert_true(target_watchpoint(target(), CORE_CM7, &w, true));
    }
    const struct cpu_watchpoint fifth = {0x20000100, 4, CPU_WATCH_READ};
    assert_false(target_watchpoint(target(), CORE_CM7, &fifth, true));
    const struct cpu_watchpoint first = {0x20000000, 4, CPU_WATCH_READ};
    assert_true(target_watchpoint(target(), CORE_CM7, &first, false));
    assert_true(target_watchpoint(target(), CORE_CM7, &fifth, true));
}

/* It goes on over the breakpoint that it stands at, but not over one to which it was put. */
static void put_at_a_breakpoint_it_stops_there(void **state)
{
    const uint32_t place = debug_rig_symbol(&rig, CORE_CM7, "dials_post");
    struct target_core *c = &target()->core[CORE_CM7];
    (void)state;
    attach_and_go(CORE_CM7);
    target_stop(target(), CORE_CM7, TARGET_ASKED);
    assert_true(target_breakpoint(target(), CORE_CM7, place, true));
    target_go(target(), CORE_CM7);
    debug_rig_run_to_stop(&rig, CORE_CM7, END_MS * MS);
    assert_int_equal(c->reason, TARGET_BREAK);
    const uint64_t first = cpu_instructions(debug_rig_cpu(&rig, CORE_CM7));
    target_go(target(), CORE_CM7);
    debug_rig_run_to_stop(&rig, CORE_CM7, END_MS * MS);
    const uint64_t second = cpu_instructions(debug_rig_cpu(&rig, CORE_CM7));
    assert_true(second > first); /* the next time */
    hands_set_register(&rig.hands, CORE_CM7, CPU_PC, place);
    target_go(target(), CORE_CM7);
    debug_rig_run_to_stop(&rig, CORE_CM7, END_MS * MS);
    assert_int_equal(cpu_instructions(debug_rig_cpu(&rig, CORE_CM7)), second);
    target_go(target(), CORE_CM7);
    debug_rig_run_to_stop(&rig, CORE_CM7, END_MS * MS);
    assert_true(cpu_instructions(debug_rig_cpu(&rig, CORE_CM7)) > second);
}

/* Stepped through for long, the main loop is never left for an interrupt; `into` does. */
static void a_step_stays_in_its_code(void **state)
{
    const unsigned steps = 3000;
    (void)state;
    attach_and_go(CORE_CM4);
    debug_rig_run(&rig, 1200 * MS);
    target_stop(target(), CORE_CM4, TARGET_ASKED);
    while ((cpu_get_reg(debug_rig_cpu(&rig, CORE_CM4), CPU_XPSR) & 0x1FFu) != 0) {
        target_step(target(), CORE_CM4, 0, 0);
        debug_rig_run_to_stop(&rig, CORE_CM4, 2000 * MS);
    }
    const uint64_t exceptions = cpu_exceptions_taken(debug_rig_cpu(&rig, CORE_CM4));
    for (unsigned i = 0; i < steps; i++) {
        target_step(target(), CORE_CM4, 0, 0);
        debug_rig_run_to_stop(&rig, CORE_CM4, 20000 * MS);
        assert_int_equal(cpu_get_reg(debug_rig_cpu(&rig, CORE_CM4), CPU_XPSR) & 0x1FFu, 0);
    }
    assert_true(cpu_exceptions_taken(debug_rig_cpu(&rig, CORE_CM4)) > exceptions);
    target()->steps_into = true;
    unsigned entered = 0;
    for (unsigned i = 0; i < steps; i++) {
        target_step(target(), CORE_CM4, 0, 0);
        debug_rig_run_to_stop(&rig, CORE_CM4, 20000 * MS);
        entered += (cpu_get_reg(debug_rig_cpu(&rig, CORE_CM4), CPU_XPSR) & 0x1FFu) != 0;
    }
    assert_true(entered > 0);
}

/* Alone: the other one and the time go on, and the M7, dead to the M4, is missed. */
static void halted_alone_the_world_goes_on(void **state)
{
    (void)state;
    debug_rig_run(&rig, 1200 * MS);
    target_attach(target(), CORE_CM7);
    assert_false(target_runs(target()));
    target_set_alone(target(), true);
    assert_true(target_runs(target()));
    const uint64_t m7 = cpu_instructions(debug_rig_cpu(&rig, CORE_CM7));
    const uint64_t m4 = cpu_instructions(debug_rig_cpu(&rig, CORE_CM4));
    debug_rig_run(&rig, 1300 * MS);
    assert_int_equal(cpu_instructions(debug_rig_cpu(&rig, CORE_CM7)), m7);
    assert_true(cpu_instructions(debug_rig_cpu(&rig, CORE_CM4)) > m4);
    assert_int_equal(word_at(CORE_CM4, IPC_BLOCK_ADDRESS + offsetof(struct ipc_block, m4) +
                                           offsetof(struct ipc_m4_part, state)),
                     IPC_M4_PARKED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(stops_and_steps_leave_no_trace, debug_rig_setup,
                                        debug_rig_teardown),
        cmocka_unit_test_setup_teardown(attaching_and_leaving_leaves_no_trace, debug_rig_setup,
                                        debug_rig_teardown),
        cmocka_unit_test_setup_teardown(a_watched_mailbox_leaves_no_trace, debug_rig_setup,
                                        debug_rig_teardown),
        cmocka_unit_test_setup_teardown(watchpoints_are_those_of_the_chip, debug_rig_setup,
                                        debug_rig_teardown),
        cmocka_unit_test_setup_teardown(put_at_a_breakpoint_it_stops_there, debug_rig_setup,
                                        debug_rig_teardown),
        cmocka_unit_test_setup_teardown(a_step_stays_in_its_code, debug_rig_setup,
                                        debug_rig_teardown),
        cmocka_unit_test_setup_teardown(halted_alone_the_world_goes_on, debug_rig_setup,
                                        debug_rig_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
