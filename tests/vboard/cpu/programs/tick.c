/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* A 1 kHz tick with the core asleep in between; logs every 1024th. */
#include "prog.h"

static volatile uint32_t ticks;

void systick_handler(void)
{
    if ((++ticks & 1023) == 0) {
        LOG = ticks;
    }
}

void program(void)
{
    uint32_t hz = (REG(0xE000ED00) & 0xF0) == 0x70 ? 400000000 : 200000000;
    SYST_RVR = hz / 1000 - 1;
    SYST_CVR = 0;
    SYST_CSR = 7;
    for (;;) {
        WFI();
    }
}
