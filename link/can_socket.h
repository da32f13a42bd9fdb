/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* A CAN network interface of Linux (SocketCAN): whole frames in and out, classic and FD. */
#ifndef LINK_CAN_SOCKET_H
#define LINK_CAN_SOCKET_H

#include "formats/can_log/can_log.h"

#include <stdbool.h>
#include <stddef.h>

/* A descriptor that never blocks, to be closed by the caller; -1 with one line in `error`. */
int can_socket_open(const char *interface, char *error, size_t error_size);

/* False: there is no frame now. Error frames are passed over. */
bool can_socket_receive(int fd, struct can_log_frame *frame) __attribute__((warn_unused_result));

/* False: the interface could not take it. */
bool can_socket_send(int fd, const struct can_log_frame *frame);

#endif
