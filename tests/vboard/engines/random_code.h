/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_VBOARD_ENGINES_RANDOM_CODE_H
#define TESTS_VBOARD_ENGINES_RANDOM_CODE_H

/*
 * Random, predictable instructions of all encodings but branches and what needs an owner (SVC, WFI, MSR
 * ...). Loads and stores go to RAM: their base and index are set in front of them.
 */
#include <stdbool.h>
#include <stdint.h>

#define CODE_BASE 0x08000000u
#define CODE_HALFWORDS 600u /* on two pages */
#define RAM_BASE 0x20000000u
#define RAM_SIZE 0x4000u

struct random {
    uint64_t state;
};
uint32_t random_next(struct random *r);
/* Often a value at an edge. */
uint32_t random_value(struct random *r);

#define CODE_MAX_NAMES 64u
struct random_code {
    uint16_t halfwords[CODE_HALFWORDS];
    unsigned count;
    const char *names[CODE_MAX_NAMES]; /* of the rows, in order */
    uint32_t ops[CODE_MAX_NAMES];
    unsigned name_count;
};

/* For random_flow.c: an instruction, and a register set by MOVW and MOVT. */
void random_code_op16(struct random_code *c, uint32_t op);
void random_code_op32(struct random_code *c, uint32_t op, bool m7);
void random_code_set(struct random_code *c, unsigned d, uint32_t value);
/* `length` instructions, and a BKPT behind them. */
void random_code_make(struct random_code *c, struct random *r, bool m7, unsigned length);

#endif
