/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CORE_J1939_H
#define CORE_J1939_H

#include <stdint.h>

/*
 * SAE J1939-21: a 29-bit identifier is priority (28:26), EDP and DP (25:24), PDU format (23:16), PDU
 * specific (15:8), source address (7:0). From PDU format 240 on the specific byte belongs to the parameter
 * group's number, below it is the receiver's address. A gauge takes a group from whoever sends it, at any
 * priority, so it becomes a broadcast signal under a mask.
 */
#define J1939_PGN_MAX 0x3FFFFu
#define J1939_PDU2_FORMAT 240u

static inline uint32_t j1939_id(uint32_t pgn)
{
    return pgn << 8;
}

static inline uint32_t j1939_mask(uint32_t pgn)
{
    return (pgn >> 8 & 0xFFu) >= J1939_PDU2_FORMAT ? 0x03FFFF00u : 0x03FF0000u;
}

/*
 * SAE J1939-71: raw values from here on are no value: FB parameter specific, FC and FD reserved, FE error
 * indicator, FF not available, each in the highest byte.
 */
#define J1939_RAW_NONE 0xFBu

static inline uint32_t j1939_first_invalid(unsigned length_bits)
{
    return J1939_RAW_NONE << (length_bits - 8u);
}

#endif
