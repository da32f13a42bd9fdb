/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The SD card alone: states, errors, sizes, what is kept. Sections of the SD Physical Layer Simplified Specification. */
#include "tests/formats/cmocka_head.h"

#include "vboard/parts/sd_card.h"

#include <string.h>

#define ILLEGAL_COMMAND (1u << 22)
#define OUT_OF_RANGE (1u << 31)

struct rig {
    struct sd_card card;
    struct sd_answer answer;
    vtime_ps now;
    uint32_t rca;
};

static void read_medium(void *ctx, uint32_t block, uint8_t *bytes)
{
    (void)ctx;
    memset(bytes, (int)(block + 1), SD_BLOCK);
}

static void start(struct rig *r, uint64_t bytes)
{
    const struct sd_medium medium = {.bytes = bytes, .read = read_medium};
    *r = (struct rig){.now = VTIME_MS(1)};
    sd_card_init(&r->card, &medium);
}

/* What it answers: RESP1; ~0 if nothing. */
static uint32_t ask(struct rig *r, unsigned index, uint32_t argument)
{
    sd_card_ops.command(&r->card, (uint8_t)index, argument, r->now, &r->answer);
    return r->answer.response == SD_SILENT ? UINT32_MAX : r->answer.word[0];
}

static uint32_t ask_app(struct rig *r, unsigned index, uint32_t argument)
{
    assert_int_equal(ask(r, 55, r->rca << 16) & 1u << 5, 1u << 5);
    return ask(r, index, argument);
}

static void identify(struct rig *r)
{
    r->rca = 0;
    ask(r, 0, 0);
    assert_int_equal(ask(r, 8, 0x1AA), 0x1AA);
    ask_app(r, 41, 0x40FF8000);
    r->now += VTIME_MS(10);
    assert_int_equal(ask_app(r, 41, 0x40FF8000), 0xC0FF8000);
    ask(r, 2, 0);
    r->rca = ask(r, 3, 0) >> 16;
    assert_int_not_equal(r->rca, 0);
    assert_int_equal(ask(r, 7, r->rca << 16) >> 9 & 15, SD_STBY);
}

/* 4.2.3: without CMD8 or HCS, or without a voltage, a high-capacity card does not come up. */
static void comes_up_for_those_who_know_it(void **state)
{
    struct rig r;
    (void)state;
    start(&r, 4 * SD_CSD_UNIT);
    for (unsigned i = 0; i < 3; i++) {
        ask_app(&r, 41, 0x40FF8000);
        r.now += VTIME_MS(100);
    }
    assert_int_equal(ask_app(&r, 41, 0x40FF8000), 0x00FF8000);
    assert_int_equal(ask(&r, 8, 0x2AA), UINT32_MAX); /* another voltage */
    ask(&r, 8, 0x1AA);
    ask_app(&r, 41, 0x40000000);
    ask_app(&r, 41, 0x00FF8000);
    r.now += VTIME_MS(100);
    assert_int_equal(ask_app(&r, 41, 0x00FF8000), 0x00FF8000);
    identify(&r);
    sd_card_destroy(&r.card);
}

/* 4.6.1: no answer, and the next one tells, once. */
static void illegal_commands(void **state)
{
    struct rig r;
    (void)state;
    start(&r, SD_CSD_UNIT);
    assert_int_equal(ask(&r, 17, 0), UINT32_MAX); /* in idle */
    ask(&r, 8, 0x1AA);
    assert_int_equal(ask(&r, 55, 0) & ILLEGAL_COMMAND, ILLEGAL_COMMAND);
    assert_int_equal(ask(&r, 55, 0) & ILLEGAL_COMMAND, 0);
    identify(&r);
    assert_int_equal(ask(&r, 12, 0), UINT32_MAX); /* nothing to stop */
    assert_int_equal(ask(&r, 5, 0), UINT32_MAX);  /* SDIO's */
    assert_int_equal(ask(&r, 41, 0), UINT32_MAX); /* without CMD55 */
    assert_int_equal(ask(&r, 13, r.rca << 16), ILLEGAL_COMMAND | SD_TRAN << 9 | 1u << 8);
    assert_int_equal(ask(&r, 13, 0), UINT32_MAX); /* another card */
    assert_int_equal(ask(&r, 13, r.rca << 16), SD_TRAN << 9 | 1u << 8);
    sd_card_destroy(&r.card);
}

