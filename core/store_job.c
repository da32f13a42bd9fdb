/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Writing the settings log, one flash operation a step. */
#include "core/store.h"

#include "core/crc32.h"
#include "core/le.h"
#include "core/store_layout.h"

#include <string.h>

#define RECORD_WORDS (STORE_RECORD_SIZE / STORE_WORD)
/* So many slots that do not read as written and the flash is worn out, or its supply is bad. */
#define TRIES_MAX 3u
/*
 * The last slots of a sector are for notes, so that there is always room for one before an erase.
 */
#define NOTE_SLOTS 6u
/* What a note that is about no erase names. */
#define NO_SECTOR STORE_SECTORS

static uint32_t other(uint32_t sector)
{
    return 1u - sector;
}

/* ---- where ---- */

/* Finds the lowest blank slot of a marked sector; a plain record's sector is none. */
static bool has_room(struct store *store, uint32_t sector, uint32_t slots)
{
    if ((sector == 0 && store->plain != 0) || !store_is_marked(store, sector)) {
        return false;
    }
    for (; store->next[sector] < slots; store->next[sector]++) {
        if (store_is_blank(store, sector, store->next[sector])) {
            store->sector = sector;
            store->slot = store->next[sector];
            return true;
        }
    }
    return false;
}

static bool has_record_room(struct store *store, uint32_t sector)
{
    return has_room(store, sector, STORE_SLOTS - NOTE_SLOTS);
}

/* The sector to write to: that of the log's end; else the one that holds no plain record. */
static uint32_t first_sector(const struct store *store)
{
    if (store->active < STORE_SECTORS) {
        return store->active;
    }
    return store->plain != 0 ? 1u : 0u;
}

/* The sector that may be erased: never that of the newest record. */
static uint32_t spare_sector(const struct store *store)
{
    if (store->found != STORE_NOTHING) {
        return other(store->at / STORE_SECTOR_SIZE);
    }
    return store->active < STORE_SECTORS ? other(store->active) : 0;
}

bool store_is_untidy(struct store *store)
{
    return store->found == STORE_SLOT &&
           (!has_record_room(store, spare_sector(store)) || store->replaces != store->plain);
}

/* ---- the words ---- */

static void make_mark(const struct store *store, uint8_t word[STORE_WORD])
{
    memset(word, 0, STORE_WORD);
    le_put_u32(word + MARK_ERASES, store->erases);
    store_word_seal(word, STORE_MARK_MAGIC);
}

/* A note about a sector says which number its erase will have. */
static bool is_before_erase(const struct store *store)
{
    return store->kind == KIND_NOTE && store->slot_option != NO_SECTOR;
}

static void make_head(const struct store *store, uint8_t word[STORE_WORD])
{
    memset(word, 0, STORE_WORD);
    le_put_u16(word + HEAD_KIND, (uint16_t)store->kind);
    le_put_u32(word + HEAD_SEQUENCE, store->sequence + 1u);
    le_put_u32(word + HEAD_OPTION, store->slot_option);
    le_put_u32(word + HEAD_REPLACES, store->plain);
    le_put_u32(word + HEAD_ERASES, store->erases + (is_before_erase(store) ? 1u : 0u));
    if (store->kind == KIND_RECORD) {
        le_put_u32(word + HEAD_RECORD_CRC, crc32_update(0, store->record, STORE_RECORD_SIZE));
    }
    store_word_seal(word, STORE_HEAD_MAGIC);
}

/* Word 0 to RECORD_WORDS - 1 of the record, then the head, which lies before them. */
static uint32_t slot_word(const struct store *store, uint32_t index, uint8_t word[STORE_WORD])
{
    const uint32_t at = store_slot_at(store->sector, store->slot);
    if (index == RECORD_WORDS) {
        make_head(store, word);
        return at;
    }
    memcpy(word, store->record + index * STORE_WORD, STORE_WORD);
    return at + STORE_WORD + index * STORE_WORD;
}

static bool is_as_written(const struct store *store)
{
    for (uint32_t i = store->kind == KIND_NOTE ? RECORD_WORDS : 0; i <= RECORD_WORDS; i++) {
        uint8_t meant[STORE_WORD];
        uint8_t word[STORE_WORD];
        const uint32_t at = slot_word(store, i, meant);
        if (!store->ops->read(store->ctx, at, word) || memcmp(word, meant, STORE_WORD) != 0) {
            return false;
        }
    }
    return true;
}

/* ---- what next ---- */

static void begin_slot(struct store *store, uint32_t kind, uint32_t option)
{
    store->kind = kind;
    store->slot_option = option;
    store->word = kind == KIND_RECORD ? 0 : RECORD_WORDS;
    store->phase = STORE_WRITE;
}

static int fail(struct store *store)
{
    store->phase = STORE_IDLE;
    return STORE_FAILED;
}

/* A note goes to the log's end, which is not in the sector it is about. */
static bool has_note_room(struct store *store, uint32_t spare)
{
    return store->active < STORE_SECTORS && store->active != spare &&
           has_room(store, store->active, STORE_SLOTS);
}

/*
 * A mark that would survive a cut erase must be known to be of the past, as far as there is room.
 */
