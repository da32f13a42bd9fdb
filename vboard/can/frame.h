/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CAN_FRAME_H
#define VBOARD_CAN_FRAME_H

/*
 * A CAN frame on the bus, as a controller sees it: classic or FD, data or remote. The length is kept as the DLC
 * that is on the wire, because classic frames may carry a DLC of 9 to 15 with 8 bytes.
 */
#include <stdbool.h>
#include <stdint.h>

#define CAN_DATA_MAX 64

struct bus_frame {
    uint32_t id;   /* 11 or 29 bits */
    bool extended; /* 29-bit identifier */
    bool remote;   /* no data; the DLC says what is asked for; never with fd */
    bool fd;       /* CAN FD format */
    bool brs;      /* FD: data phase at the data bit rate */
    bool esi;      /* FD: the sender is error passive */
    uint8_t dlc;   /* 0..15 */
    uint8_t data[CAN_DATA_MAX];
};

/* Bytes that a DLC stands for (RM0399 Table 502 for FD). */
static inline unsigned can_dlc_length(unsigned dlc, bool fd)
{
    static const uint8_t fd_length[] = {12, 16, 20, 24, 32, 48, 64};

    if (dlc <= 8) {
        return dlc;
    }
    return fd ? fd_length[(dlc - 9) % 7] : 8;
}

/* The smallest DLC that holds `length` bytes; lengths over 64 count as 64. */
static inline uint8_t can_length_dlc(unsigned length)
{
    uint8_t dlc = 0;

    while (dlc < 15 && can_dlc_length(dlc, true) < length) {
        dlc++;
    }
    return dlc;
}

/* Bytes of `data` that travel on the wire. */
static inline unsigned can_frame_length(const struct bus_frame *f)
{
    return f->remote ? 0 : can_dlc_length(f->dlc, f->fd);
}

#endif
