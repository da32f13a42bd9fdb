/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CORE_KEEP_H
#define CORE_KEEP_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Where the needles were last, in memory that outlives a reset: after one the servo moves on softly from there. Two
 * entries are written in turn, in whole words, so that a reset in mid-write leaves the other. What no CRC vouches
 * for, as after power-on, is nothing.
 */
#define KEEP_DIALS 4u

struct keep_entry {
    uint32_t number; /* counts the writes: the newer entry holds */
    int32_t needle_mdeg[KEEP_DIALS];
    uint32_t crc; /* over all before it, begun with KEEP_VERSION */
};

#define KEEP_VERSION 0x4B453031u /* another layout, another number */

struct keep {
    struct keep_entry entry[2];
};

/* False: nothing that holds, and needle_mdeg[] is as it was. */
bool keep_read(const volatile struct keep *keep, int32_t needle_mdeg[KEEP_DIALS]);

void keep_write(volatile struct keep *keep, const int32_t needle_mdeg[KEEP_DIALS]);

#endif
