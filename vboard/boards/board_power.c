/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Hands on the board: power switch, supply voltage, NRST, BOOT0, button, clock, ST-LINK.
 *
 * VDD thresholds (RM0399 7.5.1, 7.5.2): the manual names the detectors and refers to the data sheet for
 * the volts; these are the typical values of the H74x/75x sheets [S]. Below PDR the chip is off, and
 * everything that VDD holds is lost, CR3 included. Between PDR and a BOR level that the option bytes
 * select it is held in reset, which loses nothing (Table 56). No ramps: a new level is there at once.
 */
#include "vboard/boards/board_internal.h"

#include "vboard/parts/st_link.h"

/* Falling and rising thresholds by OPTSR.BOR_LEV; level 0 is PDR/POR. */
static const struct {
    uint32_t falls_mv, rises_mv;
} levels[4] = {{1620, 1670}, {2000, 2100}, {2310, 2410}, {2610, 2700}};

static vtime_ps now_of(const struct board *b)
{
    return b->soc.chip.sched.now;
}

/* ---- the deadlock ---- */

/* The write to CR3 that took VCORE away is still being executed: die after it. */
static void vcore_gone(void *ctx, vtime_ps now)
{
    struct board *b = ctx;
    (void)now;
    if (supply_lost(&b->supply)) {
        chip_lose_vcore(&b->soc.chip);
    }
}

static void vcore_changed(void *ctx, vtime_ps now)
{
    struct board *b = ctx;
    if (b->soc.chip.resets.powered && supply_lost(&b->supply)) {
        sched_at(&b->soc.chip.sched, &b->vcore_event, now);
        chip_cut_turn(&b->soc.chip);
    }
}

void board_wire_supply(struct board *b)
{
    event_init(&b->vcore_event, vcore_gone, b);
    b->supply_listener = (struct supply_listener){.changed = vcore_changed, .ctx = b};
    supply_listen(&b->supply, &b->supply_listener);
    b->vdd_mv = b->data->vdd_mv;
}

/* ---- power, VDD, NRST ---- */

/* NRST is low if anybody pulls it: a hand, or the chip itself in a brown-out. */
static void settle_nrst(struct board *b)
{
    chip_nrst(&b->soc.chip, b->nrst_held_low || b->brown_out);
}

static bool below(uint32_t mv, unsigned level, bool already)
{
    return mv < (already ? levels[level].rises_mv : levels[level].falls_mv);
}

static void power_up(struct board *b)
{
    chip_memory_power_on(&b->soc.memory);
    b->resets = 0;
    pulse_meter_clear(&b->meter);
    sd_card_power_up(&b->sd_card);
    chip_power(&b->soc.chip, true);
}

static void settle_vdd(struct board *b)
{
    struct chip *c = &b->soc.chip;
    uint32_t mv = b->switched_on ? b->vdd_mv : 0;
    unsigned bor = c->options.optsr >> 2 & 3u;
    bool was_powered = c->resets.powered;
    bool dead = below(mv, 0, !was_powered);
    bool was_brown_out = b->brown_out;
    b->brown_out = !dead && bor != 0 && below(mv, bor, was_brown_out || !was_powered);
    if (b->brown_out && !was_brown_out && was_powered) {
        c->resets.pending |= 1u << RESET_SRC_BOR;
    }
    if (dead) {
        chip_power(c, false);
    }
    supply_set_vdd(&b->supply, dead ? 0 : mv, now_of(b));
    settle_nrst(b);
    if (!dead && !was_powered) {
        power_up(b);
    }
}

void board_power(struct board *b, bool on)
{
    if (on == b->switched_on) {
        return;
    }
    b->switched_on = on;
    uart_link_power(&b->vcp, on, now_of(b)); /* the ST-LINK hangs on the same USB plug */
    board_power_eth(b, on);
    settle_vdd(b);
}

void board_vdd(struct board *b, uint32_t mv)
{
    b->vdd_mv = mv;
    settle_vdd(b);
}

