/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/chip/mii.h"

#define POLYNOMIAL 0xEDB88320u /* 0x04C11DB7, bits reversed */

static uint32_t of_nibble(uint32_t n)
{
    for (unsigned i = 0; i < 4; i++) {
        n = (n & 1u) != 0 ? n >> 1 ^ POLYNOMIAL : n >> 1;
    }
    return n;
}

uint32_t mii_crc(const uint8_t *bytes, size_t length)
{
    uint32_t table[16];
    uint32_t crc = UINT32_MAX;
    for (uint32_t i = 0; i < 16; i++) {
        table[i] = of_nibble(i);
    }
    for (size_t i = 0; i < length; i++) {
        crc ^= bytes[i];
        crc = crc >> 4 ^ table[crc & 0xFu];
        crc = crc >> 4 ^ table[crc & 0xFu];
    }
    return ~crc;
}
