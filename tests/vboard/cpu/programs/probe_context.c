/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What an exception keeps: FP context, exclusive monitors, ITSTATE, the stack's alignment. */
#include "probe.h"

volatile uint32_t seen_return, seen_control, seen_fpscr; /* the assembly code names them */

__attribute__((naked)) void irq0_handler(void)
{
    ASM("mrs r0, control\n ldr r1, =seen_control\n str r0, [r1]\n ldr r1, =seen_return\n"
        "str lr, [r1]\n vmrs r0, fpscr\n ldr r1, =seen_fpscr\n str r0, [r1]\n vmov s0, r0\n"
        "vmov s5, r0\n bx lr");
}

void irq1_handler(void)
{
}

void svc_handler(void)
{
}

static void floating_point(void)
{
    uint32_t s0, s5, fpscr;
    __asm__ volatile("vmsr fpscr, %1\n vmov s0, %0\n vmov s5, %0" ::"r"(0x12345678),
                     "r"(0x01C00000) /* flush to zero, round to zero */
                     : "s0", "s5");
    ISPR0 = 1;
    BARRIER();
    __asm__ volatile("vmov %0, s0\n vmov %1, s5\n vmrs %2, fpscr"
                     : "=r"(s0), "=r"(s5), "=r"(fpscr));
    LOG = seen_return;
    LOG = seen_control;
    LOG = seen_fpscr;
    LOG = s0;
    LOG = s5;
    LOG = fpscr;
    LOG = REG(0xE000EF34); /* FPCCR */
}

static uint32_t word = 5;

static uint32_t load_exclusive(void)
{
    uint32_t value;
    __asm__ volatile("ldrex %0, [%1]" : "=r"(value) : "r"(&word) : "memory");
    return value;
}

static uint32_t store_exclusive(uint32_t value)
{
    uint32_t failed;
    __asm__ volatile("strex %0, %2, [%1]" : "=&r"(failed) : "r"(&word), "r"(value) : "memory");
    return failed;
}

static void exclusives(void)
{
    load_exclusive();
    ASM("svc 0");
    LOG = store_exclusive(6);
    load_exclusive();
    LOG = store_exclusive(7);
    LOG = store_exclusive(8);
    load_exclusive();
    ASM("clrex");
    LOG = store_exclusive(9);
    LOG = word;
    load_exclusive();
    *(volatile uint32_t *)&word = 33;
    LOG = store_exclusive(34);
}

static void it_block(void)
{
    uint32_t value;
    __asm__ volatile("mov r4, #0\n cmp r4, #0\n ittt eq\n svceq 0\n moveq r4, #7\n addeq r4, #1\n"
                     "mov %0, r4"
                     : "=r"(value)::"r4", "cc");
    LOG = value;
}

static void stack_pointer(void)
{
    uint32_t before, after;
    __asm__ volatile("mov %0, sp\n sub sp, #4\n ldr r2, =0xE000E200\n mov r3, #2\n str r3, [r2]\n"
                     "dsb\n isb\n nop\n mov %1, sp\n add sp, #4"
                     : "=&r"(before), "=&r"(after)::"r2", "r3", "memory");
    LOG = before - after;
}

static void saturation(void)
{
    uint32_t flags;
    __asm__ volatile("mvn r0, #0x80000000\n qadd r0, r0, r0\n mrs %0, apsr" : "=r"(flags)::"r0");
    LOG = flags & 1u << 27;
}

void program(void)
{
    ISER0 = 3;
    enable_faults();
    enable_fpu();
    floating_point();
    exclusives();
    it_block();
    stack_pointer();
    saturation();
}
