/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * The power goes while the real firmware saves: in each program and erase of it, with each way the
 * flash word or sector may be left, and at random instants. At the next power-on the settings are
 * those from before or those of the save, whole. How many cuts there were is printed.
 *
 * CANDIAL_CASE=log:12:3 (scenario, program or erase, outcome) or CANDIAL_CASE=instant:42 replays
 * one. CANDIAL_INSTANTS=n asks for n instants, CANDIAL_OUTCOMES=1 for each outcome at each step:
 * otherwise each step has one of them in turn. CANDIAL_FROM=n begins with instant n.
 */
#include "tests/formats/cmocka_head.h"
#include "tests/formats/scratch_file.h"
#include "tests/store/console_rig.h"

#include "vboard/chip/chip.h"
#include "vboard/periph/flash/flash.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define INSTANTS 40
/* A save with a sector to erase before and one after. */
#define PLAIN_SAVE VTIME_MS(2200)
/* The words of a record alone, twice: so it is after each start. */
#define LOG_SAVE VTIME_MS(16)
/* A program takes 100 us or more, and as long as the gap is far less. */
#define LOOK_EACH VTIME_US(10)
#define SETTINGS_ADDRESS 0x080C0000u
#define BANKS (2u * FLASH_BANK_SIZE)

/* What a chip keeps without power. */
struct snapshot {
    uint8_t bytes[BANKS];
    uint8_t ecc[BANKS / FLASH_WORD_SIZE];
    struct option_bytes options;
};

static struct snapshot plain;  /* a programmer's record, no log */
static struct snapshot in_log; /* saved before, both sectors in order */

static void keep(struct rig *r, struct snapshot *s)
{
    flash_export(board_chip(r->board), s->bytes, s->ecc, &s->options);
}

static struct rig *make(const struct snapshot *s)
{
    struct rig *r = rig_create(&(struct rig_config){.streams = &rig_oil_91, .stream_count = 1});
    if (s != NULL) {
        flash_import(board_chip(r->board), s->bytes, s->ecc, &s->options);
    }
    return r;
}

static int prepare(void **state)
{
    struct rig *r = make(NULL);
    (void)state;
    keep(r, &plain);
    console_start(r);
    console_good(r, "save"); /* nothing to do yet */
    console_good(r, "set timeout 1500ms");
    console_good(r, "save");
    console_good(r, "set timeout 1s");
    console_good(r, "save");
    rig_run_for(r, VTIME_S(3));
    rig_power(r, false);
    keep(r, &in_log);
    rig_destroy(r);
    return 0;
}

static void expect_timeout(struct rig *r, bool may_be_old, bool may_be_new)
{
    const char *answer = console_good(r, "show timeout");
    const bool is_old = strcmp(answer, "ok timeout 1s") == 0;
    const bool is_new = strcmp(answer, "ok timeout 2s") == 0;
    rig_check((is_old && may_be_old) || (is_new && may_be_new), "%s, %s", answer,
              may_be_old ? "cut" : "saved");
    rig_check(rig_find_text(r, 0, "settings invalid") == NULL, "settings invalid");
    rig_check(rig_find_text(r, 0, "(default") == NULL, "the profile is gone");
}

struct scenario {
    const char *name;
    const struct snapshot *start;
    vtime_ps duration; /* of a save and what is done after it */
};

static const struct scenario scenarios[] = {{"plain", &plain, PLAIN_SAVE},
                                            {"log", &in_log, LOG_SAVE}};
#define SCENARIOS (sizeof scenarios / sizeof scenarios[0])

/* A board with power on, about to save. */
static struct rig *begin(const struct scenario *scenario, enum flash_torn torn)
{
    struct rig *r = make(scenario->start);
    console_start(r);
    console_good(r, "set timeout 2s");
    flash_next_torn(board_chip(r->board), torn);
    board_uart_send(r->board, "save\r", 5);
    return r;
}

/* The power goes now, and comes back. */
static void cut(struct rig *r, bool save_again)
{
    const bool is_saved = rig_find_text(r, 0, "ok saved, ") != NULL;
    console_power_cycle(r);
    expect_timeout(r, !is_saved, true);
    if (save_again) {
        console_good(r, "set timeout 3s");
        console_good(r, "save");
        console_power_cycle(r);
        assert_string_equal(console_good(r, "show timeout"), "ok timeout 3s");
    }
    rig_assert_clean(r);
    rig_destroy(r);
}

