/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "check/spare.h"

#include "check/advice.h"
#include "check/chip.h"
#include "check/places.h"
#include "vboard/boards/board.h"

#include <stdlib.h>
#include <string.h>

#define MOMENT VTIME_MS(1) /* a regulator, a PLL */
#define HSE_TIME VTIME_MS(20)
#define PLLS_ON (1u << 24 | 1u << 26 | 1u << 28) /* RCC_CR (9.7.2) */
#define SW 7u                                    /* RCC_CFGR (9.7.6) */
#define SW_PLL1 3u
#define VOS1 0xC000u   /* PWR_D3CR (7.8.7) */
#define ACR_SLOW 0x37u /* as after reset (4.9.1): enough for all */
#define RCC_APB4ENR (RCC + 0xF4u)
#define SYSCFGEN 2u
#define ODEN 1u
/* Combinations that are tried; beyond, harm is not looked for. */
#define TRIED_MAX 512u

struct tried {
    uint32_t registers[FLOW_FILE_REGS];
    struct check_harm harm;
};

struct check_spare {
    struct board *board;
    const struct check_config *config;
    struct tried *list[TRIED_MAX];
    size_t count;
};

static const struct check_harm none;

void check_file_read(struct chip *chip, uint32_t out[FLOW_FILE_REGS])
{
    for (unsigned i = 0; i < FLOW_FILE_REGS; i++) {
        out[i] = check_peek(chip, flow_file_addresses[i]);
    }
}

struct check_spare *check_spare_create(const struct check_config *config)
{
    const struct board_options *o = &config->board;
    const char *reason;
    const struct board_config board = {.data = o->board,
                                       .wiring = (enum supply_wiring)o->wiring,
                                       .hse_kind = o->hse == HSE_ABSENT ? BOARD_HSE_ABSENT
                                                                        : BOARD_HSE_PRESENT,
                                       .hse_uhz = o->hse_uhz};
    struct check_spare *s = calloc(1, sizeof *s);
    if (s == NULL) {
        return NULL;
    }
    s->config = config;
    s->board = board_create(&board, &reason);
    if (s->board == NULL) {
        free(s);
        return NULL;
    }
    return s;
}

void check_spare_destroy(struct check_spare *s)
{
    if (s == NULL) {
        return;
    }
    for (size_t i = 0; i < s->count; i++) {
        free(s->list[i]);
    }
    board_destroy(s->board);
    free(s);
}

/* ---- one trial ---- */

static void wait(struct check_spare *s, vtime_ps time)
{
    board_run_until(s->board, board_now(s->board) + time);
}

static void store(struct check_spare *s, uint32_t address, uint32_t value)
{
    struct chip *chip = board_chip(s->board);
    chip->access.master = MASTER_CM7; /* a debugger's findings are none */
    chip_mmio_write(chip, address, 4, value);
}

static void put(struct check_spare *s, const uint32_t *registers, enum flow_file_reg reg)
{
    store(s, flow_file_addresses[reg], registers[reg]);
}

static void power_up(struct check_spare *s)
{
    board_power(s->board, false);
    wait(s, MOMENT);
    board_power(s->board, true);
    wait(s, MOMENT);
}

/* The best that the board has: the right supply and the highest scale. */
static void settle(struct check_spare *s, const uint32_t *registers)
{
    bool overdrive =
        s->config->board.wiring == SUPPLY_LDO && (registers[FLOW_FILE_PWRCR] & ODEN) != 0;
    power_up(s);
    store(s, PWR_CR3, check_right_selection(s->config->board.wiring));
    wait(s, MOMENT);
    store(s, PWR_D3CR, VOS1);
    wait(s, MOMENT);
    if (overdrive) {
        store(s, RCC_APB4ENR, SYSCFGEN);
        store(s, SYSCFG_PWRCR, ODEN);
        wait(s, MOMENT);
    }
    store(s, FLASH_ACR, ACR_SLOW);
}

/* Oscillators and PLLs, while HSI is the system clock (9.5.5: their registers before they are on). */
static void start_plls(struct check_spare *s, const uint32_t *registers)
{
    store(s, RCC_CR, registers[FLOW_FILE_CR] & ~PLLS_ON);
    wait(s, HSE_TIME);
    for (unsigned i = FLOW_FILE_D1CFGR; i <= FLOW_FILE_PLL3FRACR; i++) {
        put(s, registers, (enum flow_file_reg)i);
    }
    put(s, registers, FLOW_FILE_CR);
    wait(s, MOMENT);
}

static bool is_harm(const struct finding *f, bool in_use)
{
    bool range = f->code == FOUND_PLL_INPUT || f->code == FOUND_PLL_VCO;
    return in_use ? f->code == FOUND_OVERCLOCK || f->code == FOUND_LATENCY_TOO_LOW
                  : range && f->data.subject == 1; /* PLL1: nobody runs from the others */
}

static void add_clock(struct check_harm *harm, const struct finding_data *d)
{
    if (harm->clock_count < CHECK_MEMBERS) {
        harm->clocks[harm->clock_count++] = (struct check_member){
            .what = d->subject, .khz = d->khz, .high_mhz = d->high_mhz, .vos = d->vos};
    }
}

/* The first finding counts, an overclock before others. */
static void collect(struct check_spare *s, struct check_harm *harm, bool in_use)
{
    struct findings *found = &board_chip(s->board)->findings;
    for (size_t i = 0; i < found->count; i++) {
        const struct finding *f = &found->list[i];
        if (!is_harm(f, in_use)) {
            continue;
        }
        if (harm->finding.count == 0 ||
            (f->code == FOUND_OVERCLOCK && harm->finding.code != FOUND_OVERCLOCK)) {
            harm->finding = *f;
        }
        if (f->code == FOUND_OVERCLOCK) {
            add_clock(harm, &f->data);
        }
    }
    findings_clear(found);
}

static void try(struct check_spare *s, const uint32_t *registers, struct check_harm *harm)
{
    settle(s, registers);
    findings_clear(&board_chip(s->board)->findings);
    start_plls(s, registers);
    if ((registers[FLOW_FILE_CFGR] & SW) == SW_PLL1) { /* else it may be on its way */
        collect(s, harm, false);
    }
    put(s, registers, FLOW_FILE_D3CR);
    wait(s, MOMENT);
    put(s, registers, FLOW_FILE_ACR);
    findings_clear(&board_chip(s->board)->findings);
    put(s, registers, FLOW_FILE_CFGR);
    wait(s, MOMENT);
    put(s, registers, FLOW_FILE_ACR); /* which is looked at when it is written */
    collect(s, harm, true);
}

void check_spare_at_reset(struct check_spare *s, uint32_t out[FLOW_FILE_REGS])
{
    power_up(s);
    check_file_read(board_chip(s->board), out);
}

const struct check_harm *check_spare_try(struct check_spare *s,
                                         const uint32_t registers[FLOW_FILE_REGS])
{
    const size_t size = FLOW_FILE_REGS * sizeof *registers;
    for (size_t i = 0; i < s->count; i++) {
        if (memcmp(s->list[i]->registers, registers, size) == 0) {
            return &s->list[i]->harm;
        }
    }
    struct tried *t = s->count < TRIED_MAX ? calloc(1, sizeof *t) : NULL;
    if (t == NULL) {
        return &none;
    }
    memcpy(t->registers, registers, size);
    try(s, registers, &t->harm);
    s->list[s->count++] = t;
    return &t->harm;
}
