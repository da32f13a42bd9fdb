/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * The power goes while the real firmware saves, at many moments and with each way a flash word or
 * sector may be left. At the next power-on the settings are those from before or those of the
 * save, whole. CANDIAL_CASE=n replays case n, CANDIAL_CUTS=n asks for that many.
 */
#include "tests/formats/cmocka_head.h"
#include "tests/formats/scratch_file.h"
#include "tests/store/console_rig.h"

#include "vboard/kernel/chip.h"
#include "vboard/periph/flash.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CASES 100
#define BANKS (2u * FLASH_BANK_SIZE)

/* What a chip keeps without power. */
struct snapshot {
    uint8_t bytes[BANKS];
    uint8_t ecc[BANKS / FLASH_WORD_SIZE];
    struct flash_options options;
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

/* The n-th case; its parameters come from n alone. */
static void cut(unsigned n)
{
    uint64_t random = n * 2654435761u + 1;
    const bool is_plain = n % 3 == 0;
    const enum flash_torn torn = (enum flash_torn)(n / 3 % FLASH_TORN_COUNT);
    /* with a sector to erase before and one after, or the words of a record alone, twice */
    const vtime_ps window = is_plain ? VTIME_MS(2200) : VTIME_MS(16);
    struct rig *r = make(is_plain ? &plain : &in_log);
    const vtime_ps after = VTIME_MS(1) + rig_random(&random, window);
    rig_case("case %u (CANDIAL_CASE=%u): %s, cut %.3f ms after `save', outcome %d", n, n,
             is_plain ? "plain" : "log", (double)after * 1e-9, (int)torn);
    console_start(r);
    console_good(r, "set timeout 2s");
    flash_next_torn(board_chip(r->board), torn);
    const size_t texts = r->text_count;
    board_uart_send(r->board, "save\r", 5);
    rig_run_for(r, after);
    bool is_saved = false;
    for (size_t i = texts; i < r->text_count; i++) {
        is_saved = is_saved || strncmp(r->texts[i].text, "ok saved", 8) == 0;
    }
    console_power_cycle(r);
    expect_timeout(r, !is_saved, true);
    if (n % 10 == 0) {
        console_good(r, "set timeout 3s");
        console_good(r, "save");
        console_power_cycle(r);
        assert_string_equal(console_good(r, "show timeout"), "ok timeout 3s");
    }
    rig_assert_clean(r);
    rig_destroy(r);
}

static void cuts(void **state)
{
    const char *only = getenv("CANDIAL_CASE");
    const char *asked = getenv("CANDIAL_CUTS");
    const unsigned count = asked == NULL ? CASES : (unsigned)strtoul(asked, NULL, 0);
    (void)state;
    if (only != NULL) {
        cut((unsigned)strtoul(only, NULL, 0));
        return;
    }
    for (unsigned n = 0; n < count; n++) {
        cut(n);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cuts),
    };
    return cmocka_run_group_tests(tests, prepare, scratch_remove);
}
