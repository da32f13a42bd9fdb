/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The register table itself: does it hold together? */
#include "tests/registers/cmocka_head.h"

#include <stdio.h>
#include <string.h>

#include "tests/registers/reg_table.h"

static struct reg_table table;

static void every_bit_has_one_access(void **state)
{
    (void)state;
    for (size_t n = 0; n < table.row_count; n++) {
        const struct reg_row *r = &table.rows[n];
        uint32_t seen = 0;
        for (unsigned c = 0; c < REG_CLASS_COUNT; c++) {
            if ((seen & r->mask[c]) != 0) {
                fail_msg("rm0399.csv:%d: %s %s: a bit in two masks", r->line, r->layout, r->name);
            }
            seen |= r->mask[c];
        }
        if (r->width == 16 && seen > UINT16_MAX) {
            fail_msg("rm0399.csv:%d: %s %s: wider than 16", r->line, r->layout, r->name);
        }
    }
}

static void resets_are_where_they_are_known(void **state)
{
    (void)state;
    for (size_t n = 0; n < table.row_count; n++) {
        const struct reg_row *r = &table.rows[n];
        if ((r->reset & r->mask[REG_WO]) != 0) {
            fail_msg("rm0399.csv:%d: %s %s: a write-only bit resets to 1", r->line, r->layout,
                     r->name);
        }
    }
}

static void offsets_are_distinct(void **state)
{
    (void)state;
    for (size_t n = 0; n < table.row_count; n++) {
        const struct reg_row *r = &table.rows[n];
        for (uint32_t i = 0; i < r->count; i++) {
            uint32_t index = 0;
            if (reg_table_at(&table, r->layout, r->offset + i * r->stride, &index) != r ||
                index != i) {
                fail_msg("rm0399.csv:%d: %s %s: the offset is taken", r->line, r->layout, r->name);
            }
        }
        assert_int_equal(r->offset & 3u, 0);
    }
}

static void every_layout_has_an_instance(void **state)
{
    (void)state;
    for (size_t n = 0; n < table.row_count; n++) {
        bool found = false;
        for (size_t i = 0; i < table.instance_count && !found; i++) {
            found = strcmp(table.instances[i].layout, table.rows[n].layout) == 0;
        }
        if (!found) {
            fail_msg("rm0399.csv:%d: no instance of %s", table.rows[n].line, table.rows[n].layout);
        }
    }
}

static void instances_do_not_overlap(void **state)
{
    (void)state;
    for (size_t a = 0; a < table.instance_count; a++) {
        for (size_t b = a + 1; b < table.instance_count; b++) {
            assert_string_not_equal(table.instances[a].name, table.instances[b].name);
            assert_int_not_equal(table.instances[a].base, table.instances[b].base);
        }
        assert_int_equal(table.instances[a].base & 0x3FFu, 0);
    }
}

static void fields_lie_in_their_registers(void **state)
{
    (void)state;
    for (size_t n = 0; n < table.field_count; n++) {
        const struct reg_field *f = &table.fields[n];
        const struct reg_row *r = reg_table_named(&table, f->layout, f->reg);
        if (r == NULL) {
            fail_msg("fields.csv: no register %s %s", f->layout, f->reg);
        }
        if (f->mask == 0 || (f->mask & ~reg_row_bits(r)) != 0) {
            fail_msg("fields.csv: %s %s %s: 0x%08X has bits that are reserved", f->layout, f->reg,
                     f->name, (unsigned)f->mask);
        }
    }
}

int main(void)
{
    reg_table_load(&table);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_bit_has_one_access),
        cmocka_unit_test(resets_are_where_they_are_known),
        cmocka_unit_test(offsets_are_distinct),
        cmocka_unit_test(every_layout_has_an_instance),
        cmocka_unit_test(instances_do_not_overlap),
        cmocka_unit_test(fields_lie_in_their_registers),
    };
    int result = cmocka_run_group_tests(tests, NULL, NULL);
    reg_table_free(&table);
    return result;
}
