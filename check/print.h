/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* A report for people (text.c) and for programs (json.c). */
#ifndef CHECK_PRINT_H
#define CHECK_PRINT_H

#include "check/check.h"

#include <stdio.h>

/* With `colour` only on a terminal. */
void check_print_text(const struct check_report *report, FILE *out, bool colour);
/* One JSON object and a newline; docs/check.md has the schema. */
void check_print_json(const struct check_report *report, FILE *out);

#endif
