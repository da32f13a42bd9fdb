/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "prog.h"

static volatile uint32_t ticks;
static uint32_t first, last;

void systick_handler(void)
{
    uint32_t now = TIME;
    if (ticks == 0) {
        first = now;
    }
    last = now;
    ticks++;
}

void program(void)
{
    uint32_t a, b;
    SYST_RVR = 999;
    SYST_CVR = 5;
    LOG = SYST_CVR; /* any write clears */
    SYST_CSR = 5;   /* core clock, no interrupt */
    ASM("nop");
    a = SYST_CVR;
    b = SYST_CVR;
    LOG = a - b;
    LOG = a < 1000 && a > 900;
    LOG = SYST_CSR >> 16;
    while ((SYST_CSR & 0x10000) == 0) {
    }
    LOG = SYST_CSR >> 16; /* cleared by reading */
    SYST_CSR = 0;
    a = SYST_CVR;
    LOG = a == SYST_CVR;
    SYST_RVR = 19999;
    SYST_CVR = 0;
    SYST_CSR = 7;
    while (ticks < 11) {
        WFI();
    }
    SYST_CSR = 0;
    LOG = last - first; /* 10 periods, ns */
    ticks = 0;
    SYST_RVR = 1999;
    SYST_CVR = 0;
    SYST_CSR = 3; /* reference: an eighth */
    while (ticks < 6) {
        WFI();
    }
    SYST_CSR = 0;
    LOG = last - first;
    LOG = ticks;
    ticks = 0;
    ICSR = PENDSTSET;
    BARRIER();
    LOG = ticks;
    DEMCR = 1 << 24;
    DWT_LAR = 0xC5ACCE55;
    DWT_CTRL |= 1;
    a = DWT_CYCCNT;
    b = DWT_CYCCNT;
    LOG = b - a;
    LOG = SYST_RVR;
}
