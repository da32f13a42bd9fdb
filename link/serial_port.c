/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "link/serial_port.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/file.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

static bool set_mode(int fd)
{
    struct termios mode;
    if (tcgetattr(fd, &mode) != 0) {
        return false;
    }
    cfmakeraw(&mode);
    mode.c_cflag |= CLOCAL | CREAD; /* no modem lines */
    return cfsetspeed(&mode, B115200) == 0 && tcsetattr(fd, TCSANOW, &mode) == 0 &&
           tcflush(fd, TCIFLUSH) == 0;
}

bool serial_open(struct serial_port *port, const char *path)
{
    *port = (struct serial_port){.fd = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK)};
    if (port->fd < 0) {
        return false;
    }
    /* terminal programs lock a port so, too; before its mode is changed under another one's feet */
    if (isatty(port->fd) && flock(port->fd, LOCK_EX | LOCK_NB) == 0 && set_mode(port->fd)) {
        return true;
    }
    const int why = errno;
    close(port->fd);
    errno = why;
    return false;
}

void serial_close(struct serial_port *port)
{
    close(port->fd);
    port->fd = -1;
}

bool serial_send(struct serial_port *port, const char *text)
{
    size_t left = strlen(text);
    while (left > 0) {
        const ssize_t written = write(port->fd, text, left);
        if (written > 0) {
            text += written;
            left -= (size_t)written;
        } else if (written < 0 && errno != EAGAIN && errno != EINTR) {
            return false;
        } else {
            struct pollfd room = {.fd = port->fd, .events = POLLOUT};
            if (poll(&room, 1, 1000) == 0) {
                return false; /* nothing moves */
            }
        }
    }
    return true;
}

long serial_now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000L + now.tv_nsec / 1000000L;
}

/* True at the end of a line that is not empty. */
static bool take(struct serial_port *port, char c)
{
    if (c == '\r' || c == '\n') {
        port->line[port->line_length] = '\0';
        return port->line_length > 0;
    }
    if (port->line_length < sizeof port->line - 1) {
        port->line[port->line_length++] = c;
    }
    return false;
}

enum serial_result serial_line(struct serial_port *port, long until_ms)
{
    port->line_length = 0;
    for (;;) {
        char c;
        const ssize_t count = read(port->fd, &c, 1);
        if (count == 1) {
            if (take(port, c)) {
                return SERIAL_LINE;
            }
            continue;
        }
        if (count < 0 && errno != EAGAIN && errno != EINTR) {
            return SERIAL_GONE;
        }
        const long left = until_ms - serial_now_ms();
        struct pollfd data = {.fd = port->fd, .events = POLLIN};
        if (left <= 0) {
            return SERIAL_TIMEOUT;
        }
        if (poll(&data, 1, (int)left) > 0 && (data.revents & (POLLHUP | POLLERR)) != 0) {
            return SERIAL_GONE;
        }
    }
}
