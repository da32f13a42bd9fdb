/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The lines of `candial run --json`: one a servo period, the last one the summary. docs/SPEC.md. */
#ifndef VIEW_JSON_LINES_H
#define VIEW_JSON_LINES_H

#include "bench/sample.h"

#include <stddef.h>

#define JSON_LINE_MAX 320

struct json_summary {
    uint64_t frames;  /* on the bus */
    uint64_t matched; /* with the profile's identifier */
    uint64_t decoded; /* with a valid value */
    uint64_t overflows;
    uint64_t tx_frames;
    uint64_t tx_bits;
    uint64_t resets;
    uint64_t findings;
    uint64_t bad_log_lines;
};

/* Writes a line with its newline; its length. `text` has room for JSON_LINE_MAX. */
int json_sample(char *text, const struct sample *sample);
int json_summary(char *text, const struct json_summary *summary);

#endif
