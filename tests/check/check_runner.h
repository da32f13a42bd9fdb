/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Runs `candial check` on images of tests/check/images and keeps what it said. */
#ifndef TESTS_CHECK_RUNNER_H
#define TESTS_CHECK_RUNNER_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>

#define CHECK_SAID 65536

struct check_result {
    int status;
    char text[CHECK_SAID]; /* standard output and error */
};

/* `arguments` as on a command line; a word that begins with % stands for a file of the built images:
 * "%good.elf --for 1s". The result holds until the next call. */
const struct check_result *run_check(const char *arguments);

/* Fails, showing what was said, unless the exit status is `status` and each further text (the list
 * ends with NULL) was said. */
void expect(const char *arguments, int status, ...) __attribute__((sentinel));
/* Fails if `text` was said last time. */
void expect_not(const char *text);

#endif
