/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* HAL_Delay's shape: a loop reads a variable which an interrupt changes; then endless loops. */
#include "prog.h"

static volatile uint32_t tick;

void systick_handler(void)
{
    tick++;
}

static void delay(uint32_t ticks)
{
    uint32_t start = tick;
    while (tick - start < ticks) {
    }
}

void program(void)
{
    SYST_RVR = 49999;
    SYST_CVR = 0;
    SYST_CSR = 7;
    DEMCR = 1 << 24;
    DWT_LAR = 0xC5ACCE55;
    DWT_CTRL |= 1;
    for (uint32_t i = 0; i < 20; i++) {
        delay(i % 5 + 1);
        LOG = i << 8;
        LOG = DWT_CYCCNT;
        for (volatile uint32_t k = 0; k < 500 + i; k++) {
        }
        LOG = SYST_CVR;
    }
    SYST_CSR = 0;
    ISER0 = 1 << 8;
    ALARM = 77777;
    stop_here();
}

void irq8_handler(void)
{
    LOG = 0x800;
    LOG = DWT_CYCCNT;
    CLEAR = 8;
    ALARM = 33333;
}
