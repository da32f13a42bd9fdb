/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_FUZZ_FUZZ_INPUT_H
#define TESTS_FUZZ_FUZZ_INPUT_H

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* libFuzzer's entry; tests/fuzz/replay.c calls it as well. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What a target finds wrong ends it here. */
#define FUZZ_CHECK(holds)                                                                          \
    do {                                                                                           \
        if (!(holds)) {                                                                            \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #holds);                            \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

#define FUZZ_PATH_MAX 64

/* The input as a file without a name on any disk; `path` names it. Close the number returned. */
static inline int fuzz_file(const uint8_t *data, size_t size, char path[FUZZ_PATH_MAX])
{
    snprintf(path, FUZZ_PATH_MAX, "/tmp/candial-fuzz-XXXXXX");
    int file = mkstemp(path);
    FUZZ_CHECK(file >= 0);
    unlink(path);
    FUZZ_CHECK(write(file, data, size) == (ssize_t)size);
    snprintf(path, FUZZ_PATH_MAX, "/proc/self/fd/%d", file);
    return file;
}

#endif
