/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CPU_ARMV7M_RUN_H
#define VBOARD_CPU_ARMV7M_RUN_H

#include "vboard/cpu/armv7m/core.h"

/* Runs from c->pc until something stops it (vboard/cpu/engine.h). */
enum engine_stop core_run(struct core *c);
/* Executes one instruction. */
enum engine_stop core_step(struct core *c);
/* `i` is the first of the IT block that c->itstate tells of: executes the block, unless its instructions are to be
 * looked at one by one. */
const struct insn *core_run_it(struct core *c, const struct insn *i);
/* What follows a block of which nothing is executed, and which is thereby paid for; NULL: it has to be gone through. */
const struct insn *core_skip_it(struct core *c, const struct insn *it);

#endif
