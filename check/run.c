/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "check/run.h"

#include "check/judge.h"

#include "check/chip.h"
#include "check/cm4_stub.h"
#include "check/places.h"
#include "check/watch.h"
#include "vboard/boards/board.h"
#include "vboard/cpu/cpu.h"

#include <stdio.h>
#include <stdlib.h>

#define CR3_DEFAULT 0x06u
#define SLICE VTIME_MS(50)
/* Without power; long enough for anything that was still to happen. */
#define OFF_TIME VTIME_MS(10)
/* How late who wrote first is in CHECK_CM4_FIRST and CHECK_CM7_FIRST: ten times as long as ST's code takes to its
 * write, */
#define LATE VTIME_US(50)
/* and what it does before its write may take three times as long as it did. */
#define LATE_FACTOR 2u
/* Behind the boot ROM a wait for the supply never ends; ST's time-out for it is 1 s. */
#define HOPELESS VTIME_MS(1200)

/* One board, and the line of starts it goes through. */
struct line {
    struct check_report *report;
    const struct check_config *config;
    struct board *board;
    struct check_watch *watch;
    enum check_history history;
    uint32_t reset_sources; /* since the start under way began */
    uint64_t flash;         /* what the flash holds: as loaded */
};

/* ---- making the board ---- */

static void on_reset(void *ctx, uint32_t sources, vtime_ps now)
{
    struct line *l = ctx;
    (void)now;
    l->reset_sources |= sources;
}

static struct board_config board_config_of(const struct board_options *o)
{
    static const enum board_hse_kind kinds[] = {[HSE_PRESENT] = BOARD_HSE_PRESENT,
                                                [HSE_ABSENT] = BOARD_HSE_ABSENT,
                                                [HSE_LATE] = BOARD_HSE_LATE,
                                                [HSE_DROPS] = BOARD_HSE_DROPS};
    return (struct board_config){.data = o->board,
                                 .wiring = (enum supply_wiring)o->wiring,
                                 .engine = o->engine,
                                 .hse_kind = kinds[o->hse],
                                 .hse_uhz = o->hse_uhz,
                                 .hse_at = o->hse_at_ps,
                                 .optsr = o->optsr,
                                 .boot7 = o->boot7,
                                 .boot4 = o->boot4,
                                 .rom = (uint8_t)o->rom,
                                 .strict_kernel_mux = o->strict_mux,
                                 .seed = o->seed};
}

static bool load(struct board *board, const struct image *image)
{
    for (size_t i = 0; image != NULL && i < image_segment_count(image); i++) {
        const struct image_segment *s = image_segment(image, i);
        if (board_load(board, s->address, s->bytes, s->length) != 0) {
            return false;
        }
    }
    return true;
}

static bool open_line(struct line *l, struct check_report *report, enum check_history history,
                      enum check_unmodelled_reads unmodelled_reads, char *error, size_t error_size)
{
    const char *reason = "out of memory";
    const struct check_config *config = report->config;
    struct board_config board = board_config_of(&config->board);
    board.listener.reset = on_reset;
    board.listener.ctx = l;
    *l = (struct line){.report = report, .config = config, .history = history};
    l->board = board_create(&board, &reason);
    if (l->board != NULL) {
        l->watch = check_watch_create(l->board, config, unmodelled_reads);
    }
    if (l->watch == NULL) {
        snprintf(error, error_size, "the virtual board cannot be made: %s", reason);
        return false;
    }
    if (!load(l->board, config->cm7) || !load(l->board, config->cm4) ||
        (history == CHECK_CM4_STUB && check_cm4_stub_load(l->board) != 0)) {
        snprintf(error, error_size, "the image does not fit the board's flash: correct it");
        return false;
    }
    check_watch_loaded(l->watch);
    l->flash = check_flash_sum(board_chip(l->board));
    return true;
}

static void close_line(struct line *l)
{
    check_watch_destroy(l->watch);
    board_destroy(l->board);
}

/* ---- one start ---- */

vtime_ps check_slice(const struct check_config *config)
{
    const vtime_ps quarter = config->length / 4;
    return quarter == 0 ? 1 : quarter < SLICE ? quarter : SLICE;
}

static struct check_boot *add_boot(struct line *l, enum check_start start)
{
    struct check_report *r = l->report;
    struct check_boot *list = realloc(r->boots, (r->boot_count + 1) * sizeof *list);
    if (list == NULL) {
        abort();
    }
    r->boots = list;
    list[r->boot_count] = (struct check_boot){.history = l->history, .start = start};
    return &list[r->boot_count++];
}

