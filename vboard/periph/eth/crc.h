/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_ETH_CRC_H
#define VBOARD_PERIPH_ETH_CRC_H

/* CRC-32 of IEEE 802.3 (3.2.9), as it stands behind a packet: its lowest byte first. */
#include <stddef.h>
#include <stdint.h>

uint32_t eth_crc(const uint8_t *bytes, size_t length);

#endif
