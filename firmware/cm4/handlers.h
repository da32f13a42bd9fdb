/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CM4_HANDLERS_H
#define CM4_HANDLERS_H

#include "stm32h755xx.h"

/*
 * The M4's exceptions. FDCAN1, TIM2 and HSEM2 share one priority, so they never interrupt each other
 * and share data without locks; SysTick is below them.
 */
void NMI_Handler(void);
void SysTick_Handler(void);
void FDCAN1_IT0_IRQHandler(void);
void TIM2_IRQHandler(void);
void HSEM2_IRQHandler(void);

/* Each of them ends with this. A store that is still on its way at an exception's return may make a Cortex-M4 r0p1 take
 * the wrong handler (Arm's erratum 838869, docs/errata.md). */
static inline void handler_end(void)
{
    __DSB();
}

#endif
