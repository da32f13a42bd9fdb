/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CPU_ARMV7M_TIMES_H
#define VBOARD_CPU_ARMV7M_TIMES_H

/* How often a branch is taken that asks about something that is counted. */
#include <stdint.h>

/* The condition (DDI 0403 A7.3) holds for x - y, (x + step) - y, (x + 2 * step) - y ...: so often in a row, at least.
 * `step` is not 0. 0 also for what is not known: EQ, VS, VC. */
uint64_t times_taken(unsigned cond, uint32_t x, uint32_t step, uint32_t y);
/* The condition on y - x that is `cond` on x - y; EQ for MI and PL, which have none. */
unsigned times_mirrored(unsigned cond);

#endif
