/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * docs/coverage.md from the models' tables: `coverage docs/coverage.md` fails if it is out of date,
 * with --write it is written.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/registers/coverage_cores.h"
#include "vboard/chip/fields.h"
#include "vboard/chips/stm32h755.h"

static const char intro[] =
    "<!-- SPDX-FileCopyrightText: candial contributors -->\n"
    "<!-- SPDX-License-Identifier: MIT -->\n"
    "# What the virtual board models, field by field\n"
    "\n"
    "Made from the models' tables (`vboard/periph/NAME/fields.c`, `vboard/chip/fields.h`) by\n"
    "`build/host/bin/coverage docs/coverage.md --write`; a test fails when it is out of date. "
    "Names are\n"
    "RM0399 Rev 4's.\n"
    "\n"
    "- **acted upon**: the model does what the manual says.\n"
    "- **in part**: it does, but for what is said below. What of it a write asks for is a "
    "finding.\n"
    "- **unmodelled**: the bits are kept and have no effect. A write that moves them away from "
    "their\n"
    "  reset value is a finding; `candial check` names them in a note. Those marked **decides** "
    "change\n"
    "  who runs, from where, or whether at all: setting one makes the verdict COULD NOT TELL, and "
    "so\n"
    "  does a loop that waits for an unmodelled flag.\n"
    "- **no action**: nothing that this board could show hangs on it.\n"
    "\n"
    "A register that the chip has several times (RCC's banks, FLASH's mirror) counts each time.\n";

static unsigned reg_total(const struct reg *r)
{
    return r->count != 0 ? r->count : 1u;
}

/* ---- groups: peripherals with the same registers ---- */

static bool same(const struct model *a, const struct model *b)
{
    bool equal = a->fields == b->fields && a->slot_count == b->slot_count;
    for (unsigned slot = 0; equal && slot < a->slot_count; slot++) {
        const struct reg *x = &a->regs[slot], *y = &b->regs[slot];
        equal = reg_bits(x) == reg_bits(y) && x->unmodelled == y->unmodelled;
    }
    return equal;
}

/* The first row with its model; rows without one are none. */
static bool is_first(const struct chip_entry *e)
{
    const struct chip_entry *first = stm32h755_entries;
    if (e->model == NULL) {
        return false;
    }
    while (first->model == NULL || !same(first->model, e->model)) {
        first++;
    }
    return first == e;
}

static void put_instances(FILE *out, const struct chip_entry *e)
{
    const char *between = "";
    for (const struct chip_entry *i = e; i->name != NULL; i++) {
        if (i->model != NULL && same(i->model, e->model)) {
            fprintf(out, "%s%s", between, i->name);
            between = ", ";
        }
    }
}

/* ---- counts ---- */

struct counts {
    unsigned use[FIELD_USES], total;
};

static void count_register(struct counts *c, const struct model *m, const struct reg *r)
{
    struct field_walk w;
    field_walk_begin(&w, m, r->offset);
    while (field_walk_next(&w)) {
        c->use[w.field->use] += reg_total(r);
        c->total += reg_total(r);
    }
}

static struct counts count(const struct model *m)
{
    struct counts c = {.total = 0};
    for (unsigned slot = 0; slot < m->slot_count; slot++) {
        if (m->regs[slot].name != NULL) {
            count_register(&c, m, &m->regs[slot]);
        }
    }
    return c;
}

static void put_counts(FILE *out)
{
    fputs("\n## Modelled peripherals\n\n"
          "| Peripherals | Fields | Acted upon | In part | Unmodelled | of which decide | No "
          "action |\n"
          "|---|---|---|---|---|---|---|\n",
          out);
    for (const struct chip_entry *e = stm32h755_entries; e->name != NULL; e++) {
        if (!is_first(e)) {
            continue;
        }
        struct counts c = count(e->model);
        fputs("| ", out);
        put_instances(out, e);
        fprintf(out, " | %u | %u | %u | %u | %u | %u |\n", c.total, c.use[FIELD_ACTS],
                c.use[FIELD_PARTLY], c.use[FIELD_UNMODELLED] + c.use[FIELD_DECISIVE],
                c.use[FIELD_DECISIVE], c.use[FIELD_NO_ACTION]);
    }
}

/* ---- lists ---- */

/* "CCR1", "R0 to R31" */
static void put_register(FILE *out, const struct reg *r)
{
    const char *hole = strstr(r->name, "%u");
    if (hole == NULL) {
        fputs(r->name, out);
        return;
    }
    for (unsigned i = 0; i < 2; i++) {
        fprintf(out, "%s%.*s%u%s", i == 0 ? "" : " to ", (int)(hole - r->name), r->name,
                r->first + i * (reg_total(r) - 1), hole + 2);
    }
}

