/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The histories of power and reset that an image is led through. docs/check.md lists them. */
#ifndef CHECK_RUN_H
#define CHECK_RUN_H

#include "check/check.h"

/* Adds all starts to the report; false with a line in `error`. */
bool check_run(struct check_report *report, enum check_unmodelled_reads unmodelled_reads,
               char *error, size_t error_size);

#endif
