/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Details of entry and return: alignment of the frame, event register, FAULTMASK. */
#include "prog.h"

static volatile uint32_t handler_sp;
static volatile uint32_t stacked_psr;

__attribute__((used)) static void note_frame(uint32_t *frame)
{
    CLEAR = 0;
    handler_sp = (uint32_t)frame;
    stacked_psr = frame[7];
}

__attribute__((naked)) void irq0_handler(void)
{
    ASM("mov r0, sp\n push {r4, lr}\n bl note_frame\n pop {r4, pc}");
}

void irq1_handler(void)
{
    CLEAR = 1;
    LOG = 0xA1;
    WFE(); /* the entry has set the event register */
    LOG = 0xA2;
}

void svc_handler(void)
{
    CPSID_F();
}

void irq3_handler(void)
{
    CLEAR = 3;
    SET = 4;
    LOG = 0xA3;
}

void irq4_handler(void)
{
    LOG = 0xA4;
    CLEAR = 4;
}

static uint32_t sp_after_interrupt(uint32_t offset)
{
    uint32_t moved;
    __asm__ volatile("mov r4, sp\n sub sp, sp, %1\n mov r5, sp\n"
                     "ldr r6, =0x40000008\n mov r7, #0\n str r7, [r6]\n dsb\n isb\n nop\n"
                     "mov r6, sp\n sub %0, r6, r5\n mov sp, r4\n"
                     : "=&r"(moved)
                     : "r"(offset)
                     : "r4", "r5", "r6", "r7", "memory");
    return moved;
}

void program(void)
{
    ISER0 = 0x1B;
    LOG = sp_after_interrupt(8);
    LOG = handler_sp & 7;
    LOG = stacked_psr >> 9 & 1;
    LOG = sp_after_interrupt(12);
    LOG = handler_sp & 7;
    LOG = stacked_psr >> 9 & 1;
    SEV();
    WFE(); /* clears it */
    SET = 1;
    BARRIER();
    LOG = 0xA5;
    WFE(); /* the return has set it */
    LOG = 0xA6;
    ASM("svc 0");
    LOG = MRS("faultmask");
    SET = 3;
    BARRIER();
    /* SysTick becomes pending while masked: SEVONPEND makes it an event */
    CPSID_I();
    SCR = 1 << 4;
    SEV();
    WFE();
    SYST_RVR = 3999;
    SYST_CVR = 0;
    SYST_CSR = 7;
    WFE();
    SYST_CSR = 0;
    LOG = ICSR >> 26 & 1;
}
