/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The chip's USARTs and UARTs (RM0399 2.3.2 Table 7, 51.8), and what they are set to. */
#ifndef CHECK_UARTS_H
#define CHECK_UARTS_H

#include "vboard/chip/chip.h"

struct check_uart {
    const char *name, *rx; /* "USART3", "USART3_RX" */
    uint32_t base;
    enum clock_id clock;
};

#define CHECK_UARTS 8u
extern const struct check_uart check_uarts[CHECK_UARTS];

/* Its receiver is on. */
bool check_uart_listens(struct chip *chip, const struct check_uart *uart);
/* A received word waits to be read. */
bool check_uart_is_full(struct chip *chip, const struct check_uart *uart);
/* Its rate in Bd, 0: none. */
uint32_t check_uart_baud(struct chip *chip, const struct check_uart *uart);
/* 0 none, 1 odd, 2 even: of 8 data bits and parity (M = 01, PCE); else none. */
unsigned check_uart_parity(struct chip *chip, const struct check_uart *uart);

#endif
