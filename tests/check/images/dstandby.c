/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* DStandby of domain D1, as HAL_PWREx_EnterSTANDBYMode(PWR_D1_DOMAIN): what wakes from it starts anew. */
#include "image.h"

#define SCB_SCR REG(0xE000ED10u)
#define SLEEPDEEP (1u << 2)

int main(void)
{
    start_well();
    PWR_CPU1CR |= 1u; /* PDDS_D1 */
    SCB_SCR |= SLEEPDEEP;
    for (;;) {
        __asm__ volatile("wfi");
    }
}
