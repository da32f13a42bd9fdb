/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Bus faults that CCR.BFHFNMIGN makes the core ignore at priorities -1 and -2, and only there. */
#include "prog.h"

#define BFHFNMIGN (1u << 8)
#define NOWHERE 0x60000010
#define ELSEWHERE 0x90000420
#define GUARDED 0x38800010

__attribute__((naked, noinline)) static uint32_t read_at(uint32_t address)
{
    (void)address;
    ASM("mov r1, r0\n mvn r0, #0\n ldr r0, [r1]\n bx lr");
    __builtin_unreachable();
}

__attribute__((naked, noinline)) static void write_at(uint32_t address)
{
    (void)address;
    ASM("str r0, [r0]\n bx lr");
    __builtin_unreachable();
}

/* In an IT block the instruction cannot be stopped, nor need it be. */
__attribute__((naked, noinline)) static uint32_t read_in_it(uint32_t address)
{
    (void)address;
    ASM("cmp r0, r0\n itt eq\n ldreq r0, [r0]\n addeq r0, #1\n bx lr");
    __builtin_unreachable();
}

static void tell(uint32_t value)
{
    LOG = value;
    LOG = CFSR;
    LOG = BFAR;
    CFSR = CFSR;
    BFAR = 0;
}

__attribute__((used)) static void report(uint32_t *frame)
{
    LOG = MRS("ipsr");
    tell(HFSR);
    HFSR = HFSR;
    frame[6] += 2;
}

__attribute__((naked)) void bus_fault_handler(void)
{
    ASM("mrs r0, msp\n push {r4, lr}\n bl report\n pop {r4, pc}");
}

/* Without the bit this would lock the core up. */
void hard_fault_handler(void)
{
    LOG = MRS("ipsr");
    tell(read_at(NOWHERE));
    stop_here();
}

void nmi_handler(void)
{
    LOG = MRS("ipsr");
    tell(read_at(GUARDED));
}

void irq0_handler(void)
{
    LOG = MRS("ipsr");
    tell(read_at(ELSEWHERE));
}

void program(void)
{
    SHCSR = 7 << 16;
    ISER0 = 1;
    IPR(0) = 0x80;
    CCR |= BFHFNMIGN;
    CPSID_F();
    tell(read_at(GUARDED));
    tell(read_at(GUARDED + 4)); /* good */
    tell(read_at(0x40000018));  /* a model refuses */
    write_at(0x40000018);
    tell(1);
    tell(read_at(0x40000404)); /* no such peripheral */
    tell(read_at(NOWHERE));
    tell(read_at(ELSEWHERE));
    tell(read_in_it(NOWHERE));
    write_at(0x08000000); /* flash without a write hook */
    tell(2);
    tell(read_at(0x08000000) != UINT32_MAX); /* that page can be read as before */
    CPSIE_F();
    tell(read_at(NOWHERE)); /* at priority 0 and below faults are faults */
    ICSR = NMIPENDSET;
    BARRIER();
    STIR = 0;
    BARRIER();
    CPSID_F();
    CCR &= ~BFHFNMIGN;
    CPSIE_F();
    tell(read_at(ELSEWHERE));
    LOG = 3;
    CCR |= BFHFNMIGN;
    SHCSR = 0;
    ASM("udf #1"); /* escalates; its handler reads nowhere */
}
