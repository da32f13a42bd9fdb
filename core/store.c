/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Reading the settings log; store_job.c writes it. */
#include "core/store.h"

#include "core/crc32.h"
#include "core/le.h"
#include "core/store_layout.h"

#include <string.h>

bool store_word_is(const uint8_t word[STORE_WORD], uint32_t magic)
{
    return le_get_u32(word + WORD_MAGIC) == magic &&
           le_get_u16(word + WORD_VERSION) == STORE_VERSION &&
           le_get_u32(word + WORD_CRC) == crc32_update(0, word, WORD_CRC);
}

void store_word_seal(uint8_t word[STORE_WORD], uint32_t magic)
{
    le_put_u32(word + WORD_MAGIC, magic);
    le_put_u16(word + WORD_VERSION, STORE_VERSION);
    le_put_u32(word + WORD_CRC, crc32_update(0, word, WORD_CRC));
}

static bool read_word(const struct store *store, uint32_t at, uint8_t word[STORE_WORD])
{
    return store->ops->read(store->ctx, at, word);
}

static bool read_head(const struct store *store, uint32_t sector, uint32_t slot,
                      struct store_head *head)
{
    uint8_t word[STORE_WORD];
    if (!read_word(store, store_slot_at(sector, slot), word) ||
        !store_word_is(word, STORE_HEAD_MAGIC)) {
        return false;
    }
    head->kind = le_get_u16(word + HEAD_KIND);
    head->sequence = le_get_u32(word + HEAD_SEQUENCE);
    head->option = le_get_u32(word + HEAD_OPTION);
    head->replaces = le_get_u32(word + HEAD_REPLACES);
    head->erases = le_get_u32(word + HEAD_ERASES);
    head->record_crc = le_get_u32(word + HEAD_RECORD_CRC);
    return true;
}

static uint32_t mark_erases(const struct store *store, uint32_t sector)
{
    uint8_t word[STORE_WORD];
    if (!read_word(store, sector * STORE_SECTOR_SIZE, word) ||
        !store_word_is(word, STORE_MARK_MAGIC)) {
        return 0;
    }
    return le_get_u32(word + MARK_ERASES);
}

/* The first erase is number 1, so that 0 is no mark. */
bool store_is_marked(const struct store *store, uint32_t sector)
{
    const uint32_t erases = mark_erases(store, sector);
    return erases != 0 && erases >= store->noted[sector];
}

bool store_is_blank(const struct store *store, uint32_t sector, uint32_t slot)
{
    const uint32_t at = store_slot_at(sector, slot);
    for (uint32_t i = 0; i < STORE_SLOT_SIZE; i += STORE_WORD) {
        uint8_t word[STORE_WORD];
        if (!read_word(store, at + i, word)) {
            return false;
        }
        for (uint32_t k = 0; k < STORE_WORD; k++) {
            if (word[k] != 0xFF) {
                return false;
            }
        }
    }
    return true;
}

/* CRC of the record at `at`, but for its last `less` bytes; `last` gets its last word. */
static bool crc_of(const struct store *store, uint32_t at, uint32_t less, uint32_t *crc,
                   uint8_t last[STORE_WORD])
{
    *crc = 0;
    for (uint32_t i = 0; i < STORE_RECORD_SIZE; i += STORE_WORD) {
        const bool is_last = i + STORE_WORD == STORE_RECORD_SIZE;
        if (!read_word(store, at + i, last)) {
            return false;
        }
        *crc = crc32_update(*crc, last, is_last ? STORE_WORD - less : STORE_WORD);
    }
    return true;
}

/* A record at the start of the first sector, where a mark is otherwise: it ends in its own CRC. */
static uint32_t find_plain(const struct store *store)
{
    uint8_t word[STORE_WORD];
    uint32_t crc;
    if (!read_word(store, 0, word) || le_get_u32(word) != STORE_PLAIN_MAGIC ||
        !crc_of(store, 0, 4u, &crc, word) || le_get_u32(word + STORE_WORD - 4u) != crc) {
        return 0;
    }
    return crc;
}

/* Calls `take` with each good head. Behind a plain record there is no log. */
static void for_each_head(struct store *store,
                          void (*take)(struct store *store, uint32_t sector, uint32_t slot,
                                       const struct store_head *head))
{
    for (uint32_t sector = store->plain != 0 ? 1u : 0u; sector < STORE_SECTORS; sector++) {
        for (uint32_t slot = 0; slot < STORE_SLOTS; slot++) {
            struct store_head head;
            if (read_head(store, sector, slot, &head)) {
                take(store, sector, slot, &head);
            }
        }
    }
}

/* Where the log ends, and what its notes say. */
static void take_any(struct store *store, uint32_t sector, uint32_t slot,
                     const struct store_head *head)
{
    if (head->erases > store->erases) {
        store->erases = head->erases;
    }
    if (head->kind == KIND_NOTE && head->option < STORE_SECTORS &&
        head->erases > store->noted[head->option]) {
        store->noted[head->option] = head->erases;
    }
    if (head->sequence > store->sequence) {
        store->sequence = head->sequence;
        store->replaces = head->replaces;
        store->active = sector;
    }
    store->next[sector] = slot + 1u;
}

/* The newest record that is whole: candidates come in any order. */
static void take_record(struct store *store, uint32_t sector, uint32_t slot,
                        const struct store_head *head)
{
    uint8_t word[STORE_WORD];
    uint32_t crc;
    const uint32_t at = store_slot_at(sector, slot) + STORE_WORD;
    if (head->kind != KIND_RECORD || head->sequence <= store->record_sequence ||
        !crc_of(store, at, 0, &crc, word) || crc != head->record_crc) {
        return;
    }
    store->found = STORE_SLOT;
    store->at = at;
    store->option = head->option;
    store->record_sequence = head->sequence;
    store->record_replaces = head->replaces;
}

/*
 * A plain record is newer than the log unless a save has replaced it, and was cut before the
 * sector was erased: then the newest record and the log's end both know it.
 */
static void choose(struct store *store)
{
    const bool is_replaced = store->found == STORE_SLOT && store->record_replaces == store->plain &&
                             store->replaces == store->plain;
    if (store->plain != 0 && !is_replaced) {
        store->found = STORE_PLAIN;
        store->at = 0;
        store->option = 0;
    }
}

void store_open(struct store *store, const struct store_ops *ops, void *ctx)
{
    memset(store, 0, sizeof *store);
    store->ops = ops;
    store->ctx = ctx;
    store->active = STORE_SECTORS;
    store->plain = find_plain(store);
    for_each_head(store, take_any);
    for_each_head(store, take_record);
    choose(store);
    for (uint32_t sector = 0; sector < STORE_SECTORS; sector++) {
        const uint32_t erases = mark_erases(store, sector);
        if (erases > store->erases) {
            store->erases = erases;
        }
        store->is_suspect[sector] = true;
    }
}

bool store_read(const struct store *store, uint8_t record[STORE_RECORD_SIZE])
{
    if (store->found == STORE_NOTHING) {
        return false;
    }
    for (uint32_t i = 0; i < STORE_RECORD_SIZE; i += STORE_WORD) {
        if (!read_word(store, store->at + i, record + i)) {
            return false;
        }
    }
    return true;
}
