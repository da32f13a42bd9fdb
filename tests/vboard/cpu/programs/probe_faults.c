/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Which fault does it take, and with which status? */
#include "probe.h"

#define DEVICE 0x40000001u  /* Device memory, unaligned */
#define NOTHING 0x24090000u /* behind AXI SRAM */

static uint8_t buffer[64] __attribute__((aligned(8)));

void svc_handler(void)
{
    ASM("svc 1\n nop"); /* its own priority: HardFault */
}

static void alignment(void)
{
    uint8_t *odd = buffer + 1;
    OUTCOME(__asm__ volatile("ldrd r4, r5, [%0]" ::"r"(odd) : "r4", "r5", "memory"));
    OUTCOME(__asm__ volatile("ldmia.w %0, {r4, r5}" ::"r"(odd) : "r4", "r5", "memory"));
    OUTCOME(__asm__ volatile("strd r4, r5, [%0]" ::"r"(odd) : "memory"));
    OUTCOME(__asm__ volatile("stmia.w %0, {r4, r5}" ::"r"(odd) : "memory"));
    OUTCOME(__asm__ volatile("vldr s3, [%0]" ::"r"(odd) : "s3", "memory"));
    OUTCOME(__asm__ volatile("ldr.w r4, [%0]" ::"r"(odd) : "r4", "memory"));
    OUTCOME(__asm__ volatile("ldr.w r4, [%0]" ::"r"(DEVICE) : "r4", "memory"));
    OUTCOME(__asm__ volatile("ldrex r4, [%0]" ::"r"(odd) : "r4", "memory"));
    CCR |= 1u << 3; /* UNALIGN_TRP */
    OUTCOME(__asm__ volatile("ldr.w r4, [%0]" ::"r"(odd) : "r4", "memory"));
    CCR &= ~(1u << 3);
}

static void divisions(void)
{
    uint32_t quotient;
    __asm__ volatile("mov r4, #5\n mov r5, #0\n udiv %0, r4, r5" : "=r"(quotient)::"r4", "r5");
    LOG = quotient;
    CCR |= 1u << 4; /* DIV_0_TRP */
    OUTCOME(__asm__ volatile("mov r4, #0\n udiv r5, r4, r4" ::: "r4", "r5"));
    CCR &= ~(1u << 4);
}

static void coprocessors(void)
{
    OUTCOME(ASM(".short 0xee31, 0x0b02")); /* vadd.f64 d0, d1, d2 */
    OUTCOME(ASM(".short 0xfe00, 0x0a00")); /* vseleq.f32 s0, s0, s0 */
    CPACR &= ~(0xFu << 20);
    BARRIER();
    OUTCOME(ASM("vmov s0, r0"));
    enable_fpu();
    OUTCOME(ASM("cdp p0, 0, c0, c0, c0, 0"));
    OUTCOME(ASM("mcr p5, 0, r0, c0, c0, 0"));
    OUTCOME(__asm__ volatile("mrc p15, 0, r0, c0, c0, 0" ::: "r0"));
    OUTCOME(ASM(".short 0xf7f0, 0x8000")); /* SMC */
}

static void escalations(void)
{
    OUTCOME(ASM("svc 0"));
    OUTCOME(ASM("cpsid i\n svc 0\n nop\n cpsie i"));
    OUTCOME(ASM("bkpt 0"));
    LOG = REG(0xE000ED30); /* DFSR */
    REG(0xE000ED30) = 0x1F;
    OUTCOME(__asm__ volatile("mov r4, #0\n cmp r4, #0\n itt eq\n udfeq #0\n moveq r4, #7" ::
                                 : "r4", "cc"));
    LOG = fault_psr & 0x0600FC00; /* ITSTATE */
}

static void addresses(void)
{
    OUTCOME((void)REG(0x08300000)); /* behind the flash memory */
    OUTCOME((void)REG(0x30060000)); /* behind SRAM3 */
    OUTCOME((void)REG(NOTHING));
    OUTCOME((void)REG(0x60000000));
    OUTCOME((void)REG(0xA0000000));
    OUTCOME(REG(NOTHING) = 1; settle());
    REG(0xE000E008) = 2; /* ACTLR.DISDEFWBUF */
    OUTCOME(REG(NOTHING) = 1; settle());
    REG(0xE000E008) = 0;
    fault_count = 0;
    CPSID_F();
    CCR |= 1u << 8; /* BFHFNMIGN */
    (void)REG(NOTHING);
    CCR &= ~(1u << 8);
    LOG = CFSR | fault_count << 28;
    CFSR = ~0u;
    CPSIE_F();
}

void program(void)
{
    enable_faults();
    enable_fpu();
    alignment();
    divisions();
    coprocessors();
    escalations();
    addresses();
    OUTCOME((void)REG(0xE00FFFE0); (void)REG(0xE0000E80); (void)REG(0xE0002000);
            (void)REG(0xE000EDF0)); /* ROM table, ITM, FPB, DHCSR */
    OUTCOME(REG(0xE000EF68) = (uint32_t)buffer; REG(0xE000EF5C) = (uint32_t)buffer;
            REG(0xE000EF50) = 0); /* DCCMVAC, DCIMVAC, ICIALLU */
}