void board_nrst(struct board *b, bool held_low)
{
    b->nrst_held_low = held_low;
    settle_nrst(b);
}

const char *board_supply_state(const struct board *b)
{
    if (!b->soc.chip.resets.powered) {
        return "off";
    }
    return b->soc.chip.resets.vcore_lost ? "deadlock" : "ok";
}

/* ---- the other hands ---- */

void board_boot0(struct board *b, bool high)
{
    b->soc.chip.resets.boot0 = high;
}

void board_button(struct board *b, bool pressed)
{
    if (b->data->button.pin.port != 0) {
        button_press(&b->button, pressed, now_of(b));
    }
}

void board_feed(struct board *b, uint32_t mv)
{
    const uint64_t upper = b->data->feed.upper_ohm;
    const uint64_t lower = b->data->feed.lower_ohm;
    const uint32_t max_mv = b->data->feed.max_mv;
    if (mv == BOARD_FEED_OPEN || lower == 0) {
        board_pvd_in(b, BOARD_PVD_IN_OPEN);
        return;
    }
    const uint32_t pin_mv = (uint32_t)(mv * lower / (upper + lower));
    board_pvd_in(b, pin_mv < max_mv ? pin_mv : max_mv);
}

void board_servo_plug(struct board *b, bool plugged)
{
    servo_plug(&b->servo, plugged, now_of(b));
}

/* What the board gives to OSC_IN as it is sold. */
static uint64_t hse_sold_uhz(const struct board *b)
{
    return b->data->hse == BOARD_CLOCK_NONE ? 0 : b->data->hse_uhz;
}

static bool oscillator_runs(struct board *b)
{
    const struct board_pin pin = b->data->hse_enable;
    return pin.port == 0 || chip_pin(&b->soc.chip, pin.port, pin.number)->level == LEVEL_HIGH;
}

/* How long such an oscillator takes to start is in no source: it runs at once. */
static void settle_hse(struct board *b)
{
    struct rcc_hse hse = b->hse;
    hse.uhz = oscillator_runs(b) ? hse.uhz : 0;
    hse.crystal = b->data->hse == BOARD_CLOCK_CRYSTAL;
    rcc_set_hse(&b->soc.chip, &hse);
}

static void hse_enable_changed(void *ctx, struct signal *s, vtime_ps now)
{
    (void)s;
    (void)now;
    settle_hse(ctx);
}

void board_wire_hse(struct board *b)
{
    const struct board_config *cfg = &b->config;
    const struct board_pin enable = b->data->hse_enable;
    b->hse = (struct rcc_hse){.uhz = cfg->hse_uhz != 0 ? cfg->hse_uhz : hse_sold_uhz(b)};
    if (cfg->hse_kind == BOARD_HSE_ABSENT) {
        b->hse.uhz = 0;
    } else if (cfg->hse_kind == BOARD_HSE_LATE) {
        b->hse.appears_at = cfg->hse_at;
    } else if (cfg->hse_kind == BOARD_HSE_DROPS) {
        b->hse.drops_at = cfg->hse_at;
    }
    if (enable.port != 0) {
        b->hse_enable = (struct signal_listener){.changed = hse_enable_changed, .ctx = b};
        signal_listen(chip_pin(&b->soc.chip, enable.port, enable.number), &b->hse_enable);
    }
    settle_hse(b);
    rcc_set_strict_mux(&b->soc.chip, cfg->strict_kernel_mux);
}

void board_pvd_in(struct board *b, uint32_t mv)
{
    supply_set_pvd_in(&b->supply, mv, now_of(b));
}

void board_hse(struct board *b, uint64_t uhz)
{
    b->hse = (struct rcc_hse){.uhz = uhz == BOARD_HSE_SOLD ? hse_sold_uhz(b) : uhz};
    settle_hse(b);
}

bool board_probe(const struct board *b, char *text, size_t size)
{
    return st_link_probe(&b->soc.chip, &b->supply, text, size);
}
