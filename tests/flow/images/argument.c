/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* One function that writes any register, as driver libraries have it. */
#include "flow_image.h"

NOINLINE static void modify(volatile uint32_t *reg, uint32_t mask, uint32_t value)
{
    *reg = (*reg & ~mask) | value;
}

int main(void)
{
    for (uint32_t i = 0; i < 40; i++) {
        modify(&REG(0x58020000u + 4 * i), i, i);
    }
    modify(&REG(0x58020400u), 3, 1);
    modify(&REG(0x58020800u), 3, 2);
    modify(&REG(0x58020C00u), 3, 3);
    modify(&REG(0x58021000u), 3, 0);
    if (BUTTON) {
        modify(&PWR->CR3, SUPPLY_MASK, 2);
    } else {
        modify(&PWR->CR3, SUPPLY_MASK, 4);
    }
    for (;;) {
    }
}
