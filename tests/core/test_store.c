/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * The settings log. Every program and erase of each scenario is cut in each of the six ways, then
 * comes a cut at random instants, then random histories with several cuts. How many there were is
 * printed. CANDIAL_CASE="full:17:double" or "instant:42" replays one cut, CANDIAL_SEED=n one
 * history; CANDIAL_INSTANTS=n and CANDIAL_HISTORIES=n ask for n of them.
 */
#include "tests/core/core_test.h"

#include "core/crc32.h"
#include "core/le.h"
#include "core/store_layout.h"
#include "tests/core/torn_flash.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define INSTANTS 1000u
#define HISTORIES 1000u /* some six cuts each */

static struct torn_flash flash;
static struct random fixed = {.seed = 1, .state = 1};

/* Settings number n; each ends in its own CRC and begins as a record does. */
static const uint8_t *settings(uint32_t n)
{
    static uint8_t bytes[4][STORE_RECORD_SIZE];
    uint8_t *to = bytes[n % 4u];
    struct random random = {.seed = n, .state = n};
    for (uint32_t i = 0; i < STORE_RECORD_SIZE; i++) {
        to[i] = (uint8_t)random_u32(&random);
    }
    memset(to + 64, n % 3u == 0 ? 0xFF : 0, 96); /* words of ones are not programmed less */
    le_put_u32(to, STORE_PLAIN_MAGIC);
    le_put_u32(to + 4, n);
    le_put_u32(to + STORE_RECORD_SIZE - 4u, crc32_update(0, to, STORE_RECORD_SIZE - 4u));
    return to;
}

/* The number of the settings found; 0: none. UINT32_MAX: not whole. */
static uint32_t found(struct store *store)
{
    uint8_t bytes[STORE_RECORD_SIZE];
    store_open(store, &torn_flash_ops, &flash);
    if (!store_read(store, bytes)) {
        return store->found == STORE_NOTHING ? 0 : UINT32_MAX;
    }
    const uint32_t n = le_get_u32(bytes + 4);
    return memcmp(bytes, settings(n), STORE_RECORD_SIZE) == 0 ? n : UINT32_MAX;
}

static uint32_t found_after_power_on(struct store *store)
{
    torn_flash_power_on(&flash);
    return found(store);
}

/* To the end of the job, or of the power. */
static int finish(struct store *store)
{
    int result = STORE_BUSY;
    for (unsigned i = 0; i < 2000 && result == STORE_BUSY && !flash.is_off; i++) {
        result = store_step(store);
    }
    return flash.is_off ? STORE_BUSY : result;
}

static int save(struct store *store, uint32_t n)
{
    store_save(store, settings(n), n * 3u);
    return finish(store);
}

static int tidy(struct store *store)
{
    store_tidy(store);
    return finish(store);
}

static void good_save(struct store *store, uint32_t n)
{
    assert_int_equal(save(store, n), STORE_DONE);
    assert_int_equal(tidy(store), STORE_DONE);
    assert_false(store_is_untidy(store));
}

/* ---- scenarios: what the flash holds before the save that is cut ---- */

static void make_blank(void)
{
}

static void make_plain(void)
{
    torn_flash_load_plain(&flash, settings(1));
}

static void make_log(void)
{
    struct store store;
    (void)found(&store);
    good_save(&store, 2);
    good_save(&store, 1);
}

/* One save more, and the sector is full. */
static void make_full(void)
{
    struct store store;
    (void)found(&store);
    good_save(&store, 2);
    for (uint32_t i = 2; i < STORE_SLOTS - 6u; i++) {
        good_save(&store, 2);
    }
    good_save(&store, 1);
    assert_int_equal(store.active, 0);
}

/* Full, and the other sector, full as well, was never tidied up. */
static void make_both_full(void)
{
    struct store store;
    make_full();
    (void)found(&store);
    assert_int_equal(save(&store, 2), STORE_DONE);
    while (store.next[1] < STORE_SLOTS - 7u) {
        assert_int_equal(save(&store, 2), STORE_DONE);
    }
    assert_int_equal(save(&store, 1), STORE_DONE);
}

/* A programmer put a record over a log that goes on in the other sector. */
static void make_plain_over_log(void)
{
    struct store store;
    make_plain();
    (void)found(&store);
    good_save(&store, 2);
    torn_flash_load_plain(&flash, settings(1));
}

/* The same, and the log is full. */
static void make_plain_over_full(void)
{
    struct store store;
    make_plain();
    (void)found(&store);
    good_save(&store, 2);
    while (store.next[1] < STORE_SLOTS - 6u) {
        assert_int_equal(save(&store, 2), STORE_DONE);
    }
    torn_flash_load_plain(&flash, settings(1));
}

