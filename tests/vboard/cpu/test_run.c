/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Running code: both cores, time, clocks, code in RAM, debugger. */
#include "tests/vboard/cpu/rig.h"

#include <string.h>

#define SUM_OF_SQUARES 332833500u /* of 0 to 999 */

static void runs_from_flash(void **state)
{
    (void)state;
    struct rig *r = rig_create(&(struct rig_options){.m7 = "smoke_m7", .m4 = "smoke_m4"});
    rig_run(r, VTIME_MS(1));
    /* two reads in a row: one instruction and the access's 8 cycles, at 2.5 and 5 ns */
    RIG_EXPECT(r, CORE_CM7, 1, 0x1234, 0x411FC271, 0x08000000, SUM_OF_SQUARES, 22);
    RIG_EXPECT(r, CORE_CM4, 1, 0x1234, 0x410FC241, 0x08100000, SUM_OF_SQUARES, 45);
    assert_int_equal(r->chip.findings.count, 0);
    rig_destroy(r);
}

static void notes_have_the_exact_pc(void **state)
{
    (void)state;
    struct rig *r = rig_create(&(struct rig_options){.m7 = "smoke_m7"});
    rig_run(r, VTIME_MS(1));
    for (size_t i = 0; i < r->note_count; i++) {
        const uint8_t *code = r->flash + (r->notes[i].pc - RIG_FLASH_M7);
        unsigned op = (unsigned)(code[0] | code[1] << 8);
        assert_int_equal(op & 0xF800u, 0x6000u); /* each LOG = is an STR (immediate, 16 bit) */
    }
    rig_destroy(r);
}

static void clock_switch_in_mid_turn(void **state)
{
    (void)state;
    static uint32_t got[8];
    struct rig *r = rig_create(&(struct rig_options){.m7 = "clockswitch_m7"});
    rig_run(r, VTIME_MS(3));
    assert_int_equal(rig_values(r, CORE_CM7, got, 8), 4);
    /* mov, 1000 times subs and bne, the read's instruction and its 8 cycles: 2010 cycles */
    assert_int_equal(got[0], 2010 * 10 / 4);
    assert_in_range(got[1], 2010 * 1000 / 64, 2011 * 1000 / 64 + 1);
    assert_in_range(got[2], 2010 * 1000 / 480, 2011 * 1000 / 480 + 1);
    assert_in_range(got[3], 499, 501); /* SysTick followed: 48000 cycles at 96 MHz */
    rig_destroy(r);
}

static void times_in_one_block(void **state)
{
    (void)state;
    static uint32_t got[2];
    struct rig *r = rig_create(&(struct rig_options){.m7 = "oneblock_m7"});
    rig_run(r, VTIME_MS(1));
    assert_int_equal(rig_values(r, CORE_CM7, got, 2), 2);
    /* 9 cycles at 400 MHz, then 9 at 64 MHz: 22.5 + 140.6 ns */
    assert_in_range(got[0], 162, 164);
    assert_in_range(got[1], 16 * 1000 / 64, 16 * 1000 / 64 + 1); /* 7 nops, a read, its 8 */
    rig_destroy(r);
}

/* An instruction that faults, and those behind it in the block, are not counted. */
static void counts_what_was_executed(void **state)
{
    (void)state;
    static const uint16_t code[] = {0x2060, 0x0600, 0x6801, 0xBF00, 0xBF00, 0xE7FE};
    struct rig *r = rig_create(&(struct rig_options){.m7 = NULL});
    uint32_t table[2] = {0x20001000, 0x08000101};
    memcpy(r->flash, table, sizeof(table));       /* no handlers: HardFault locks up */
    memcpy(r->flash + 0x100, code, sizeof(code)); /* movs, lsls, ldr [0x60000000] */
    chip_hold_core(&r->chip, CORE_CM7, false);
    rig_run(r, VTIME_US(10));
    assert_true(cpu_is_locked_up(rig_cpu(r, CORE_CM7)));
    assert_true(cpu_instructions(rig_cpu(r, CORE_CM7)) == 2);
    rig_destroy(r);
}

static void no_clock_no_execution(void **state)
{
    (void)state;
    struct rig *r = rig_create(&(struct rig_options){.m7 = "ticking_m7", .m4 = "smoke_m4"});
    rig_run(r, VTIME_US(100));
    clock_set(&r->chip.clocks[CLK_CPU1], 0, r->chip.sched.now);
    uint64_t before = cpu_instructions(rig_cpu(r, CORE_CM7));
    rig_run(r, VTIME_MS(2));
    assert_true(cpu_instructions(rig_cpu(r, CORE_CM7)) == before);
    assert_non_null(rig_find(r, CORE_CM4, SUM_OF_SQUARES));
    clock_set(&r->chip.clocks[CLK_CPU1], CLOCK_UHZ(400000000), r->chip.sched.now);
    rig_run(r, VTIME_MS(4));
    assert_true(cpu_instructions(rig_cpu(r, CORE_CM7)) > before);
    assert_true(rig_find(r, CORE_CM7, 0)->at > VTIME_MS(2));
    rig_destroy(r);
}

