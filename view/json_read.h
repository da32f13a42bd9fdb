/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Reads back the lines of `candial run --json` (json_lines.h). */
#ifndef VIEW_JSON_READ_H
#define VIEW_JSON_READ_H

#include "bench/sample.h"

#include <stdbool.h>

/* False: it is no such line; the summary, for one. What a line does not have, the sample has not. */
bool json_sample_read(const char *line, struct sample *sample) __attribute__((warn_unused_result));

#endif
