/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CORE_ISOTP_H
#define CORE_ISOTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/sanity.h"

/*
 * ISO 15765-2 on classic CAN: messages longer than a frame. The receiving side, and single frames for
 * sending: what candial asks is three bytes long. Pure; time is an argument.
 *
 *     single frame       0L data                  L = 1..7 (6 with an address byte)
 *     first frame        1L LL data               length 8..4095; answered by flow control
 *     consecutive frame  2N data                  N = 1, 2, .. 15, 0, 1, ..
 *     flow control       3S BS STmin              S = 0 go on, 2 overflow
 *
 * With extended addressing a byte with an address stands before each of these.
 */
#define ISOTP_FRAME_SIZE 8        /* every frame is padded to it */
#define ISOTP_MESSAGE_MAX 256     /* longer ones are refused with "overflow" */
#define ISOTP_PADDING 0x00        /* SAE J1979 wants zeros in requests */
#define ISOTP_N_CR_US 1000000u    /* ISO 15765-2 table 16: N_Cr */
#define ISOTP_N_CR_OBD_US 150000u /* ISO 15765-4 table 7 */

/* How frames of one conversation begin. */
struct isotp_address {
    bool used;
    uint8_t to_ecu;
    uint8_t to_tester;
};

struct isotp_rx {
    bool busy;       /* between a first frame and the end of its message */
    uint8_t next;    /* number of the consecutive frame that must come */
    uint16_t length; /* of the message */
    uint16_t got;
    struct freshness last; /* when the last frame of the message came */
    uint8_t data[ISOTP_MESSAGE_MAX];
};

enum isotp_result {
    ISOTP_NOTHING, /* not for us, or more is to come */
    ISOTP_MESSAGE, /* rx->data, rx->length hold a whole message */
    ISOTP_ANSWER,  /* flow control is to be sent: isotp_flow_control() */
    ISOTP_REFUSE,  /* too long: isotp_overflow() is to be sent */
    ISOTP_BROKEN,  /* a frame is missing: the message is given up */
};

/* Forgets what has come so far. */
void isotp_reset(struct isotp_rx *rx);

/* Takes in one frame's payload. */
enum isotp_result isotp_frame(struct isotp_rx *rx, const struct isotp_address *address,
                              uint32_t now_us, const uint8_t *data, size_t len);

/* N_Cr: gives up a message that does not go on. False if it just did. */
bool isotp_poll(struct isotp_rx *rx, uint32_t now_us, uint32_t n_cr_us);

/* Payloads to send. A single frame takes at most 7 bytes, 6 with an address: `len` must be no more. */
void isotp_single(const struct isotp_address *address, const uint8_t *message, size_t len,
                  uint8_t frame[ISOTP_FRAME_SIZE]);
/* All that follows, at any pace: block size 0, STmin 0 (ISO 15765-4 wants this of a tester). */
void isotp_flow_control(const struct isotp_address *address, uint8_t frame[ISOTP_FRAME_SIZE]);
void isotp_overflow(const struct isotp_address *address, uint8_t frame[ISOTP_FRAME_SIZE]);

#endif
