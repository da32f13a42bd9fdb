/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Memory that is not plain RAM: without clock, guarded, write-protected with and without a hook. */
#include "tests/vboard/cpu/rig.h"

#include <string.h>

#define ROUND VTIME_US(100)

static void put(struct rig *r, unsigned word, uint32_t value)
{
    memcpy(r->special + 4 * word, &value, 4);
}

/* The program makes one round every 100 us; the test changes the memory in the middle. */
static void special_memory(void **state)
{
    (void)state;
    struct rig *r = rig_create(&(struct rig_options){.m7 = "special_m7"});
    struct mem_region *m = rig_special(r);
    put(r, 4, 0x44);
    rig_run(r, ROUND / 2); /* plain RAM */
    assert_int_equal(r->hook_count, 0);
    m->writable = false; /* like flash: the hook hears, the word stays */
    m->guarded = true;   /* asks for the pages anew */
    rig_run(r, ROUND + ROUND / 2);
    assert_int_equal(r->hook_count, 2);
    assert_int_equal(r->hook_address, 0x38800006);
    assert_int_equal(r->hook_size, 2);
    assert_int_equal(r->hook_value, 0x201);
    r->bad_address = 0x38800010;
    rig_run(r, 2 * ROUND + ROUND / 2);
    m->guarded = false;
    m->writable = true;
    rig_run(r, 3 * ROUND + ROUND / 2);
    assert_int_equal(rig_findings(r, FINDING_UNCLOCKED), 0);
    r->gate.any = false;
    rig_run(r, 6 * ROUND);
    RIG_EXPECT(r, CORE_CM7, 0x100, 0x200u << 16, 0x44,         /* RAM */
               0x100, 0x200u << 16, 0x44,                      /* hooked: unchanged */
               0x100, 0x200u << 16, 0xF0008200, 0x38800010, 0, /* the guard refuses one word */
               0x103, 0x203u << 16, 0x44,                      /* RAM again */
               0, 0, 0,                                        /* no clock */
               rig_is_exact() ? 0xF0008200
                              : 0xF0000400, /* Unicorn: imprecise, BFAR is the old one */
               rig_is_exact() ? 0x40000018 : 0x38800010, 1);
    assert_int_equal(rig_findings(r, FINDING_UNCLOCKED), 5);
    rig_destroy(r);
}

static void aliases_share_memory(void **state)
{
    (void)state;
    struct rig *r = rig_create(&(struct rig_options){.m7 = NULL});
    uint32_t word = 0x12345678;
    uint32_t back = 0;
    assert_true(cpu_write_mem(rig_cpu(r, CORE_CM4), 0x10000040, &word, 4));
    assert_true(cpu_read_mem(rig_cpu(r, CORE_CM7), 0x30000040, &back, 4));
    assert_int_equal(back, word);
    assert_false(cpu_read_mem(rig_cpu(r, CORE_CM4), 0x20000000, &back, 4)); /* DTCM: M7 only */
    rig_destroy(r);
}

/* Flash is programmed while the core runs: the loop it is in changes under its feet. */
static void programmed_code_is_seen(void **state)
{
    (void)state;
    static const uint16_t loop[] = {0x3001, 0xE7FD};  /* adds r0, #1; b . - 2 */
    static const uint16_t other[] = {0x3101, 0xE7FD}; /* adds r1, #1 */
    struct rig *r = rig_create(&(struct rig_options){.m7 = NULL});
    struct cpu *m7 = rig_cpu(r, CORE_CM7);
    uint32_t table[2] = {0x20001000, 0x08000101};
    memcpy(r->flash, table, sizeof(table));
    memcpy(r->flash + 0x100, loop, sizeof(loop));
    chip_hold_core(&r->chip, CORE_CM7, false);
    rig_run(r, VTIME_US(10));
    uint32_t r0 = cpu_get_reg(m7, CPU_R0);
    assert_int_equal(cpu_get_reg(m7, CPU_R1), 0);
    assert_true(r0 > 1000);
    memcpy(r->flash + 0x100, other, sizeof(other));
    chip_code_changed(&r->chip, 0x08000100, sizeof(other));
    rig_run(r, VTIME_US(20));
    assert_int_equal(cpu_get_reg(m7, CPU_R0), r0);
    assert_true(cpu_get_reg(m7, CPU_R1) > 1000);
    rig_destroy(r);
}

