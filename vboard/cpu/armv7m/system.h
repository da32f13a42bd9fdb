/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CPU_ARMV7M_SYSTEM_H
#define VBOARD_CPU_ARMV7M_SYSTEM_H

/* Flags and stack pointers as registers, for the engine's owner. */
#include "vboard/cpu/armv7m/core.h"

/* N, Z, C, V, Q, GE at their places in xPSR. */
uint32_t system_apsr(const struct core *c);
/* All of them but GE. */
void system_set_apsr(struct core *c, uint32_t value);
bool system_uses_psp(const struct core *c);
uint32_t system_sp(const struct core *c, bool psp);
void system_set_sp(struct core *c, bool psp, uint32_t value);
/* IPSR and CONTROL, with the stack pointer they choose. */
void system_set_mode(struct core *c, uint32_t ipsr, uint32_t control);

#endif
