/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What the registers of the private bus read, and what can be written there. */
#include "probe.h"

static void cycle_counter(void)
{
    DEMCR |= 1u << 24;
    DWT_CTRL |= 1;
    DWT_CYCCNT = 0;
    settle();
    LOG = DWT_CYCCNT != 0;
    LOG = REG(0xE0001FB4); /* DWT_LSR */
    DWT_LAR = 0xC5ACCE55;
    DWT_CTRL |= 1;
    settle();
    LOG = DWT_CYCCNT != 0;
    LOG = REG(0xE0001FB4);
}

static void identity(void)
{
    LOG = REG(0xE000ED00); /* CPUID */
    LOG = REG(0xE000E004); /* ICTR */
    LOG = CCR;
    LOG = REG(0xE000EF40); /* MVFR0 */
    LOG = REG(0xE000EF44); /* MVFR1 */
    LOG = REG(0xE000ED90); /* MPU_TYPE */
    LOG = SHCSR;
}

static void systick(void)
{
    LOG = REG(0xE000E01C) >> 30; /* CALIB: NOREF, SKEW */
    SYST_RVR = 99;
    SYST_CVR = 5;
    LOG = SYST_CVR;
    SYST_CSR = 5;
    for (volatile int i = 0; i < 100; i++) {
    }
    LOG = SYST_CSR;
    LOG = SYST_CSR >> 16 & 1;
    SYST_CSR = 0;
}

void program(void)
{
    cycle_counter();
    identity();
    uint32_t vectors = VTOR;
    VTOR = ~0u;
    uint32_t after = VTOR;
    VTOR = vectors;
    LOG = after & 0x3FFFFF80;
    REG(0xE000E110) = ~0u; /* ISER4: interrupts 128 to 149 */
    LOG = REG(0xE000E110);
    REG(0xE000E190) = ~0u;
    REG(0xE000E400) = ~0u;
    LOG = REG(0xE000E400);
    REG(0xE000E400) = 0;
    IPR(1) = 0x35; /* a byte of it, of which 4 bits are there */
    LOG = REG(0xE000E400);
    systick();
}
