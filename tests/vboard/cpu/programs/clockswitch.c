/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "prog.h"

static void spin(void)
{
    __asm__ volatile("mov r0, #1000\n 1: subs r0, #1\n bne 1b" ::: "r0", "cc");
}

void program(void)
{
    uint32_t t0, t1;
    spin();
    t0 = TIME;
    spin();
    t1 = TIME;
    LOG = t1 - t0;
    CLOCK = 64000000;
    t0 = TIME;
    spin();
    t1 = TIME;
    LOG = t1 - t0;
    CLOCK = 480000000; /* not a whole number of ps */
    t0 = TIME;
    spin();
    t1 = TIME;
    LOG = t1 - t0;
    SYST_RVR = 47999;
    SYST_CVR = 0;
    SYST_CSR = 5;
    CLOCK = 96000000;
    t0 = TIME;
    while ((SYST_CSR & 0x10000) == 0) {
    }
    LOG = (TIME - t0) / 1000;
}
