/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CM7_UART_H
#define CM7_UART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * USART3, 115200 8N1 from HSI, 16-byte FIFOs. Neither direction ever waits: interrupts move bytes
 * between the FIFOs and two rings. What is sent goes into its ring as a whole or not at all.
 */
void uart_start(void);

/* A command's answer is at most so long: it is not begun before there is room for it. */
#define UART_ANSWER_MAX 4096U

/* Queues the text, or drops all of it: false. Main loop only. */
bool uart_write(const char *text, size_t len);

/* The same for what is not an answer: leaves room for one. */
bool uart_offer(const char *text, size_t len);

/* Bytes that uart_write would take now. */
size_t uart_room(void);

/* The next byte received; false: there is none. Main loop only. */
bool uart_take(uint8_t *byte);
bool uart_has_input(void);

/* Free-running counters, and the fullest the rings have been. */
struct uart_counts {
    uint32_t dropped;  /* texts that found no room */
    uint32_t errors;   /* bytes received with a wrong stop bit, or noise: another baud rate */
    uint32_t overruns; /* bytes lost: nobody took them in time */
    uint32_t rx_max;
    uint32_t tx_max;
};
extern struct uart_counts uart_counts;

/* All has been sent, to the last bit. */
bool uart_is_idle(void);

#endif
