/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_REGISTERS_REG_TABLE_H
#define TESTS_REGISTERS_REG_TABLE_H

/*
 * The register maps of RM0399 Rev 4 as data: rm0399.csv (one row a register or an array of them),
 * instances.csv (which peripheral has which layout, at which base: 2.3.2 Table 7), fields.csv (bit
 * fields by name) and exceptions.csv (what a check leaves out, and why). docs/registers.md says how
 * the table was made. A file that cannot be read or parsed ends the program with a message.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How a bit may be accessed; the columns of rm0399.csv after `known` (RM0399 1.2). */
enum reg_class {
    REG_RW,
    REG_RO,
    REG_WO,  /* writing acts, reading gives 0 */
    REG_W1C, /* rc_w1 */
    REG_W0C, /* rc_w0 */
    REG_W1S, /* rs */
    REG_CLASS_COUNT
};

struct reg_row {
    char layout[16];
    char name[40]; /* with one %u for an array */
    uint32_t first, count, stride;
    uint32_t offset;
    uint32_t width; /* 16: the manual describes bits 15..0 only */
    uint32_t reset;
    uint32_t known; /* bits of `reset` that the manual defines */
    uint32_t mask[REG_CLASS_COUNT];
    char section[32], source[48], notes[160];
    int line; /* of rm0399.csv */
};

struct reg_instance {
    char name[16], layout[16];
    uint32_t base;
};

struct reg_field {
    char layout[16], reg[40], name[32];
    uint32_t mask;
};

/* `layout`, `reg` as in rm0399.csv, or an instance for live_reset; a trailing * matches any ending.
 * `check` says which check. */
struct reg_exception {
    char layout[16], reg[40], check[16];
    uint32_t mask; /* bits left out */
    char reason[160];
    unsigned used;
};

struct reg_table {
    struct reg_row *rows;
    struct reg_instance *instances;
    struct reg_field *fields;
    struct reg_exception *exceptions;
    size_t row_count, instance_count, field_count, exception_count;
};

void reg_table_load(struct reg_table *t);
void reg_table_free(struct reg_table *t);

/* All bits that the manual names. */
uint32_t reg_row_bits(const struct reg_row *r);
/* Name of element `index` of a row ("R3"); returns buf. */
const char *reg_row_name(const struct reg_row *r, uint32_t index, char *buf, size_t size);
const char *reg_class_name(enum reg_class c);

/* The row that has a register at `offset`, or NULL; *index gets the place in an array. */
const struct reg_row *reg_table_at(const struct reg_table *t, const char *layout, uint32_t offset,
                                   uint32_t *index);
const struct reg_row *reg_table_named(const struct reg_table *t, const char *layout,
                                      const char *name);
const struct reg_instance *reg_table_instance(const struct reg_table *t, const char *name);
/* Mask of the bits that `check` leaves out for a register, 0 for none; counts the use. */
uint32_t reg_table_except(const struct reg_table *t, const char *layout, const char *reg,
                          const char *check);

#endif
