/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CORTEX_M_H
#define CORTEX_M_H

/*
 * What the firmware uses of the processors themselves, and no more: the registers of the system
 * control space, the instructions C has no word for, interrupts on and off.
 *
 * Written from the programming manuals (PM0253 Rev 5, Cortex-M7; PM0214 Rev 10, Cortex-M4) under the
 * names of Arm's CMSIS-Core, so that either may be used: with CANDIAL_CMSIS_INCLUDE the build takes
 * Arm's headers, and the images must be the same to the byte (tests/firmware/check_cmsis.sh).
 *
 * To be included by the device header alone, through core_cm7.h or core_cm4.h: it needs the device's
 * IRQn_Type and __NVIC_PRIO_BITS.
 */
#include <stdint.h>

/* Access to a register: read and write, read only, write only. */
#define __IO volatile
#define __I volatile const
#define __O volatile

/* Interrupt controller, PM0253 4.2: a bit an interrupt, and a byte of priority each. */
typedef struct {
    __IO uint32_t ISER[8];
    uint32_t RESERVED0[24];
    __IO uint32_t ICER[8];
    uint32_t RESERVED1[24];
    __IO uint32_t ISPR[8];
    uint32_t RESERVED2[24];
    __IO uint32_t ICPR[8];
    uint32_t RESERVED3[24];
    __IO uint32_t IABR[8];
    uint32_t RESERVED4[56];
    __IO uint8_t IP[240];
} NVIC_Type;
#define NVIC ((NVIC_Type *)0xE000E100UL)

/* System control block, PM0253 4.3. */
typedef struct {
    __I uint32_t CPUID;
    __IO uint32_t ICSR;
    __IO uint32_t VTOR;
    __IO uint32_t AIRCR;
    __IO uint32_t SCR;
    __IO uint32_t CCR;
    __IO uint8_t SHPR[12]; /* of exceptions 4 to 15 */
    __IO uint32_t SHCSR;
    __IO uint32_t CFSR;
    __IO uint32_t HFSR;
    __IO uint32_t DFSR;
    __IO uint32_t MMFAR;
    __IO uint32_t BFAR;
    __IO uint32_t AFSR;
    uint32_t RESERVED0[18];
    __IO uint32_t CPACR;
} SCB_Type;
#define SCB ((SCB_Type *)0xE000ED00UL)

#define SCB_AIRCR_VECTKEY 0x05FA0000UL /* no write without it */
#define SCB_AIRCR_PRIGROUP_Msk (7UL << 8)
#define SCB_AIRCR_SYSRESETREQ_Msk (1UL << 2)
#define SCB_CCR_BFHFNMIGN_Msk (1UL << 8)
#define SCB_CFSR_BUSFAULTSR_Msk (0xFFUL << 8)

/* System timer, PM0253 4.4. */
typedef struct {
    __IO uint32_t CTRL;
    __IO uint32_t LOAD;
    __IO uint32_t VAL;
    __I uint32_t CALIB;
} SysTick_Type;
#define SysTick ((SysTick_Type *)0xE000E010UL)

#define SysTick_CTRL_ENABLE_Msk (1UL << 0)
#define SysTick_CTRL_TICKINT_Msk (1UL << 1)
#define SysTick_CTRL_CLKSOURCE_Msk (1UL << 2)
#define SysTick_CTRL_COUNTFLAG_Msk (1UL << 16)
#define SysTick_LOAD_RELOAD_Msk 0xFFFFFFUL

/* Memory protection unit, PM0253 4.6. */
typedef struct {
    __I uint32_t TYPE;
    __IO uint32_t CTRL;
    __IO uint32_t RNR;
    __IO uint32_t RBAR;
    __IO uint32_t RASR;
} MPU_Type;
#define MPU ((MPU_Type *)0xE000ED90UL)

#define MPU_CTRL_ENABLE_Msk (1UL << 0)
#define MPU_CTRL_PRIVDEFENA_Msk (1UL << 2)
#define MPU_RASR_ENABLE_Msk (1UL << 0)
#define MPU_RASR_SIZE_Pos 1U
#define MPU_RASR_S_Msk (1UL << 18)
#define MPU_RASR_TEX_Pos 19U
#define MPU_RASR_AP_Pos 24U
#define MPU_RASR_XN_Msk (1UL << 28)

