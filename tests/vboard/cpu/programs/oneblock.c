/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Times inside one basic block, across a change of the clock. */
#include "prog.h"

void program(void)
{
    uint32_t before, after, later;
    __asm__ volatile("ldr r3, =0x40000000\n ldr r0, =64000000\n b 1f\n.ltorg\n 1:\n"
                     "ldr %0, [r3, #4]\n str r0, [r3, #0x14]\n ldr %1, [r3, #4]\n"
                     "nop\n nop\n nop\n nop\n nop\n nop\n nop\n"
                     "ldr %2, [r3, #4]\n"
                     : "=&r"(before), "=&r"(after), "=&r"(later)::"r0", "r3", "memory");
    LOG = after - before;
    LOG = later - after;
}