static const struct scenario {
    const char *name;
    void (*make)(void);
    uint32_t old;
} scenarios[] = {
    {"blank", make_blank, 0},
    {"plain", make_plain, 1},
    {"log", make_log, 1},
    {"full", make_full, 1},
    {"both-full", make_both_full, 1},
    {"plain-over-log", make_plain_over_log, 1},
    {"plain-over-full", make_plain_over_full, 1},
};
#define SCENARIOS (sizeof scenarios / sizeof scenarios[0])

static const char *const outcomes[TORN_COUNT] = {
    [TORN_UNTOUCHED] = "untouched", [TORN_COMPLETE] = "complete", [TORN_SINGLE] = "single",
    [TORN_DOUBLE] = "double",       [TORN_WRONG] = "wrong",       [TORN_BLANK] = "blank",
};

#define check_case(holds)                                                                          \
    do {                                                                                           \
        if (!(holds)) {                                                                            \
            fail_msg("%s (replay alone: CANDIAL_CASE=%s)", #holds, name);                          \
        }                                                                                          \
    } while (0)

static uint32_t asked_number(const char *name, uint32_t otherwise)
{
    const char *text = getenv(name);
    return text == NULL ? otherwise : (uint32_t)strtoul(text, NULL, 0);
}

/* Where: step or call, as of struct torn_flash; the other is 0. */
struct cut {
    uint32_t step, call;
    enum torn outcome;
    const char *name; /* replays it */
};

/* False when the save needs fewer steps than that. */
static bool cut_at(const struct torn_flash *start, uint32_t old, const struct cut *cut)
{
    const char *name = cut->name;
    struct store store;
    flash = *start;
    torn_flash_power_on(&flash);
    check_case(found(&store) == old);
    flash.calls = 0;
    flash.cut_at = cut->step;
    flash.cut_at_call = cut->call;
    flash.outcome = cut->outcome;
    const bool is_saved = save(&store, 5) == STORE_DONE;
    const bool is_tidy = is_saved && tidy(&store) == STORE_DONE;
    const bool is_cut = flash.is_off;
    check_case(is_cut || is_tidy);
    const uint32_t now = found_after_power_on(&store);
    check_case(now == 5 || (now == old && !is_saved));
    check_case(found_after_power_on(&store) == now);
    check_case(store.found == STORE_PLAIN || now == 0 || store.option == now * 3u);
    good_save(&store, 6);
    check_case(found_after_power_on(&store) == 6);
    good_save(&store, 7);
    check_case(found_after_power_on(&store) == 7);
    check_case(flash.twice == 0);
    return is_cut;
}

static void cut_everywhere(void **state)
{
    static struct torn_flash start;
    const char *only = getenv("CANDIAL_CASE");
    unsigned cases = 0;
    (void)state;
    for (size_t i = 0; i < SCENARIOS; i++) {
        torn_flash_init(&flash, &fixed);
        scenarios[i].make();
        start = flash;
        bool is_cut = true;
        for (uint32_t step = 1; is_cut; step++) {
            for (enum torn outcome = 0; outcome < TORN_COUNT; outcome++) {
                char name[80];
                const struct cut cut = {.step = step, .outcome = outcome, .name = name};
                snprintf(name, sizeof name, "%s:%u:%s", scenarios[i].name, (unsigned)step,
                         outcomes[outcome]);
                if (only == NULL || strcmp(only, name) == 0) {
                    is_cut = cut_at(&start, scenarios[i].old, &cut);
                    cases += is_cut;
                }
            }
            is_cut = is_cut && step < 1000;
        }
    }
    if (only == NULL) {
        print_message("%u cuts: each program and erase, six outcomes\n", cases);
        assert_true(cases > 1000);
    }
}

/* Calls of the flash in a save that is not cut, and the tidying behind it. */
static uint32_t count_calls(const struct torn_flash *start)
{
    struct store store;
    flash = *start;
    (void)found_after_power_on(&store);
    flash.calls = 0;
    assert_int_equal(save(&store, 5), STORE_DONE);
    assert_int_equal(tidy(&store), STORE_DONE);
    return flash.calls;
}

static void cut_at_instants(void **state)
{
    static struct torn_flash start[SCENARIOS];
    uint32_t calls[SCENARIOS];
    const char *only = getenv("CANDIAL_CASE");
    const uint32_t count = asked_number("CANDIAL_INSTANTS", INSTANTS);
    (void)state;
    for (size_t i = 0; i < SCENARIOS; i++) {
        torn_flash_init(&flash, &fixed);
        scenarios[i].make();
        start[i] = flash;
        calls[i] = count_calls(&start[i]);
    }
    for (uint32_t n = 0; n < count; n++) {
        char name[80];
        struct random random = {.seed = n, .state = n};
        const size_t i = n % SCENARIOS;
        const struct cut cut = {.call = 1u + random_u32(&random) % calls[i],
                                .outcome = (enum torn)(random_u32(&random) % (TORN_COUNT + 1u)),
                                .name = name};
        snprintf(name, sizeof name, "instant:%u", (unsigned)n);
        if (only == NULL || strcmp(only, name) == 0) {
            check_case(cut_at(&start[i], scenarios[i].old, &cut));
        }
    }
    if (only == NULL) {
        print_message("%u cuts: random instants\n", (unsigned)count);
    }
}

/* ---- histories ---- */

static uint32_t cuts_of_histories;

static void set_cut(struct random *random)
{
    if (random_u32(random) % 2u == 0) {
        /* a save has 33 steps, twice after a start; with erase, mark and notes up to 75 */
        flash.cut_at = flash.steps + 1u + random_u32(random) % 76u;
        flash.outcome = (enum torn)(random_u32(random) % (TORN_COUNT + 1u));
    }
}

static void history(struct random *random)
{
    static struct torn_flash full;
    static bool has_full;
    if (!has_full) {
        torn_flash_init(&full, random);
        torn_flash_init(&flash, random);
        make_both_full();
        full = flash;
        has_full = true;
    }
    struct store store;
    uint32_t now = 1;
    flash = full;
    flash.random = random;
    if (random_u32(random) % 2u == 0) {
        torn_flash_init(&flash, random);
        now = 0;
    }
    for (uint32_t n = 10; n < 22; n++) {
        const uint32_t before = now;
        if (random_u32(random) % 6u == 0) {
            torn_flash_load_plain(&flash, settings(n));
            check_seed(random, found_after_power_on(&store) == n, "what was flashed counts");
            now = n;
            continue;
        }
        check_seed(random, found_after_power_on(&store) == before, "still the same");
        set_cut(random);
        bool is_saved = false;
        if (random_u32(random) % 4u != 0) {
            is_saved = save(&store, n) == STORE_DONE;
            check_seed(random, is_saved || flash.is_off, "saved unless cut");
        }
        if (!flash.is_off && store_is_untidy(&store)) {
            check_seed(random, tidy(&store) == STORE_DONE || flash.is_off, "tidy unless cut");
        }
        cuts_of_histories += flash.is_off;
        now = found_after_power_on(&store);
        check_seed(random, now == n || (now == before && !is_saved), "old or new, whole");
        check_seed(random, flash.twice == 0, "no word is programmed twice");
    }
}

static void histories(void **state)
{
    (void)state;
    for_each_seed(asked_number("CANDIAL_HISTORIES", HISTORIES), history);
    print_message("%u cuts: histories of several saves\n", (unsigned)cuts_of_histories);
}

/* ---- single properties ---- */

static void blank_has_nothing(void **state)
{
    struct store store;
    uint8_t bytes[STORE_RECORD_SIZE];
    (void)state;
    torn_flash_init(&flash, &fixed);
    store_open(&store, &torn_flash_ops, &flash);
    assert_int_equal(store.found, STORE_NOTHING);
    assert_false(store_read(&store, bytes));
    assert_false(store_is_untidy(&store)); /* nothing is erased before something was saved */
    assert_int_equal(store_step(&store), STORE_DONE);
}

/* A new one is flashed over a log: it counts, and the same one again does too. */
static void flashed_again(void **state)
{
    struct store store;
    (void)state;
    torn_flash_init(&flash, &fixed);
    for (unsigned i = 0; i < 4; i++) {
        torn_flash_load_plain(&flash, settings(1));
        assert_int_equal(found_after_power_on(&store), 1);
        assert_int_equal(store.found, STORE_PLAIN);
        assert_false(store_is_untidy(&store)); /* a flashed profile is left where it is */
        good_save(&store, 2 + i);
        assert_int_equal(found_after_power_on(&store), 2 + i);
        assert_int_equal(store.found, STORE_SLOT);
        assert_int_equal(store.option, (2 + i) * 3u);
    }
}

/* Both sectors wear alike, one erase in over a hundred saves. */
static void wear(void **state)
{
    struct store store;
    uint32_t erases = 0;
    (void)state;
    torn_flash_init(&flash, &fixed);
    (void)found(&store);
    for (uint32_t i = 0; i < 1000; i++) {
        good_save(&store, 1 + i % 7u);
        erases = store.erases;
    }
    assert_in_range(erases, 2, 2 + 1000 / 115);
    /* saved once at each start, each is written twice */
    for (uint32_t i = 0; i < 500; i++) {
        assert_true(found_after_power_on(&store) != UINT32_MAX);
        good_save(&store, 1 + i % 7u);
    }
    assert_in_range(store.erases, erases + 1, erases + 1 + 500 / 57);
    assert_int_equal(flash.twice, 0);
}

/* A program that goes wrong and says so, or does not, costs a slot. */
static void refused_programs(void **state)
{
    (void)state;
    for (uint32_t step = 1; step <= 33; step++) {
        for (unsigned silent = 0; silent < 2; silent++) {
            struct store store;
            torn_flash_init(&flash, &fixed);
            make_log();
            (void)found_after_power_on(&store);
            *(silent ? &flash.wrong_at : &flash.fail_at) = step;
            assert_int_equal(save(&store, 5), STORE_DONE);
            assert_int_equal(found_after_power_on(&store), 5);
        }
    }
}

/* Worn out: an error, and what was there before. */
static void refused_for_good(void **state)
{
    struct store store;
    (void)state;
    torn_flash_init(&flash, &fixed);
    make_log();
    (void)found_after_power_on(&store);
    store_save(&store, settings(5), 0);
    int result = STORE_BUSY;
    while (result == STORE_BUSY) {
        flash.fail_at = flash.steps + 1u;
        result = store_step(&store);
    }
    assert_int_equal(result, STORE_FAILED);
    assert_int_equal(flash.steps, 3);
    assert_int_equal(store_step(&store), STORE_DONE); /* idle */
    assert_int_equal(found_after_power_on(&store), 1);
}

static void refused_erase_or_mark(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 3; i++) {
        struct store store;
        torn_flash_init(&flash, &fixed);
        make_plain();
        (void)found_after_power_on(&store);
        flash.fail_at = i < 2 ? i + 1u : 0;
        flash.wrong_at = i == 2 ? 2 : 0;
        assert_int_equal(save(&store, 5), STORE_FAILED);
        assert_int_equal(found_after_power_on(&store), 1);
        assert_int_equal(save(&store, 5), STORE_DONE);
    }
}