/* CMD7 with another address deselects; data commands need the selected card. */
static void is_selected_and_not(void **state)
{
    struct rig r;
    (void)state;
    start(&r, SD_CSD_UNIT);
    identify(&r);
    assert_int_equal(ask(&r, 9, r.rca << 16), UINT32_MAX);
    assert_int_equal(ask(&r, 7, 0), UINT32_MAX);
    assert_int_equal(ask(&r, 9, r.rca << 16), 0x400E0032);
    assert_int_equal(ask(&r, 10, r.rca << 16), 0x00585843);
    assert_int_equal(ask(&r, 17, 0), UINT32_MAX);
    uint32_t other = ask(&r, 3, 0) >> 16;
    assert_int_not_equal(other, r.rca);
    assert_int_equal(ask(&r, 15, other << 16), UINT32_MAX);
    assert_int_equal(ask(&r, 0, 0), UINT32_MAX);
    assert_int_equal(ask(&r, 8, 0x1AA), UINT32_MAX); /* inactive until power goes */
    sd_card_power_up(&r.card);
    assert_int_equal(ask(&r, 8, 0x1AA), 0x1AA);
    sd_card_destroy(&r.card);
}

static size_t take(struct rig *r, uint8_t *block, vtime_ps *after)
{
    size_t length = sd_card_ops.send(&r->card, block, after);
    sd_card_ops.sent(&r->card);
    return length;
}

static void blocks_and_their_end(void **state)
{
    struct rig r;
    uint8_t block[SD_BLOCK];
    vtime_ps after = 0;
    (void)state;
    start(&r, SD_CSD_UNIT);
    identify(&r);
    assert_int_equal(ask(&r, 17, 1024) & OUT_OF_RANGE, OUT_OF_RANGE);
    assert_int_equal(take(&r, block, &after), 0);
    assert_int_equal(ask(&r, 18, 1022), SD_TRAN << 9 | 1u << 8);
    assert_int_equal(take(&r, block, &after), 512);
    assert_int_equal(block[0], (uint8_t)1023);
    assert_true(after > 0);
    assert_int_equal(take(&r, block, &after), 512);
    assert_int_equal(after, 0);
    assert_int_equal(take(&r, block, &after), 0);
    assert_int_equal(ask(&r, 12, 0), OUT_OF_RANGE | SD_DATA << 9 | 1u << 8);
    assert_int_equal(ask(&r, 13, r.rca << 16), SD_TRAN << 9 | 1u << 8);
    assert_int_equal(ask(&r, 16, 513) & 1u << 29, 1u << 29);
    sd_card_destroy(&r.card);
}

static void writes_are_kept(void **state)
{
    struct rig r;
    uint8_t block[SD_BLOCK], got[SD_BLOCK];
    vtime_ps after;
    (void)state;
    start(&r, SD_CSD_UNIT);
    identify(&r);
    memset(block, 0xA5, sizeof(block));
    assert_int_equal(sd_card_ops.receive(&r.card, block, 512, r.now), SD_STATUS_NONE);
    for (uint32_t i = 0; i < 200; i++) { /* the store grows */
        ask(&r, 24, i);
        block[0] = (uint8_t)i;
        assert_int_equal(sd_card_ops.receive(&r.card, block, 512, r.now), SD_STATUS_GOOD);
        assert_int_equal(ask(&r, 13, r.rca << 16), SD_PRG << 9);
        r.now = sd_card_ops.busy_until(&r.card);
    }
    ask(&r, 24, 0);
    assert_int_equal(sd_card_ops.receive(&r.card, block, 64, r.now), SD_STATUS_BAD_CRC);
    ask(&r, 12, 0);
    sd_card_power_up(&r.card); /* they outlive it */
    identify(&r);
    for (uint32_t i = 0; i < 200; i += 33) {
        ask(&r, 17, i);
        take(&r, got, &after);
        assert_int_equal(got[0], (uint8_t)i);
        assert_int_equal(got[511], 0xA5);
    }
    sd_card_destroy(&r.card);
}

