/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * The firmware's device header against RM0399's register maps: offsets of the registers, positions
 * and widths of the fields, base addresses. The virtual board's registers come from another source
 * (STYLE rule 25), so a wrong number on one side cannot hide on the other.
 */
#include "tests/registers/cmocka_head.h"

#define CORE_CM7
#include "firmware/device/candial_stm32h755.h"

#include <stdio.h>
#include <string.h>

#include "tests/registers/device_names.h"
#include "tests/registers/reg_table.h"

#define COUNT_OF(a) (sizeof(a) / sizeof((a)[0]))

struct member {
    const char *type, *name;
    size_t offset;
};

struct macro {
    const char *name;
    uint64_t value;
};

#define MEMBER(type, name) {#type, #name, offsetof(type, name)},
#define MACRO(name)
static const struct member members[] = {
#include "device_names.inc"
};
#undef MEMBER
#undef MACRO
#define MEMBER(type, name)
#define MACRO(name) {#name, (uint64_t)(name)},
static const struct macro macros[] = {
#include "device_names.inc"
};

struct known_struct {
    const char *type, *layout;
    uint32_t offset;
};

#define STRUCT_ROW(type, layout, offset) {#type, layout, offset},
static const struct known_struct structs[] = {DEVICE_STRUCTS(STRUCT_ROW)};

static const char *const prefixes[][2] = {DEVICE_PREFIXES};
static const char *const registers[][3] = {DEVICE_REGISTERS};
static const char *const field_names[][4] = {DEVICE_FIELDS};
static const char *const bases[][2] = {DEVICE_BASES};

static struct reg_table table;
static unsigned problems;

/* ---- registers ---- */

static const char *table_register(const char *layout, const char *name)
{
    for (size_t n = 0; n < COUNT_OF(registers); n++) {
        if (strcmp(registers[n][0], layout) == 0 && strcmp(registers[n][1], name) == 0) {
            return registers[n][2];
        }
    }
    return name;
}

static const struct known_struct *struct_of(const char *type)
{
    for (size_t n = 0; n < COUNT_OF(structs); n++) {
        if (strcmp(structs[n].type, type) == 0) {
            return &structs[n];
        }
    }
    return NULL;
}

static void check_member(const struct member *m)
{
    const struct known_struct *s = struct_of(m->type);
    if (s == NULL) {
        fprintf(stderr, "%s: not in device_names.h\n", m->type);
        problems++;
        return;
    }
    uint32_t index = 0, offset = s->offset + (uint32_t)m->offset;
    const struct reg_row *at = reg_table_at(&table, s->layout, offset, &index);
    char bank[40];
    const char *name = table_register(s->layout, m->name);
    /* RCC's banks are C1_x and C2_x; EXTI's registers say it themselves (C1IMR1). */
    bool banked = s->offset != 0 && strcmp(name, m->name) == 0;
    snprintf(bank, sizeof(bank), "%s%s", banked ? "C1_" : "", name);
    if (at == NULL || index != 0 || strcmp(at->name, bank) != 0) {
        const struct reg_row *r = reg_table_named(&table, s->layout, bank);
        fprintf(stderr, "%s.%s is at 0x%03X; RM0399 %s has %s there, and %s at 0x%03X\n", m->type,
                m->name, (unsigned)offset, r != NULL ? r->section : "",
                at != NULL ? at->name : "nothing", bank, r != NULL ? (unsigned)r->offset : 0);
        problems++;
    }
}

static void registers_are_where_the_manual_has_them(void **state)
{
    (void)state;
    problems = 0;
    for (size_t n = 0; n < COUNT_OF(members); n++) {
        check_member(&members[n]);
    }
    assert_int_equal(problems, 0);
}

/* The second core's bank lies as the first's does (9.7.1). */
static void banks_are_alike(void **state)
{
    (void)state;
    for (size_t n = 0; n < table.row_count; n++) {
        const struct reg_row *r = &table.rows[n];
        if (strcmp(r->layout, "rcc") == 0 && strncmp(r->name, "C1_", 3) == 0) {
            char other[24];
            snprintf(other, sizeof(other), "C2_%s", r->name + 3);
            const struct reg_row *c2 = reg_table_named(&table, "rcc", other);
            assert_non_null(c2);
            assert_int_equal(c2->offset - r->offset, RCC_C2_BASE - RCC_C1_BASE);
        }
    }
}

/* ---- fields ---- */

/* Skips `word` and the _ behind it at *text; false if it does not begin so. */
static bool skip_word(const char **text, const char *word)
{
    size_t length = strlen(word);
    if (strncmp(*text, word, length) != 0 || ((*text)[length] != '_' && (*text)[length] != '\0')) {
        return false;
    }
    *text += length + ((*text)[length] == '_');
    return true;
}

/*
 * The same; ST leaves the bank's number away from FLASH's registers and fields: FLASH_CR_PG is
 * CR1.PG1.
 */
static bool skip_name(const char **text, const char *layout, const char *name)
{
    char bare[40];
    size_t length = strlen(name);
    if (skip_word(text, name)) {
        return true;
    }
    if (strcmp(layout, "flash") != 0 || name[length - 1] != '1' || length > sizeof(bare)) {
        return false;
    }
    snprintf(bare, sizeof(bare), "%.*s", (int)length - 1, name);
    return skip_word(text, bare);
}

