/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* As many wake-ups as possible: SysTick every 800 cycles. */
#include "prog.h"

static volatile uint32_t ticks;

void systick_handler(void)
{
    if ((++ticks & 0x3FFFF) == 0) {
        LOG = ticks;
    }
}

void program(void)
{
    SYST_RVR = 799;
    SYST_CVR = 0;
    SYST_CSR = 7;
    for (;;) {
        WFI();
    }
}
