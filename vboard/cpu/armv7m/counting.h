/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CPU_ARMV7M_COUNTING_H
#define VBOARD_CPU_ARMV7M_COUNTING_H

/*
 * Loops that only count: delays, and timeouts that look at nothing. Their iterations but the last few
 * are added up instead of executed. A body may have additions of constants, moves, words loaded from and
 * stored to plain RAM at one place, and a comparison that the branch at its end asks about; nothing
 * outside of it can tell the difference, and an iteration costs what it cost before.
 */
#include "vboard/cpu/armv7m/core.h"

/* A conditional branch back that is worth looking at. `slots`: how far back. */
bool counting_is_possible(unsigned slots);
/* Such a branch in `page` is about to be taken to `top`, in the present page: adds up as many iterations as the
 * turn and the loop leave room for, but for one at least. Returns how often it may be taken without being
 * asked again. */
uint16_t counting_skip(struct core *c, const struct insn *top, const struct insn *branch,
                       const struct code_page *page);

#endif