/* The register whose name `text` begins with, the longest one; *rest gets what follows. */
static const struct reg_row *register_in(const char *layout, const char *text, const char **rest)
{
    const struct reg_row *best = NULL;
    for (size_t n = 0; n < table.row_count; n++) {
        const char *p = text;
        if (strcmp(table.rows[n].layout, layout) == 0 &&
            skip_name(&p, layout, table.rows[n].name) &&
            (best == NULL || strlen(table.rows[n].name) > strlen(best->name))) {
            best = &table.rows[n];
            *rest = p;
        }
    }
    return best;
}

static const struct reg_field *field_named(const char *layout, const char *reg, const char *name)
{
    for (size_t n = 0; n < table.field_count; n++) {
        const struct reg_field *f = &table.fields[n];
        if (strcmp(f->layout, layout) == 0 && strcmp(f->reg, reg) == 0 &&
            strcmp(f->name, name) == 0) {
            return f;
        }
    }
    return NULL;
}

/*
 * The field whose name `text` begins with; *rest gets what follows: "", "Pos", "Msk", a value's
 * name.
 */
static const struct reg_field *field_in(const struct reg_row *r, const char *text,
                                        const char **rest)
{
    for (size_t n = 0; n < COUNT_OF(field_names); n++) {
        *rest = text;
        if (strcmp(field_names[n][0], r->layout) == 0 && strcmp(field_names[n][1], r->name) == 0 &&
            skip_word(rest, field_names[n][2])) {
            return field_named(r->layout, r->name, field_names[n][3]);
        }
    }
    const struct reg_field *best = NULL;
    for (size_t n = 0; n < table.field_count; n++) {
        const struct reg_field *f = &table.fields[n];
        const char *p = text;
        if (strcmp(f->layout, r->layout) == 0 && strcmp(f->reg, r->name) == 0 &&
            skip_name(&p, f->layout, f->name) &&
            (best == NULL || strlen(f->name) > strlen(best->name))) {
            best = f;
            *rest = p;
        }
    }
    return best;
}

static unsigned position(uint32_t mask)
{
    unsigned n = 0;
    while ((mask >> n & 1u) == 0) {
        n++;
    }
    return n;
}

static bool value_fits(const struct reg_field *f, const char *suffix, uint64_t value)
{
    if (suffix[0] == '\0' || strcmp(suffix, "Msk") == 0) {
        return value == f->mask;
    }
    if (strcmp(suffix, "Pos") == 0) {
        return value == position(f->mask);
    }
    return (value & ~(uint64_t)f->mask) == 0; /* one value of the field */
}

/* True if the macro names a register's bits at all. */
static bool check_macro(const struct macro *m)
{
    const char *text = m->name, *layout = NULL;
    for (size_t n = 0; n < COUNT_OF(prefixes) && layout == NULL; n++) {
        if (strncmp(text, prefixes[n][0], strlen(prefixes[n][0])) == 0) {
            layout = prefixes[n][1];
            text += strlen(prefixes[n][0]);
        }
    }
    size_t length = strlen(m->name);
    if (layout == NULL || (length > 5 && strcmp(m->name + length - 5, "_BASE") == 0)) {
        return false;
    }
    const char *rest = "", *suffix = "";
    const struct reg_row *r = register_in(layout, text, &rest);
    const struct reg_field *f = r != NULL ? field_in(r, rest, &suffix) : NULL;
    if (f == NULL) {
        fprintf(stderr, "%s: no such register or field in RM0399 (fields.csv, device_names.h)\n",
                m->name);
        problems++;
    } else if (!value_fits(f, suffix, m->value)) {
        fprintf(stderr, "%s is 0x%08X; RM0399 %s has %s.%s in 0x%08X\n", m->name,
                (unsigned)m->value, r->section, r->name, f->name, (unsigned)f->mask);
        problems++;
    }
    return true;
}

static void fields_are_where_the_manual_has_them(void **state)
{
    (void)state;
    unsigned checked = 0;
    problems = 0;
    for (size_t n = 0; n < COUNT_OF(macros); n++) {
        checked += check_macro(&macros[n]);
    }
    assert_int_equal(problems, 0);
    assert_true(checked > 50);
}

/* ---- base addresses ---- */

static void bases_are_where_the_manual_has_them(void **state)
{
    (void)state;
    unsigned checked = 0;
    for (size_t n = 0; n < COUNT_OF(macros); n++) {
        char name[64];
        snprintf(name, sizeof(name), "%s", macros[n].name);
        char *end = strstr(name, "_BASE");
        if (end == NULL) {
            continue;
        }
        *end = '\0';
        const char *wanted = name;
        for (size_t i = 0; i < COUNT_OF(bases); i++) {
            wanted = strcmp(bases[i][0], name) == 0 ? bases[i][1] : wanted;
        }
        const struct reg_instance *instance = reg_table_instance(&table, wanted);
        if (instance != NULL) {
            if (macros[n].value != instance->base) {
                fail_msg("%s is 0x%08X; RM0399 2.3.2 has 0x%08X", macros[n].name,
                         (unsigned)macros[n].value, (unsigned)instance->base);
            }
            checked++;
        }
    }
    assert_true(checked >= 10);
}

int main(void)
{
    reg_table_load(&table);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(registers_are_where_the_manual_has_them),
        cmocka_unit_test(banks_are_alike),
        cmocka_unit_test(fields_are_where_the_manual_has_them),
        cmocka_unit_test(bases_are_where_the_manual_has_them),
    };
    int result = cmocka_run_group_tests(tests, NULL, NULL);
    reg_table_free(&table);
    return result;
}
