/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "check/sanitize.h"

#include "check/fresh.h"
#include "check/repeat.h"
#include "check/rival.h"
#include "check/stack_end.h"
#include "vboard/boards/board.h"
#include "vboard/cpu/cpu.h"

#include <stdlib.h>

struct check_sanitizer {
    struct board *board;
    struct chip *chip;
    const struct check_config *config;
    struct chip_probe probe;
    struct check_fresh *fresh; /* NULL: RAM is not looked at (any more) */
    struct check_stack_end stack[CORE_COUNT];
    struct check_repeat repeat[CORE_COUNT];
    struct check_rival rival;
    struct check_stall stall[CORE_COUNT];
};

/* ---- what the probe is told ---- */

static bool wants(void *ctx, enum core core, uint32_t physical)
{
    const struct check_sanitizer *s = ctx;
    return (s->fresh != NULL && check_fresh_wants(s->fresh, physical)) ||
           check_stack_wants(&s->stack[core], physical);
}

static void ask_again(struct check_sanitizer *s)
{
    for (unsigned i = 0; i < CORE_COUNT; i++) {
        cpu_ask_again(board_cpu(s->board, i));
    }
}

static void on_ram(void *ctx, const struct chip_touch *touch)
{
    struct check_sanitizer *s = ctx;
    enum core core = master_core(touch->master) == MASTER_CM4 ? CORE_CM4 : CORE_CM7;
    struct cpu *cpu = board_cpu(s->board, core);
    if (!master_is_dma(touch->master) && check_stack_touch(&s->stack[core], cpu, touch)) {
        ask_again(s);
    }
    if (s->fresh != NULL && check_fresh_touch(s->fresh, cpu, core, touch)) {
        ask_again(s);
    }
}

static void on_exception(void *ctx, enum core core, unsigned number, bool chained)
{
    struct check_sanitizer *s = ctx;
    check_repeat_note(&s->repeat[core], number, chained, cpu_time(board_cpu(s->board, core)));
}

static void on_stall(void *ctx, enum core core, uint32_t pc, vtime_ps duration)
{
    struct check_sanitizer *s = ctx;
    struct check_stall *stall = &s->stall[core];
    if (duration > stall->longest) {
        *stall = (struct check_stall){pc, duration};
    }
}

void check_sanitizer_access(struct check_sanitizer *s, enum core core, uint32_t address, bool write,
                            uint32_t value)
{
    check_rival_access(&s->rival, s->chip, core, address, write, value);
}

/* ---- life ---- */

struct check_sanitizer *check_sanitizer_create(struct board *board,
                                               const struct check_config *config)
{
    struct check_sanitizer *s = calloc(1, sizeof *s);
    if (s == NULL) {
        abort();
    }
    s->board = board;
    s->chip = board_chip(board);
    s->config = config;
    s->probe = (struct chip_probe){wants, on_ram, on_exception, on_stall, s};
    s->chip->bus.probe = &s->probe;
    return s;
}

void check_sanitizer_destroy(struct check_sanitizer *s)
{
    if (s != NULL) {
        s->chip->bus.probe = NULL;
        check_fresh_destroy(s->fresh);
        free(s);
    }
}

void check_sanitizer_begin(struct check_sanitizer *s, bool fresh)
{
    check_fresh_destroy(s->fresh);
    s->fresh = fresh ? check_fresh_create() : NULL;
    for (unsigned i = 0; i < CORE_COUNT; i++) {
        const struct image *image =
            i == CORE_CM4 && s->config->cm4 != NULL ? s->config->cm4 : s->config->cm7;
        check_stack_begin(&s->stack[i], board_cpu(s->board, i), image,
                          s->chip->cores.boot_address[i]);
        s->repeat[i] = (struct check_repeat){0};
        s->stall[i] = (struct check_stall){0};
    }
    check_rival_begin(&s->rival);
    ask_again(s);
}

void check_sanitizer_end(struct check_sanitizer *s, struct check_odds *odds)
{
    for (unsigned i = 0; i < CORE_COUNT; i++) {
        struct cpu *cpu = board_cpu(s->board, i);
        check_stack_end(&s->stack[i], odds);
        check_repeat_end(&s->repeat[i], cpu, odds);
        check_stall_end(&s->stall[i], cpu, odds);
    }
    check_rival_end(&s->rival, s->chip, odds);
    if (s->fresh != NULL) {
        check_fresh_end(s->fresh, odds);
    }
}