static bool hopeless(const struct line *l, enum check_start start)
{
    const struct chip *chip = board_chip(l->board);
    bool locked = l->history == CHECK_AFTER_ROM && (start == CHECK_FLASHED || start == CHECK_RESET);
    return locked && chip->supply->request.cr3 == CR3_DEFAULT &&
           check_watch_waits_for_supply(l->watch) > HOPELESS;
}

/* Executed by both cores; skipped turns of loops cost nothing. */
static uint64_t executed(const struct line *l)
{
    uint64_t sum = 0;
    for (unsigned i = 0; i < CORE_COUNT; i++) {
        const struct cpu *cpu = board_cpu(l->board, i);
        sum += cpu_instructions(cpu) - cpu_instructions_skipped(cpu);
    }
    return sum;
}

/* PWR_CR3 is locked, or the image was started once before from power-on with the same flash: a busy
 * image need not be watched to the end again. */
static bool nothing_new(const struct line *l, const struct check_boot *s)
{
    if (s->history == CHECK_AFTER_GOOD || s->history == CHECK_AFTER_ROM ||
        s->start == CHECK_POWER_CYCLE) {
        bool locked = s->start == CHECK_FLASHED || s->start == CHECK_RESET;
        return locked || check_flash_sum(board_chip(l->board)) == l->flash;
    }
    return s->start != CHECK_POWER_ON && !check_is_race(s->start) &&
           board_chip(l->board)->power.supply_locked;
}

/* Runs the start that has just begun, and completes the boot. */
static void watch_start(struct line *l, struct check_boot *boot)
{
    bool short_of_time = nothing_new(l, boot);
    uint64_t executed_before = executed(l);
    vtime_ps begin = board_now(l->board);
    vtime_ps end = begin + l->config->length;
    const vtime_ps slice = check_slice(l->config);
    l->reset_sources = 0;
    for (vtime_ps at = begin + slice; at < end + slice; at += slice) {
        vtime_ps until = at < end ? at : end;
        board_run_until(l->board, until);
        /* Where it stays counts from the middle on. */
        if (until - begin >= l->config->length / 2) {
            check_watch_sample(l->watch);
        }
        boot->cut = short_of_time && executed(l) - executed_before > CHECK_BUDGET;
        if (boot->cut || check_watch_frozen(l->watch) || hopeless(l, boot->start)) {
            check_watch_sample(l->watch);
            break;
        }
    }
    check_watch_end(l->watch);
    boot->reset_sources = l->reset_sources;
    if (boot->start == CHECK_WATCHDOG || boot->start == CHECK_SOFTWARE ||
        boot->start == CHECK_OTHER_RESET) {
        boot->resets--; /* the one it began with */
        boot->reset_sources &= boot->resets > 0 ? UINT32_MAX : ~(1u << boot->reset_source);
    }
}

static void power_on(struct line *l, enum check_start start)
{
    struct check_boot *boot = add_boot(l, start);
    board_power(l->board, true);
    check_watch_begin(l->watch, boot, true);
    watch_start(l, boot);
}

static void power_off(struct line *l)
{
    board_power(l->board, false);
    board_run_until(l->board, board_now(l->board) + OFF_TIME);
}

static void reset_pin(struct line *l, enum check_start start)
{
    struct check_boot *boot = add_boot(l, start);
    board_nrst(l->board, true);
    board_run_until(l->board, board_now(l->board) + VTIME_MS(1));
    check_watch_begin(l->watch, boot, false);
    board_nrst(l->board, false);
    watch_start(l, boot);
}

static void reset_from(struct line *l, enum check_start start, enum reset_source source)
{
    struct check_boot *boot = add_boot(l, start);
    boot->reset_source = source;
    check_watch_begin(l->watch, boot, false);
    chip_request_reset(board_chip(l->board), source);
    watch_start(l, boot);
}

/* Somebody presses the button, or a debugger connects, before the supply is selected. */
static void early_reset(struct line *l, vtime_ps after)
{
    if (after == 0) {
        return; /* never selected: any reset is as good */
    }
    power_off(l);
    board_power(l->board, true);
    board_run_until(l->board, board_now(l->board) + after);
    reset_pin(l, CHECK_EARLY_RESET);
}

static void power_cycles(struct line *l, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        power_off(l);
        power_on(l, CHECK_POWER_CYCLE);
    }
}

/* ---- the histories ---- */

static const struct check_boot *last_boot(const struct line *l)
{
    return &l->report->boots[l->report->boot_count - 1];
}

/* PWR_CR3 is still as power-on left it: any reset may make the image choose. */
static bool still_open(const struct line *l)
{
    return last_boot(l)->write_count == 0 && !last_boot(l)->vcore_lost;
}

