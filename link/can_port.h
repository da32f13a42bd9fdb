/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * The board's bus and one outside of it, joined. With `--can` what comes in from a real bus, through an slcan adapter
 * or a network interface, is sent on the board's, and what the board sends goes out. With `--can-out` the board's bus
 * itself is an adapter to other programs, on a pseudo-terminal: they hear all frames but their own, and send.
 *
 * No frame is lost or moves before another: while one side cannot take more, the other is not read. Only a program
 * that has stopped reading for two seconds misses frames (link/pty.h).
 */
#ifndef LINK_CAN_PORT_H
#define LINK_CAN_PORT_H

#include "bench/bench.h"
#include "link/pty.h"
#include "link/slcan.h"

struct can_port_config {
    const char
        *spec; /* "slcan:PATH", "socketcan:IF"; with `is_adapter` "slcan:pty", "slcan:pty:PATH" */
    bool is_adapter;      /* --can-out */
    bool listen_only;     /* nothing goes out, not even an acknowledge */
    uint32_t bitrate_bps; /* of the adapter */
};

struct can_port {
    struct can_port_config config;
    struct pty pty; /* --can-out */
    int fd;         /* --can; -1: none */
    bool is_socket;
    bool is_open; /* --can-out: the program has said so */
    char line[SLCAN_LINE_MAX];
    size_t line_length;
    struct can_log_frame waiting; /* the board has no room for it yet */
    bool waits;
    const struct bench_model *model; /* to be set before the observer is attached */
    struct bench_observer observer;
};

/* False with one line in `error`. */
bool can_port_open(struct can_port *port, const struct can_port_config *config, char *error,
                   size_t error_size) __attribute__((warn_unused_result));
void can_port_close(struct can_port *port);

#endif
