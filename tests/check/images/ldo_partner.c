/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Selects the wrong supply when the other core has stopped, as ST's examples wait for; else gives up. */
#include "image.h"

__attribute__((noinline, noreturn)) static void Error_Handler(void)
{
    for (;;) {
    }
}

int main(void)
{
    REG(0x580000E4u) |= 1u << 14; /* EXTI_C2EMR3: HSEM wakes the M4 */
    for (uint32_t patience = 0xFFFF; (RCC_CR & D2CKRDY) != 0;) {
        if (patience-- == 0) {
            Error_Handler();
        }
    }
    select_supply(SUPPLY_LDO);
    stay();
}
