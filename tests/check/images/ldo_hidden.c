/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Would select the wrong supply, were the user button pressed. */
#include "image.h"

#define GPIOC_MODER REG(0x58020800u)
#define GPIOC_IDR REG(0x58020810u)

__attribute__((noinline)) static void choose(void)
{
    PWR_CR3 = SUPPLY_LDO;
}

int main(void)
{
    RCC_AHB4ENR |= 4u;
    GPIOC_MODER &= ~(3u << 26);
    for (;;) {
        if ((GPIOC_IDR & 1u << 13) != 0) {
            choose();
        }
    }
}
