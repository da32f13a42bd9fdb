/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Waits for the user button, then counts its turns. */
#include "image.h"

#define GPIOC_MODER REG(0x58020800u)
#define GPIOC_IDR REG(0x58020810u)

int main(void)
{
    volatile uint32_t turns = 0;
    RCC_AHB4ENR |= 4u;
    GPIOC_MODER &= ~(3u << 26);
    while ((GPIOC_IDR & 1u << 13) == 0) {
    }
    for (;;) {
        turns++;
    }
}
