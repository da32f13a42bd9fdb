/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_VBOARD_ENGINES_COVERAGE_H
#define TESTS_VBOARD_ENGINES_COVERAGE_H

/* Which rows of the decoder's tables (vboard/cpu/armv7m/groups.h) have been compared. */
#include "tests/vboard/engines/random_code.h"

#define COVERAGE_ROWS 1024u

struct coverage {
    uint64_t counts[COVERAGE_ROWS]; /* in the order of the tables, 16 bits first */
};

void coverage_add(struct coverage *v, const struct random_code *code, bool m7);
/* Prints the rows that are still to be compared; how many they are. Rows that cannot be are left out. */
unsigned coverage_missing(const struct coverage *v);
/* Rows compared, and all that can be. */
void coverage_counts(const struct coverage *v, unsigned *compared, unsigned *all);

#endif