static void code_in_ram(void **state)
{
    (void)state;
    for (unsigned core = 0; core < CORE_COUNT; core++) {
        const char *m7 = core == CORE_CM7 ? "ramcode_m7" : NULL;
        const char *m4 = core == CORE_CM4 ? "ramcode_m4" : NULL;
        struct rig *r = rig_create(&(struct rig_options){.m7 = m7, .m4 = m4});
        rig_run(r, VTIME_MS(1));
        static uint32_t got[16];
        assert_int_equal(rig_values(r, (enum core)core, got, 16), 13);
        static const uint32_t first[] = {1, 1, 2, 2, 3, 3};
        static const uint32_t last[] = {0x10, 0x11, 0x12};
        assert_memory_equal(got, first, sizeof(first));
        assert_memory_equal(got + 10, last, sizeof(last));
        /* 400 calls of three and of two instructions */
        uint32_t cycles = core == CORE_CM7 ? 1000 : 2000;
        assert_in_range(got[6] - got[7], cycles - 5, cycles + 5);
        assert_in_range(got[8] - got[9], cycles - 5, cycles + 5);
        rig_destroy(r);
    }
}

static void exclusives(void **state)
{
    (void)state;
    struct rig *r = rig_create(&(struct rig_options){.m7 = "exclusive_m7", .m4 = "exclusive_m4"});
    rig_run(r, VTIME_MS(5));
    /* A store of its own does not clear a core's monitor (PM0253 2.3.6); Unicorn compares values. */
    uint32_t failed = rig_is_exact() ? 0 : 1;
    uint32_t value = rig_is_exact() ? 8 : 99;
    RIG_EXPECT(r, CORE_CM7, 0, 8, 1, failed, value, 4000);
    RIG_EXPECT(r, CORE_CM4, 0, 8, 1, failed, value, 4000);
    rig_destroy(r);
}

static void reset_starts_again(void **state)
{
    (void)state;
    struct rig *r = rig_create(&(struct rig_options){.m7 = "masks_m7"});
    rig_run(r, VTIME_MS(1));
    size_t first = r->note_count;
    chip_hold_core(&r->chip, CORE_CM7, true);
    cpu_reset(rig_cpu(r, CORE_CM7), RIG_FLASH_M7);
    rig_run(r, VTIME_MS(2));
    assert_int_equal(r->note_count, first);
    chip_hold_core(&r->chip, CORE_CM7, false);
    rig_run(r, VTIME_MS(3));
    assert_int_equal(r->note_count, 2 * first);
    for (size_t i = 0; i < first; i++) {
        assert_int_equal(r->notes[i].value, r->notes[first + i].value);
        assert_true(r->notes[first + i].at - r->notes[i].at >= VTIME_MS(2));
    }
    rig_destroy(r);
}

static void vector_table_is_the_boot_address(void **state)
{
    (void)state;
    struct rig *r = rig_create(&(struct rig_options){.m7 = NULL});
    /* the M4's image, its table moved to RAM by the test */
    static const uint16_t code[] = {0x4801, 0x6801, 0xE7FE, 0x0000, 0xED08, 0xE000};
    uint32_t table[2] = {0x30001000, 0x30000101};
    memcpy(r->sram1, table, sizeof(table));
    memcpy(r->sram1 + 0x100, code, sizeof(code)); /* ldr r0, =SCB_VTOR; ldr r1, [r0]; b . */
    cpu_reset(rig_cpu(r, CORE_CM4), 0x10000000);
    chip_hold_core(&r->chip, CORE_CM4, false);
    cpu_reset(rig_cpu(r, CORE_CM4), 0x10000000);
    rig_run(r, VTIME_US(10));
    assert_int_equal(cpu_get_reg(rig_cpu(r, CORE_CM4), CPU_R1), 0x10000000);
    assert_int_equal(cpu_get_reg(rig_cpu(r, CORE_CM4), CPU_SP), 0x30001000);
    assert_int_equal(cpu_get_reg(rig_cpu(r, CORE_CM4), CPU_PC), 0x30000104);
    rig_destroy(r);
}

/* ---- debugger ---- */

static void halt_and_go_on(void **state)
{
    (void)state;
    struct rig *r = rig_create(&(struct rig_options){.m7 = "tick_m7", .m4 = "tick_m4"});
    struct cpu *m7 = rig_cpu(r, CORE_CM7);
    rig_run(r, VTIME_MS(100));
    cpu_halt(m7, true);
    assert_true(r->chip.cores.halted[CORE_CM7]);
    uint64_t before = cpu_instructions(m7);
    rig_run(r, VTIME_MS(1100));
    assert_true(cpu_instructions(m7) == before);
    assert_non_null(rig_find(r, CORE_CM4, 1024));
    assert_null(rig_find(r, CORE_CM7, 1024));
    cpu_halt(m7, false);
    rig_run(r, VTIME_MS(2300));
    assert_non_null(rig_find(r, CORE_CM7, 1024));
    rig_destroy(r);
}

