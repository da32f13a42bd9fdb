/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "check/run.h"

#include "check/advice.h"
#include "check/coverage.h"
#include "check/judge.h"
#include "check/line.h"
#include "check/places.h"
#include "vboard/boards/board.h"

#define CR3_DEFAULT 0x06u
/* How late who wrote first is in CHECK_CM4_FIRST and CHECK_CM7_FIRST: ten times as long as ST's code takes to its
 * write, */
#define LATE VTIME_US(50)
/* and what it does before its write may take three times as long as it did. */
#define LATE_FACTOR 2u

/* Somebody presses the button, or a debugger connects, before the supply is selected. */
static void early_reset(struct check_line *l, vtime_ps after)
{
    if (after == 0) {
        return; /* never selected: any reset is as good */
    }
    check_line_power_off(l);
    board_power(l->board, true);
    board_run_until(l->board, board_now(l->board) + after);
    check_line_reset_pin(l, CHECK_EARLY_RESET);
}

static const struct check_boot *last_boot(const struct check_line *l)
{
    return &l->report->boots[l->report->boot_count - 1];
}

/* PWR_CR3 is still as power-on left it: any reset may make the image choose. */
static bool still_open(const struct check_line *l)
{
    return last_boot(l)->write_count == 0 && !last_boot(l)->vcore_lost;
}

static void other_resets(struct check_line *l)
{
    static const enum reset_source sources[] = {RESET_SRC_IWDG2, RESET_SRC_WWDG1, RESET_SRC_WWDG2,
                                                RESET_SRC_SFT2,  RESET_SRC_LPWR1, RESET_SRC_LPWR2,
                                                RESET_SRC_BOR};
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        check_line_power_cycles(l, 1);
        if (!still_open(l)) {
            return;
        }
        check_line_reset_from(l, CHECK_OTHER_RESET, sources[i]);
    }
}

/* Did both cores write PWR_CR3, and not the same? Then who is first decides. */
static bool cores_race(const struct check_boot *s)
{
    for (size_t i = 1; i < s->write_count; i++) {
        if (s->writes[i].core != s->writes[0].core &&
            ((s->writes[i].value ^ s->writes[0].value) & 0x3Fu) != 0) {
            return true;
        }
    }
    return false;
}

/* NULL: none. An image that counts its starts may do so in a later one only. */
static const struct check_boot *find_race(const struct check_line *l)
{
    for (size_t i = 0; i < l->report->boot_count; i++) {
        if (cores_race(&l->report->boots[i])) {
            return &l->report->boots[i];
        }
    }
    return NULL;
}

/* The first writer is late, by what may pass until its write. */
static void other_core_first(struct check_line *l, const struct check_write *first)
{
    enum core held = first->core;
    vtime_ps late = LATE + LATE_FACTOR * first->at;
    late = late < l->config->length / 2 ? late : l->config->length / 2;
    struct check_boot *boot =
        check_line_add(l, held == CORE_CM7 ? CHECK_CM4_FIRST : CHECK_CM7_FIRST);
    board_power(l->board, true);
    check_line_begin(l, boot, true);
    chip_hold_core(board_chip(l->board), held, true);
    board_run_until(l->board, board_now(l->board) + late);
    chip_hold_core(board_chip(l->board), held, false);
    check_line_watch(l, boot);
}

static void fresh(struct check_line *l)
{
    check_line_power_on(l, CHECK_POWER_ON);
    bool open = still_open(l);
    vtime_ps chosen_at = last_boot(l)->write_count == 0 ? 0 : last_boot(l)->writes[0].at;
    check_line_reset_pin(l, CHECK_RESET);
    early_reset(l, chosen_at / 2);
    check_line_power_cycles(l, 1);
    check_line_reset_from(l, CHECK_WATCHDOG, RESET_SRC_IWDG1);
    check_line_power_cycles(l, 1);
    check_line_reset_from(l, CHECK_SOFTWARE, RESET_SRC_SFT1);
    if (open) {
        other_resets(l);
    }
    const struct check_boot *race = find_race(l);
    if (race != NULL) {
        const struct check_write first = race->writes[0];
        check_line_power_off(l);
        other_core_first(l, &first);
    }
}

/* Somebody else's code ran, wrote `selection`, and then NRST was pulled. */
static void locked(struct check_line *l, uint32_t selection)
{
    struct chip *chip = board_chip(l->board);
    board_nrst(l->board, true);
    board_power(l->board, true);
    board_run_until(l->board, board_now(l->board) + VTIME_MS(1));
    chip->access.master = MASTER_DEBUG;
    chip_mmio_write(chip, PWR_CR3, 4, selection);
    board_run_until(l->board, board_now(l->board) + VTIME_MS(1));
    struct check_boot *boot = check_line_add(l, CHECK_FLASHED);
    check_line_begin(l, boot, false);
    board_nrst(l->board, false);
    check_line_watch(l, boot);
    if (!check_line_is_hopeless(l, CHECK_FLASHED)) {
        check_line_reset_pin(l, CHECK_RESET); /* which would be the same again */
    }
    check_line_power_cycles(l, 2);
}

/* No image for the M4 was given, and it would run one. */
static bool lacks_partner(const struct check_report *r)
{
    const struct check_core *m4 = &r->boots[0].core[CORE_CM4];
    return r->config->cm4 == NULL && r->config->board.boot4 == 0 && m4->empty &&
           m4->state != CHECK_HELD;
}

static bool applies(const struct check_report *r, enum check_history history)
{
    uint32_t rom = r->config->board.rom;
    if (history == CHECK_AFTER_ROM) {
        return rom == 0 || rom == 0x90; /* 0x91 leaves PWR_CR3 alone */
    }
    return history != CHECK_CM4_STUB || lacks_partner(r);
}

static void run_history(struct check_line *l)
{
    unsigned wiring = l->config->board.wiring;
    switch (l->history) {
    case CHECK_FRESH:
        fresh(l);
        break;
    case CHECK_CM4_STUB:
        check_line_power_on(l, CHECK_POWER_ON);
        check_line_reset_pin(l, CHECK_RESET);
        break;
    default:
        locked(l, l->history == CHECK_AFTER_GOOD ? check_right_selection(wiring) : CR3_DEFAULT);
        break;
    }
}

bool check_run(struct check_report *report, enum check_unmodelled_reads unmodelled_reads,
               char *error, size_t error_size)
{
    /* Other answers are tried from power-on only. */
    unsigned end = unmodelled_reads == CHECK_ZEROS ? CHECK_STIMULATED : CHECK_AFTER_GOOD;
    if (report->coverage == NULL) {
        report->coverage = check_coverage_create();
    }
    for (unsigned history = CHECK_FRESH; history < end; history++) {
        struct check_line l;
        if (!applies(report, (enum check_history)history)) {
            continue;
        }
        bool open = check_line_open(&l, report, (enum check_history)history, unmodelled_reads,
                                    error, error_size);
        if (open) {
            run_history(&l);
        }
        check_line_close(&l);
        if (!open) {
            return false;
        }
    }
    return true;
}
