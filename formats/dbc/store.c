/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "formats/dbc/store.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_SIZE 65536u

struct block {
    struct block *next;
    size_t used;
    size_t room;
    alignas(max_align_t) char bytes[];
};

struct dbc_store {
    struct block *blocks; /* the first one is filled */
};

struct dbc_index_slot {
    uint32_t key;
    bool is_used;
    size_t value;
};

struct dbc_store *dbc_store_new(void)
{
    return calloc(1, sizeof(struct dbc_store));
}

void dbc_store_free(struct dbc_store *store)
{
    if (store == NULL) {
        return;
    }
    while (store->blocks != NULL) {
        struct block *block = store->blocks;
        store->blocks = block->next;
        free(block);
    }
    free(store);
}

static bool add_block(struct dbc_store *store, size_t size)
{
    size_t room = size > BLOCK_SIZE ? size : BLOCK_SIZE;
    struct block *block = malloc(sizeof *block + room);
    if (block == NULL) {
        return false;
    }
    *block = (struct block){.next = store->blocks, .room = room};
    store->blocks = block;
    return true;
}

static void *take(struct dbc_store *store, size_t size, size_t alignment)
{
    struct block *block = store->blocks;
    size_t start = block == NULL ? 0 : (block->used + alignment - 1) / alignment * alignment;
    if (block == NULL || start > block->room || size > block->room - start) {
        if (!add_block(store, size)) {
            return NULL;
        }
        block = store->blocks;
        start = 0;
    }
    block->used = start + size;
    return block->bytes + start;
}

void *dbc_store_take(struct dbc_store *store, size_t size)
{
    return take(store, size, alignof(max_align_t));
}

void *dbc_store_copy(struct dbc_store *store, const void *data, size_t size)
{
    void *copy = dbc_store_take(store, size);
    if (copy != NULL && size > 0) {
        memcpy(copy, data, size);
    }
    return copy;
}

char *dbc_store_string(struct dbc_store *store, const char *text, size_t length)
{
    char *copy = take(store, length + 1, 1);
    if (copy != NULL) {
        memcpy(copy, text, length);
        copy[length] = '\0';
    }
    return copy;
}

void *dbc_array_add(struct dbc_array *array, size_t item)
{
    if (array->count == array->room) {
        size_t room = array->room == 0 ? 16 : 2 * array->room;
        void *items = realloc(array->items, room * item);
        if (items == NULL) {
            return NULL;
        }
        array->items = items;
        array->room = room;
    }
    return (char *)array->items + array->count++ * item;
}

/* The slot of a key, or the free one where it belongs. Half of the slots are free, so it ends. */
static struct dbc_index_slot *find_slot(struct dbc_index_slot *slots, size_t room, uint32_t key)
{
    size_t at = (key * 2654435761u) & (room - 1); /* Knuth's multiplicative hash */
    while (slots[at].is_used && slots[at].key != key) {
        at = (at + 1) & (room - 1);
    }
    return &slots[at];
}

static bool grow(struct dbc_index *index)
{
    size_t room = index->room == 0 ? 64 : 2 * index->room;
    struct dbc_index_slot *slots = calloc(room, sizeof *slots);
    if (slots == NULL) {
        return false;
    }
    for (size_t i = 0; i < index->room; i++) {
        if (index->slots[i].is_used) {
            *find_slot(slots, room, index->slots[i].key) = index->slots[i];
        }
    }
    free(index->slots);
    index->slots = slots;
    index->room = room;
    return true;
}

int dbc_index_put(struct dbc_index *index, uint32_t key, size_t value)
{
    if (2 * index->count >= index->room && !grow(index)) {
        return -1;
    }
    struct dbc_index_slot *slot = find_slot(index->slots, index->room, key);
    index->count += !slot->is_used;
    *slot = (struct dbc_index_slot){key, true, value};
    return 0;
}

size_t dbc_index_get(const struct dbc_index *index, uint32_t key)
{
    if (index->room == 0) {
        return DBC_INDEX_NONE;
    }
    const struct dbc_index_slot *slot = find_slot(index->slots, index->room, key);
    return slot->is_used ? slot->value : DBC_INDEX_NONE;
}

void dbc_index_free(struct dbc_index *index)
{
    free(index->slots);
    *index = (struct dbc_index){0};
}
