/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * RM0399's register maps against the registers of a powered chip: reset values of every instance, then
 * for each register of a layout all ones and all zeros written to the bits the manual names, flags
 * cleared one by one, and a write to the reserved bits. What a register does beyond storing stands in exceptions.csv.
 */
#include "tests/registers/cmocka_head.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/registers/live_bench.h"

static struct reg_table table;
static unsigned problems;

/* A register under test. */
struct target {
    const struct reg_instance *instance;
    const struct reg_row *row;
    uint32_t address;
    char name[40];
};

static bool target_of(struct target *t, const struct reg_instance *i, const struct reg_row *r,
                      uint32_t index)
{
    t->instance = i;
    t->row = r;
    t->address = i->base + r->offset + index * r->stride;
    reg_row_name(r, index, t->name, sizeof(t->name));
    return strcmp(i->layout, r->layout) == 0 &&
           reg_table_except(&table, r->layout, t->name, "absent") == 0;
}

static void differs(const struct target *t, const char *what, uint32_t expected, uint32_t mask,
                    uint32_t actual)
{
    if (((expected ^ actual) & mask) != 0) {
        fprintf(stderr, "%s.%s: %s, RM0399 %s: 0x%08X in bits 0x%08X, the model reads 0x%08X\n",
                t->instance->name, t->name, what, t->row->section, (unsigned)(expected & mask),
                (unsigned)mask, (unsigned)actual);
        problems++;
    }
}

/* ---- reset values ---- */

static void instance_resets(void **state)
{
    const struct reg_instance *i = *state;
    struct live_bench b;
    /* RCC has no gate of its own, and the gates are what is looked at. */
    live_bench_start(&b, &table, strcmp(i->layout, "rcc") != 0);
    problems = 0;
    for (size_t n = 0; n < table.row_count; n++) {
        const struct reg_row *r = &table.rows[n];
        struct target t;
        for (uint32_t index = 0; index < r->count && target_of(&t, i, r, index); index++) {
            uint32_t except = reg_table_except(&table, r->layout, t.name, "live_reset") |
                              reg_table_except(&table, i->name, t.name, "live_reset");
            if (except != UINT32_MAX) {
                differs(&t, "after power-on", r->reset, r->known & ~except,
                        live_read(&b, t.address));
            }
        }
    }
    live_bench_stop(&b);
    assert_int_equal(problems, 0);
}

/* ---- writes ---- */

/* What reads back after the named bits were all written 1, or all 0, from `old`. */
static uint32_t expected_after(const struct reg_row *r, uint32_t old, bool ones)
{
    uint32_t rw = r->mask[REG_RW];
    uint32_t next = old & ~r->mask[REG_WO];
    if (ones) {
        next |= rw | r->mask[REG_W1S];
        next &= ~r->mask[REG_W1C];
    } else {
        next &= ~(rw | r->mask[REG_W0C]);
    }
    return next;
}

static void write_all(struct live_bench *b, const struct target *t, bool ones, uint32_t except)
{
    uint32_t bits = reg_row_bits(t->row) & ~except;
    uint32_t old = live_look(b, t->address);
    uint32_t expected = expected_after(t->row, old, ones);
    live_found(b, FINDING_RESERVED_BITS);
    live_write(b, t->address, ones ? old | bits : old & ~bits);
    if (live_found(b, FINDING_RESERVED_BITS)) {
        differs(t, "a write to named bits is called a write to reserved ones", 0, 1, 1);
    }
    live_settle(b);
    differs(t, ones ? "after ones" : "after zeros", expected, ~except, live_look(b, t->address));
}

/* Reserved bits do not change, and trying is a finding. */
static void write_reserved(struct live_bench *b, const struct target *t, uint32_t except)
{
    uint32_t reserved = ~reg_row_bits(t->row) & ~except;
    uint32_t writable = reg_row_bits(t->row) & ~t->row->mask[REG_RO];
    if (reserved == 0 || writable == 0) {
        return;
    }
    uint32_t old = live_look(b, t->address);
    live_found(b, FINDING_RESERVED_BITS);
    live_write(b, t->address, old ^ reserved);
    bool found = live_found(b, FINDING_RESERVED_BITS);
    differs(t, "a write to reserved bits is a finding", 1, 1, found);
    differs(t, "after a write to reserved bits", old, reserved, live_look(b, t->address));
}

