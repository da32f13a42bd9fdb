/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Priorities: preemption, ties, tail chaining, grouping, level-sensitive lines. */
#include "prog.h"

/* irq0 at 0x40 raises irq1 (more urgent) and irq2 (less urgent). */
void irq0_handler(void)
{
    LOG = 0x100;
    CLEAR = 0;
    SET = 1;
    BARRIER();
    LOG = 0x101;
    SET = 2;
    BARRIER();
    LOG = 0x102;
}

void irq1_handler(void)
{
    LOG = 0x110;
    LOG = IABR0;
    CLEAR = 1;
}

void irq2_handler(void)
{
    LOG = 0x120;
    CLEAR = 2;
}

/* Two of equal priority: the lower number first; neither preempts the other. */
void irq3_handler(void)
{
    LOG = 0x130;
    CLEAR = 3;
    SET = 4;
    BARRIER();
    LOG = 0x131;
}

void irq4_handler(void)
{
    LOG = 0x140;
    CLEAR = 4;
}

static unsigned again;

/* A line that stays high comes again after the return. */
void irq5_handler(void)
{
    LOG = 0x150 + again;
    if (++again == 3) {
        CLEAR = 5;
    }
}

/* Same group, other subpriority: waits although its priority is better. */
void irq6_handler(void)
{
    LOG = 0x160;
    CLEAR = 6;
    SET = 7;
    BARRIER();
    LOG = 0x161;
}

void irq7_handler(void)
{
    LOG = 0x170;
    CLEAR = 7;
}

void program(void)
{
    static const uint8_t priority[8] = {0x40, 0x20, 0x60, 0x50, 0x50, 0x80, 0x90, 0x80};
    for (unsigned i = 0; i < 8; i++) {
        IPR(i) = priority[i];
    }
    ISER0 = 0xFF;
    LOG = 1;
    SET = 0;
    BARRIER();
    LOG = 2;
    CPSID_I();
    SET = 4;
    SET = 3;
    LOG = ISPR0;
    CPSIE_I();
    BARRIER();
    LOG = 3;
    SET = 5;
    BARRIER();
    LOG = 4;
    SET = 6;
    BARRIER();
    LOG = 5;
    AIRCR = 0x05FA0000 | 6 << 8; /* group: bit 7 alone */
    BARRIER();
    SET = 6;
    BARRIER();
    LOG = 6;
    IPR(8) = 0xFF;
    LOG = IPR(8); /* four bits */
    STIR = 2;
    BARRIER();
    LOG = 7;
}
