/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* How a program ends, and how it says that it was called wrongly. */
#ifndef HOST_USAGE_H
#define HOST_USAGE_H

enum exit_status {
    EXIT_GOOD = 0,
    EXIT_NO = 1,
    EXIT_USAGE = 2,
    EXIT_UNKNOWN = 3,
};

/* Prints "candial: TEXT" as one line to stderr; returns EXIT_USAGE, for `return usage_error(...)`. */
int usage_error(const char *format, ...) __attribute__((format(printf, 1, 2)));

/*
 * The same for an option that `candial COMMAND` does not know, with the nearest one of its help texts (ended
 * by NULL).
 */
int usage_unknown_option(const char *command, const char *word, const char *const *help);

#endif
