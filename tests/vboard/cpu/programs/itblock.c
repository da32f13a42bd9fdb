/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* An interrupt in an IT block: SysTick at every possible place of a loop full of them. */
#include "prog.h"

static volatile uint32_t ticks;

void systick_handler(void)
{
    ticks++;
    ASM("cmp r0, r0\n it eq\n moveq r1, #0"); /* disturb flags and IT state */
    SYST_RVR = 40 + ticks * 7 % 61;
}

static uint32_t work(uint32_t n)
{
    uint32_t sum = 0;
    for (uint32_t i = 0; i < n; i++) {
        __asm__ volatile("tst %1, #1\n"
                         "ittee ne\n"
                         "addne %0, %0, #3\n"
                         "eorne %0, %0, #5\n"
                         "addeq %0, %0, #7\n"
                         "eoreq %0, %0, #9\n"
                         "tst %1, #2\n"
                         "itete eq\n"
                         "ldreq r3, [%2]\n"
                         "ldrne r3, [%2, #4]\n"
                         "addeq %0, %0, r3\n"
                         "subne %0, %0, r3\n"
                         : "+r"(sum)
                         : "r"(i), "r"((const uint32_t[]){11, 13})
                         : "r3", "cc", "memory");
    }
    return sum;
}

void program(void)
{
    LOG = work(2000);
    SYST_RVR = 50;
    SYST_CVR = 0;
    SYST_CSR = 7;
    uint32_t sum = work(2000);
    SYST_CSR = 0;
    LOG = sum;
    LOG = ticks > 100;
}