/* The fields of a register with this use and reason: runs of an array as "MR0 to MR16". */
static void put_names(FILE *out, const struct model *m, const struct reg *r,
                      const struct field *like)
{
    struct field_walk w;
    const struct field *last = NULL;
    char name[32], pending[32] = "";
    const char *between = "";
    field_walk_begin(&w, m, r->offset);
    while (field_walk_next(&w)) {
        if (w.field->use != like->use || w.field->why != like->why) {
            continue;
        }
        field_name(&w, name, sizeof(name));
        if (w.field == last) {
            memcpy(pending, name, sizeof(pending));
            continue;
        }
        fprintf(out, "%s%s%s%s", pending[0] != '\0' ? " to " : "", pending, between, name);
        pending[0] = '\0';
        between = ", ";
        last = w.field;
    }
    fprintf(out, "%s%s", pending[0] != '\0' ? " to " : "", pending);
}

/* Has an earlier field of the register the same use and reason? */
static bool said(const struct model *m, const struct reg *r, const struct field *f)
{
    struct field_walk w;
    field_walk_begin(&w, m, r->offset);
    while (field_walk_next(&w) && w.field != f) {
        if (w.field->use == f->use && w.field->why == f->why) {
            return true;
        }
    }
    return false;
}

static const char *const uses[FIELD_USES] = {[FIELD_PARTLY] = "in part",
                                             [FIELD_UNMODELLED] = "unmodelled",
                                             [FIELD_DECISIVE] = "unmodelled, **decides**",
                                             [FIELD_NO_ACTION] = "no action"};

static void put_rows(FILE *out, const struct model *m, const struct reg *r)
{
    struct field_walk w;
    const struct field *done = NULL;
    field_walk_begin(&w, m, r->offset);
    while (field_walk_next(&w)) {
        if (w.field->use == FIELD_ACTS || w.field == done || said(m, r, w.field)) {
            continue;
        }
        done = w.field;
        fputs("| ", out);
        put_register(out, r);
        fputs(" | ", out);
        put_names(out, m, r, w.field);
        fprintf(out, " | %s | %s |\n", uses[w.field->use], w.field->why);
    }
}

static void put_fields(FILE *out)
{
    fputs("\n## What is left out, and what needs no action\n", out);
    for (const struct chip_entry *e = stm32h755_entries; e->name != NULL; e++) {
        if (!is_first(e) || count(e->model).use[FIELD_ACTS] == count(e->model).total) {
            continue;
        }
        fputs("\n### ", out);
        put_instances(out, e);
        fputs("\n\n| Register | Fields | | Why |\n|---|---|---|---|\n", out);
        for (unsigned slot = 0; slot < e->model->slot_count; slot++) {
            if (e->model->regs[slot].name != NULL) {
                put_rows(out, e->model, &e->model->regs[slot]);
            }
        }
    }
}

static void put_cores(FILE *out)
{
    fputs("\n## The cores' own registers\n\n"
          "Neither core has tables (`vboard/cpu/`). All that is not here is acted upon.\n\n"
          "| Block | Fields | What the board makes of it |\n|---|---|---|\n",
          out);
    for (const struct core_row *r = core_rows; r->block != NULL; r++) {
        fprintf(out, "| %s | %s | %s |\n", r->block, r->fields, r->what);
    }
}

static void put_absent(FILE *out)
{
    fputs("\n## Peripherals without a model\n\n"
          "They read 0, writes are lost, and each access is a finding.\n\n"
          "| Peripheral | Base | Bytes |\n|---|---|---|\n",
          out);
    for (const struct chip_entry *e = stm32h755_entries; e->name != NULL; e++) {
        if (e->model == NULL) {
            fprintf(out, "| %s | 0x%08X | 0x%X |\n", e->name, (unsigned)e->base, (unsigned)e->span);
        }
    }
}

/* ---- the page ---- */

static bool is_up_to_date(const char *file, const char *text, size_t size)
{
    FILE *f = fopen(file, "r");
    char *content = malloc(size + 1);
    if (f == NULL || content == NULL) {
        free(content);
        return false;
    }
    size_t n = fread(content, 1, size + 1, f);
    fclose(f);
    bool equal = n == size && memcmp(content, text, size) == 0;
    free(content);
    return equal;
}

static int write_page(const char *file, const char *text, size_t size)
{
    FILE *f = fopen(file, "w");
    if (f == NULL) {
        perror(file);
        return 1;
    }
    fwrite(text, 1, size, f);
    return fclose(f) == 0 ? 0 : 1;
}

int main(int argc, char **argv)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    if (argc < 2 || out == NULL) {
        fputs("usage: coverage PAGE [--write]\n", stderr);
        return 2;
    }
    fputs(intro, out);
    put_counts(out);
    put_fields(out);
    put_cores(out);
    put_absent(out);
    fclose(out);
    int result = 0;
    if (argc > 2 && strcmp(argv[2], "--write") == 0) {
        result = write_page(argv[1], text, size);
    } else if (!is_up_to_date(argv[1], text, size)) {
        fprintf(stderr, "%s is out of date: run %s %s --write\n", argv[1], argv[0], argv[1]);
        result = 1;
    }
    free(text);
    return result;
}
