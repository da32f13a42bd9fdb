/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PARTS_SD_STORE_H
#define VBOARD_PARTS_SD_STORE_H

/*
 * The blocks of a card: those of its medium, and over them what was written and erased. An erased block is all zeros
 * (the card's SCR says so).
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "vboard/chip/sd_slot.h"

struct sd_written; /* one block */
struct sd_range {
    uint32_t first, last;
};

struct sd_store {
    struct sd_medium medium;
    struct sd_written **table; /* by a hash of the block's number; a power of two */
    size_t capacity, count;
    struct sd_range *erased;
    size_t erased_count;
};

void sd_store_init(struct sd_store *s, const struct sd_medium *medium);
void sd_store_destroy(struct sd_store *s);

void sd_store_read(const struct sd_store *s, uint32_t block, uint8_t *bytes);
/* False: out of memory. */
bool sd_store_write(struct sd_store *s, uint32_t block, const uint8_t *bytes);
bool sd_store_erase(struct sd_store *s, uint32_t first, uint32_t last);

/* Calls back for each block that may differ from the medium's, in no order; of those erased, within the medium. */
void sd_store_changes(const struct sd_store *s,
                      void (*changed)(void *ctx, uint32_t block, const uint8_t *bytes), void *ctx);

#endif