/* Debug registers, Armv7-M Architecture Reference Manual C1.6. */
typedef struct {
    __IO uint32_t DHCSR;
    __O uint32_t DCRSR;
    __IO uint32_t DCRDR;
    __IO uint32_t DEMCR;
} CoreDebug_Type;
#define CoreDebug ((CoreDebug_Type *)0xE000EDF0UL)

#define CoreDebug_DEMCR_TRCENA_Msk (1UL << 24)

/* Data watchpoint and trace unit, the same C1.8; the lock is CoreSight's, at 0xFB0 of every part. */
typedef struct {
    __IO uint32_t CTRL;
    __IO uint32_t CYCCNT;
    uint32_t RESERVED0[1002];
    __O uint32_t LAR;
} DWT_Type;
#define DWT ((DWT_Type *)0xE0001000UL)

#define DWT_CTRL_CYCCNTENA_Msk (1UL << 0)

/* Instructions, PM0253 3.12. Each is a barrier to the compiler too, where memory is its matter. */
static inline void __DSB(void)
{
    __asm volatile("dsb sy" ::: "memory");
}

static inline void __DMB(void)
{
    __asm volatile("dmb sy" ::: "memory");
}

static inline void __ISB(void)
{
    __asm volatile("isb sy" ::: "memory");
}

static inline void __WFI(void)
{
    __asm volatile("wfi" ::: "memory");
}

static inline void __disable_irq(void)
{
    __asm volatile("cpsid i" ::: "memory");
}

static inline void __enable_irq(void)
{
    __asm volatile("cpsie i" ::: "memory");
}

static inline void __disable_fault_irq(void)
{
    __asm volatile("cpsid f" ::: "memory");
}

static inline void __enable_fault_irq(void)
{
    __asm volatile("cpsie f" ::: "memory");
}

static inline uint32_t __get_MSP(void)
{
    uint32_t value;
    __asm volatile("mrs %0, msp" : "=r"(value));
    return value;
}

static inline uint32_t __get_IPSR(void)
{
    uint32_t value;
    __asm volatile("mrs %0, ipsr" : "=r"(value));
    return value;
}

/* Interrupts of the device: exceptions below 0 have no bit here. */
static inline void NVIC_EnableIRQ(IRQn_Type irq)
{
    if (irq >= 0) {
        __asm volatile("" ::: "memory");
        NVIC->ISER[(uint32_t)irq / 32U] = 1UL << ((uint32_t)irq % 32U);
        __asm volatile("" ::: "memory");
    }
}

/* Off when it returns: not even an interrupt already on its way is taken afterwards. */
static inline void NVIC_DisableIRQ(IRQn_Type irq)
{
    if (irq >= 0) {
        NVIC->ICER[(uint32_t)irq / 32U] = 1UL << ((uint32_t)irq % 32U);
        __DSB();
        __ISB();
    }
}

static inline void NVIC_SetPendingIRQ(IRQn_Type irq)
{
    if (irq >= 0) {
        NVIC->ISPR[(uint32_t)irq / 32U] = 1UL << ((uint32_t)irq % 32U);
    }
}

/* 0 is the most urgent. The bits a device has are the upper ones of its byte (PM0253 4.2.7). */
static inline void NVIC_SetPriority(IRQn_Type irq, uint32_t priority)
{
    const uint8_t byte = (uint8_t)(priority << (8U - __NVIC_PRIO_BITS));
    if (irq >= 0) {
        NVIC->IP[irq] = byte;
    } else {
        SCB->SHPR[((uint32_t)irq & 15U) - 4U] = byte;
    }
}

/* Resets the chip; what was stored before is in memory first. */
static inline __attribute__((noreturn)) void NVIC_SystemReset(void)
{
    __DSB();
    SCB->AIRCR =
        SCB_AIRCR_VECTKEY | (SCB->AIRCR & SCB_AIRCR_PRIGROUP_Msk) | SCB_AIRCR_SYSRESETREQ_Msk;
    __DSB();
    for (;;) {
        __asm volatile("nop");
    }
}

#endif
