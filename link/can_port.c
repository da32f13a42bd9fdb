/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "link/can_port.h"

#include "link/can_socket.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

/* A frame waits so long for the board at most; in it 1 Mbit/s carries some twenty. */
#define STEP_PS PS_PER_MS
#define READ_BYTES 512u

/* ---- out ---- */

/* All of it, unless the adapter takes nothing for so long: then it is gone. */
#define STUCK_MS 2000

static void write_all(int fd, const char *text, size_t length)
{
    struct pollfd look = {.fd = fd, .events = POLLOUT};
    while (length > 0 && poll(&look, 1, STUCK_MS) == 1 && (look.revents & POLLOUT) != 0) {
        const ssize_t count = write(fd, text, length);
        if (count < 0) {
            return;
        }
        text += count;
        length -= (size_t)count;
    }
}

static void put_text(struct can_port *port, const char *text, size_t length)
{
    if (!port->config.is_adapter) {
        write_all(port->fd, text, length);
        return;
    }
    for (size_t i = 0; i < length; i++) {
        pty_put(&port->pty, (uint8_t)text[i]);
    }
    pty_pace(&port->pty);
}

static void put_frame(struct can_port *port, const struct can_log_frame *frame)
{
    char text[SLCAN_LINE_MAX];
    if (port->is_socket) {
        (void)can_socket_send(port->fd, frame);
    } else {
        put_text(port, text, slcan_write(frame, text));
    }
}

static void take_frame(void *context, const struct bench_frame *frame)
{
    struct can_port *port = context;
    const bool goes_out = port->config.is_adapter
                              ? port->is_open && frame->sender != BENCH_BY_OTHER
                              : frame->sender == BENCH_BY_BOARD && !port->config.listen_only;
    if (frame->error == BENCH_CAN_GOOD && goes_out) {
        put_frame(port, &frame->content);
    }
}

/* ---- in ---- */

static void send_frame(struct can_port *port, const struct can_log_frame *frame)
{
    port->waiting = *frame;
    port->waits = !port->model->ops->send(port->model->self, frame);
}

static void answer(struct can_port *port, const char *text)
{
    if (port->config.is_adapter) {
        put_text(port, text, strlen(text));
    }
}

/* What an adapter is told: only open and close make a difference here; the bus has its bit rate. */
static void take_command(struct can_port *port, const char *line)
{
    switch (line[0]) {
    case 'O':
    case 'L':
        port->is_open = true;
        answer(port, "\r");
        break;
    case 'C':
        port->is_open = false;
        answer(port, "\r");
        break;
    case 'V':
        answer(port, "V1013\r");
        break;
    case 'N':
        answer(port, "NCNDL\r");
        break;
    case 'F':
        answer(port, "F00\r");
        break;
    case 'S':
    case 's':
    case 'Z':
    case 'M':
    case 'm':
    case '\0':
        answer(port, "\r");
        break;
    default:
        answer(port, "\a");
        break;
    }
}

static void take_line(struct can_port *port, const char *line)
{
    struct can_log_frame frame;
    if (!slcan_read(line, &frame)) {
        if (port->config.is_adapter) {
            take_command(port, line);
        }
        return;
    }
    if (port->config.is_adapter && !port->is_open) {
        answer(port, "\a");
        return;
    }
    send_frame(port, &frame);
    answer(port, frame.extended ? "Z\r" : "z\r");
}

/* One byte at a time: behind a frame that waits nothing is read. */
static void take_byte(struct can_port *port, char byte)
{
    if (byte == '\r' || byte == '\n' || byte == '\a') {
        port->line[port->line_length] = '\0';
        if (byte == '\r' || port->line_length > 0) {
            take_line(port, port->line);
        }
        port->line_length = 0;
    } else if (port->line_length + 1 < sizeof port->line) {
        port->line[port->line_length++] = byte;
    }
}

