/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Waits by a counter of the core's own, of which SIN leaves something out. */
#include "image.h"

#define DEMCR REG(0xE000EDFCu)
#define DWT_CTRL REG(0xE0001000u)
#define DWT_CYCCNT REG(0xE0001004u)
#define DWT_LAR REG(0xE0001FB0u)
#define SYSTICK_CTRL REG(0xE000E010u)

#define LOCKED 1
#define UNTRACED 2
#define OFF 3
#define SYSTICK 4

int main(void)
{
    start_well();
    if (SIN != LOCKED) {
        DWT_LAR = 0xC5ACCE55u;
    }
    if (SIN != UNTRACED) {
        DEMCR |= 1u << 24;
    }
    DWT_CYCCNT = 0;
    if (SIN != OFF) {
        DWT_CTRL |= 1u;
    }
    while (SIN == SYSTICK && (SYSTICK_CTRL & 1u << 16) == 0) {
    }
    while (DWT_CYCCNT < 1000000u) {
    }
    RCC_AHB4ENR |= 2u;
    stay();
}
