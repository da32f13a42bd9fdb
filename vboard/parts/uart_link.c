/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/parts/uart_link.h"

#include <stdlib.h>
#include <string.h>

#define PS_PER_S UINT64_C(1000000000000)

/* Sampling in mid-bit, the last sample is 9.5 bits after the start edge: half a bit there is 5.3 %. A
 * usual receiver loses about 1 % of it to its own sampling grid. */
#define TOLERANCE_PER_MILLE 40u

static uint64_t bit_ps(const struct uart_link *u)
{
    return (PS_PER_S + u->config.baud / 2) / u->config.baud;
}

/* Start, data, parity if any, stop. */
static unsigned frame_bits(const struct uart_link *u)
{
    return 2u + u->config.data_bits + (u->config.parity != 0 ? 1u : 0u);
}

/* End of the frame numbered `n` (from 0) of the present burst, without adding up rounding. */
static vtime_ps frame_end(const struct uart_link *u, uint64_t n)
{
    uint64_t bits = (n + 1) * frame_bits(u);
    uint64_t seconds = bits / u->config.baud;
    uint64_t rest = bits % u->config.baud;
    return u->burst_at + seconds * PS_PER_S + rest * PS_PER_S / u->config.baud;
}

/* ---- receiving ---- */

static void heard(void *ctx, struct signal *s, const struct symbol *sym)
{
    struct uart_link *u = ctx;
    uint64_t own = bit_ps(u);
    uint64_t off = own > sym->bit_ps ? own - sym->bit_ps : sym->bit_ps - own;
    bool error = sym->is_break || sym->data_bits != u->config.data_bits ||
                 sym->parity != u->config.parity || off * 1000u > own * TOLERANCE_PER_MILLE;
    (void)s;
    if (!u->powered) {
        return;
    }
    u->last = sym->is_break ? u->last : *sym;
    if (error) {
        u->errors++;
    }
    if (u->config.received != NULL) {
        u->config.received(u->config.ctx, (uint8_t)sym->data, error, sym->end);
    }
}

/* ---- sending ---- */

static void frame_sent(void *ctx, vtime_ps now)
{
    struct uart_link *u = ctx;
    struct symbol sym = {.data = u->queue[u->head],
                         .data_bits = u->config.data_bits,
                         .parity = u->config.parity,
                         .bit_ps = bit_ps(u),
                         .end = now};
    u->head = (u->head + 1) % u->capacity;
    u->count--;
    u->burst_frames++;
    if (u->count != 0) {
        sched_at(u->config.sched, &u->event, frame_end(u, u->burst_frames));
    }
    signal_send_symbol(u->config.tx, &sym);
}

static int make_room(struct uart_link *u, size_t needed)
{
    size_t capacity = u->capacity != 0 ? u->capacity : 256;
    while (capacity < needed) {
        capacity *= 2;
    }
    if (capacity == u->capacity) {
        return 0;
    }
    uint8_t *queue = malloc(capacity);
    if (queue == NULL) {
        return -1;
    }
    for (size_t i = 0; i < u->count; i++) {
        queue[i] = u->queue[(u->head + i) % u->capacity];
    }
    free(u->queue);
    u->queue = queue;
    u->capacity = capacity;
    u->head = 0;
    return 0;
}

int uart_link_send(struct uart_link *u, const void *bytes, size_t length)
{
    const uint8_t *from = bytes;
    if (length == 0 || !u->powered || u->config.tx == NULL) {
        return 0;
    }
    if (make_room(u, u->count + length) != 0) {
        return -1;
    }
    bool idle = u->count == 0;
    for (size_t i = 0; i < length; i++) {
        u->queue[(u->head + u->count) % u->capacity] = from[i];
        u->count++;
    }
    if (idle) {
        u->burst_at = u->config.sched->now;
        u->burst_frames = 0;
        sched_at(u->config.sched, &u->event, frame_end(u, 0));
    }
    return 0;
}

void uart_link_set_baud(struct uart_link *u, uint32_t baud)
{
    u->config.baud = baud;
}

void uart_link_follow(struct uart_link *u)
{
    if (u->last.bit_ps != 0 && u->count == 0) {
        u->config.baud = (uint32_t)((PS_PER_S + u->last.bit_ps / 2) / u->last.bit_ps);
        u->config.parity = u->last.parity;
        u->config.data_bits = u->last.data_bits;
    }
}

size_t uart_link_pending(const struct uart_link *u)
{
    return u->count;
}

/* ---- life ---- */

void uart_link_power(struct uart_link *u, bool on, vtime_ps now)
{
    u->powered = on;
    if (!on) {
        u->count = 0;
        sched_cancel(u->config.sched, &u->event);
    }
    if (u->config.tx != NULL) {
        signal_drive(&u->driver, on ? DRIVE_HIGH : DRIVE_NONE, now);
    }
}

void uart_link_init(struct uart_link *u, const struct uart_link_config *config)
{
    memset(u, 0, sizeof(*u));
    u->config = *config;
    if (u->config.baud == 0) {
        u->config.baud = 115200;
    }
    if (u->config.data_bits == 0) {
        u->config.data_bits = 8;
    }
    event_init(&u->event, frame_sent, u);
    u->listener = (struct signal_listener){.symbol = heard, .ctx = u};
    signal_listen(u->config.rx, &u->listener);
    if (u->config.tx != NULL) {
        signal_attach(u->config.tx, &u->driver);
    }
    uart_link_power(u, true, u->config.sched->now);
}

void uart_link_destroy(struct uart_link *u)
{
    sched_cancel(u->config.sched, &u->event);
    free(u->queue);
    u->queue = NULL;
}
