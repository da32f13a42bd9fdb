/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Files that tests make up, and the recorded logs they may find beside the source tree. */
#ifndef TESTS_FORMATS_SCRATCH_FILE_H
#define TESTS_FORMATS_SCRATCH_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Writes a file under `name` in a folder of this process's own; the path is valid until the next call. */
const char *scratch_file(const char *name, const void *bytes, size_t length);

/* The same for text. */
const char *scratch_text(const char *name, const char *text);

/* Removes everything written; for a test group's teardown. */
int scratch_remove(void **state);

/* Path of a file of the optional test data (../shared/data), or NULL, said on stderr, where it is absent. */
const char *shared_data(const char *name);

/*
 * Where a random test starts: 1, the same in every run, or CANDIAL_SEED=n, or with CANDIAL_FRESH_SEEDS
 * (`./test --long`) another each time. It is printed, so that a failure can be repeated.
 */
uint64_t fuzz_seed(const char *test);

/* The next number of a sequence that `state` holds (xorshift64*). */
uint64_t fuzz_next(uint64_t *state);

#endif
