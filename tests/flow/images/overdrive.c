/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The same, called for the case that is dangerous, too: by an interrupt. */
#include "flow_image.h"

NOINLINE static int scale(uint32_t which)
{
    switch (which) {
    case 0:
        SYSCFG_PWRCR |= 1u;
        break;
    case 1:
        PWR->D3CR = 1u << 14;
        break;
    case 2:
        PWR->D3CR = 2u << 14;
        break;
    default:
        SYSCFG_PWRCR &= ~1u;
        break;
    }
    return (PWR->D3CR & 1u << 13) != 0 ? 0 : -1;
}

void hard_fault(void)
{
    scale(0);
    for (;;) {
    }
}

int main(void)
{
    while (scale(3) != 0) {
    }
    for (;;) {
    }
}
