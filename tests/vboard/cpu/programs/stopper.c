/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* CStop: an interrupt alone does not end it, EXTI's wake-up line does. */
#include "prog.h"

void irq8_handler(void)
{
    LOG = 0x600;
    CLEAR = 8;
}

void program(void)
{
    SCR = 1 << 2; /* SLEEPDEEP */
    ISER0 = 1 << 8;
    ALARM = 10000;
    WFI();
    LOG = 1;
    ICER0 = 1 << 8;
    SCR = 1 << 2 | 1 << 4; /* SEVONPEND */
    SEV();
    WFE();
    ALARM = 10000;
    WFE();
    LOG = 2;
}
