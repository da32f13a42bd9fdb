/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The code that has run in any start: the address of each instruction, once for each core. */
#ifndef CHECK_COVERAGE_H
#define CHECK_COVERAGE_H

#include "vboard/chip/access.h"

#include <stdbool.h>
#include <stdint.h>

struct check_coverage;

struct check_coverage *check_coverage_create(void);
void check_coverage_destroy(struct check_coverage *c);
/* The instruction at `address` runs; true: for the first time. */
bool check_cover(struct check_coverage *c, enum core core, uint32_t address);
/* Did it run? */
bool check_is_covered(const struct check_coverage *c, enum core core, uint32_t address);

#endif
