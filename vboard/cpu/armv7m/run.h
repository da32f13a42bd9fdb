/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CPU_ARMV7M_RUN_H
#define VBOARD_CPU_ARMV7M_RUN_H

#include "vboard/cpu/armv7m/core.h"

/* Runs from c->pc until something stops it (vboard/cpu/engine.h). */
enum engine_stop core_run(struct core *c);
/* Executes one instruction. */
enum engine_stop core_step(struct core *c);

#endif
