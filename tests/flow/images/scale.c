/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* A function of several cases, called for one of them: the others do not count. */
#include "flow_image.h"

NOINLINE static int scale(uint32_t which)
{
    if (which == 0) {
        PWR->D3CR = 3u << 14;
        SYSCFG_PWRCR |= 1u;
    } else {
        SYSCFG_PWRCR &= ~1u;
        PWR->D3CR = which << 14;
    }
    return (PWR->D3CR & 1u << 13) != 0 ? 0 : -1;
}

int main(void)
{
    while (scale(3) != 0) {
    }
    for (;;) {
    }
}
