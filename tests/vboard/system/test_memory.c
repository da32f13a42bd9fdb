/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The backup SRAM: what its ECC makes of a part of a word that a reset follows (RM0399 2.4). */
#include "tests/vboard/system/whole_chip.h"

#define BACKUP 0x38800000u
#define OLD 0x11223344u
#define NEW 0xAABBCCDDu

/* Open, and OLD in its first eight words. */
static void open_backup(struct whole *w)
{
    set_bits(w, PWR_CR1, 1u << 8);      /* DBP */
    set_bits(w, RCC_AHB4ENR, 1u << 28); /* BKPRAMEN */
    for (unsigned i = 0; i < 8; i++) {
        const uint32_t word = OLD;
        memcpy(ram_at(w, BACKUP + 4 * i), &word, sizeof word);
    }
}

/* As a core's store arrives there. */
static void store(struct whole *w, uint32_t address, unsigned size, uint64_t value)
{
    const struct mem_region *r = chip_region(&w->soc.chip, address, MASTER_CM7);
    r->write(r->ctx, address, size, value);
}

static uint32_t word_at(struct whole *w, uint32_t address)
{
    uint32_t word;
    memcpy(&word, ram_at(w, address), sizeof word);
    return word;
}

static void reset(struct whole *w)
{
    chip_request_reset(&w->soc.chip, RESET_SRC_SFT1);
    run_for(w, VTIME_US(1));
}

static void whole_words_stay(void **state)
{
    struct whole *w = *state;
    open_backup(w);
    store(w, BACKUP, 4, NEW);
    store(w, BACKUP + 8, 8, (uint64_t)NEW << 32 | NEW);
    reset(w);
    assert_int_equal(word_at(w, BACKUP), NEW);
    assert_int_equal(word_at(w, BACKUP + 8), NEW);
    assert_int_equal(word_at(w, BACKUP + 12), NEW);
}

/* Read back it is there, after the reset it is not. */
static void the_last_part_is_lost(void **state)
{
    struct whole *w = *state;
    static const unsigned sizes[] = {1, 2};
    for (unsigned i = 0; i < 2; i++) {
        open_backup(w);
        store(w, BACKUP + 2, sizes[i], NEW);
        store(w, BACKUP, 1, NEW);
        assert_int_equal(word_at(w, BACKUP) & 0xFFu, NEW & 0xFFu);
        reset(w);
        assert_int_equal(word_at(w, BACKUP), OLD);
    }
}

/* Over the edge of a word: the part of the second one is the last. */
static void parts_of_two_words(void **state)
{
    struct whole *w = *state;
    open_backup(w);
    store(w, BACKUP + 2, 4, NEW);
    reset(w);
    assert_int_equal(word_at(w, BACKUP), (NEW & 0xFFFFu) << 16 | (OLD & 0xFFFFu));
    assert_int_equal(word_at(w, BACKUP + 4), OLD);
}

/* A part elsewhere, or the word as a whole: those write it. A whole word elsewhere does not. */
static void what_writes_a_part(void **state)
{
    struct whole *w = *state;
    open_backup(w);
    store(w, BACKUP, 1, NEW);
    store(w, BACKUP + 8, 2, NEW);
    reset(w);
    assert_int_equal(word_at(w, BACKUP), (OLD & ~0xFFu) | (NEW & 0xFFu));
    assert_int_equal(word_at(w, BACKUP + 8), OLD);

    open_backup(w);
    store(w, BACKUP, 1, NEW);
    store(w, BACKUP, 4, word_at(w, BACKUP));
    reset(w);
    assert_int_equal(word_at(w, BACKUP), (OLD & ~0xFFu) | (NEW & 0xFFu));

    open_backup(w);
    store(w, BACKUP, 1, NEW);
    store(w, BACKUP + 8, 4, NEW);
    reset(w);
    assert_int_equal(word_at(w, BACKUP), OLD);
    assert_int_equal(word_at(w, BACKUP + 8), NEW);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WHOLE(whole_words_stay),
        WHOLE(the_last_part_is_lost),
        WHOLE(parts_of_two_words),
        WHOLE(what_writes_a_part),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
