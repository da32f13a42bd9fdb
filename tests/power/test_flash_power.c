/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Flash at work: a core that reads or runs from the bank waits, to the end of the operation, the other
 * core goes on. And what power cuts leave behind, and that a chip with torn words still starts.
 */
#include "tests/formats/cmocka_head.h"

#include "formats/image/image.h"
#include "vboard/boards/board.h"
#include "vboard/chip/chip.h"
#include "vboard/cpu/cpu.h"
#include "vboard/periph/flash/flash.h"

#include <string.h>

#define COUNT_CM7 0x24000000u
#define COUNT_CM4 0x24000004u
#define ORDER 0x24000008u
#define READ_BACK 0x2400000Cu
#define SECTOR_7 0x080E0000u
#define BANK 0x00100000u
#define SECTOR_WORDS (FLASH_SECTOR_SIZE / FLASH_WORD_SIZE)
#define ERASE_TIME VTIME_S(1) /* the FLASH model's for PSIZE x64 */

static struct board *make(uint64_t seed)
{
    char error[256];
    const char *reason = NULL;
    struct board *b = board_create(&(struct board_config){.seed = seed}, &reason);
    assert_non_null(b);
    struct image *image = image_load(BUSY_ELF, error, sizeof error);
    if (image == NULL) {
        fail_msg("%s", error);
    }
    for (size_t i = 0; i < image_segment_count(image); i++) {
        const struct image_segment *s = image_segment(image, i);
        assert_int_equal(board_load(b, s->address, s->bytes, s->length), 0);
    }
    image_free(image);
    return b;
}

static void run_for(struct board *b, vtime_ps duration)
{
    board_run_until(b, board_now(b) + duration);
}

static uint32_t *ram(struct board *b, uint32_t address)
{
    struct mem_region *r = chip_region(board_chip(b), address, MASTER_DEBUG);
    return (uint32_t *)(void *)(r->host + (address - r->base));
}

static bool counts(struct board *b, uint32_t address)
{
    uint32_t before = *ram(b, address);
    run_for(b, VTIME_US(50));
    return *ram(b, address) != before;
}

/* The CM4 lives in bank 2, the CM7 in bank 1 and reads what it has just erased. */
static void busy_bank_2(void **state)
{
    (void)state;
    struct board *b = make(1);
    const uint32_t mark = 0x12345678;
    assert_int_equal(board_load(b, SECTOR_7 + BANK, &mark, sizeof mark), 0);
    board_power(b, true);
    run_for(b, VTIME_MS(1));
    assert_true(counts(b, COUNT_CM7) && counts(b, COUNT_CM4));
    *ram(b, ORDER) = 2;
    run_for(b, VTIME_MS(1));
    /* The erase has begun; both wait: one for its data, one for its code. */
    assert_true(flash_busy_until(board_chip(b), SECTOR_7 + BANK) != 0);
    vtime_ps end = flash_busy_until(board_chip(b), SECTOR_7 + BANK);
    assert_false(counts(b, COUNT_CM4));
    assert_false(counts(b, COUNT_CM7));
    assert_int_equal(*ram(b, READ_BACK), 0);
    board_run_until(b, end - VTIME_US(101));
    assert_false(counts(b, COUNT_CM4));
    assert_false(counts(b, COUNT_CM7));
    board_run_until(b, end + VTIME_US(20));
    assert_int_equal(*ram(b, READ_BACK), 0xFFFFFFFF);
    assert_true(counts(b, COUNT_CM7) && counts(b, COUNT_CM4));
    /* The program selects no supply: it stays in Run*, where each core's first store is told of once. */
    const struct findings *findings = &board_chip(b)->findings;
    assert_int_equal(findings->count, 2);
    for (unsigned i = 0; i < 2; i++) {
        assert_int_equal(findings->list[i].kind, FINDING_RAM_IN_RUN_STAR);
        assert_int_equal(findings->list[i].count, 1);
    }
    assert_int_not_equal(findings->list[0].master, findings->list[1].master);
    board_destroy(b);
}

/* The CM7 runs from the bank it erases; the CM4 does not notice. */
static void busy_bank_1(void **state)
{
    (void)state;
    struct board *b = make(1);
    board_power(b, true);
    run_for(b, VTIME_MS(1));
    *ram(b, ORDER) = 1;
    run_for(b, VTIME_MS(1));
    assert_false(counts(b, COUNT_CM7));
    assert_true(counts(b, COUNT_CM4));
    run_for(b, VTIME_MS(900));
    assert_false(counts(b, COUNT_CM7));
    assert_true(counts(b, COUNT_CM4));
    run_for(b, VTIME_MS(100));
    assert_true(counts(b, COUNT_CM7));
    assert_int_equal(*ram(b, READ_BACK), 0xFFFFFFFF);
    /* NRST ends the wait, and the operation with it. */
    *ram(b, ORDER) = 1;
    run_for(b, VTIME_MS(1));
    assert_false(counts(b, COUNT_CM7));
    flash_next_torn(board_chip(b), FLASH_TORN_UNTOUCHED);
    board_nrst(b, true);
    board_nrst(b, false);
    run_for(b, VTIME_MS(1));
    assert_true(counts(b, COUNT_CM7) && counts(b, COUNT_CM4));
    board_destroy(b);
}

