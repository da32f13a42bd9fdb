/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * The models' fields (vboard/chip/fields.h): each bit of each register is acted upon or declared, the
 * masks `unmodelled` say the same, and names and bits are those of fields.csv, which was read from the
 * manual without a look at them. One test a layout.
 */
#include "tests/registers/cmocka_head.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/registers/reg_models.h"
#include "tests/registers/reg_table.h"
#include "vboard/chip/fields.h"
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

/* ---- each bit is declared ---- */

static bool is_in_mask(enum field_use use)
{
    return use == FIELD_UNMODELLED || use == FIELD_DECISIVE;
}

static void check_why(const char *layout, const struct reg *r, const struct field *f)
{
    if ((f->why == NULL) != (f->use == FIELD_ACTS)) {
        problem("%s %s.%s: a reason is for what is not acted upon", layout, r->name, f->name);
    }
}

static void check_register(const char *layout, const struct model *m, const struct reg *r)
{
    struct field_walk w;
    uint32_t declared = 0, left_out = 0;
    field_walk_begin(&w, m, r->offset);
    while (field_walk_next(&w)) {
        check_why(layout, r, w.field);
        declared |= w.bits;
        left_out |= is_in_mask(w.field->use) ? w.bits : 0;
    }
    if (declared != reg_bits(r)) {
        problem("%s %s: bits 0x%08X are in no field", layout, r->name,
                (unsigned)(reg_bits(r) & ~declared));
    }
    if (left_out != (r->unmodelled & reg_bits(r))) {
        problem("%s %s: unmodelled is 0x%08X in its mask, 0x%08X in its fields", layout, r->name,
                (unsigned)r->unmodelled, (unsigned)left_out);
    }
}

static void check_model(const char *layout, const struct model *m)
{
    for (unsigned slot = 0; slot < m->slot_count; slot++) {
        if (m->regs[slot].name != NULL) {
            check_register(layout, m, &m->regs[slot]);
        }
    }
}

/* ---- names and bits against fields.csv ---- */

/* `name` as a pattern with one %u: do both name the same field or array? */
static bool same_name(const char *name, const char *csv)
{
    const char *hole = strstr(name, "%u");
    size_t head = hole != NULL ? (size_t)(hole - name) : strlen(name);
    return strncmp(name, csv, head) == 0 &&
           (hole == NULL ? csv[head] == '\0' : csv[head] == '\0' || csv[head] == '%');
}

/* The bits of all fields called so: of an array, all its elements. */
static uint32_t bits_named(const struct model *m, uint32_t offset, const char *csv)
{
    struct field_walk w;
    uint32_t bits = 0;
    field_walk_begin(&w, m, offset);
    while (field_walk_next(&w)) {
        char name[32];
        field_name(&w, name, sizeof(name));
        bits |= same_name(w.field->name, csv) || strcmp(name, csv) == 0 ? w.bits : 0;
    }
    return bits;
}

static bool in_csv(const char *layout, const char *reg, const struct field_walk *w)
{
    char name[32];
    field_name(w, name, sizeof(name));
    for (size_t n = 0; n < table.field_count; n++) {
        const struct reg_field *f = &table.fields[n];
        if (strcmp(f->layout, layout) == 0 && strcmp(f->reg, reg) == 0 &&
            (same_name(w->field->name, f->name) || strcmp(f->name, name) == 0)) {
            return true;
        }
    }
    return false;
}

static bool has_rows(const char *layout, const char *reg)
{
    for (size_t n = 0; n < table.field_count; n++) {
        if (strcmp(table.fields[n].layout, layout) == 0 && strcmp(table.fields[n].reg, reg) == 0) {
            return true;
        }
    }
    return false;
}

static void csv_to_model(const char *layout, const struct model *m)
{
    for (size_t n = 0; n < table.field_count; n++) {
        const struct reg_field *f = &table.fields[n];
        const struct reg_row *row = reg_table_named(&table, f->layout, f->reg);
        if (strcmp(f->layout, layout) != 0 || row == NULL) {
            continue;
        }
        uint32_t bits = bits_named(m, row->offset, f->name);
        uint32_t except = reg_table_except(&table, layout, f->reg, "field");
        if (((bits ^ f->mask) & ~except) != 0) {
            problem("%s %s.%s: 0x%08X in RM0399 %s, 0x%08X in the model", layout, f->reg, f->name,
                    (unsigned)f->mask, row->section, (unsigned)bits);
        }
    }
}

static void model_to_csv(const char *layout, const struct model *m)
{
    for (unsigned slot = 0; slot < m->slot_count; slot++) {
        const struct reg *r = &m->regs[slot];
        if (r->name == NULL || !has_rows(layout, r->name)) {
            continue; /* the manual gives its bits no names of their own */
        }
        struct field_walk w;
        field_walk_begin(&w, m, r->offset);
        while (field_walk_next(&w)) {
            uint32_t except = reg_table_except(&table, layout, r->name, "field");
            if ((w.bits & ~except) != 0 && !in_csv(layout, r->name, &w)) {
                problem("%s %s.%s: RM0399 has no such field", layout, r->name, w.field->name);
            }
        }
    }
}

static void fields_agree(void **state)
{
    const char *layout = *state;
    const struct model *m = reg_model_of(&table, layout);
    problems = 0;
    assert_non_null(m);
    check_model(layout, m);
    csv_to_model(layout, m);
    model_to_csv(layout, m);
    assert_int_equal(problems, 0);
}

/* An exception that no longer excuses anything has to go. Runs last. */
static void exceptions_are_needed(void **state)
{
    (void)state;
    problems = 0;
    for (size_t n = 0; n < table.exception_count; n++) {
        const struct reg_exception *e = &table.exceptions[n];
        if (strcmp(e->check, "field") == 0 && e->used == 0) {
            problem("exceptions.csv: %s,%s,field matches nothing", e->layout, e->reg);
        }
    }
    assert_int_equal(problems, 0);
}

int main(void)
{
    reg_table_load(&table);
    struct CMUnitTest *tests = calloc(table.instance_count + 1, sizeof(*tests));
    size_t count = 0;
    if (tests == NULL) {
        return 1;
    }
    for (size_t n = 0; n < table.row_count; n++) {
        if (n == 0 || strcmp(table.rows[n].layout, table.rows[n - 1].layout) != 0) {
            tests[count++] = (struct CMUnitTest){.name = table.rows[n].layout,
                                                 .test_func = fields_agree,
                                                 .initial_state = table.rows[n].layout};
        }
    }
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(exceptions_are_needed);
    int result = _cmocka_run_group_tests("fields", tests, count, NULL, NULL);
    free(tests);
    reg_table_free(&table);
    return result;
}
