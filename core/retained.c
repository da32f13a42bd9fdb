/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "core/retained.h"

#include <stddef.h>

#include "core/crc32.h"

static uint32_t crc_of(const struct retained_entry *entry)
{
    return crc32_update(RETAINED_VERSION, entry, offsetof(struct retained_entry, crc));
}

/* Field by field: whole words, whatever the compiler would make of a struct. */
static void load(const volatile struct retained_entry *from, struct retained_entry *to)
{
    to->number = from->number;
    for (unsigned i = 0; i < RETAINED_DIALS; i++) {
        to->needle_mdeg[i] = from->needle_mdeg[i];
    }
    to->crc = from->crc;
}

/* The newest entry that holds, or -1. Numbers may wrap. */
static int find(const volatile struct retained *retained, struct retained_entry *newest)
{
    int found = -1;
    for (int i = 0; i < 2; i++) {
        struct retained_entry entry;
        load(&retained->entry[i], &entry);
        const bool holds = entry.crc == crc_of(&entry);
        if (holds && (found < 0 || (int32_t)(entry.number - newest->number) > 0)) {
            *newest = entry;
            found = i;
        }
    }
    return found;
}

bool retained_read(const volatile struct retained *retained, int32_t needle_mdeg[RETAINED_DIALS])
{
    struct retained_entry newest;
    if (find(retained, &newest) < 0) {
        return false;
    }
    for (unsigned i = 0; i < RETAINED_DIALS; i++) {
        needle_mdeg[i] = newest.needle_mdeg[i];
    }
    return true;
}

static void look(const volatile struct retained *retained, struct retained_place *place)
{
    struct retained_entry newest = {.number = 0};
    const int found = find(retained, &newest);
    *place = (struct retained_place){
        .is_known = true, .entry = found < 0 ? 1U : (unsigned)found, .number = newest.number};
}

void retained_write(volatile struct retained *retained, struct retained_place *place,
                    const int32_t needle_mdeg[RETAINED_DIALS])
{
    if (!place->is_known) {
        look(retained, place);
    }
    place->entry ^= 1U;
    place->number++;
    struct retained_entry entry = {.number = place->number};
    volatile struct retained_entry *to = &retained->entry[place->entry];
    for (unsigned i = 0; i < RETAINED_DIALS; i++) {
        entry.needle_mdeg[i] = needle_mdeg[i];
    }
    to->number = entry.number;
    for (unsigned i = 0; i < RETAINED_DIALS; i++) {
        to->needle_mdeg[i] = entry.needle_mdeg[i];
    }
    to->crc = crc_of(&entry);
    (void)to->crc;
}
