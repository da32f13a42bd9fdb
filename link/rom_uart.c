/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "link/rom_uart.h"

#include <poll.h>
#include <termios.h>

#define CHUNK 64u /* bytes handed to the adapter at once: its baud rate holds for all of them */

/* Each of the PC's questions waits a step for the answer. */
#define STEP_PS PS_PER_MS
/* A program that opens the pseudo-terminal at once must not speak before the boot ROM can hear. */
#define READY_PS (10 * PS_PER_MS)

static void take_byte(void *context, uint8_t byte, uint64_t now_ps)
{
    (void)now_ps;
    rom_uart_take(context, byte);
}

static void take_step(void *context, const struct bench_step *step)
{
    struct rom_uart *uart = context;
    if (!step->last && step->now_ps >= READY_PS) {
        (void)rom_uart_pump(uart, uart->model);
    }
}

bool rom_uart_open(struct rom_uart *uart, const char *spec, char *error, size_t error_size)
{
    uart->observer = (struct bench_observer){.context = uart,
                                             .adapter = take_byte,
                                             .step = take_step,
                                             .step_ps = STEP_PS,
                                             .repeats = true};
    return pty_open(&uart->pty, "--rom-uart", spec, error, error_size);
}

void rom_uart_close(struct rom_uart *uart)
{
    pty_close(&uart->pty);
}

void rom_uart_take(struct rom_uart *uart, uint8_t byte)
{
    pty_put(&uart->pty, byte);
}

static uint32_t baud_of(const struct rom_uart *uart)
{
    static const struct {
        speed_t speed;
        uint32_t baud;
    } rates[] = {{B1200, 1200},     {B1800, 1800},     {B2400, 2400},     {B4800, 4800},
                 {B9600, 9600},     {B19200, 19200},   {B38400, 38400},   {B57600, 57600},
                 {B115200, 115200}, {B230400, 230400}, {B460800, 460800}, {B921600, 921600}};
    struct termios mode;
    if (tcgetattr(uart->pty.slave, &mode) == 0) {
        for (size_t i = 0; i < sizeof rates / sizeof *rates; i++) {
            if (rates[i].speed == cfgetospeed(&mode)) {
                return rates[i].baud;
            }
        }
    }
    return 115200;
}

bool rom_uart_pump(struct rom_uart *uart, const struct bench_model *model)
{
    uint8_t bytes[CHUNK];
    pty_flush(&uart->pty);
    if (model->ops->adapter_pending(model->self) != 0) {
        return true; /* the PC's buffer holds the rest */
    }
    const size_t count = pty_take(&uart->pty, bytes, sizeof bytes);
    if (count > 0) {
        model->ops->adapter_send(model->self, baud_of(uart), bytes, count);
    }
    return count > 0;
}

void rom_uart_wait(const struct rom_uart *uart, int milliseconds)
{
    struct pollfd look = {.fd = uart->pty.master, .events = POLLIN};
    (void)poll(&look, 1, milliseconds);
}
