/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Coprocessors that are not there: all but CP10 and CP11, the FPU (DDI 0403 A5.3.18, B1.5.14: NOCP). */
#include "vboard/cpu/armv7m/advance.h"
#include "vboard/cpu/armv7m/core.h"
#include "vboard/cpu/armv7m/groups.h"

static const struct insn *absent(struct core *c, const struct insn *i)
{
    return fault(c, i, ENGINE_NO_FP);
}

static const struct insn *undefined(struct core *c, const struct insn *i)
{
    return fault(c, i, ENGINE_UNDEFINED);
}

static bool none(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)s;
    (void)op;
    (void)pc;
    return true;
}

const struct row rows32_coprocessor[] = {
    {0x03000000, 0x03000000, "Undefined (coprocessor space)", undefined, none, 0, NULL},
    {0x03E00000, 0x00000000, "Undefined (coprocessor space, op1 = 00000x)", undefined, none, 0,
     NULL},
    {0x00000000, 0x00000000, "CDP, LDC, MCR, MCRR, MRC, MRRC, STC", absent, none, 0, NULL},
    {0, 0, NULL, NULL, NULL, 0, NULL},
};
