/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CANDIAL_STM32H755_H
#define CANDIAL_STM32H755_H

/*
 * Registers, bits and interrupts of the STM32H755 that candial's firmware uses, and no others.
 *
 * Written from RM0399 Rev 4 under the names of ST's CMSIS device header, so that either may be used
 * (firmware/check-device-header.sh compares the two: every name's value, and the images' bytes).
 * ST's names are the reason for the typedefs here, which STYLE.md has nowhere else.
 */

/* RM0399 20.1.2, Table 149: the same numbers in the NVIC of either core. */
typedef enum {
    NonMaskableInt_IRQn = -14,
    HardFault_IRQn = -13,
    MemoryManagement_IRQn = -12,
    BusFault_IRQn = -11,
    UsageFault_IRQn = -10,
    SVCall_IRQn = -5,
    DebugMonitor_IRQn = -4,
    PendSV_IRQn = -2,
    SysTick_IRQn = -1,
    PVD_AVD_IRQn = 1,
    FDCAN1_IT0_IRQn = 19,
    TIM2_IRQn = 28,
    USART3_IRQn = 39,
    TIM16_IRQn = 117,
    HSEM1_IRQn = 125,      /* to the Cortex-M7 */
    HSEM2_IRQn = 126,      /* to the Cortex-M4 */
    WAKEUP_PIN_IRQn = 149, /* the last one: sizes the vector table */
} IRQn_Type;

/* What CMSIS-Core wants to know of the cores (RM0399 63.7 and 63.6, CPUID). */
#define __MPU_PRESENT 1U
#define __NVIC_PRIO_BITS 4U
#define __Vendor_SysTickConfig 0U
#define __FPU_PRESENT 1U
#if defined(CORE_CM4)
#define __CM4_REV 0x0001U
#include "core_cm4.h"
#elif defined(CORE_CM7)
#define __CM7_REV 0x0101U
#define __ICACHE_PRESENT 1U
#define __DCACHE_PRESENT 1U
#include "core_cm7.h"
#else
#error "define CORE_CM7 or CORE_CM4"
#endif

#include <stdint.h>

/* Memories, RM0399 2.3, Table 7. */
#define D1_ITCMRAM_BASE 0x00000000UL
#define D1_DTCMRAM_BASE 0x20000000UL
#define D2_AHBSRAM_BASE 0x30000000UL
#define D3_SRAM_BASE 0x38000000UL
#define D3_BKPSRAM_BASE 0x38800000UL
#define FLASH_BANK1_BASE 0x08000000UL
#define FLASH_BANK2_BASE 0x08100000UL

#include "h755_rcc.h"
#include "h755_system.h"
#include "h755_timers.h"
#include "h755_usart.h"
#include "h755_fdcan.h"

#endif
