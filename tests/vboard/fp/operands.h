/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_VBOARD_FP_OPERANDS_H
#define TESTS_VBOARD_FP_OPERANDS_H

/* Operands worth trying: the edges of each format, and random ones that fall near them. */
#include <stddef.h>
#include <stdint.h>

#include "tests/vboard/fp/ops.h"

/* Edge values of 16, 32 or 64 bits; integers and fixed point take the singles' and doubles'
 * bits as well. The first `*few` are the gist of them, for three operands at once. */
const uint64_t *edges(int bits, size_t *count, size_t *few);

/* xorshift64*; never 0. */
struct rng {
    uint64_t state;
};

uint64_t rng_next(struct rng *r);
/* Operands of `op`: bits at random, edges, few bits set, exponents close to each other. */
void random_operands(struct rng *r, const struct op *op, uint64_t v[3]);
/* RMode, FZ, DN, AHP at random, the cumulative flags set now and then. */
uint32_t random_fpscr(struct rng *r);

/* CANDIAL_FP_COUNT: how many random operands, else `normal`. */
uint64_t random_count(uint64_t normal);

#endif
