/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* FP registers across interrupts that use them, FPCA in frames, FPU off. */
#include "prog.h"

static volatile uint32_t entries;
static volatile uint32_t lr_seen;

void irq0_handler(void)
{
    uint32_t lr;
    __asm__ volatile("mov %0, lr" : "=r"(lr));
    lr_seen = lr;
    CLEAR = 0;
    __asm__ volatile("vmov.f32 s0, #9.0\n vmov.f32 s15, #9.0\n vmov.f32 s7, #2.5\n"
                     "vmov r1, s0\n vmsr fpscr, r1" ::
                         : "r1", "s0", "s7", "s15", "memory");
    entries++;
}

__attribute__((naked)) void usage_fault_handler(void)
{
    ASM("ldr r0, =0xE000ED28\n ldr r1, [r0]\n str r1, [r0]\n ldr r0, =0x40000000\n str r1, [r0]\n"
        "ldr r1, [sp, #24]\n str r1, [r0]\n" /* PC of the instruction */
        "ldr r0, =0xE000ED88\n mov r1, #0xF00000\n str r1, [r0]\n bx lr");
}

__attribute__((naked, noinline)) static void use_fpu(void)
{
    ASM("mov r1, #5\n add r1, r1, #6\n vmov s1, r1\n bx lr");
}

static void without_fp(void)
{
    SET = 0;
    BARRIER();
    LOG = lr_seen;
}

void program(void)
{
    ISER0 = 1;
    SHCSR = 7 << 16;
    LOG = (uint32_t)use_fpu;
    use_fpu(); /* FPU is off: UsageFault NOCP, its handler turns it on */
    LOG = MRS("control");
    MSR("control", 0);
    BARRIER();
    entries = 0;
    without_fp();
    LOG = MRS("control"); /* the handler's FP context does not leak */
    uint32_t r0, r7, r15, scr;
    __asm__ volatile("vmov.f32 s0, #1.0\n vmov.f32 s7, #3.0\n vmov.f32 s15, #4.0\n"
                     "mov r1, #0x400000\n vmsr fpscr, r1\n"
                     "ldr r1, =0x40000008\n mov r2, #0\n str r2, [r1]\n dsb\n isb\n nop\n"
                     "vmov %0, s0\n vmov %1, s7\n vmov %2, s15\n vmrs %3, fpscr\n"
                     : "=r"(r0), "=r"(r7), "=r"(r15), "=r"(scr)::"r1", "r2", "s0", "s7", "s15",
                       "memory");
    LOG = r0;
    LOG = r7;
    LOG = r15;
    LOG = scr;
    LOG = lr_seen;
    LOG = MRS("control");
    LOG = entries;
}
