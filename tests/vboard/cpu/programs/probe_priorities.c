/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What is taken, and in which order? */
#include "probe.h"

static volatile uint32_t hits, icsr;

void irq0_handler(void)
{
    hits = hits << 8 | 0x10;
}

void irq1_handler(void)
{
    hits = hits << 8 | 0x11;
}

void irq2_handler(void)
{
    hits = hits << 8 | 0x12;
    ISPR0 = 2;
    settle();
    hits = hits << 8 | 0x22;
}

void irq3_handler(void)
{
    CPSID_F();
}

void irq4_handler(void)
{
    icsr = ICSR;
}

void nmi_handler(void)
{
    hits = hits << 8 | 0x02;
}

static uint32_t pend(uint32_t interrupts)
{
    hits = 0;
    ISPR0 = interrupts;
    settle();
    return hits;
}

static void set_priorities(uint8_t p0, uint8_t p1, uint8_t p2)
{
    IPR(0) = p0;
    IPR(1) = p1;
    IPR(2) = p2;
}

static void groups(void)
{
    AIRCR = 0x05FA0500; /* PRIGROUP 5: groups of bits 7:6 */
    set_priorities(0x40, 0x40, 0x40);
    MSR("basepri", 0x60); /* the group of 0x40 */
    LOG = pend(1);
    MSR("basepri", 0);
    settle();
    LOG = hits;
    set_priorities(0x40, 0x40, 0x60);
    LOG = pend(4);
    AIRCR = 0x05FA0000;
    LOG = pend(4);
    set_priorities(0x40, 0x40, 0x40);
    LOG = pend(3);
    set_priorities(0x40, 0x20, 0x40);
    LOG = pend(3);
    AIRCR = 0x00000700; /* no key */
    LOG = AIRCR & 0x700;
}

static uint32_t basepri_max(uint32_t before, uint32_t value)
{
    MSR("basepri", before);
    MSR("basepri_max", value);
    uint32_t after = MRS("basepri");
    MSR("basepri", 0);
    return after;
}

static void masks(void)
{
    LOG = basepri_max(0x40, 0x80);
    LOG = basepri_max(0x40, 0);
    LOG = basepri_max(0x40, 0x20);
    ISPR0 = 8;
    settle();
    LOG = MRS("faultmask");
    hits = 0;
    ICSR = NMIPENDSET;
    settle();
    LOG = hits;
    hits = 0;
    CPSID_I();
    ISPR0 = 2;
    BARRIER();
    WFI(); /* ends at once; the interrupt waits */
    LOG = hits;
    LOG = ICSR;
    CPSIE_I();
    settle();
    LOG = hits;
    ICER0 = 2;
    LOG = pend(2);
    ISER0 = 2;
    settle();
    LOG = hits;
}

void program(void)
{
    ISER0 = 0x1F;
    groups();
    masks();
    ISPR0 = 0x10;
    settle();
    LOG = icsr;
    hits = 0;
    STIR = 0;
    settle();
    LOG = hits;
}
