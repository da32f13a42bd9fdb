/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PARTS_UART_LINK_H
#define VBOARD_PARTS_UART_LINK_H

/*
 * The other end of a serial line, 8N1 or with parity: the ST-LINK's virtual COM port, a USB adapter. Hears the frames on one wire
 * and sends queued bytes, back to back, on another.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "vboard/kernel/sched.h"
#include "vboard/kernel/signal.h"

struct uart_link_config {
    struct sched *sched;
    struct signal *rx; /* from the board's TX pin */
    struct signal *tx; /* to the board's RX pin; NULL: receives only */
    uint32_t baud;     /* 0 = 115200 */
    uint8_t parity;    /* 0 none, 1 odd, 2 even */
    uint8_t data_bits; /* without parity; 0 = 8 */
    /* At the end of a frame. `error`: break, wrong bit time or parity; the byte is then a guess. */
    void (*received)(void *ctx, uint8_t byte, bool error, vtime_ps now);
    void *ctx;
};

struct uart_link {
    struct uart_link_config config;
    struct signal_listener listener;
    struct signal_driver driver; /* idle level of tx */
    struct event event;          /* end of the frame being sent */
    uint8_t *queue;              /* bytes not yet sent, from `head` on */
    size_t head, count, capacity;
    vtime_ps burst_at;     /* start of the bytes sent back to back */
    uint64_t burst_frames; /* those that are finished or on the wire */
    struct symbol last;    /* frame heard; bit_ps 0: none */
    bool powered;
    uint64_t errors; /* frames received with an error */
};

void uart_link_init(struct uart_link *u, const struct uart_link_config *config);
void uart_link_destroy(struct uart_link *u);
/* Powered links drive their tx wire high; unpowered ones float and neither send nor hear. On at first. */
void uart_link_power(struct uart_link *u, bool on, vtime_ps now);
/* Queues bytes; 0, or -1 when out of memory (then none is queued). */
int uart_link_send(struct uart_link *u, const void *bytes, size_t length);
/* The baud rate from now on; call it between bytes. */
void uart_link_set_baud(struct uart_link *u, uint32_t baud);
/* From now on as the last frame that was heard, if one was. */
void uart_link_follow(struct uart_link *u);
/* Bytes waiting or on the wire. */
size_t uart_link_pending(const struct uart_link *u);

#endif
