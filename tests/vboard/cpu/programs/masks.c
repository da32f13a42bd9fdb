/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* PRIMASK, BASEPRI, FAULTMASK; pending while masked. */
#include "prog.h"

void irq0_handler(void)
{
    LOG = 0x200;
    CLEAR = 0;
}

void irq1_handler(void)
{
    LOG = 0x210;
    CLEAR = 1;
}

void nmi_handler(void)
{
    LOG = 0x2FF;
}

void hard_fault_handler(void)
{
    LOG = 0x2F0;
    LOG = HFSR;
    HFSR = HFSR;
    uint32_t *frame = (uint32_t *)MRS("msp");
    /* skip the SVC's effect: it returns behind it anyway */
    (void)frame;
}

void svc_handler(void)
{
    LOG = 0x220;
}

void program(void)
{
    IPR(0) = 0x40;
    IPR(1) = 0x80;
    ISER0 = 3;
    CPSID_I();
    SET = 0;
    BARRIER();
    LOG = 1;
    CPSIE_I();
    BARRIER();
    LOG = 2;
    MSR("basepri", 0x60);
    SET = 1;
    BARRIER();
    LOG = 3;
    SET = 0;
    BARRIER();
    LOG = 4;
    MSR("basepri_max", 0x80); /* not more urgent: no effect */
    BARRIER();
    LOG = MRS("basepri");
    MSR("basepri", 0);
    BARRIER();
    LOG = 5;
    CPSID_F();
    SET = 0;
    BARRIER();
    LOG = 6;
    ICSR = NMIPENDSET;
    BARRIER();
    LOG = 7;
    CPSIE_F();
    BARRIER();
    LOG = 8;
    ASM("svc 1");
    LOG = 9;
    CPSID_I();
    ASM("svc 2"); /* masked: escalates to HardFault */
    LOG = 10;
    CPSIE_I();
    LOG = MRS("primask");
}
