/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CORE_RETAINED_H
#define CORE_RETAINED_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Where the needles were last, in memory that outlives a reset: after one the servo moves on softly from there. Two
 * entries are written in turn, in whole words, so that a reset in mid-write leaves the other. What no CRC vouches
 * for, as after power-on, is nothing.
 */
#define RETAINED_DIALS 4u

struct retained_entry {
    uint32_t number; /* counts the writes: the newer entry holds */
    int32_t needle_mdeg[RETAINED_DIALS];
    uint32_t crc; /* over all before it, begun with RETAINED_VERSION */
};

#define RETAINED_VERSION 0x4B453031u /* another layout, another number */

struct retained {
    struct retained_entry entry[2];
};

/* False: nothing that holds, and needle_mdeg[] is as it was. */
bool retained_read(const volatile struct retained *retained, int32_t needle_mdeg[RETAINED_DIALS]);

/* Which entry is the newest, so that a writer looks for it once only; begins as {0}. */
struct retained_place {
    bool is_known;
    unsigned entry;
    uint32_t number;
};

void retained_write(volatile struct retained *retained, struct retained_place *place,
                    const int32_t needle_mdeg[RETAINED_DIALS]);

#endif
