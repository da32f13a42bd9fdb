/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_REGISTERS_COVERAGE_CORES_H
#define TESTS_REGISTERS_COVERAGE_CORES_H

/* What the two cores' own registers leave out (vboard/cpu/, which has no tables): for docs/coverage.md. */
struct core_row {
    const char *block, *fields, *what;
};

extern const struct core_row core_rows[]; /* ends with a NULL block */

#endif
