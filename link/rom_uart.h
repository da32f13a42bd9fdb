/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * The USB-UART adapter on the boot ROM's pins, as a pseudo-terminal on the PC: programs such as
 * stm32flash open it as if it were /dev/ttyUSB0.
 *
 * Linux pseudo-terminals drop the parity setting, so the adapter always adds even parity, which
 * the boot ROM wants; the program must be content with 8N1 (stm32flash: -m 8n1 or -b 0). The baud
 * rate is what the program sets.
 */
#ifndef LINK_ROM_UART_H
#define LINK_ROM_UART_H

#include "bench/observer.h"
#include "bench/model.h"
#include "link/pty.h"

struct rom_uart {
    struct pty pty;
    const struct bench_model *model;
    struct bench_observer observer; /* for a board under way; model must be set */
};

/* As pty_open. */
bool rom_uart_open(struct rom_uart *uart, const char *spec, char *error, size_t error_size)
    __attribute__((warn_unused_result));
void rom_uart_close(struct rom_uart *uart);

/* A byte from the board. */
void rom_uart_take(struct rom_uart *uart, uint8_t byte);

/* Moves waiting bytes in both directions, at the PC's baud rate. True: the board was sent some. */
bool rom_uart_pump(struct rom_uart *uart, const struct bench_model *model);

/* Waits until the PC sends something, but no longer than `milliseconds`. */
void rom_uart_wait(const struct rom_uart *uart, int milliseconds);

#endif