static void count_changes(void *ctx, uint32_t block, const uint8_t *bytes)
{
    unsigned *counts = ctx;
    (void)block;
    counts[bytes[0] == 0 ? 0 : 1]++;
}

static void erases(void **state)
{
    struct rig r;
    uint8_t block[SD_BLOCK];
    vtime_ps after;
    unsigned counts[2] = {0, 0};
    (void)state;
    start(&r, SD_CSD_UNIT);
    identify(&r);
    memset(block, 0xA5, sizeof(block));
    assert_int_equal(ask(&r, 38, 0) & 1u << 28, 1u << 28); /* ERASE_SEQ_ERROR */
    ask(&r, 24, 11);
    sd_card_ops.receive(&r.card, block, 512, r.now);
    r.now += VTIME_MS(1);
    ask(&r, 32, 10);
    ask(&r, 33, 12);
    ask(&r, 38, 0);
    assert_true(sd_card_ops.busy_until(&r.card) > r.now);
    r.now += VTIME_S(1);
    ask(&r, 24, 12);
    sd_card_ops.receive(&r.card, block, 512, r.now);
    r.now += VTIME_MS(1);
    for (uint32_t i = 9; i <= 13; i++) {
        ask(&r, 17, i);
        take(&r, block, &after);
        assert_int_equal(block[0], i < 10 || i > 12 ? i + 1 : i == 12 ? 0xA5 : 0);
    }
    sd_store_changes(&r.card.store, count_changes, counts);
    assert_int_equal(counts[0], 3); /* 10, 11 twice */
    assert_int_equal(counts[1], 2); /* 12 twice */
    sd_card_destroy(&r.card);
}

/* 5.3.3: in units of 512 KB, rounded up; behind the medium's end there are zeros. */
static void sizes(void **state)
{
    static const struct {
        uint64_t bytes;
        uint32_t c_size;
    } sizes[] = {
        {0, 0}, {512, 0}, {SD_CSD_UNIT, 0}, {SD_CSD_UNIT + 512, 1}, {UINT64_C(32) << 30, 65535}};
    (void)state;
    for (unsigned i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        struct rig r;
        uint8_t block[SD_BLOCK];
        vtime_ps after;
        start(&r, sizes[i].bytes);
        identify(&r);
        ask(&r, 7, 0);
        ask(&r, 9, r.rca << 16);
        assert_int_equal((r.answer.word[1] & 0x3F) << 16 | r.answer.word[2] >> 16, sizes[i].c_size);
        ask(&r, 7, r.rca << 16);
        ask(&r, 17, r.card.blocks - 1);
        assert_int_equal(take(&r, block, &after), 512);
        assert_int_equal(block[5] == 0, sizes[i].bytes % SD_CSD_UNIT != 0 || sizes[i].bytes == 0 ||
                                            (uint8_t)r.card.blocks == 0);
        sd_card_destroy(&r.card);
    }
}

/* The CRC7 of a known register: CSD of the specification's own rule, x^7 + x^3 + 1 over 15 bytes. */
static void crc_of_the_registers(void **state)
{
    uint32_t word[4];
    (void)state;
    sd_card_csd(2048, word);
    uint32_t rest = 0;
    for (unsigned i = 0; i < 120; i++) {
        uint32_t bit = word[i / 32] >> (31 - i % 32) & 1;
        rest = rest << 1 | bit;
        rest ^= (rest & 0x80) != 0 ? 0x89 : 0;
    }
    for (unsigned i = 0; i < 7; i++) {
        rest <<= 1;
        rest ^= (rest & 0x80) != 0 ? 0x89 : 0;
    }
    assert_int_equal(word[3] >> 1 & 0x7F, rest);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comes_up_for_those_who_know_it),
        cmocka_unit_test(illegal_commands),
        cmocka_unit_test(is_selected_and_not),
        cmocka_unit_test(blocks_and_their_end),
        cmocka_unit_test(writes_are_kept),
        cmocka_unit_test(erases),
        cmocka_unit_test(sizes),
        cmocka_unit_test(crc_of_the_registers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
