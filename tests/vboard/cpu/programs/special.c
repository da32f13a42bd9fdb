/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Reads and writes the special memory; the test makes it writable or not in between. */
#include "prog.h"

#define WORD(n) REG(0x38800000 + 4 * (n))

__attribute__((used)) static void report(uint32_t *frame)
{
    LOG = 0xF0000000 | CFSR;
    LOG = BFAR;
    CFSR = CFSR;
    frame[6] += 2;
}

__attribute__((naked)) void bus_fault_handler(void)
{
    ASM("mrs r0, msp\n push {r4, lr}\n bl report\n pop {r4, pc}");
}

__attribute__((naked, noinline)) static uint32_t read_at(uint32_t address)
{
    (void)address;
    ASM("mov r1, r0\n mov r0, #0\n ldr r0, [r1]\n bx lr");
    __builtin_unreachable();
}

/* The device's FAIL register, in an IT block: the instruction cannot be stopped. */
__attribute__((naked, noinline)) static uint32_t read_in_it(uint32_t address)
{
    (void)address;
    ASM("cmp r0, r0\n itt eq\n ldreq r1, [r0]\n moveq r2, #1\n mov r0, r2\n b 1f\n 1: nop\n bx lr");
    __builtin_unreachable();
}

void irq8_handler(void)
{
    CLEAR = 8;
}

static void pause(void)
{
    ALARM = 100000;
    WFI();
}

void program(void)
{
    SHCSR = 7 << 16;
    ISER0 = 1 << 8;
    for (uint32_t i = 0; i < 5; i++) {
        WORD(0) = 0x100 + i;
        *(volatile uint16_t *)(0x38800006) = (uint16_t)(0x200 + i);
        LOG = WORD(0);
        LOG = WORD(1);
        LOG = read_at(0x38800010);
        pause();
    }
    LOG = read_in_it(0x40000018);
}
