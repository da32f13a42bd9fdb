/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#define _XOPEN_SOURCE 700 /* posix_openpt and its family */
#include "cli/rom_uart.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define CHUNK 64u /* bytes handed to the adapter at once: its baud rate holds for all of them */

static bool fail(struct rom_uart *uart, const char *what, char *error, size_t error_size)
{
    snprintf(error, error_size, "--rom-uart: %s: %s: use pty or pty:PATH with a PATH that is free",
             what, strerror(errno));
    rom_uart_close(uart);
    return false;
}

/* Bytes pass as they are; a program that opens it sets its own mode and baud rate. */
static bool make_raw(int fd)
{
    struct termios mode;
    if (tcgetattr(fd, &mode) != 0) {
        return false;
    }
    cfmakeraw(&mode);
    return cfsetspeed(&mode, B115200) == 0 && tcsetattr(fd, TCSANOW, &mode) == 0;
}

bool rom_uart_open(struct rom_uart *uart, const char *spec, char *error, size_t error_size)
{
    *uart = (struct rom_uart){.master = -1, .slave = -1};
    if (strcmp(spec, "pty") != 0 && strncmp(spec, "pty:", 4) != 0) {
        errno = EINVAL;
        return fail(uart, spec, error, error_size);
    }
    uart->master = posix_openpt(O_RDWR | O_NOCTTY);
    if (uart->master < 0 || grantpt(uart->master) != 0 || unlockpt(uart->master) != 0 ||
        fcntl(uart->master, F_SETFL, O_NONBLOCK) != 0) {
        return fail(uart, "a pseudo-terminal", error, error_size);
    }
    snprintf(uart->name, sizeof uart->name, "%s", ptsname(uart->master));
    uart->slave = open(uart->name, O_RDWR | O_NOCTTY);
    if (uart->slave < 0 || !make_raw(uart->slave)) {
        return fail(uart, uart->name, error, error_size);
    }
    if (spec[3] == ':') {
        if (symlink(uart->name, spec + 4) != 0) {
            return fail(uart, spec + 4, error, error_size);
        }
        snprintf(uart->name, sizeof uart->name, "%s", spec + 4);
        uart->linked = true;
    }
    return true;
}

void rom_uart_close(struct rom_uart *uart)
{
    if (uart->linked) {
        unlink(uart->name);
    }
    if (uart->slave >= 0) {
        close(uart->slave);
    }
    if (uart->master >= 0) {
        close(uart->master);
    }
    *uart = (struct rom_uart){.master = -1, .slave = -1};
}

void rom_uart_take(struct rom_uart *uart, uint8_t byte)
{
    if (uart->out_count < sizeof uart->out) {
        uart->out[uart->out_count++] = byte;
    }
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
    if (tcgetattr(uart->slave, &mode) == 0) {
        for (size_t i = 0; i < sizeof rates / sizeof *rates; i++) {
            if (rates[i].speed == cfgetospeed(&mode)) {
                return rates[i].baud;
            }
        }
    }
    return 115200;
}

static void give_to_pc(struct rom_uart *uart)
{
    if (uart->out_count == 0) {
        return;
    }
    ssize_t written = write(uart->master, uart->out, uart->out_count);
    if (written > 0) {
        uart->out_count -= (size_t)written;
        memmove(uart->out, uart->out + written, uart->out_count);
    }
}

bool rom_uart_pump(struct rom_uart *uart, const struct run_model *model)
{
    uint8_t bytes[CHUNK];
    give_to_pc(uart);
    if (model->ops->adapter_pending(model->self) != 0) {
        return true; /* the PC's buffer holds the rest */
    }
    ssize_t count = read(uart->master, bytes, sizeof bytes);
    if (count <= 0) {
        return false;
    }
    model->ops->adapter_send(model->self, baud_of(uart), bytes, (size_t)count);
    return true;
}

void rom_uart_wait(const struct rom_uart *uart, int milliseconds)
{
    struct pollfd look = {.fd = uart->master, .events = POLLIN};
    (void)poll(&look, 1, milliseconds);
}