static void breakpoint_and_steps(void **state)
{
    (void)state;
    struct rig *r = rig_create(&(struct rig_options){.m7 = "smoke_m7"});
    struct cpu *m7 = rig_cpu(r, CORE_CM7);
    rig_run(r, VTIME_MS(1));
    uint32_t at = r->notes[1].pc; /* the second LOG */
    rig_destroy(r);

    r = rig_create(&(struct rig_options){.m7 = "smoke_m7"});
    m7 = rig_cpu(r, CORE_CM7);
    assert_true(cpu_breakpoint(m7, at, true));
    rig_run(r, VTIME_MS(1));
    assert_true(r->chip.cores.halted[CORE_CM7]);
    assert_int_equal(cpu_get_reg(m7, CPU_PC), at);
    assert_int_equal(r->note_count, 1);
    cpu_step(m7);
    assert_int_equal(r->note_count, 2);
    assert_int_equal(cpu_get_reg(m7, CPU_PC), at + 2);
    assert_true(r->chip.cores.halted[CORE_CM7]);
    assert_true(cpu_breakpoint(m7, at, false));
    cpu_halt(m7, false);
    rig_run(r, VTIME_MS(2));
    assert_non_null(rig_find(r, CORE_CM7, SUM_OF_SQUARES));
    assert_int_equal(r->note_count, 6);
    rig_destroy(r);
}

static void resumes_over_a_breakpoint(void **state)
{
    (void)state;
    struct rig *r = rig_create(&(struct rig_options){.m7 = "hal_delay_m7"});
    struct cpu *m7 = rig_cpu(r, CORE_CM7);
    uint32_t handler;
    assert_true(cpu_read_mem(m7, RIG_FLASH_M7 + 4 * 15, &handler, 4)); /* SysTick's vector */
    cpu_breakpoint(m7, handler & ~1u, true);
    for (unsigned n = 1; n <= 3; n++) {
        rig_run(r, VTIME_MS(n) + VTIME_US(500));
        assert_true(r->chip.cores.halted[CORE_CM7]);
        assert_int_equal(cpu_get_reg(m7, CPU_PC), handler & ~1u);
        assert_int_equal(cpu_get_reg(m7, CPU_XPSR) & 0x1FF, 15);
        cpu_halt(m7, false);
    }
    rig_destroy(r);
}

static void memory_through_the_debugger(void **state)
{
    (void)state;
    struct rig *r = rig_create(&(struct rig_options){.m7 = "smoke_m7"});
    struct cpu *m7 = rig_cpu(r, CORE_CM7);
    uint32_t word = 0xCAFE0001;
    uint32_t back = 0;
    assert_true(cpu_write_mem(m7, 0x30000100, &word, 4));
    assert_true(cpu_read_mem(m7, 0x10000100, &back, 4));
    assert_int_equal(back, word);
    assert_true(cpu_read_mem(m7, 0xE000ED00, &back, 4));
    assert_int_equal(back, 0x411FC271);
    assert_true(cpu_write_mem(m7, 0x40000000, &word, 4));
    assert_int_equal(r->notes[0].value, word);
    assert_false(cpu_read_mem(m7, 0x70000000, &back, 4));
    assert_int_equal(rig_findings(r, FINDING_UNMAPPED), 0);
    rig_destroy(r);
}

static void hangs_until_reset(void **state)
{
    (void)state;
    struct rig *r = rig_create(&(struct rig_options){.m7 = "tick_m7"});
    rig_run(r, VTIME_MS(10));
    cpu_hang(rig_cpu(r, CORE_CM7));
    rig_run(r, VTIME_S(2));
    assert_int_equal(r->note_count, 0);
    cpu_reset(rig_cpu(r, CORE_CM7), RIG_FLASH_M7);
    rig_run(r, VTIME_S(4));
    assert_non_null(rig_find(r, CORE_CM7, 1024));
    rig_destroy(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(runs_from_flash),
        cmocka_unit_test(notes_have_the_exact_pc),
        cmocka_unit_test(clock_switch_in_mid_turn),
        cmocka_unit_test(times_in_one_block),
        cmocka_unit_test(counts_what_was_executed),
        cmocka_unit_test(no_clock_no_execution),
        cmocka_unit_test(code_in_ram),
        cmocka_unit_test(exclusives),
        cmocka_unit_test(reset_starts_again),
        cmocka_unit_test(vector_table_is_the_boot_address),
        cmocka_unit_test(halt_and_go_on),
        cmocka_unit_test(breakpoint_and_steps),
        cmocka_unit_test(resumes_over_a_breakpoint),
        cmocka_unit_test(memory_through_the_debugger),
        cmocka_unit_test(hangs_until_reset),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
