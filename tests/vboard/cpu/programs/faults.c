/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Faults that a handler survives by moving the stacked PC on. */
#include "prog.h"

typedef uint32_t read_fn(uint32_t address);

__attribute__((naked, noinline)) static uint32_t read_at(uint32_t address)
{
    (void)address;
    ASM("ldr r0, [r0, #4]\n bx lr");
    __builtin_unreachable();
}

__attribute__((naked, noinline)) static void write_at(uint32_t address)
{
    (void)address;
    ASM("str r0, [r0]\n bx lr");
    __builtin_unreachable();
}

__attribute__((naked, noinline)) static void undefined(void)
{
    ASM("udf #1\n bx lr");
}

__attribute__((used)) static void report(uint32_t *frame)
{
    LOG = MRS("ipsr");
    LOG = CFSR;
    LOG = HFSR;
    if ((CFSR & 1u << 15) != 0) {
        LOG = BFAR;
    }
    if ((CFSR & 1u << 7) != 0) {
        LOG = MMFAR;
    }
    LOG = frame[6]; /* PC */
    uint32_t cause = CFSR;
    CFSR = cause;
    HFSR = HFSR;
    if ((cause & (1u << 0 | 1u << 8 | 1u << 17)) != 0) {
        frame[6] = frame[5]; /* a jump into nowhere: back to its caller */
        frame[7] |= 1u << 24;
    } else if ((cause & 1u << 10) == 0) { /* imprecise: the store is behind us */
        uint16_t op = *(uint16_t *)frame[6];
        frame[6] += op >= 0xE800 ? 4 : 2;
    }
}

#define HANDLER(name)                                                                              \
    __attribute__((naked)) void name(void)                                                         \
    {                                                                                              \
        ASM("mrs r0, msp\n push {r4, lr}\n bl report\n pop {r4, pc}");                             \
    }
HANDLER(hard_fault_handler)
HANDLER(mem_manage_handler)
HANDLER(bus_fault_handler)
HANDLER(usage_fault_handler)

void program(void)
{
    LOG = (uint32_t)read_at;
    LOG = (uint32_t)write_at;
    LOG = (uint32_t)undefined;
    /* all escalate to HardFault */
    read_at(0x60000000);
    LOG = 1;
    SHCSR = 7 << 16;
    read_at(0x60000010);
    LOG = 2;
    write_at(0x08000000); /* flash without a write hook */
    LOG = 3;
    undefined();
    LOG = 4;
    ((void (*)(void))0x70000001)(); /* fetch from nowhere */
    LOG = 5;
    ((void (*)(void))0x40000001)(); /* fetch from a peripheral: execute never */
    LOG = 6;
    ((void (*)(void))((uint32_t)undefined & ~1u))(); /* even address */
    LOG = 7;
    read_at(0x40000014); /* the device refuses */
    LOG = 8;
    write_at(0x40000018);
    LOG = 9;
    read_at(0x40000400); /* no peripheral in that page */
    LOG = 10;
}
