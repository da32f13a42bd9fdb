/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Registers of clocks are asked for what was written there: what hangs on another answer is never reached. */
#include "flow_image.h"

#define RCC_CFGR REG(0x58024410u)
#define FLASH_ACR REG(0x52002000u)

NOINLINE static void switch_to(uint32_t source)
{
    RCC_CFGR = (RCC_CFGR & ~7u) | source;
}

int main(void)
{
    FLASH_ACR = 0x24;
    switch_to(0);
    if ((RCC_CFGR & 7u) == 3u) {
        PWR->CR3 = 2;
    }
    if ((FLASH_ACR & 15u) < 4u) {
        PWR->CR3 = 2;
    }
    for (;;) {
    }
}
