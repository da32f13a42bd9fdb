/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The Cortex-M4's vectors, at the start of flash bank 2 (RM0399 Table 149). */
#include "stm32h755xx.h"

#include "firmware/cm4/handlers.h"
#include "firmware/cm4/startup.h"
#include "firmware/common/crash.h"

extern uint32_t stack_top[];

#define EXCEPTIONS 16
#define IRQ(n) (EXCEPTIONS + (n))

const uintptr_t vectors[IRQ(WAKEUP_PIN_IRQn) + 1] __attribute__((used, section(".vectors"))) = {
    [0] = (uintptr_t)stack_top,
    [1] = (uintptr_t)Reset_Handler,
    [2] = (uintptr_t)NMI_Handler,
    [3 ... IRQ(-2)] = (uintptr_t)crash_handler,
    [IRQ(SysTick_IRQn)] = (uintptr_t)SysTick_Handler,
    [IRQ(0)... IRQ(FDCAN1_IT0_IRQn - 1)] = (uintptr_t)crash_handler,
    [IRQ(FDCAN1_IT0_IRQn)] = (uintptr_t)FDCAN1_IT0_IRQHandler,
    [IRQ(FDCAN1_IT0_IRQn + 1)... IRQ(TIM2_IRQn - 1)] = (uintptr_t)crash_handler,
    [IRQ(TIM2_IRQn)] = (uintptr_t)TIM2_IRQHandler,
    [IRQ(TIM2_IRQn + 1)... IRQ(HSEM2_IRQn - 1)] = (uintptr_t)crash_handler,
    [IRQ(HSEM2_IRQn)] = (uintptr_t)HSEM2_IRQHandler,
    [IRQ(HSEM2_IRQn + 1)... IRQ(WAKEUP_PIN_IRQn)] = (uintptr_t)crash_handler,
};
