/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* A report for people (check_text.c) and for programs (check_json.c). */
#ifndef CHECK_PRINT_H
#define CHECK_PRINT_H

#include "check/check.h"

#include <stdio.h>

/* With `colour` only on a terminal. */
void check_print_text(const struct check_report *report, FILE *out, bool colour);
/* One JSON object and a newline; docs/check.md has the schema. */
void check_print_json(const struct check_report *report, FILE *out);

/* How a start went, in few words, into `text`. */
enum check_outcome {
    CHECK_GOES,    /* nothing to object to */
    CHECK_HANGS,   /* hangs, but only until power off and on */
    CHECK_BAD,     /* something unsafe */
    CHECK_DEADLOCK /* VCORE lost */
};
enum check_outcome check_outcome(const struct check_boot *boot, char *text, size_t size);

#endif
