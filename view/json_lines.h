/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The lines of `candial run --json`: one a servo period, the last one the summary. docs/SPEC.md. */
#ifndef VIEW_JSON_LINES_H
#define VIEW_JSON_LINES_H

#include "bench/activity.h"
#include "bench/bench.h"

#include <stdio.h>

#define JSON_LINE_MAX 320

/* An observer that writes them to `out`. */
struct json_lines {
    FILE *out;
    const struct bench_activity *activity; /* of foreign firmware; NULL: nothing is said of it */
    struct bench_observer observer;
};

/* `out` stays the caller's, who closes it and sees whether writing went well. */
void json_lines_init(struct json_lines *lines, FILE *out, const struct bench_activity *activity);

/* Writes a line with its newline; its length. `text` has room for JSON_LINE_MAX. */
int json_sample(char *text, const struct sample *sample);
int json_summary(char *text, const struct bench_summary *summary);

#endif
