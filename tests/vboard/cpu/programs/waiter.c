/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* WFI and WFE: what wakes and what does not. */
#include "prog.h"

void irq8_handler(void)
{
    LOG = 0x600;
    CLEAR = 8;
}

void irq1_handler(void)
{
    LOG = 0x610;
    CLEAR = 1;
}

static void wait(uint32_t note, uint32_t ns)
{
    uint32_t start = TIME;
    ALARM = ns;
    WFI();
    uint32_t slept = TIME - start;
    LOG = note;
    LOG = slept / 1000;
}

void program(void)
{
    uint32_t start;
    ISER0 = 1 << 8;
    wait(1, 10000);
    CPSID_I();
    wait(2, 20000); /* wakes, the handler waits */
    LOG = 3;
    CPSIE_I();
    BARRIER();
    /* WFE: the event register is set by the exception before, then sleeps until SEV of the test */
    SEV();
    WFE();
    LOG = 4;
    start = TIME;
    ALARM = 30000;
    WFE(); /* the interrupt wakes */
    LOG = (TIME - start) / 1000;
    WFE(); /* entry and return have set the event register: falls through */
    LOG = 5;
    /* SEVONPEND: a disabled interrupt becomes pending */
    ICER0 = 1 << 8;
    SCR = 1 << 4;
    start = TIME;
    ALARM = 40000;
    WFE();
    LOG = (TIME - start) / 1000;
    LOG = ISPR0;
    CLEAR = 8;
    ICPR0 = 1 << 8;
    SCR = 0;
    /* SLEEPONEXIT: the handler returns to sleep; the second interrupt clears the bit */
    ISER0 = 1 << 8 | 2;
    SCR = 2;
    LOG = 6;
    SET = 1;
    BARRIER();
    LOG = 7;
}
