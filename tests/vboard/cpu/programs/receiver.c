/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "prog.h"

void irq2_handler(void)
{
    LOG = 0x720;
    CLEAR = 2;
}

void program(void)
{
    ISER0 = 1 << 2;
    WFE();
    LOG = 0x710;
    WFI();
    LOG = 0x711;
    WFE(); /* set by the interrupt */
    LOG = 0x712;
    WFE();
    LOG = 0x713;
}
