/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Selects the right supply, and holds code that would select the wrong one later. */
#include "image.h"

#define GPIOC_MODER REG(0x58020800u)
#define GPIOC_IDR REG(0x58020810u)

__attribute__((noinline)) static void choose(void)
{
    PWR_CR3 = SUPPLY_LDO;
}

int main(void)
{
    start_well();
    RCC_AHB4ENR |= 4u;
    GPIOC_MODER &= ~(3u << 26);
    for (;;) {
        if ((GPIOC_IDR & 1u << 13) != 0) {
            choose();
        }
    }
}
