/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* A serial port of the PC, 115200 8N1, raw. */
#ifndef LINK_SERIAL_PORT_H
#define LINK_SERIAL_PORT_H

#include <stdbool.h>
#include <stddef.h>

#define SERIAL_LINE_MAX 400

struct serial_port {
    int fd;
    char line[SERIAL_LINE_MAX];
    size_t line_length;
};

/*
 * What had come in before is thrown away. False: errno says why: EWOULDBLOCK when another program
 * has locked it (flock), ENOTTY when it is no serial port.
 */
bool serial_open(struct serial_port *port, const char *path) __attribute__((warn_unused_result));
void serial_close(struct serial_port *port);

/* Sends all of it; false: the port is gone. */
bool serial_send(struct serial_port *port, const char *text) __attribute__((warn_unused_result));

enum serial_result { SERIAL_LINE, SERIAL_TIMEOUT, SERIAL_GONE };

/* Milliseconds of a clock that only goes forward. */
long serial_now_ms(void);

/* The next line into port->line, without its end; one that is too long is cut off. */
enum serial_result serial_line(struct serial_port *port, long until_ms)
    __attribute__((warn_unused_result));

#endif