static size_t read_bytes(struct can_port *port, uint8_t *bytes, size_t size)
{
    if (port->config.is_adapter) {
        return pty_take(&port->pty, bytes, size);
    }
    const ssize_t count = read(port->fd, bytes, size);
    return count > 0 ? (size_t)count : 0;
}

static void take_lines(struct can_port *port)
{
    uint8_t byte;
    for (unsigned i = 0; i < READ_BYTES && !port->waits && read_bytes(port, &byte, 1) == 1; i++) {
        take_byte(port, (char)byte);
    }
}

static void take_socket(struct can_port *port)
{
    struct can_log_frame frame;
    while (!port->waits && can_socket_receive(port->fd, &frame)) {
        send_frame(port, &frame);
    }
}

static void pump(struct can_port *port)
{
    if (port->waits) {
        send_frame(port, &port->waiting);
    }
    if (port->is_socket) {
        take_socket(port);
    } else {
        take_lines(port);
    }
    if (port->config.is_adapter) {
        pty_pace(&port->pty);
    }
}

static void take_step(void *context, const struct bench_step *step)
{
    if (!step->last) {
        pump(context);
    }
}

/* ---- open ---- */

static bool open_serial(struct can_port *port, const char *path, char *error, size_t error_size)
{
    struct termios mode;
    const char *speed = slcan_speed(port->config.bitrate_bps);
    char commands[16];
    if (speed == NULL) {
        snprintf(error, error_size,
                 "--can: slcan adapters do not know %u bit/s: use a profile with another bit rate",
                 (unsigned)port->config.bitrate_bps);
        return false;
    }
    port->fd = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK);
    if (port->fd < 0 || tcgetattr(port->fd, &mode) != 0) {
        snprintf(error, error_size, "--can: %s: %s: name an adapter's serial port", path,
                 strerror(errno));
        return false;
    }
    cfmakeraw(&mode);
    (void)tcsetattr(port->fd, TCSANOW, &mode);
    snprintf(commands, sizeof commands, "\rC\r%s\r%c\r", speed,
             port->config.listen_only ? 'L' : 'O');
    put_text(port, commands, strlen(commands));
    return true;
}

static bool open_adapter(struct can_port *port, const char *spec, char *error, size_t error_size)
{
    if (!pty_open(&port->pty, "--can-out", spec, error, error_size)) {
        return false;
    }
    pty_let_go(&port->pty);
    return true;
}

bool can_port_open(struct can_port *port, const struct can_port_config *config, char *error,
                   size_t error_size)
{
    static const char slcan[] = "slcan:";
    static const char socket[] = "socketcan:";
    const bool is_slcan = strncmp(config->spec, slcan, sizeof slcan - 1) == 0;
    const bool is_socket = strncmp(config->spec, socket, sizeof socket - 1) == 0;
    *port = (struct can_port){.config = *config,
                              .pty = {.master = -1, .slave = -1},
                              .fd = -1,
                              .is_socket = is_socket,
                              .observer = {.context = port,
                                           .frame = take_frame,
                                           .step = take_step,
                                           .step_ps = STEP_PS,
                                           .stays = true,
                                           .repeats = true}};
    if (is_slcan && config->is_adapter) {
        return open_adapter(port, config->spec + sizeof slcan - 1, error, error_size);
    }
    if (is_slcan) {
        return open_serial(port, config->spec + sizeof slcan - 1, error, error_size);
    }
    if (is_socket && !config->is_adapter) {
        port->fd = can_socket_open(config->spec + sizeof socket - 1, error, error_size);
        return port->fd >= 0;
    }
    snprintf(error, error_size, "%s %s is not known: use %s",
             config->is_adapter ? "--can-out" : "--can", config->spec,
             config->is_adapter ? "slcan:pty or slcan:pty:PATH" : "slcan:PATH or socketcan:IF");
    return false;
}

void can_port_close(struct can_port *port)
{
    pty_close(&port->pty);
    if (port->fd >= 0) {
        if (!port->is_socket) {
            put_text(port, "C\r", 2);
        }
        close(port->fd);
    }
}
