/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CPU_ARMV7M_VFP_H
#define VBOARD_CPU_ARMV7M_VFP_H

/*
 * The floating-point extension: its registers, and the check before each of its instructions
 * (ExecuteFPCheck, DDI 0403 B1.4.7). The arithmetic is in fp/.
 *
 * In decoded instructions d, n and m count single registers: D5 is 10.
 */
#include <string.h>

#include "vboard/cpu/armv7m/core.h"

/* Asks the owner; false: NOCP, the stop is set. */
bool vfp_begin(struct core *c);

static inline bool vfp_ready(struct core *c)
{
    return c->fp_ready || vfp_begin(c);
}

static inline uint64_t get_double(const struct core *c, unsigned reg)
{
    uint64_t value;
    memcpy(&value, &c->s[reg], sizeof(value));
    return value;
}

static inline void set_double(struct core *c, unsigned reg, uint64_t value)
{
    memcpy(&c->s[reg], &value, sizeof(value));
}

/* Operands: Vd:D, Vn:N, Vm:M of singles; of doubles D, N and M are 0 (D16). */
bool vfp_singles(struct insn *s, uint32_t op, uint32_t pc);
bool vfp_doubles(struct insn *s, uint32_t op, uint32_t pc);

/* Rows of both formats: `bits` of the encoding with sz = 0. The bits D, N and M of a register that is not
 * there make doubles UNDEFINED. */
#define VFP_SINGLE 0x00000A00u
#define VFP_DOUBLE 0x00000B00u
#define VFP_D (1u << 22)
#define VFP_N (1u << 7)
#define VFP_M (1u << 5)

#endif
