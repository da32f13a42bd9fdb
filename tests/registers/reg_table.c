/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/registers/reg_table.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FOLDER "tests/registers/"
#define COLUMNS_MAX 20

/* One line of a CSV file, split in place; there are no quotes in these files. */
struct line {
    const char *file;
    int number;
    unsigned columns;
    char *cell[COLUMNS_MAX];
    char text[1024];
};

static void fail(const struct line *l, const char *what)
{
    fprintf(stderr, "%s:%d: %s\n", l->file, l->number, what);
    exit(1);
}

static void text_cell(const struct line *l, unsigned column, char *out, size_t size)
{
    if (strlen(l->cell[column]) >= size) {
        fail(l, "cell too long");
    }
    strcpy(out, l->cell[column]);
}

static uint32_t number_cell(const struct line *l, unsigned column)
{
    char *end = NULL;
    errno = 0;
    unsigned long v = strtoul(l->cell[column], &end, 0);
    if (errno != 0 || end == l->cell[column] || *end != '\0' || v > UINT32_MAX) {
        fail(l, "not a number");
    }
    return (uint32_t)v;
}

static void split(struct line *l, unsigned columns)
{
    l->text[strcspn(l->text, "\r\n")] = '\0';
    l->columns = 0;
    for (char *p = l->text; p != NULL && l->columns < COLUMNS_MAX; l->columns++) {
        l->cell[l->columns] = p;
        p = strchr(p, ',');
        if (p != NULL) {
            *p++ = '\0';
        }
    }
    if (l->columns != columns) {
        fail(l, "wrong number of columns");
    }
}

static void parse_row(const struct line *l, void *item)
{
    struct reg_row *r = item;
    text_cell(l, 0, r->layout, sizeof(r->layout));
    text_cell(l, 1, r->name, sizeof(r->name));
    r->first = number_cell(l, 2);
    r->count = number_cell(l, 3);
    r->stride = number_cell(l, 4);
    r->offset = number_cell(l, 5);
    r->width = number_cell(l, 6);
    r->reset = number_cell(l, 7);
    r->known = number_cell(l, 8);
    for (unsigned i = 0; i < REG_CLASS_COUNT; i++) {
        r->mask[i] = number_cell(l, 9 + i);
    }
    text_cell(l, 15, r->section, sizeof(r->section));
    text_cell(l, 16, r->source, sizeof(r->source));
    text_cell(l, 17, r->notes, sizeof(r->notes));
    r->line = l->number;
}

static void parse_instance(const struct line *l, void *item)
{
    struct reg_instance *i = item;
    text_cell(l, 0, i->name, sizeof(i->name));
    text_cell(l, 1, i->layout, sizeof(i->layout));
    i->base = number_cell(l, 2);
}

static void parse_field(const struct line *l, void *item)
{
    struct reg_field *f = item;
    text_cell(l, 0, f->layout, sizeof(f->layout));
    text_cell(l, 1, f->reg, sizeof(f->reg));
    text_cell(l, 2, f->name, sizeof(f->name));
    f->mask = number_cell(l, 3);
}

static void parse_exception(const struct line *l, void *item)
{
    struct reg_exception *e = item;
    text_cell(l, 0, e->layout, sizeof(e->layout));
    text_cell(l, 1, e->reg, sizeof(e->reg));
    text_cell(l, 2, e->check, sizeof(e->check));
    e->mask = number_cell(l, 3);
    text_cell(l, 4, e->reason, sizeof(e->reason));
    e->used = 0;
}

/* Reads all lines but comments and the heading; returns the items, *count of them. */
static void *load(const char *file, unsigned columns, size_t item_size,
                  void (*parse)(const struct line *l, void *item), size_t *count)
{
    struct line l = {.file = file};
    FILE *f = fopen(file, "r");
    if (f == NULL) {
        fail(&l, "cannot open (run it in the source folder)");
    }
    char *items = NULL;
    bool heading = true;
    *count = 0;
    while (fgets(l.text, sizeof(l.text), f) != NULL) {
        l.number++;
        if (l.text[0] == '#') {
            continue;
        }
        if (heading) {
            heading = false;
            continue;
        }
        split(&l, columns);
        char *grown = realloc(items, (*count + 1) * item_size);
        if (grown == NULL) {
            fail(&l, "out of memory");
        }
        items = grown;
        parse(&l, items + *count * item_size);
        (*count)++;
    }
    fclose(f);
    return items;
}

