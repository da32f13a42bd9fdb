/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* A report for people (text.c), for programs (json.c) and for what shows results of tests (sarif.c, junit.c). */
#ifndef CHECK_PRINT_H
#define CHECK_PRINT_H

#include "check/check.h"

#include <stdio.h>

/* With `colour` only on a terminal. */
void check_print_text(const struct check_report *report, FILE *out, bool colour);
/* One JSON object and a newline; docs/check.md has the schema. */
void check_print_json(const struct check_report *report, FILE *out);
/* A SARIF 2.1.0 log of one run: a result for each item. docs/ci.md. */
void check_print_sarif(const struct check_report *report, FILE *out);
/* A JUnit report: a test case for each kind of start, one for what comes of no start. docs/ci.md. */
void check_print_junit(const struct check_report *report, FILE *out);

/* ---- shared by the printers ---- */

/* The path of the image for the CM7, or of the project. */
const char *check_subject(const struct check_report *report);
/* A JSON string with its quotes. */
void check_put_quoted(FILE *out, const char *text);
#define CHECK_LINE 900u
/* "CM7 ExitRun0Mode+0xC (system_stm32h7xx.c:337) writes 0x02 to PWR_CR3: selects ...", one line of at most
 * CHECK_LINE, without the remedy. */
void check_say_line(const struct check_report *report, const struct check_item *item, char *text,
                    size_t size);
/* The same with what has to be done to the board: ", if the user button is pressed 1.200 s after power-on" */
void check_say_whole(const struct check_report *report, const struct check_item *item, char *text,
                     size_t size);

#endif
