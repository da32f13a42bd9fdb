/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* A port of this computer that one client at a time connects to; nobody waits but in tcp_wait. */
#ifndef DEBUG_TCP_H
#define DEBUG_TCP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct tcp_port {
    int listener, client; /* -1: none */
    unsigned number;
    int next; /* came just when `client` had gone, whose last bytes are still unread; -1: none */
};

/* Listens on 127.0.0.1; on any free port if `number` is 0. False with one line in `error`, in which `option` asked for it. */
bool tcp_open(struct tcp_port *p, const char *option, unsigned number, char *error,
              size_t error_size) __attribute__((warn_unused_result));
void tcp_close(struct tcp_port *p);

/* Somebody new is there. While there is a client others are turned away. */
bool tcp_accept(struct tcp_port *p);
/* Up to `size` bytes; 0: none yet; -1: the client has gone (and is closed). */
int tcp_read(struct tcp_port *p, void *bytes, size_t size);
/* All of it, waiting for the client if need be; false: it has gone. */
bool tcp_write(struct tcp_port *p, const void *bytes, size_t size);
void tcp_drop(struct tcp_port *p);

/* Waits until anything happens at one of the ports, `milliseconds` at most, or a signal comes. */
void tcp_wait(struct tcp_port *const ports[], unsigned count, int milliseconds);

#endif
