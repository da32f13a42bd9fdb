/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CAN_BITS_H
#define VBOARD_CAN_BITS_H

/*
 * A frame's bits on the wire (ISO 11898-1:2015, clause 10.4): start of frame to the seventh bit of end
 * of frame, with stuff bits and CRC. The intermission of three bits between frames is not counted.
 *
 * In a frame with bit rate switch the data phase runs from BRS's sample point to that of the CRC
 * delimiter. Both bits are part nominal, part data; their parts add up to one nominal and one data bit,
 * so BRS counts as nominal and the CRC delimiter as data, and the total duration is exact.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "vboard/can/frame.h"

#define CAN_INTERMISSION_BITS 3
#define CAN_EOF_BITS 7
/* From the end of the ACK slot to the end of frame: ACK delimiter and end of frame. */
#define CAN_TAIL_BITS 8
/* Longest frame: extended, FD, 64 bytes: 36 bits before the data, 512 data bits, up to a quarter as many
 * stuff bits, CRC field of 32 bits, 10 bits. */
#define CAN_BITS_MAX 768

struct can_bits {
    uint16_t total;    /* all bits, SOF to end of EOF */
    uint16_t head;     /* nominal bits before the data phase; `total` if the rate is not switched */
    uint16_t data;     /* bits of the data phase */
    uint16_t dominant; /* bits its sender drives dominant: all zeros, without the ACK slot */
    uint16_t stuff;    /* stuff bits among `total`, dynamic and fixed */
};

/* Counts the bits of `f`. Classic frames take some 30 ns. */
void can_bits_measure(const struct bus_frame *f, struct can_bits *out);

/*
 * The same frame bit by bit: wire[i] is 0 for dominant, 1 for recessive; the ACK slot is recessive as
 * the sender leaves it. `wire` has room for CAN_BITS_MAX. Returns the number of bits; *counts, if not
 * NULL, gets what can_bits_measure tells. Slow: for tests, traces and odd cases.
 */
size_t can_bits_encode(const struct bus_frame *f, uint8_t *wire, struct can_bits *counts);

/* Time from the frame's start to the end of its first `bits` bits. */
uint64_t can_bits_span(const struct can_bits *b, unsigned bits, uint64_t bit_ps,
                       uint64_t data_bit_ps);

/* The frame's place in arbitration: the lowest wins. Equal keys: the same identifier and kind. */
uint32_t can_bits_priority(const struct bus_frame *f);

/* CRCs over `count` bits (0 or 1 each), as ISO 11898-1 10.4.2.6 defines them. */
uint32_t can_crc15(const uint8_t *bits, size_t count);
uint32_t can_crc17(const uint8_t *bits, size_t count);
uint32_t can_crc21(const uint8_t *bits, size_t count);

#endif
