/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "check/line.h"

#include "check/chip.h"
#include "check/cm4_stub.h"
#include "check/judge.h"
#include "check/watch.h"
#include "host/sd_file.h"
#include "vboard/boards/board.h"
#include "vboard/cpu/cpu.h"

#include <stdio.h>
#include <stdlib.h>

#define CR3_DEFAULT 0x06u
#define SLICE VTIME_MS(50)
/* Without power; long enough for anything that was still to happen. */
#define OFF_TIME VTIME_MS(10)
/* Behind the boot ROM a wait for the supply never ends; ST's time-out for it is 1 s. */
#define HOPELESS VTIME_MS(1200)
/* An event, or an access to a register, takes as long as about so many instructions. */
#define EVENT_COST 10u
#define ACCESS_COST 8u

/* ---- making the board ---- */

static void on_reset(void *ctx, uint32_t sources, vtime_ps now)
{
    struct check_line *l = ctx;
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
                                 .sd = sd_file_medium(o->sd),
                                 .engine = o->engine,
                                 .dcache = DCACHE_SHARED,
                                 .hse_kind = kinds[o->hse],
                                 .hse_uhz = o->hse_uhz,
                                 .hse_at = o->hse_at_ps,
                                 .optsr = o->optsr,
                                 .boot7 = o->boot7,
                                 .boot4 = o->boot4,
                                 .rom = (uint8_t)o->rom,
                                 .strict_kernel_mux = o->strict_mux,
                                 .eth_peer = o->eth_peer,
                                 .eth_pings = o->eth_ping,
                                 .seed = o->seed};
}

static bool load(struct board *board, const struct image *image, char *error, size_t error_size)
{
    for (size_t i = 0; image != NULL && i < image_segment_count(image); i++) {
        const struct image_segment *s = image_segment(image, i);
        if (board_load(board, s->address, s->bytes, s->length) != 0) {
            board_say_misfit(board, image_path(image), s->address, s->length, error, error_size);
            return false;
        }
    }
    return true;
}

bool check_line_open(struct check_line *l, struct check_report *report, enum check_history history,
                     enum check_unmodelled_reads unmodelled_reads, char *error, size_t error_size)
{
    const char *reason = "out of memory";
    const struct check_config *config = report->config;
    struct board_config board = board_config_of(&config->board);
    board.listener.reset = on_reset;
    board.listener.ctx = l;
    *l = (struct check_line){.report = report, .config = config, .history = history};
    l->board = board_create(&board, &reason);
    if (l->board != NULL) {
        l->watch = check_watch_create(l->board, config, unmodelled_reads);
    }
    if (l->watch == NULL) {
        snprintf(error, error_size, "the virtual board cannot be made: %s", reason);
        return false;
    }
    if (!load(l->board, config->cm7, error, error_size) ||
        !load(l->board, config->cm4, error, error_size)) {
        return false;
    }
    if (history == CHECK_CM4_STUB && check_cm4_stub_load(l->board) != 0) {
        snprintf(error, error_size, "the image does not fit the board's flash: correct it");
        return false;
    }
    board_servo_plug(l->board, false); /* nobody looks at it: a PWM on its pin costs nothing */
    check_watch_cover(l->watch, report->coverage);
    check_watch_loaded(l->watch);
    l->flash = check_flash_sum(board_chip(l->board));
    return true;
}

void check_line_close(struct check_line *l)
{
    check_watch_destroy(l->watch);
    board_destroy(l->board);
    free(l->prop);
}

/* ---- one start ---- */

vtime_ps check_slice(const struct check_config *config)
{
    const vtime_ps quarter = config->length / 4;
    return quarter == 0 ? 1 : quarter < SLICE ? quarter : SLICE;
}

struct check_boot *check_line_add(struct check_line *l, enum check_start start)
{
    struct check_report *r = l->report;
    struct check_boot *list = realloc(r->boots, (r->boot_count + 1) * sizeof *list);
    if (list == NULL) {
        abort();
    }
    r->boots = list;
    list[r->boot_count] =
        (struct check_boot){.history = l->history, .start = start, .stimulus = l->stimulus};
    return &list[r->boot_count++];
}

bool check_line_is_hopeless(const struct check_line *l, enum check_start start)
{
    const struct chip *chip = board_chip(l->board);
    bool locked = l->history == CHECK_AFTER_ROM && (start == CHECK_FLASHED || start == CHECK_RESET);
    return locked && chip->supply->request.cr3 == CR3_DEFAULT &&
           check_watch_waits_for_supply(l->watch) > HOPELESS;
}

/* Executed by both cores; skipped turns of loops, and those that only count, cost nothing. Accesses to registers, and
 * what happens beside the cores, cost more than one. */
static uint64_t executed(const struct check_line *l)
{
    uint64_t sum = EVENT_COST * board_chip(l->board)->sched.next_order;
    for (unsigned i = 0; i < CORE_COUNT; i++) {
        const struct cpu *cpu = board_cpu(l->board, i);
        sum +=
            cpu_instructions(cpu) - cpu_instructions_skipped(cpu) - cpu_instructions_added_up(cpu);
        sum += ACCESS_COST * cpu_register_accesses(cpu);
    }
    return sum;
}