static void empty_spare(struct store *store)
{
    const uint32_t spare = spare_sector(store);
    if (store_is_marked(store, spare) && has_note_room(store, spare)) {
        begin_slot(store, KIND_NOTE, spare);
        return;
    }
    store->sector = spare;
    store->erases++;
    store->phase = STORE_ERASE;
    store->is_flash_working = true;
    store->ops->erase(store->ctx, spare);
}

static int plan_save(struct store *store)
{
    const uint32_t first = first_sector(store);
    if (has_record_room(store, first) || has_record_room(store, other(first))) {
        begin_slot(store, KIND_RECORD, store->new_option);
    } else {
        empty_spare(store);
    }
    return STORE_BUSY;
}

static int plan_tidy(struct store *store)
{
    if (!store_is_untidy(store)) {
        store->phase = STORE_IDLE;
        return STORE_DONE;
    }
    if (!has_record_room(store, spare_sector(store))) {
        empty_spare(store);
    } else if (has_room(store, store->active, STORE_SLOTS)) {
        begin_slot(store, KIND_NOTE, NO_SECTOR); /* the plain record is gone */
    } else {
        return fail(store);
    }
    return STORE_BUSY;
}

static int plan(struct store *store)
{
    return store->record != NULL ? plan_save(store) : plan_tidy(store);
}

/* ---- the steps ---- */

static void program(struct store *store, uint32_t at, const uint8_t word[STORE_WORD])
{
    store->is_flash_working = true;
    store->ops->program(store->ctx, at, word);
}

static int after_erase(struct store *store)
{
    uint8_t word[STORE_WORD];
    if (store->active == store->sector) {
        store->active = STORE_SECTORS;
    }
    if (store->sector == 0) {
        store->plain = 0;
    }
    store->next[store->sector] = 0;
    store->is_suspect[store->sector] = false;
    store->phase = STORE_MARK;
    make_mark(store, word);
    program(store, store->sector * STORE_SECTOR_SIZE, word);
    return STORE_BUSY;
}

static int after_mark(struct store *store)
{
    if (!store_is_marked(store, store->sector)) {
        return fail(store);
    }
    store->phase = STORE_PLAN;
    return STORE_BUSY;
}

/* The slot is spoilt, whatever it holds: the next one. */
static int try_again(struct store *store)
{
    store->next[store->sector] = store->slot + 1u;
    store->tries++;
    if (store->tries == TRIES_MAX) {
        return fail(store);
    }
    store->phase = STORE_PLAN;
    return STORE_BUSY;
}

static int write_next(struct store *store)
{
    uint8_t word[STORE_WORD];
    if (store->word > RECORD_WORDS) {
        store->phase = STORE_VERIFY;
        return STORE_BUSY;
    }
    const uint32_t at = slot_word(store, store->word, word);
    store->word++;
    program(store, at, word);
    return STORE_BUSY;
}

/* The slot is the log's end now. */
static void take_over(struct store *store)
{
    store->sequence++;
    store->active = store->sector;
    store->next[store->sector] = store->slot + 1u;
    store->replaces = store->plain;
    if (store->kind == KIND_RECORD) {
        store->found = STORE_SLOT;
        store->at = store_slot_at(store->sector, store->slot) + STORE_WORD;
        store->option = store->slot_option;
    } else if (is_before_erase(store)) {
        store->noted[store->slot_option] = store->erases + 1u;
    }
}

/* The first slot after a start gets a twin, if only there is room: see core/store.h. */
static bool is_twin_due(struct store *store)
{
    const bool is_first = store->is_suspect[store->sector];
    store->is_suspect[store->sector] = false;
    return is_first && has_room(store, store->sector, STORE_SLOTS);
}

static int verify(struct store *store)
{
    if (!is_as_written(store)) {
        return try_again(store);
    }
    take_over(store);
    if (is_twin_due(store)) {
        begin_slot(store, store->kind, store->slot_option);
        return STORE_BUSY;
    }
    if (store->kind == KIND_RECORD) {
        store->phase = STORE_IDLE;
        return STORE_DONE;
    }
    store->phase = STORE_PLAN;
    return STORE_BUSY;
}

static int step(struct store *store)
{
    switch (store->phase) {
    case STORE_PLAN:
        return plan(store);
    case STORE_ERASE:
        return after_erase(store);
    case STORE_MARK:
        return after_mark(store);
    case STORE_WRITE:
        return write_next(store);
    case STORE_VERIFY:
        return verify(store);
    default:
        return STORE_DONE;
    }
}

int store_step(struct store *store)
{
    const int result = store->is_flash_working ? store->ops->poll(store->ctx) : STORE_DONE;
    if (result == STORE_BUSY) {
        return STORE_BUSY;
    }
    store->is_flash_working = false;
    if (result == STORE_FAILED) {
        return store->phase == STORE_WRITE ? try_again(store) : fail(store);
    }
    return step(store);
}

void store_save(struct store *store, const uint8_t record[STORE_RECORD_SIZE], uint32_t option)
{
    store->record = record;
    store->new_option = option;
    store->tries = 0;
    store->phase = STORE_PLAN;
}

void store_tidy(struct store *store)
{
    store->record = NULL;
    store->tries = 0;
    store->phase = STORE_PLAN;
}