static void cut_at_instant(unsigned n)
{
    uint64_t random = n * 2654435761u + 1;
    const struct scenario *scenario = &scenarios[n % 3 != 0];
    const enum flash_torn torn = (enum flash_torn)(n / 3 % FLASH_TORN_COUNT);
    const vtime_ps after = VTIME_MS(1) + rig_random(&random, scenario->duration);
    rig_case("CANDIAL_CASE=instant:%u: %s, cut %.3f ms after `save', outcome %d", n, scenario->name,
             (double)after * 1e-9, (int)torn);
    struct rig *r = begin(scenario, torn);
    rig_run_for(r, after);
    cut(r, n % 10 == 0);
}

/* Runs to the middle of that program or erase of the save, from 1; false: there are fewer. */
static bool run_to_step(struct rig *r, unsigned step, vtime_ps limit)
{
    struct chip *chip = board_chip(r->board);
    vtime_ps last = 0;
    while (rig_now(r) < limit) {
        const vtime_ps until = flash_busy_until(chip, SETTINGS_ADDRESS);
        if (until != 0 && until != last) {
            last = until;
            step--;
            if (step == 0) {
                rig_run_until(r, (rig_now(r) + until) / 2);
                return true;
            }
        }
        rig_run_until(r, until == 0 ? rig_now(r) + LOOK_EACH : until);
    }
    return false;
}

static bool cut_at_step(const struct scenario *scenario, unsigned step, enum flash_torn torn)
{
    rig_case("CANDIAL_CASE=%s:%u:%d", scenario->name, step, (int)torn);
    struct rig *r = begin(scenario, torn);
    if (!run_to_step(r, step, rig_now(r) + scenario->duration + VTIME_MS(100))) {
        rig_destroy(r);
        return false;
    }
    cut(r, step % 10 == 0);
    return true;
}

/* ---- how many ---- */

static unsigned asked_number(const char *name, unsigned otherwise)
{
    const char *text = getenv(name);
    return text == NULL ? otherwise : (unsigned)strtoul(text, NULL, 0);
}

/* The one case that is asked for; false: none is. */
static bool replay(void)
{
    const char *only = getenv("CANDIAL_CASE");
    unsigned step;
    unsigned torn;
    if (only == NULL) {
        return false;
    }
    if (sscanf(only, "instant:%u", &step) == 1) {
        cut_at_instant(step);
    }
    for (size_t i = 0; i < SCENARIOS; i++) {
        const size_t length = strlen(scenarios[i].name);
        if (strncmp(only, scenarios[i].name, length) == 0 &&
            sscanf(only + length, ":%u:%u", &step, &torn) == 2 && torn < FLASH_TORN_COUNT) {
            assert_true(cut_at_step(&scenarios[i], step, (enum flash_torn)torn));
        }
    }
    return true;
}

static void steps(void **state)
{
    const bool each_outcome = asked_number("CANDIAL_OUTCOMES", 0) != 0;
    unsigned cuts = 0;
    (void)state;
    if (replay()) {
        return;
    }
    for (size_t i = 0; i < SCENARIOS; i++) {
        bool is_cut = true;
        for (unsigned step = 1; is_cut; step++) {
            const unsigned first = each_outcome ? 0 : step % FLASH_TORN_COUNT;
            const unsigned last = each_outcome ? FLASH_TORN_COUNT - 1u : first;
            for (unsigned torn = first; is_cut && torn <= last; torn++) {
                is_cut = cut_at_step(&scenarios[i], step, (enum flash_torn)torn);
                cuts += is_cut;
            }
        }
    }
    print_message("%u cuts: each program and erase of a save\n", cuts);
    assert_true(cuts > 90);
}

static void instants(void **state)
{
    const unsigned first = asked_number("CANDIAL_FROM", 0);
    const unsigned count = asked_number("CANDIAL_INSTANTS", INSTANTS);
    (void)state;
    if (getenv("CANDIAL_CASE") != NULL) {
        return;
    }
    for (unsigned n = first; n < first + count; n++) {
        cut_at_instant(n);
    }
    print_message("%u cuts: random instants\n", count);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steps),
        cmocka_unit_test(instants),
    };
    return cmocka_run_group_tests(tests, prepare, scratch_remove);
}
