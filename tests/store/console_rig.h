/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_STORE_CONSOLE_RIG_H
#define TESTS_STORE_CONSOLE_RIG_H

#include "tests/system/rig.h"

/* Typing to the firmware on the virtual board, and reading its answers. */

/* Types the line with a CR, and runs until its answer is there: the line that begins with "ok" or
 * "error:", which is returned. Fails the test when none came within 5 s. */
const char *console_ask(struct rig *r, const char *line);

/* The same, and it must be good. */
const char *console_good(struct rig *r, const char *line);

/* The first line of the last answer that contains `words`; fails the test if there is none. */
const char *console_line(const struct rig *r, const char *words);

/* Powers on, and runs until the banner has come. */
void console_start(struct rig *r);
/* Off for a moment, and on again. */
void console_power_cycle(struct rig *r);

#endif
