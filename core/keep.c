/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "core/keep.h"

#include <stddef.h>

#include "core/crc32.h"

static uint32_t crc_of(const struct keep_entry *entry)
{
    return crc32_update(KEEP_VERSION, entry, offsetof(struct keep_entry, crc));
}

/* Field by field: whole words, whatever the compiler would make of a struct. */
static void load(const volatile struct keep_entry *from, struct keep_entry *to)
{
    to->number = from->number;
    for (unsigned i = 0; i < KEEP_DIALS; i++) {
        to->needle_mdeg[i] = from->needle_mdeg[i];
    }
    to->crc = from->crc;
}

/* The newest entry that holds, or -1. Numbers may wrap. */
static int find(const volatile struct keep *keep, struct keep_entry *newest)
{
    int found = -1;
    for (int i = 0; i < 2; i++) {
        struct keep_entry entry;
        load(&keep->entry[i], &entry);
        const bool holds = entry.crc == crc_of(&entry);
        if (holds && (found < 0 || (int32_t)(entry.number - newest->number) > 0)) {
            *newest = entry;
            found = i;
        }
    }
    return found;
}

bool keep_read(const volatile struct keep *keep, int32_t needle_mdeg[KEEP_DIALS])
{
    struct keep_entry newest;
    if (find(keep, &newest) < 0) {
        return false;
    }
    for (unsigned i = 0; i < KEEP_DIALS; i++) {
        needle_mdeg[i] = newest.needle_mdeg[i];
    }
    return true;
}

void keep_write(volatile struct keep *keep, const int32_t needle_mdeg[KEEP_DIALS])
{
    struct keep_entry entry = {.number = 0};
    const int newest = find(keep, &entry);
    volatile struct keep_entry *to = &keep->entry[newest == 0 ? 1 : 0];
    entry.number++;
    for (unsigned i = 0; i < KEEP_DIALS; i++) {
        entry.needle_mdeg[i] = needle_mdeg[i];
    }
    to->number = entry.number;
    for (unsigned i = 0; i < KEEP_DIALS; i++) {
        to->needle_mdeg[i] = entry.needle_mdeg[i];
    }
    to->crc = crc_of(&entry);
    (void)to->crc;
}
