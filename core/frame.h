/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CORE_FRAME_H
#define CORE_FRAME_H

#include <stdbool.h>
#include <stdint.h>

#define CAN_PAYLOAD_MAX 64 /* CAN FD; classic frames carry at most 8 */
#define CAN_ID_STANDARD_MAX 0x7FFu
#define CAN_ID_EXTENDED_MAX 0x1FFFFFFFu

/* One CAN frame as a receiver sees it. Bytes of data[] from len on mean nothing. */
struct can_frame {
    uint32_t id;   /* 11 or 29 bits, without flags */
    bool extended; /* 29-bit identifier */
    bool fd;       /* CAN FD format */
    bool remote;   /* remote request: carries no data whatever len says */
    uint8_t len;   /* payload bytes, 0..64 (not the DLC code) */
    uint8_t data[CAN_PAYLOAD_MAX];
};

#endif