/* ---- power cuts ---- */

struct census {
    unsigned old, blank, other; /* words by contents */
    unsigned faults;            /* that read with a bus error */
};

#define OLD_BYTE 0x5A

static struct census look(struct board *b)
{
    struct census n = {0};
    const struct mem_region *r = chip_region(board_chip(b), SECTOR_7, MASTER_DEBUG);
    for (uint32_t word = 0; word < SECTOR_WORDS; word++) {
        uint32_t address = SECTOR_7 + word * FLASH_WORD_SIZE;
        const uint8_t *bytes = r->host + (address - r->base);
        bool same = true;
        for (unsigned i = 1; i < FLASH_WORD_SIZE; i++) {
            same = same && bytes[i] == bytes[0];
        }
        n.old += same && bytes[0] == OLD_BYTE;
        n.blank += same && bytes[0] == 0xFF;
        n.other += !same;
        board_chip(b)->access.master = MASTER_DEBUG;
        n.faults += r->guarded && r->read_faults(r->ctx, address, 4);
    }
    return n;
}

static struct board *cut_an_erase(int outcome, uint64_t seed)
{
    static uint8_t old[FLASH_SECTOR_SIZE];
    struct board *b = make(seed);
    memset(old, OLD_BYTE, sizeof old);
    assert_int_equal(board_load(b, SECTOR_7, old, sizeof old), 0);
    board_power(b, true);
    run_for(b, VTIME_MS(1));
    *ram(b, ORDER) = 1;
    run_for(b, VTIME_MS(1)); /* of a second */
    if (outcome >= 0) {
        flash_next_torn(board_chip(b), (enum flash_torn)outcome);
    }
    board_power(b, false);
    run_for(b, VTIME_MS(10));
    return b;
}

/* The bank holds the CM7's program too: it must start whatever its sector 7 looks like. */
static void check_starts(struct board *b)
{
    board_power(b, true);
    run_for(b, VTIME_MS(1));
    assert_true(counts(b, COUNT_CM7) && counts(b, COUNT_CM4));
}

static void outcomes_of_an_erase(void **state)
{
    static const struct census want[FLASH_TORN_COUNT] = {
        [FLASH_TORN_UNTOUCHED] = {.old = SECTOR_WORDS},
        [FLASH_TORN_COMPLETE] = {.blank = SECTOR_WORDS},
        [FLASH_TORN_SINGLE] = {.old = SECTOR_WORDS},
        [FLASH_TORN_DOUBLE] = {.old = SECTOR_WORDS, .faults = SECTOR_WORDS},
        [FLASH_TORN_WRONG] = {.other = SECTOR_WORDS},
        [FLASH_TORN_SEEMING] = {.blank = SECTOR_WORDS},
    };
    (void)state;
    for (int outcome = 0; outcome < FLASH_TORN_COUNT; outcome++) {
        struct board *b = cut_an_erase(outcome, 7);
        struct census n = look(b);
        print_message("outcome %d: %u old, %u blank, %u other, %u faults\n", outcome, n.old,
                      n.blank, n.other, n.faults);
        assert_memory_equal(&n, &want[outcome], sizeof n);
        check_starts(b);
        /* A further erase makes it good again. (The CM4's counting would take the PC's time.) */
        cpu_hang(board_cpu(b, CORE_CM4));
        *ram(b, ORDER) = 1;
        run_for(b, ERASE_TIME + VTIME_MS(1));
        assert_true(counts(b, COUNT_CM7));
        n = look(b);
        assert_int_equal(n.blank, SECTOR_WORDS);
        assert_int_equal(n.faults, 0);
        board_destroy(b);
    }
}

/* Every outcome comes up, and the same seed gives the same one. */
static void outcomes_follow_the_seed(void **state)
{
    unsigned kinds = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= 24; seed++) {
        struct census first = {0};
        for (unsigned again = 0; again < 2; again++) {
            struct board *b = cut_an_erase(-1, seed);
            struct census n = look(b);
            if (again == 0) {
                first = n;
            }
            assert_memory_equal(&n, &first, sizeof n);
            board_destroy(b);
        }
        kinds |= first.faults != 0 ? 1u : first.other != 0 ? 2u : first.blank != 0 ? 4u : 8u;
    }
    assert_int_equal(kinds, 15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(busy_bank_2),
        cmocka_unit_test(busy_bank_1),
        cmocka_unit_test(outcomes_of_an_erase),
        cmocka_unit_test(outcomes_follow_the_seed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
