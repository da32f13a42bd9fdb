/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/core/torn_flash.h"

#include <string.h>

#define SECTOR_WORDS (STORE_SECTOR_SIZE / STORE_WORD)

static uint8_t *word_bytes(struct torn_flash *flash, uint32_t word)
{
    return flash->bytes + word * STORE_WORD;
}

static void fill_blank(struct torn_flash *flash, uint32_t word)
{
    memset(word_bytes(flash, word), 0xFF, STORE_WORD);
    flash->is_double[word] = false;
    flash->is_weak[word] = false;
}

static void erase_sector(struct torn_flash *flash, uint32_t sector)
{
    for (uint32_t i = 0; i < SECTOR_WORDS; i++) {
        fill_blank(flash, sector * SECTOR_WORDS + i);
    }
}

static bool reads_blank(struct torn_flash *flash, uint32_t word)
{
    for (uint32_t i = 0; i < STORE_WORD; i++) {
        if (word_bytes(flash, word)[i] != 0xFF) {
            return false;
        }
    }
    return !flash->is_double[word];
}

/* Bits that should be what `to` says are so, or not yet. */
static void leave_between(struct torn_flash *flash, uint32_t word, const uint8_t *to)
{
    uint8_t *bytes = word_bytes(flash, word);
    for (uint32_t i = 0; i < STORE_WORD; i++) {
        const uint8_t mask = (uint8_t)random_u32(flash->random);
        bytes[i] = (uint8_t)((bytes[i] & mask) | (to[i] & ~mask));
    }
    bytes[random_u32(flash->random) % STORE_WORD] ^= 0x10u;
}

static void tear_word(struct torn_flash *flash, uint32_t word, const uint8_t *to, enum torn outcome)
{
    switch (outcome) {
    case TORN_UNTOUCHED:
        break;
    case TORN_COMPLETE:
    case TORN_SINGLE:
        fill_blank(flash, word);
        memcpy(word_bytes(flash, word), to, STORE_WORD);
        break;
    case TORN_DOUBLE:
        leave_between(flash, word, to);
        flash->is_double[word] = true;
        break;
    case TORN_WRONG:
        leave_between(flash, word, to);
        flash->is_double[word] = false;
        break;
    default:
        fill_blank(flash, word);
        flash->is_weak[word] = true;
        break;
    }
}

static void tear(struct torn_flash *flash)
{
    uint8_t ones[STORE_WORD];
    memset(ones, 0xFF, sizeof ones);
    if (flash->kind == 1) {
        tear_word(flash, flash->at / STORE_WORD, flash->data,
                  flash->outcome == TORN_MIXED ? TORN_BLANK : flash->outcome);
        return;
    }
    for (uint32_t i = 0; i < SECTOR_WORDS; i++) {
        const uint32_t word = flash->at * SECTOR_WORDS + i;
        enum torn outcome = flash->outcome;
        if (outcome == TORN_MIXED) {
            outcome = (enum torn)(random_u32(flash->random) % TORN_COUNT);
        }
        /* an erase that leaves single errors has hardly begun: the old contents read on */
        tear_word(flash, word, ones, outcome == TORN_SINGLE ? TORN_UNTOUCHED : outcome);
    }
}

static void end_program(struct torn_flash *flash)
{
    const uint32_t word = flash->at / STORE_WORD;
    if (!reads_blank(flash, word)) {
        flash->twice++;
        flash->is_double[word] = true;
        return;
    }
    memcpy(word_bytes(flash, word), flash->data, STORE_WORD);
    if (flash->steps == flash->wrong_at) {
        word_bytes(flash, word)[5] ^= 0x04u;
    }
}

/* ---- what the store calls ---- */

/* An instant of the cut by calls: whatever runs is torn. */
static void note_call(struct torn_flash *flash)
{
    flash->calls++;
    if (flash->calls == flash->cut_at_call) {
        if (flash->polls > 0) {
            tear(flash);
        }
        flash->is_off = true;
    }
}

static bool read_word(void *ctx, uint32_t at, uint8_t word[STORE_WORD])
{
    struct torn_flash *flash = ctx;
    note_call(flash);
    assert_true(at % STORE_WORD == 0 && at < sizeof flash->bytes);
    assert_int_equal(flash->polls, 0); /* the bank is busy: the core would stall */
    if (flash->is_double[at / STORE_WORD]) {
        return false;
    }
    memcpy(word, flash->bytes + at, STORE_WORD);
    return true;
}

static void begin(struct torn_flash *flash, int kind, uint32_t at)
{
    assert_int_equal(flash->polls, 0);
    flash->kind = kind;
    flash->at = at;
    flash->polls = 2;
    flash->steps++;
    flash->has_failed = flash->steps == flash->fail_at;
}

/* The cut is in mid-operation. */
static void cut(struct torn_flash *flash)
{
    if (flash->steps == flash->cut_at) {
        tear(flash);
        flash->is_off = true;
    }
}

static void program(void *ctx, uint32_t at, const uint8_t word[STORE_WORD])
{
    struct torn_flash *flash = ctx;
    assert_true(at % STORE_WORD == 0 && at < sizeof flash->bytes);
    note_call(flash);
    if (flash->is_off) {
        return;
    }
    begin(flash, 1, at);
    memcpy(flash->data, word, STORE_WORD);
    cut(flash);
}

static void erase(void *ctx, uint32_t sector)
{
    struct torn_flash *flash = ctx;
    assert_true(sector < STORE_SECTORS);
    note_call(flash);
    if (flash->is_off) {
        return;
    }
    begin(flash, 2, sector);
    cut(flash);
}

static int poll(void *ctx)
{
    struct torn_flash *flash = ctx;
    note_call(flash);
    if (flash->is_off) {
        return STORE_BUSY;
    }
    if (flash->polls == 0) {
        return flash->has_failed ? STORE_FAILED : STORE_DONE;
    }
    flash->polls--;
    if (flash->polls > 0) {
        return STORE_BUSY;
    }
    if (flash->has_failed) {
        return STORE_FAILED;
    }
    if (flash->kind == 1) {
        end_program(flash);
    } else {
        erase_sector(flash, flash->at);
    }
    return STORE_DONE;
}

const struct store_ops torn_flash_ops = {
    .read = read_word, .program = program, .erase = erase, .poll = poll};

/* ---- life ---- */

void torn_flash_init(struct torn_flash *flash, struct random *random)
{
    memset(flash, 0, sizeof *flash);
    flash->random = random;
    erase_sector(flash, 0);
    erase_sector(flash, 1);
}

void torn_flash_power_on(struct torn_flash *flash)
{
    for (uint32_t word = 0; word < TORN_WORDS; word++) {
        if (flash->is_weak[word] && !reads_blank(flash, word)) {
            flash->is_double[word] = true;
        }
    }
    flash->polls = 0;
    flash->steps = 0;
    flash->cut_at = 0;
    flash->calls = 0;
    flash->cut_at_call = 0;
    flash->fail_at = 0;
    flash->wrong_at = 0;
    flash->has_failed = false;
    flash->is_off = false;
}

void torn_flash_load_plain(struct torn_flash *flash, const uint8_t record[STORE_RECORD_SIZE])
{
    erase_sector(flash, 0);
    memcpy(flash->bytes, record, STORE_RECORD_SIZE);
}
