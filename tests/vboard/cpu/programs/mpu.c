/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "prog.h"

static void report(void)
{
    LOG = MRS("ipsr");
    LOG = CFSR;
    LOG = MMFAR;
    CFSR = CFSR;
}

void mem_manage_handler(void)
{
    report();
    uint32_t *frame = (uint32_t *)MRS("psp");
    frame[6] += *(uint16_t *)frame[6] >= 0xE800 ? 4 : 2;
}

__attribute__((naked, noinline)) static uint32_t read_at(uint32_t address)
{
    (void)address;
    ASM("ldr r0, [r0]\n bx lr");
    __builtin_unreachable();
}

__attribute__((naked, noinline)) static void write_at(uint32_t address)
{
    (void)address;
    ASM("str r0, [r0]\n bx lr");
    __builtin_unreachable();
}

static void region(uint32_t n, uint32_t base, uint32_t rasr)
{
    MPU_RNR = n;
    MPU_RBAR = base;
    MPU_RASR = rasr;
}

static uint32_t stack[256];

void program(void)
{
    MSR("psp", (uint32_t)&stack[256]);
    MSR("control", 2);
    BARRIER();
    SHCSR = 7 << 16;
    REG(0x38000000) = 1;
    LOG = read_at(0x38000000);
    region(0, 0x38000000, 0x06000001 | 15 << 1); /* 64 KB, read-only */
    region(1, 0x38002000, 0x03000001 | 10 << 1); /* 2 KB in it, full access */
    region(2, 0x38004000,
           0x00000001 | 12 << 1 | 0xF0 << 8); /* 8 KB, no access, upper half left out */
    MPU_CTRL = 5;
    BARRIER();
    LOG = read_at(0x38000000);
    write_at(0x38000010);
    write_at(0x38002000);
    LOG = read_at(0x38002000);
    LOG = 1;
    read_at(0x38004000);
    LOG = read_at(0x38005000);
    MPU_CTRL = 0;
    BARRIER();
    write_at(0x38000010);
    LOG = read_at(0x38000010);
    LOG = 2;
    stop_here(); /* the return address is on the other stack */
}
