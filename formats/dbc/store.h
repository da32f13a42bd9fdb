/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Memory that is given back all at once. Private to formats/dbc*.c. */
#ifndef FORMATS_DBC_STORE_H
#define FORMATS_DBC_STORE_H

#include <stddef.h>
#include <stdint.h>

struct dbc_store;
struct dbc_message;

/* NULL if memory is short; so do the others. */
struct dbc_store *dbc_store_new(void);
void dbc_store_free(struct dbc_store *store);

/* Memory for any type, not initialised. */
void *dbc_store_take(struct dbc_store *store, size_t size);

/* A copy of an array. */
void *dbc_store_copy(struct dbc_store *store, const void *data, size_t size);

/* A copy of `length` bytes as a string. */
char *dbc_store_string(struct dbc_store *store, const char *text, size_t length);

/* An array that grows: `item` bytes each, `count` used. False if memory is short. */
struct dbc_array {
    void *items;
    size_t count;
    size_t room;
};
void *dbc_array_add(struct dbc_array *array, size_t item);

/* Numbers by 32-bit keys: each key once, a later one replaces the earlier. Zero is an empty index. */
struct dbc_index {
    struct dbc_index_slot *slots;
    size_t count;
    size_t room; /* a power of two, or 0 */
};
#define DBC_INDEX_NONE SIZE_MAX
int dbc_index_put(struct dbc_index *index, uint32_t key, size_t value);
size_t dbc_index_get(const struct dbc_index *index, uint32_t key);
void dbc_index_free(struct dbc_index *index);

#endif
