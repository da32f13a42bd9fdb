/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* HAL_Delay(500) and a log, for ever: tick interrupt and polling of its counter. */
#include "prog.h"

static volatile uint32_t tick;

void systick_handler(void)
{
    tick++;
}

void program(void)
{
    uint32_t hz = (REG(0xE000ED00) & 0xF0) == 0x70 ? 400000000 : 200000000;
    SYST_RVR = hz / 1000 - 1;
    SYST_CVR = 0;
    SYST_CSR = 7;
    for (;;) {
        uint32_t start = tick;
        while (tick - start < 500) {
        }
        LOG = tick;
    }
}