/* No slot left for the last note: told, and harmless. */
static void no_room_for_note(void **state)
{
    struct store store;
    (void)state;
    torn_flash_init(&flash, &fixed);
    make_plain();
    (void)found(&store);
    assert_int_equal(save(&store, 5), STORE_DONE);
    store.next[1] = STORE_SLOTS;
    assert_int_equal(tidy(&store), STORE_FAILED);
    assert_int_equal(found_after_power_on(&store), 5);
    good_save(&store, 6);
}

/* Heads of a later version, or of a sort this one does not know, are left alone. */
static void unknown_heads(void **state)
{
    struct store store;
    uint8_t *word = flash.bytes + store_slot_at(0, 10);
    (void)state;
    torn_flash_init(&flash, &fixed);
    make_log();
    memset(word, 0, STORE_WORD);
    le_put_u16(word + HEAD_KIND, 77);
    le_put_u32(word + HEAD_SEQUENCE, 1000);
    store_word_seal(word, STORE_HEAD_MAGIC);
    assert_int_equal(found_after_power_on(&store), 1);
    good_save(&store, 5);
    assert_int_equal(store.sequence, 1002);
    assert_int_equal(found_after_power_on(&store), 5);
    le_put_u16(word + WORD_VERSION, STORE_VERSION + 1u);
    le_put_u32(word + WORD_CRC, crc32_update(0, word, WORD_CRC));
    assert_int_equal(found_after_power_on(&store), 5);
}

