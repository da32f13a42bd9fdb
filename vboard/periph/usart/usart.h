/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_USART_USART_H
#define VBOARD_PERIPH_USART_USART_H

/*
 * USART1/2/3/6 and UART4/5/7/8 (RM0399 chapter 51) as asynchronous ports. Whole frames travel over
 * the pins as symbols (signal.h), one event a frame.
 *
 * The chip's table names them "USART3", "UART4"; their pins are the alternate functions NAME_TX and
 * NAME_RX. LPUART1 asks EXTI by two lines, of its receiver (FIFO not empty, full, threshold; WUF) and of its transmitter;
 * here both are one. param unused.
 */
#include "vboard/chip/periph.h"

enum usart_irq { USART_IRQ_GLOBAL, USART_IRQ_WAKEUP }; /* the second: to EXTI (51.5.21) */

extern const struct model usart_model;
extern const struct model
    lpuart_model; /* LPUART1 (chapter 52): no oversampling by 8, no modes but asynchronous */
/* What each field of its registers is (vboard/chip/fields.h). */
extern const struct reg_fields usart_fields[];
extern const struct reg_fields lpuart_fields[];

#endif
