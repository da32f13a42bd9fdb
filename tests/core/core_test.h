/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_CORE_TEST_H
#define TESTS_CORE_TEST_H

/* cmocka wants these before itself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdbool.h>

/*
 * Random tests run over seeds 1, 2, 3 ... and so are the same every time. A failure prints the seed;
 * CANDIAL_SEED=n runs that one alone.
 */
struct random {
    uint32_t seed;
    uint64_t state;
};

/* Calls `test` with `count` seeds, or with the one from the environment. */
void for_each_seed(uint32_t count, void (*test)(struct random *random));

uint32_t random_u32(struct random *random);
uint64_t random_u64(struct random *random);

/* low..high, both included. */
int32_t random_between(struct random *random, int32_t low, int32_t high);

/* Fails the test with the seed and `what` unless `holds`. */
void check_seed(const struct random *random, bool holds, const char *what);

#endif
