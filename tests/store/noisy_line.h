/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_STORE_NOISY_LINE_H
#define TESTS_STORE_NOISY_LINE_H

#include "tests/store/children.h"

/*
 * A cable between a program and the board's console that damages bytes, or is pulled out. Counts
 * bytes, not time.
 */
struct noisy_line {
    unsigned cut_after;   /* bytes to the board, then the program's port is gone; 0: never */
    unsigned damage_each; /* of so many bytes to the board one is damaged, and of ... */
    unsigned answer_each; /* ... so many from it; 0: none */
};

/* Runs `candial ARGUMENTS --port LINE` over it to its end. */
void noisy_line_run(const struct noisy_line *line, const char *console, const char *arguments,
                    struct child *child);

#endif