/* A loop in RAM, a hundred times round, makes the second instruction of an IT block that is passed over a longer one. */
static void block_that_grows_is_seen(void **state)
{
    (void)state;
    static const uint16_t loop[] = {0x2A01, 0xBF04, /* cmp r2, #1; itt eq */
                                    0x3101, 0x3301, /* addeq r1, #1; addeq r3, #1 */
                                    0x3001, 0x2864,
                                    0xD1F8,         /* adds r0, #1; cmp r0, #100; bne loop */
                                    0x802E, 0x806F, /* strh r6, [r5]; strh r7, [r5, #2] */
                                    0xE7F5};        /* b loop */
    const uint32_t table[2] = {0x30001000, 0x10000101};
    struct rig *r = rig_create(&(struct rig_options){.m7 = NULL});
    struct cpu *m4 = rig_cpu(r, CORE_CM4);
    memcpy(r->sram1, table, sizeof(table));
    memcpy(r->sram1 + 0x100, loop, sizeof(loop));
    r->chip.cores.boot_address[CORE_CM4] = 0x10000000;
    chip_hold_core(&r->chip, CORE_CM4, false);
    cpu_set_reg(m4, CPU_R5, 0x10000106);
    cpu_set_reg(m4, CPU_R6, 0xF103); /* addeq.w r3, r3, #1 */
    cpu_set_reg(m4, CPU_R7, 0x0301); /* alone: lsls r1, r0, #12 */
    rig_run(r, VTIME_US(100));
    assert_int_equal(cpu_get_reg(m4, CPU_R0), 100);
    assert_int_equal(cpu_get_reg(m4, CPU_R1), 0);
    assert_int_equal(cpu_get_reg(m4, CPU_R3), 0);
    rig_destroy(r);
}

/* The M7 rewrites, through the RAM's other address, the loop that the M4 is in. */
static void code_of_the_other_core(void **state)
{
    (void)state;
    static const uint16_t m4_loop[] = {0x3001, 0xE7FD}; /* adds r0, #1; b . - 2 */
    static const uint16_t m7_code[] = {
        0x4802, 0x4903,
        0x3901, 0xD1FD, /* ldr r0, =address; ldr r1, =4000; loop: subs r1, #1; bne */
        0x8002, 0xE7FE, /* strh r2, [r0]; b . */
        0x0100, 0x3000,
        0x0FA0, 0x0000};
    const uint32_t m7_table[2] = {0x20001000, 0x08000101};
    const uint32_t m4_table[2] = {0x30001000, 0x10000101};
    struct rig *r = rig_create(&(struct rig_options){.m7 = NULL});
    struct cpu *m4 = rig_cpu(r, CORE_CM4);
    memcpy(r->flash, m7_table, sizeof(m7_table));
    memcpy(r->flash + 0x100, m7_code, sizeof(m7_code));
    memcpy(r->sram1, m4_table, sizeof(m4_table));
    memcpy(r->sram1 + 0x100, m4_loop, sizeof(m4_loop));
    r->chip.cores.boot_address[CORE_CM4] = 0x10000000;
    chip_hold_core(&r->chip, CORE_CM7, false);
    chip_hold_core(&r->chip, CORE_CM4, false);
    rig_run(r, VTIME_US(10));
    cpu_set_reg(rig_cpu(r, CORE_CM7), CPU_R2, 0x3101); /* adds r1, #1 */
    assert_true(cpu_get_reg(m4, CPU_R0) > 900);
    rig_run(r, VTIME_US(40)); /* the store comes after 20 us */
    uint32_t r0 = cpu_get_reg(m4, CPU_R0);
    assert_in_range(r0, 1990, 2110);
    assert_true(cpu_get_reg(m4, CPU_R1) > 1800);
    rig_run(r, VTIME_US(50));
    assert_int_equal(cpu_get_reg(m4, CPU_R0), r0);
    rig_destroy(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(special_memory),          cmocka_unit_test(aliases_share_memory),
        cmocka_unit_test(programmed_code_is_seen), cmocka_unit_test(block_that_grows_is_seen),
        cmocka_unit_test(code_of_the_other_core),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
