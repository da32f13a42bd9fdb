/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/vboard/engines/coverage.h"

#include <stdio.h>
#include <string.h>

#include "vboard/cpu/armv7m/groups.h"

typedef void visit_fn(void *ctx, const struct row *row, unsigned index);

static void visit(visit_fn *call, void *ctx)
{
    const struct row *const *const sets[] = {all_rows16, all_rows32};
    unsigned index = 0;
    for (unsigned s = 0; s < 2; s++) {
        for (const struct row *const *t = sets[s]; *t != NULL; t++) {
            for (const struct row *row = *t; row->name != NULL; row++) {
                call(ctx, row, index++);
            }
        }
    }
}

/* Where Unicorn cannot be the judge (docs/engines.md): absent coprocessors, which it takes for BKPT, and
 * fixed point, which it rounds otherwise; test_probes.c and vboard_fp_known have them. */
static bool cannot_be(const struct row *row)
{
    return strncmp(row->name, "Undefined (coproc", 17) == 0 || strncmp(row->name, "CDP", 3) == 0 ||
           strstr(row->name, "F32 from fixed point") != NULL ||
           strcmp(row->name, "LDRD (literal) T1 with write-back") == 0; /* UNPREDICTABLE */
}

struct search {
    const struct row *row;
    struct coverage *coverage;
};

static void count(void *ctx, const struct row *row, unsigned index)
{
    const struct search *s = ctx;
    s->coverage->counts[index] += row == s->row;
}

void coverage_add(struct coverage *v, const struct random_code *code, bool m7)
{
    for (unsigned i = 0; i < code->name_count; i++) {
        uint32_t op = code->ops[i];
        struct search s = {op > 0xFFFFu ? find_row32(op, m7) : find_row16(op), v};
        visit(count, &s);
    }
}

struct sums {
    const struct coverage *coverage;
    unsigned compared, all;
    bool print;
};

static void sum(void *ctx, const struct row *row, unsigned index)
{
    struct sums *s = ctx;
    if (cannot_be(row)) {
        return;
    }
    s->all++;
    s->compared += s->coverage->counts[index] != 0;
    if (s->print && s->coverage->counts[index] == 0) {
        printf("not compared: %s\n", row->name);
    }
}

void coverage_counts(const struct coverage *v, unsigned *compared, unsigned *all)
{
    struct sums s = {.coverage = v};
    visit(sum, &s);
    *compared = s.compared;
    *all = s.all;
}

unsigned coverage_missing(const struct coverage *v)
{
    struct sums s = {.coverage = v, .print = true};
    visit(sum, &s);
    return s.all - s.compared;
}