/* Every other flag is cleared, by 1 or by 0 as the manual says; the others stay. */
static void write_flags(const struct target *t)
{
    uint32_t w1c = t->row->mask[REG_W1C], w0c = t->row->mask[REG_W0C];
    uint32_t except = reg_table_except(&table, t->row->layout, t->name, "live_flags");
    if ((w1c | w0c) == 0 || except == UINT32_MAX) {
        return;
    }
    for (unsigned odd = 0; odd < 2; odd++) {
        uint32_t clear = odd != 0 ? 0xAAAAAAAAu : 0x55555555u;
        struct live_bench b;
        live_bench_start(&b, &table, true);
        live_poke(&b, t->instance->name, t->address - t->instance->base, w1c | w0c);
        differs(t, "with all flags up", w1c | w0c, (w1c | w0c) & ~except,
                live_look(&b, t->address));
        live_write(&b, t->address, (clear & w1c) | (~clear & w0c));
        differs(t, "after clearing every other flag", ~clear, (w1c | w0c) & ~except,
                live_look(&b, t->address));
        live_bench_stop(&b);
    }
}

static void register_writes(const struct target *t)
{
    uint32_t except = reg_table_except(&table, t->row->layout, t->name, "live_write");
    uint32_t except_reserved = reg_table_except(&table, t->row->layout, t->name, "live_reserved");
    struct live_bench b;
    if (except != UINT32_MAX) {
        live_bench_start(&b, &table, true);
        live_unlock(&b, &table, t->row->layout, t->name);
        write_all(&b, t, true, except);
        write_all(&b, t, false, except);
        live_bench_stop(&b);
    }
    if (except_reserved != UINT32_MAX) {
        live_bench_start(&b, &table, true);
        live_unlock(&b, &table, t->row->layout, t->name);
        write_reserved(&b, t, except_reserved);
        live_bench_stop(&b);
    }
    write_flags(t);
}

static void layout_writes(void **state)
{
    const struct reg_instance *i = *state;
    problems = 0;
    for (size_t n = 0; n < table.row_count; n++) {
        const struct reg_row *r = &table.rows[n];
        struct target t;
        for (uint32_t index = 0; index < r->count && target_of(&t, i, r, index); index++) {
            register_writes(&t);
        }
    }
    assert_int_equal(problems, 0);
}

/* ---- */

static void exceptions_are_needed(void **state)
{
    (void)state;
    problems = 0;
    for (size_t n = 0; n < table.exception_count; n++) {
        const struct reg_exception *e = &table.exceptions[n];
        if (strncmp(e->check, "live_", 5) == 0 && e->used == 0) {
            fprintf(stderr, "exceptions.csv: %s,%s,%s matches nothing\n", e->layout, e->reg,
                    e->check);
            problems++;
        }
    }
    assert_int_equal(problems, 0);
}

static bool first_of_layout(size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(table.instances[i].layout, table.instances[n].layout) == 0) {
            return false;
        }
    }
    return true;
}

int main(void)
{
    reg_table_load(&table);
    struct CMUnitTest *tests = calloc(2 * table.instance_count + 1, sizeof(*tests));
    char(*names)[32] = calloc(2 * table.instance_count, sizeof(*names));
    size_t count = 0;
    if (tests == NULL || names == NULL) {
        return 1;
    }
    for (size_t n = 0; n < table.instance_count; n++) {
        struct reg_instance *i = &table.instances[n];
        if (reg_table_except(&table, i->layout, "", "absent") != 0) {
            continue;
        }
        snprintf(names[count], sizeof(names[count]), "%s resets", i->name);
        tests[count] = (struct CMUnitTest){
            .name = names[count], .test_func = instance_resets, .initial_state = i};
        count++;
        if (first_of_layout(n)) {
            snprintf(names[count], sizeof(names[count]), "%s writes", i->name);
            tests[count] = (struct CMUnitTest){
                .name = names[count], .test_func = layout_writes, .initial_state = i};
            count++;
        }
    }
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(exceptions_are_needed);
    int result = _cmocka_run_group_tests("live", tests, count, NULL, NULL);
    free(tests);
    free(names);
    reg_table_free(&table);
    return result;
}
