/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/parts/sd_store.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_CAPACITY 64u

struct sd_written {
    uint32_t block;
    uint8_t bytes[SD_BLOCK];
};

void sd_store_init(struct sd_store *s, const struct sd_medium *medium)
{
    *s = (struct sd_store){.medium = *medium};
}

void sd_store_destroy(struct sd_store *s)
{
    for (size_t i = 0; i < s->capacity; i++) {
        free(s->table[i]);
    }
    free(s->table);
    free(s->erased);
    *s = (struct sd_store){.capacity = 0};
}

/* Where the block stands, or where it would: the table is never full. */
static struct sd_written **place(struct sd_written **table, size_t capacity, uint32_t block)
{
    size_t i = block * UINT32_C(2654435761) >> 7; /* Knuth's multiplier: 2^32 by the golden ratio */
    while (table[i & (capacity - 1)] != NULL && table[i & (capacity - 1)]->block != block) {
        i++;
    }
    return &table[i & (capacity - 1)];
}

static struct sd_written *find(const struct sd_store *s, uint32_t block)
{
    return s->capacity == 0 ? NULL : *place(s->table, s->capacity, block);
}

/* At most three quarters full. */
static bool make_room(struct sd_store *s)
{
    if (s->count < s->capacity / 4 * 3) {
        return true;
    }
    size_t capacity = s->capacity == 0 ? FIRST_CAPACITY : 2 * s->capacity;
    struct sd_written **table = calloc(capacity, sizeof(struct sd_written *));
    if (table == NULL) {
        return false;
    }
    for (size_t i = 0; i < s->capacity; i++) {
        if (s->table[i] != NULL) {
            *place(table, capacity, s->table[i]->block) = s->table[i];
        }
    }
    free(s->table);
    s->table = table;
    s->capacity = capacity;
    return true;
}

static bool is_erased(const struct sd_store *s, uint32_t block)
{
    for (size_t i = 0; i < s->erased_count; i++) {
        if (block >= s->erased[i].first && block <= s->erased[i].last) {
            return true;
        }
    }
    return false;
}

void sd_store_read(const struct sd_store *s, uint32_t block, uint8_t *bytes)
{
    const struct sd_written *w = find(s, block);
    if (w != NULL) {
        memcpy(bytes, w->bytes, SD_BLOCK);
    } else if (is_erased(s, block) || block >= s->medium.bytes / SD_BLOCK) {
        memset(bytes, 0, SD_BLOCK);
    } else {
        s->medium.read(s->medium.ctx, block, bytes);
    }
}

bool sd_store_write(struct sd_store *s, uint32_t block, const uint8_t *bytes)
{
    struct sd_written *w = find(s, block);
    if (w == NULL) {
        w = make_room(s) ? malloc(sizeof(*w)) : NULL;
        if (w == NULL) {
            return false;
        }
        w->block = block;
        *place(s->table, s->capacity, block) = w;
        s->count++;
    }
    memcpy(w->bytes, bytes, SD_BLOCK);
    return true;
}

bool sd_store_erase(struct sd_store *s, uint32_t first, uint32_t last)
{
    struct sd_range *more = realloc(s->erased, (s->erased_count + 1) * sizeof(*more));
    if (more == NULL) {
        return false;
    }
    s->erased = more;
    s->erased[s->erased_count++] = (struct sd_range){first, last};
    for (size_t i = 0; i < s->capacity; i++) {
        if (s->table[i] != NULL && s->table[i]->block >= first && s->table[i]->block <= last) {
            memset(s->table[i]->bytes, 0, SD_BLOCK);
        }
    }
    return true;
}

void sd_store_changes(const struct sd_store *s,
                      void (*changed)(void *ctx, uint32_t block, const uint8_t *bytes), void *ctx)
{
    uint8_t bytes[SD_BLOCK];
    for (size_t i = 0; i < s->erased_count; i++) {
        const struct sd_range *r = &s->erased[i];
        for (uint64_t b = r->first; b <= r->last && b < s->medium.bytes / SD_BLOCK; b++) {
            sd_store_read(s, (uint32_t)b, bytes);
            changed(ctx, (uint32_t)b, bytes);
        }
    }
    for (size_t i = 0; i < s->capacity; i++) {
        if (s->table[i] != NULL) {
            changed(ctx, s->table[i]->block, s->table[i]->bytes);
        }
    }
}
