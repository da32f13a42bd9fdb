/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The answer of `candial find`, on standard output. */
#ifndef FIND_PRINT_H
#define FIND_PRINT_H

#include "find/rank.h"

#define FIND_CHART_WIDTH 40
#define FIND_LINE_MAX 240

/* Candidates with chart, reasons and the line for a profile; then what the log cannot tell. */
void find_print(const struct find_bus *bus, const struct find_candidate *best, size_t count);

/* `broadcast: {...}` for a profile's source. */
void find_profile_line(const struct find_candidate *candidate, char line[FIND_LINE_MAX]);

/* Values over time in FIND_CHART_WIDTH characters of three bytes each. */
void find_chart(const struct find_field *field, char chart[3 * FIND_CHART_WIDTH + 1]);

#endif