/* A record that decays after it was saved: the one before it counts. */
static void decay(void **state)
{
    struct store store;
    uint8_t bytes[STORE_RECORD_SIZE];
    (void)state;
    torn_flash_init(&flash, &fixed);
    make_log();
    assert_int_equal(found_after_power_on(&store), 1);
    flash.is_double[store.at / STORE_WORD + 5] = true;
    assert_false(store_read(&store, bytes));
    assert_int_equal(found_after_power_on(&store), 2);
    torn_flash_load_plain(&flash, settings(3));
    flash.bytes[700] ^= 1u;
    assert_int_equal(found_after_power_on(&store), 0);
    flash.is_double[4] = true;
    assert_int_equal(found_after_power_on(&store), 0);
    good_save(&store, 6);
    assert_int_equal(found_after_power_on(&store), 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blank_has_nothing),
        cmocka_unit_test(flashed_again),
        cmocka_unit_test(wear),
        cmocka_unit_test(refused_programs),
        cmocka_unit_test(refused_for_good),
        cmocka_unit_test(refused_erase_or_mark),
        cmocka_unit_test(no_room_for_note),
        cmocka_unit_test(unknown_heads),
        cmocka_unit_test(decay),
        cmocka_unit_test(cut_everywhere),
        cmocka_unit_test(cut_at_instants),
        cmocka_unit_test(histories),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
