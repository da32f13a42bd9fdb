/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Stores of other sizes: a pair of words, several, a byte, a halfword. */
#include "flow_image.h"

int main(void)
{
    if (BUTTON) {
        __asm__ volatile("strd %1, %2, [%0]" ::"r"(0x58024808u), "r"(1u), "r"(2u) : "memory");
    } else {
        __asm__ volatile(
            "mov r2, #1\n\tmov r3, #2\n\tmov r4, #3\n\tstmia %0, {r2, r3, r4}" ::"r"(0x58024808u)
            : "r2", "r3", "r4", "memory");
    }
    *(volatile uint8_t *)0x5802480Cu = 2;
    *(volatile uint16_t *)0x5802480Cu = 2;
    for (;;) {
    }
}
