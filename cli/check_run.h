/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The histories of power and reset that an image is led through. docs/check.md lists them. */
#ifndef CLI_CHECK_RUN_H
#define CLI_CHECK_RUN_H

#include "cli/check.h"

/* Adds all starts to the report; false with a line in `error`. */
bool check_run(struct check_report *report, enum check_world world, char *error, size_t error_size);

#endif