bool check_line_changed_flash(const struct check_line *l)
{
    return check_flash_sum(board_chip(l->board)) != l->flash;
}

/* PWR_CR3 was locked before the start, or the image was started once before from power-on with the same flash: a
 * busy image need not be watched to the end again. */
static bool nothing_new(const struct check_line *l, const struct check_boot *s)
{
    if (s->history == CHECK_AFTER_GOOD || s->history == CHECK_AFTER_ROM ||
        s->start == CHECK_POWER_CYCLE) {
        bool locked = s->start == CHECK_FLASHED || s->start == CHECK_RESET;
        return locked || !check_line_changed_flash(l);
    }
    return false;
}

/* After a reset: PWR_CR3 is locked by now, and the image was started from power-on before. */
static bool is_settled_by(const struct check_line *l, const struct check_boot *s)
{
    bool again =
        s->history == CHECK_FRESH || s->history == CHECK_CM4_STUB || s->history == CHECK_STIMULATED;
    return again && s->start != CHECK_POWER_ON && s->start != CHECK_POWER_CYCLE &&
           !check_is_race(s->start) && board_chip(l->board)->power.supply_locked;
}

/* What a start has cost, and what when code ran last that had not run in it before. */
struct spending {
    uint64_t begin, at_news;
    vtime_ps settled_at;
};

/* Nothing new can come of it: by what it has cost, or by going for long through nothing but what other starts, and
 * it, have been through. Behind the boot ROM it may be in a wait that other starts have passed at once, and give up
 * after a second. */
static bool is_enough(struct spending *s, const struct check_boot *boot, uint64_t now)
{
    if (boot->settled_at != s->settled_at) {
        s->settled_at = boot->settled_at;
        s->at_news = now;
    }
    bool may_wait = check_is_behind_rom(boot);
    bool known = boot->new_code == 0 && !may_wait && now - s->at_news > CHECK_BUDGET_KNOWN;
    return known || now - s->begin > CHECK_BUDGET;
}

uint64_t check_line_cost(const struct check_line *l)
{
    return executed(l) - l->executed;
}

void check_line_begin(struct check_line *l, struct check_boot *boot, bool power)
{
    check_watch_begin(l->watch, boot, power);
    l->begin = board_now(l->board);
    l->executed = executed(l);
    l->reset_sources = 0;
}

void check_line_end(struct check_line *l, struct check_boot *boot)
{
    check_watch_end(l->watch);
    boot->reset_sources = l->reset_sources;
    if (boot->start == CHECK_WATCHDOG || boot->start == CHECK_SOFTWARE ||
        boot->start == CHECK_OTHER_RESET) {
        boot->resets -= boot->resets > 0; /* the one it began with; none reaches a dead board */
        boot->reset_sources &= boot->resets > 0 ? UINT32_MAX : ~(1u << boot->reset_source);
    }
    boot->cost = check_line_cost(l);
    l->report->executed += boot->cost;
}

void check_line_watch(struct check_line *l, struct check_boot *boot)
{
    bool short_of_time = nothing_new(l, boot);
    struct spending spent = {.begin = executed(l), .at_news = executed(l)};
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
        short_of_time = short_of_time || is_settled_by(l, boot);
        boot->cut = is_enough(&spent, boot, executed(l)) && short_of_time;
        bool frozen = check_watch_frozen(l->watch);
        boot->senses.goes_on = !frozen;
        if (check_is_power_on(boot)) {
            check_watch_sense(l->watch); /* it may listen for a short time only */
        }
        if (boot->cut || frozen || check_line_is_hopeless(l, boot->start)) {
            check_watch_sample(l->watch);
            break;
        }
    }
    check_line_end(l, boot);
}

void check_line_power_on(struct check_line *l, enum check_start start)
{
    struct check_boot *boot = check_line_add(l, start);
    board_power(l->board, true);
    check_line_begin(l, boot, true);
    check_line_watch(l, boot);
}

void check_line_power_off(struct check_line *l)
{
    board_power(l->board, false);
    board_run_until(l->board, board_now(l->board) + OFF_TIME);
}

void check_line_reset_pin(struct check_line *l, enum check_start start)
{
    struct check_boot *boot = check_line_add(l, start);
    board_nrst(l->board, true);
    board_run_until(l->board, board_now(l->board) + VTIME_MS(1));
    check_line_begin(l, boot, false);
    board_nrst(l->board, false);
    check_line_watch(l, boot);
}

void check_line_reset_from(struct check_line *l, enum check_start start, enum reset_source source)
{
    struct check_boot *boot = check_line_add(l, start);
    boot->reset_source = source;
    check_line_begin(l, boot, false);
    chip_request_reset(board_chip(l->board), source);
    check_line_watch(l, boot);
}

void check_line_power_cycles(struct check_line *l, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        check_line_power_off(l);
        check_line_power_on(l, CHECK_POWER_CYCLE);
    }
}
