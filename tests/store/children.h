/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_STORE_CHILDREN_H
#define TESTS_STORE_CHILDREN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/types.h>

/* The built `candial` as programs that run beside the test. */

struct child {
    pid_t pid;
    FILE *out;          /* takes its standard output */
    int err;            /* its standard error comes here; it ends with the program */
    char said[1 << 22]; /* what it said there, once it has ended: the beginning */
    char wrote[1 << 12];
    int status; /* exit status; -1: ended by a signal */
};

/* Starts `candial ARGUMENTS`, which are split at blanks. */
void child_start(struct child *child, const char *arguments);
/* Takes its output until it ends. */
void child_wait(struct child *child);
/* Starts it and waits for its end. */
void child_run(struct child *child, const char *arguments);

/* Fails the test with all the program said. */
_Noreturn void child_fail(const struct child *child, const char *expected);

/* `candial run` with the real firmware and its console at a pseudo-terminal of this test. */
struct virtual_board {
    struct child child;
    char path[200]; /* the console's */
};

/* `options` may be "". Returns when the console can be opened. */
void virtual_board_start(struct virtual_board *board, const char *options);
/* Asks it to end; fails the test unless it found everything good. */
void virtual_board_end(struct virtual_board *board);

#endif