void reg_table_load(struct reg_table *t)
{
    t->rows = load(FOLDER "rm0399.csv", 18, sizeof(*t->rows), parse_row, &t->row_count);
    t->instances =
        load(FOLDER "instances.csv", 3, sizeof(*t->instances), parse_instance, &t->instance_count);
    t->fields = load(FOLDER "fields.csv", 4, sizeof(*t->fields), parse_field, &t->field_count);
    t->exceptions = load(FOLDER "exceptions.csv", 5, sizeof(*t->exceptions), parse_exception,
                         &t->exception_count);
}

void reg_table_free(struct reg_table *t)
{
    free(t->rows);
    free(t->instances);
    free(t->fields);
    free(t->exceptions);
    memset(t, 0, sizeof(*t));
}

uint32_t reg_row_bits(const struct reg_row *r)
{
    uint32_t bits = 0;
    for (unsigned i = 0; i < REG_CLASS_COUNT; i++) {
        bits |= r->mask[i];
    }
    return bits;
}

const char *reg_row_name(const struct reg_row *r, uint32_t index, char *buf, size_t size)
{
    const char *hole = strstr(r->name, "%u");
    if (hole == NULL) {
        snprintf(buf, size, "%s", r->name);
    } else {
        snprintf(buf, size, "%.*s%u%s", (int)(hole - r->name), r->name,
                 (unsigned)(r->first + index), hole + 2);
    }
    return buf;
}

const char *reg_class_name(enum reg_class c)
{
    static const char *const names[REG_CLASS_COUNT] = {"rw", "r", "w", "rc_w1", "rc_w0", "rs"};
    return names[c];
}

const struct reg_row *reg_table_at(const struct reg_table *t, const char *layout, uint32_t offset,
                                   uint32_t *index)
{
    for (size_t n = 0; n < t->row_count; n++) {
        const struct reg_row *r = &t->rows[n];
        if (strcmp(r->layout, layout) != 0) {
            continue;
        }
        for (uint32_t i = 0; i < r->count; i++) {
            if (r->offset + i * r->stride == offset) {
                *index = i;
                return r;
            }
        }
    }
    return NULL;
}

const struct reg_row *reg_table_named(const struct reg_table *t, const char *layout,
                                      const char *name)
{
    for (size_t n = 0; n < t->row_count; n++) {
        if (strcmp(t->rows[n].layout, layout) == 0 && strcmp(t->rows[n].name, name) == 0) {
            return &t->rows[n];
        }
    }
    return NULL;
}

const struct reg_instance *reg_table_instance(const struct reg_table *t, const char *name)
{
    for (size_t n = 0; n < t->instance_count; n++) {
        if (strcmp(t->instances[n].name, name) == 0) {
            return &t->instances[n];
        }
    }
    return NULL;
}

static bool matches(const char *pattern, const char *text)
{
    size_t n = strlen(pattern);
    if (n > 0 && pattern[n - 1] == '*') {
        return strncmp(pattern, text, n - 1) == 0;
    }
    return strcmp(pattern, text) == 0;
}

uint32_t reg_table_except(const struct reg_table *t, const char *layout, const char *reg,
                          const char *check)
{
    uint32_t mask = 0;
    for (size_t n = 0; n < t->exception_count; n++) {
        struct reg_exception *e = &t->exceptions[n];
        if (matches(e->layout, layout) && matches(e->reg, reg) && strcmp(e->check, check) == 0) {
            mask |= e->mask;
            e->used++;
        }
    }
    return mask;
}
