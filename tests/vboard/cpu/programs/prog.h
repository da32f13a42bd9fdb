/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_VBOARD_CPU_PROG_H
#define TESTS_VBOARD_CPU_PROG_H

/* What the test programs use: the rig's device, core registers, intrinsics. No C library. */
#include <stdbool.h>
#include <stdint.h>

#define REG(address) (*(volatile uint32_t *)(address))
#define LOG REG(0x40000000)
#define TIME REG(0x40000004)
#define SET REG(0x40000008)
#define CLEAR REG(0x4000000C)
#define ALARM REG(0x40000010)
#define CLOCK REG(0x40000014)
#define FAIL REG(0x40000018)
#define PULSE REG(0x4000001C)
#define EVENT REG(0x40000020)
#define LINE8 REG(0x40000024)
#define PLAIN REG(0x40000028) /* only keeps what is written */

#define SYST_CSR REG(0xE000E010)
#define SYST_RVR REG(0xE000E014)
#define SYST_CVR REG(0xE000E018)
#define ISER0 REG(0xE000E100)
#define ICER0 REG(0xE000E180)
#define ISPR0 REG(0xE000E200)
#define ICPR0 REG(0xE000E280)
#define IABR0 REG(0xE000E300)
#define IPR(n) (*(volatile uint8_t *)(0xE000E400 + (n)))
#define ICSR REG(0xE000ED04)
#define VTOR REG(0xE000ED08)
#define AIRCR REG(0xE000ED0C)
#define SCR REG(0xE000ED10)
#define CCR REG(0xE000ED14)
#define SHPR(n) (*(volatile uint8_t *)(0xE000ED14 + (n))) /* n: exception 4 to 15 */
#define SHCSR REG(0xE000ED24)
#define CFSR REG(0xE000ED28)
#define HFSR REG(0xE000ED2C)
#define MMFAR REG(0xE000ED34)
#define BFAR REG(0xE000ED38)
#define CPACR REG(0xE000ED88)
#define MPU_CTRL REG(0xE000ED94)
#define MPU_RNR REG(0xE000ED98)
#define MPU_RBAR REG(0xE000ED9C)
#define MPU_RASR REG(0xE000EDA0)
#define DEMCR REG(0xE000EDFC)
#define STIR REG(0xE000EF00)
#define DWT_LAR REG(0xE0001FB0)
#define DWT_CTRL REG(0xE0001000)
#define DWT_CYCCNT REG(0xE0001004)

#define PENDSVSET (1u << 28)
#define PENDSTSET (1u << 26)
#define NMIPENDSET (1u << 31)

#define ASM(text) __asm__ volatile(text ::: "memory")
#define WFI() ASM("wfi")
#define WFE() ASM("wfe")
#define SEV() ASM("sev")
#define BARRIER() ASM("dsb\n isb")
#define CPSID_I() ASM("cpsid i")
#define CPSIE_I() ASM("cpsie i")
#define CPSID_F() ASM("cpsid f")
#define CPSIE_F() ASM("cpsie f")

#define MRS(name)                                                                                  \
    ({                                                                                             \
        uint32_t value_;                                                                           \
        __asm__ volatile("mrs %0, " name : "=r"(value_)::"memory");                                \
        value_;                                                                                    \
    })
#define MSR(name, value) __asm__ volatile("msr " name ", %0" ::"r"(value) : "memory")

/* Each program has this; the handlers it does not define log 0xDEAD0000 + IPSR and stop. */
void program(void);

static inline void stop_here(void)
{
    for (;;) {
    }
}

#endif
