/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CM7_UART_H
#define CM7_UART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * USART3, 115200 8N1 from HSI, 16-byte FIFO. Sending never blocks: whole texts go into a ring buffer
 * that the interrupt empties, and a text that does not fit is dropped and counted.
 */
void uart_start(void);

/* Queues the text, or drops all of it: false. Main loop only. */
bool uart_write(const char *text, size_t len);

/* Texts dropped since reset. */
uint32_t uart_dropped(void);

/* Nothing waits in RAM (the FIFO's last 16 bytes may still be on their way). */
bool uart_is_idle(void);

#endif
