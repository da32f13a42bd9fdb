/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Starts well; an interrupt that never comes would ask for VOS0, and an unused function for the LDO. */
#include "image.h"

__attribute__((used, noinline)) static void unused(void)
{
    PWR_CR3 = SUPPLY_LDO;
}

void hard_fault(void)
{
    SYSCFG_PWRCR |= 1u;
    for (;;) {
    }
}

int main(void)
{
    start_well();
    stay();
}
