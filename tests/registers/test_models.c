/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * The virtual board's register declarations against RM0399's register maps, both ways: what a model
 * declares must be in the table with the same name, reset value and access, and what the table has
 * must be modelled or stand in exceptions.csv. One test a layout.
 */
#include "tests/registers/cmocka_head.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/registers/reg_models.h"
#include "tests/registers/reg_table.h"
#include "vboard/chips/stm32h755.h"

static struct reg_table table;
static unsigned problems;

static void problem(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

static void problem(const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    vfprintf(stderr, fmt, args);
    va_end(args);
    fputc('\n', stderr);
    problems++;
}

static uint32_t model_mask(const struct reg *r, enum reg_class c)
{
    const uint32_t masks[REG_CLASS_COUNT] = {r->rw, r->ro, r->wo, r->w1c, r->w0c, r->w1s};
    return masks[c];
}

/* "31:16" would be nicer; the mask is what one searches for in both places. */
static void compare_access(const char *layout, const char *name, const struct reg_row *row,
                           const struct reg *reg)
{
    uint32_t except = reg_table_except(&table, layout, name, "access");
    for (unsigned c = 0; c < REG_CLASS_COUNT; c++) {
        uint32_t modelled = model_mask(reg, c);
        if (((row->mask[c] ^ modelled) & ~except) != 0) {
            problem("%s %s: %s bits are 0x%08X in RM0399 %s, 0x%08X in the model", layout, name,
                    reg_class_name(c), (unsigned)row->mask[c], row->section, (unsigned)modelled);
        }
    }
}

static void compare(const char *layout, const struct reg_row *row, uint32_t row_index,
                    const struct reg *reg, uint32_t reg_index)
{
    char name[40], modelled[40];
    reg_row_name(row, row_index, name, sizeof(name));
    struct reg_row as_row = {.first = reg->first};
    snprintf(as_row.name, sizeof(as_row.name), "%s", reg->name);
    reg_row_name(&as_row, reg_index, modelled, sizeof(modelled));
    if (strcmp(name, modelled) != 0 && reg_table_except(&table, layout, name, "name") == 0) {
        problem("%s +0x%03X: the name is %s in RM0399 %s, %s in the model", layout,
                (unsigned)(row->offset + row_index * row->stride), name, row->section, modelled);
    }
    uint32_t known = row->known & ~reg_table_except(&table, layout, name, "reset");
    if (((row->reset ^ reg->reset) & known) != 0) {
        problem(
            "%s %s: reset value is 0x%08X (known bits 0x%08X) in RM0399 %s, 0x%08X in the model",
            layout, name, (unsigned)row->reset, (unsigned)row->known, row->section,
            (unsigned)reg->reset);
    }
    compare_access(layout, name, row, reg);
}

/* The model's register at `offset`, or NULL. */
static const struct reg *modelled_at(const struct model *m, uint32_t offset, uint32_t *index)
{
    for (unsigned slot = 0; slot < m->slot_count; slot++) {
        const struct reg *r = &m->regs[slot];
        uint32_t count = r->count != 0 ? r->count : 1;
        for (uint32_t i = 0; r->name != NULL && i < count; i++) {
            if (r->offset + i * r->stride == offset) {
                *index = i;
                return r;
            }
        }
    }
    return NULL;
}

static void table_to_model(const char *layout, const struct model *m)
{
    for (size_t n = 0; n < table.row_count; n++) {
        const struct reg_row *row = &table.rows[n];
        for (uint32_t i = 0; strcmp(row->layout, layout) == 0 && i < row->count; i++) {
            char name[40];
            reg_row_name(row, i, name, sizeof(name));
            uint32_t index = 0;
            const struct reg *reg = modelled_at(m, row->offset + i * row->stride, &index);
            bool absent = reg_table_except(&table, layout, name, "absent") != 0;
            if (reg == NULL && !absent) {
                problem("%s %s (+0x%03X, RM0399 %s): not modelled", layout, name,
                        (unsigned)(row->offset + i * row->stride), row->section);
            } else if (reg != NULL && absent) {
                problem("%s %s: modelled, yet exceptions.csv says absent", layout, name);
            } else if (reg != NULL) {
                compare(layout, row, i, reg, index);
            }
        }
    }
}

static void model_to_table(const char *layout, const struct model *m)
{
    for (unsigned slot = 0; slot < m->slot_count; slot++) {
        const struct reg *r = &m->regs[slot];
        uint32_t count = r->count != 0 ? r->count : 1;
        for (uint32_t i = 0; r->name != NULL && i < count; i++) {
            uint32_t index = 0;
            uint32_t offset = r->offset + i * r->stride;
            if (reg_table_at(&table, layout, offset, &index) == NULL &&
                reg_table_except(&table, layout, r->name, "extra") == 0) {
                problem("%s %s (+0x%03X): modelled, RM0399 has no such register", layout, r->name,
                        (unsigned)offset);
            }
        }
    }
}

static void layout_agrees(void **state)
{
    const char *layout = *state;
    const struct model *m = reg_model_of(&table, layout);
    problems = 0;
    if (m == NULL) {
        if (reg_table_except(&table, layout, "", "absent") == 0) {
            problem("%s: no peripheral of the chip has this layout", layout);
        }
    } else {
        table_to_model(layout, m);
        model_to_table(layout, m);
    }
    if (problems != 0) {
        fail_msg("%u differences from RM0399", problems);
    }
}

static void chip_table_agrees(void **state)
{
    (void)state;
    problems = 0;
    for (const struct chip_entry *e = stm32h755_entries; e->name != NULL; e++) {
        const struct reg_instance *i = reg_table_instance(&table, e->name);
        if (e->model == NULL) {
            continue;
        }
        if (i == NULL) {
            problem("%s: not in instances.csv", e->name);
            continue;
        }
        if (i->base != e->base) {
            problem("%s: base is 0x%08X in RM0399 2.3.2, 0x%08X in the chip's table", e->name,
                    (unsigned)i->base, (unsigned)e->base);
        }
        if (e->model != reg_model_of(&table, i->layout)) {
            problem("%s: has another model than the other %s", e->name, i->layout);
        }
    }
    for (size_t n = 0; n < table.instance_count; n++) {
        const struct chip_entry *e = stm32h755_entries;
        while (e->name != NULL && strcmp(e->name, table.instances[n].name) != 0) {
            e++;
        }
        if (e->name == NULL &&
            reg_table_except(&table, table.instances[n].layout, "", "absent") == 0) {
            problem("%s: not in the chip's table", table.instances[n].name);
        }
    }
    assert_int_equal(problems, 0);
}

/* An exception that no longer excuses anything has to go. Runs last. */
static void exceptions_are_needed(void **state)
{
    (void)state;
    static const char *const mine[] = {"name", "reset", "access", "absent", "extra"};
    problems = 0;
    for (size_t n = 0; n < table.exception_count; n++) {
        const struct reg_exception *e = &table.exceptions[n];
        for (size_t i = 0; i < sizeof(mine) / sizeof(mine[0]); i++) {
            if (strcmp(e->check, mine[i]) == 0 && e->used == 0) {
                problem("exceptions.csv: %s,%s,%s matches nothing", e->layout, e->reg, e->check);
            }
        }
    }
    assert_int_equal(problems, 0);
}

int main(void)
{
    reg_table_load(&table);
    struct CMUnitTest *tests = calloc(table.row_count + 2, sizeof(*tests));
    size_t count = 0;
    if (tests == NULL) {
        return 1;
    }
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(chip_table_agrees);
    for (size_t n = 0; n < table.row_count; n++) {
        if (n == 0 || strcmp(table.rows[n].layout, table.rows[n - 1].layout) != 0) {
            tests[count++] = (struct CMUnitTest){.name = table.rows[n].layout,
                                                 .test_func = layout_agrees,
                                                 .initial_state = table.rows[n].layout};
        }
    }
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(exceptions_are_needed);
    int result = _cmocka_run_group_tests("models", tests, count, NULL, NULL);
    free(tests);
    reg_table_free(&table);
    return result;
}
