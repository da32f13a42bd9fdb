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

/* A conditional branch back within a page that is worth looking at. `slots`: how far back. */
bool counting_is_possible(unsigned slots);
/* Executes such a branch (its own function is `real`). */
const struct insn *counting_branch(struct core *c, const struct insn *i);

#endif