static void other_resets(struct line *l)
{
    static const enum reset_source sources[] = {RESET_SRC_IWDG2, RESET_SRC_WWDG1, RESET_SRC_WWDG2,
                                                RESET_SRC_SFT2,  RESET_SRC_LPWR1, RESET_SRC_LPWR2,
                                                RESET_SRC_BOR};
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        power_cycles(l, 1);
        if (!still_open(l)) {
            return;
        }
        reset_from(l, CHECK_OTHER_RESET, sources[i]);
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
static const struct check_boot *find_race(const struct line *l)
{
    for (size_t i = 0; i < l->report->boot_count; i++) {
        if (cores_race(&l->report->boots[i])) {
            return &l->report->boots[i];
        }
    }
    return NULL;
}

/* The first writer is late, by what may pass until its write. */
static void other_core_first(struct line *l, const struct check_write *first)
{
    enum core held = first->core;
    vtime_ps late = LATE + LATE_FACTOR * first->at;
    late = late < l->config->length / 2 ? late : l->config->length / 2;
    struct check_boot *boot = add_boot(l, held == CORE_CM7 ? CHECK_CM4_FIRST : CHECK_CM7_FIRST);
    board_power(l->board, true);
    check_watch_begin(l->watch, boot, true);
    chip_hold_core(board_chip(l->board), held, true);
    board_run_until(l->board, board_now(l->board) + late);
    chip_hold_core(board_chip(l->board), held, false);
    watch_start(l, boot);
}

static void fresh(struct line *l)
{
    power_on(l, CHECK_POWER_ON);
    bool open = still_open(l);
    vtime_ps chosen_at = last_boot(l)->write_count == 0 ? 0 : last_boot(l)->writes[0].at;
    reset_pin(l, CHECK_RESET);
    early_reset(l, chosen_at / 2);
    power_cycles(l, 1);
    reset_from(l, CHECK_WATCHDOG, RESET_SRC_IWDG1);
    power_cycles(l, 1);
    reset_from(l, CHECK_SOFTWARE, RESET_SRC_SFT1);
    if (open) {
        other_resets(l);
    }
    const struct check_boot *race = find_race(l);
    if (race != NULL) {
        const struct check_write first = race->writes[0];
        power_off(l);
        other_core_first(l, &first);
    }
}

/* What a good image for this wiring writes (RM0399 Table 33). */
static uint32_t good_selection(unsigned wiring)
{
    static const uint8_t values[] = {[SUPPLY_SMPS] = 0x04,
                                     [SUPPLY_LDO] = 0x02,
                                     [SUPPLY_SMPS_LDO] = 0x16,
                                     [SUPPLY_BYPASS] = 0x01};
    return values[wiring];
}

/* Somebody else's code ran, wrote `selection`, and then NRST was pulled. */
static void locked(struct line *l, uint32_t selection)
{
    struct chip *chip = board_chip(l->board);
    board_nrst(l->board, true);
    board_power(l->board, true);
    board_run_until(l->board, board_now(l->board) + VTIME_MS(1));
    chip->access.master = MASTER_DEBUG;
    chip_mmio_write(chip, PWR_CR3, 4, selection);
    board_run_until(l->board, board_now(l->board) + VTIME_MS(1));
    struct check_boot *boot = add_boot(l, CHECK_FLASHED);
    check_watch_begin(l->watch, boot, false);
    board_nrst(l->board, false);
    watch_start(l, boot);
    if (!hopeless(l, CHECK_FLASHED)) {
        reset_pin(l, CHECK_RESET); /* which would be the same again */
    }
    power_cycles(l, 2);
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

static void run_history(struct line *l)
{
    unsigned wiring = l->config->board.wiring;
    switch (l->history) {
    case CHECK_FRESH:
        fresh(l);
        break;
    case CHECK_CM4_STUB:
        power_on(l, CHECK_POWER_ON);
        reset_pin(l, CHECK_RESET);
        break;
    default:
        locked(l, l->history == CHECK_AFTER_GOOD ? good_selection(wiring) : CR3_DEFAULT);
        break;
    }
}

bool check_run(struct check_report *report, enum check_unmodelled_reads unmodelled_reads,
               char *error, size_t error_size)
{
    /* Other answers are tried from power-on only. */
    unsigned end = unmodelled_reads == CHECK_ZEROS ? CHECK_HISTORIES : CHECK_AFTER_GOOD;
    for (unsigned history = CHECK_FRESH; history < end; history++) {
        struct line l;
        if (!applies(report, (enum check_history)history)) {
            continue;
        }
        bool open =
            open_line(&l, report, (enum check_history)history, unmodelled_reads, error, error_size);
        if (open) {
            run_history(&l);
        }
        close_line(&l);
        if (!open) {
            return false;
        }
    }
    return true;
}
