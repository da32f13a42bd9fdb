/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The dial in a terminal: scale, numbers, needle, and beside it what the board says. */
#ifndef VIEW_DIAL_TEXT_H
#define VIEW_DIAL_TEXT_H

#include "bench/sample.h"
#include "core/record.h"

#include <stdbool.h>
#include <stddef.h>

#define DIAL_TEXT_ROWS 15
#define DIAL_TEXT_COLUMNS 79 /* what the longest row takes: a full 80th column confuses terminals */
#define DIAL_TEXT_SIZE 32768 /* bytes that always suffice */

struct dial_text {
    const struct record *record;
    const struct sample *sample;
    bool leds[3]; /* green, yellow, red */
    bool colours; /* use escape sequences */
};

/* Writes DIAL_TEXT_ROWS lines, each ended by `line_end`; the length. */
size_t dial_text_draw(const struct dial_text *dial, const char *line_end, char *out, size_t size);

#endif
