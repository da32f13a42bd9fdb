/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CPU_ARMV7M_BRANCH_H
#define VBOARD_CPU_ARMV7M_BRANCH_H

#include "vboard/cpu/armv7m/insn.h"

/* If `s`, decoded at `pc`, is a direct branch within the page at `base`, makes it a plain step from slot
 * to slot; if it may be the end of a loop that only counts, makes it look for that. */
void branch_within_page(struct insn *s, uint32_t pc, uint32_t base);

#endif
