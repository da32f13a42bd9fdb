/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CM7_HANDLERS_H
#define CM7_HANDLERS_H

/* The M7's exceptions: they acknowledge and leave a mark for the main loop. */
void NMI_Handler(void);
void SysTick_Handler(void);
void PVD_AVD_IRQHandler(void);
void USART3_IRQHandler(void);
void TIM16_IRQHandler(void);
void HSEM1_IRQHandler(void);

#endif
