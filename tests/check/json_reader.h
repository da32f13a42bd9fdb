/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Just enough of a JSON reader to look into what `candial check` writes. */
#ifndef TESTS_JSON_READER_H
#define TESTS_JSON_READER_H

#include <stddef.h>

/* NULL if `text` is one JSON value and nothing else; else where it stops being one. */
const char *json_fault(const char *text);

/* The value at a path of keys and indices: json_at(text, "runs/0/results/2/ruleId"); NULL: there is none. It
 * begins where the value does in `text`. */
const char *json_at(const char *text, const char *path);

/* The same, copied: a string without quotes, else the value as it stands. Empty: there is none. */
const char *json_get(const char *text, const char *path, char *out, size_t size);

/* Elements of the array or object at `path`; -1: there is none. */
int json_count(const char *text, const char *path);

#endif
