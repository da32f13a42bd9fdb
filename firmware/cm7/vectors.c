/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The Cortex-M7's vectors, in ITCM from boot_run() on (RM0399 Table 149). */
#include "stm32h755xx.h"

#include "firmware/cm7/handlers.h"
#include "firmware/cm7/startup.h"
#include "firmware/common/crash.h"

extern uint32_t stack_top[];

#define EXCEPTIONS 16
#define IRQ(n) (EXCEPTIONS + (n))

/* Everything not named is a fault: an interrupt nobody enabled is a bug. */
const uintptr_t vectors[IRQ(WAKEUP_PIN_IRQn) + 1] __attribute__((used, section(".vectors"))) = {
    [0] = (uintptr_t)stack_top,
    [1] = (uintptr_t)Reset_Handler,
    [2] = (uintptr_t)NMI_Handler,
    [3 ... IRQ(-2)] = (uintptr_t)crash_handler,
    [IRQ(SysTick_IRQn)] = (uintptr_t)SysTick_Handler,
    [IRQ(0)... IRQ(PVD_AVD_IRQn - 1)] = (uintptr_t)crash_handler,
    [IRQ(PVD_AVD_IRQn)] = (uintptr_t)PVD_AVD_IRQHandler,
    [IRQ(PVD_AVD_IRQn + 1)... IRQ(USART3_IRQn - 1)] = (uintptr_t)crash_handler,
    [IRQ(USART3_IRQn)] = (uintptr_t)USART3_IRQHandler,
    [IRQ(USART3_IRQn + 1)... IRQ(TIM16_IRQn - 1)] = (uintptr_t)crash_handler,
    [IRQ(TIM16_IRQn)] = (uintptr_t)TIM16_IRQHandler,
    [IRQ(TIM16_IRQn + 1)... IRQ(HSEM1_IRQn - 1)] = (uintptr_t)crash_handler,
    [IRQ(HSEM1_IRQn)] = (uintptr_t)HSEM1_IRQHandler,
    [IRQ(HSEM1_IRQn + 1)... IRQ(WAKEUP_PIN_IRQn)] = (uintptr_t)crash_handler,
};
