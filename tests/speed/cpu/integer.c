/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Straight integer work: a mixing function over a small table. */
#include "workload.h"

static uint32_t table[256];

uint32_t workload(uint32_t rounds)
{
    uint32_t a = 0x12345678;
    uint32_t b = 0x9E3779B9;
    for (uint32_t r = 0; r < rounds; r++) {
        for (uint32_t i = 0; i < 256; i++) {
            a ^= a << 13;
            a ^= a >> 17;
            a ^= a << 5;
            b += a * 0x85EBCA6B + (b >> 3);
            table[i] = table[(a ^ b) & 255] + (b ^ i);
        }
    }
    return a ^ b ^ table[7];
}
