/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_VBOARD_CPU_PROBE_H
#define TESTS_VBOARD_CPU_PROBE_H

/*
 * For programs that ask a core questions (test_probes.c): a handler of all faults that notes their status
 * and goes on behind the instruction, unless the fault is asynchronous: then the store is behind it already.
 *
 * OUTCOME(code) logs CFSR, with HFSR.FORCED as bit 30 and HFSR.DEBUGEVT as bit 31; 0: no fault.
 */
#include "prog.h"

static volatile uint32_t fault_count, fault_status, fault_psr, fault_bfar;

__attribute__((used)) static void note_fault(uint32_t *frame)
{
    fault_count++;
    fault_status |= CFSR | (HFSR & 0xC0000000u);
    fault_bfar = BFAR;
    fault_psr = frame[7];
    bool asynchronous = (CFSR & 1u << 10) != 0;
    CFSR = ~0u;
    HFSR = ~0u;
    if (!asynchronous) {
        frame[6] += *(uint16_t *)frame[6] >= 0xE800 ? 4 : 2;
        frame[7] &= ~0x0600FC00u; /* no longer in an IT block */
    }
}

#define FAULT_HANDLER(name)                                                                        \
    __attribute__((naked)) void name(void)                                                         \
    {                                                                                              \
        ASM("tst lr, #4\n ite eq\n mrseq r0, msp\n mrsne r0, psp\n push {r4, lr}\n"                \
            "bl note_fault\n pop {r4, pc}");                                                       \
    }
FAULT_HANDLER(hard_fault_handler)
FAULT_HANDLER(mem_manage_handler)
FAULT_HANDLER(bus_fault_handler)
FAULT_HANDLER(usage_fault_handler)

#define CORE_IS_M4 ((REG(0xE000ED00) & 0xF0) == 0x40)

static inline void settle(void)
{
    for (volatile int i = 0; i < 20; i++) {
    }
    BARRIER();
}

#define OUTCOME(...)                                                                               \
    do {                                                                                           \
        fault_status = fault_count = 0;                                                            \
        __VA_ARGS__;                                                                               \
        BARRIER();                                                                                 \
        LOG = fault_status;                                                                        \
    } while (0)

static inline void enable_faults(void)
{
    SHCSR = 7 << 16; /* MemManage, BusFault, UsageFault */
    BARRIER();
}

static inline void enable_fpu(void)
{
    CPACR |= 0xFu << 20;
    BARRIER();
}

#endif
