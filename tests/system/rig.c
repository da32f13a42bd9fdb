/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/system/rig.h"

#include "tests/formats/cmocka_head.h"
#include "tests/formats/scratch_file.h"
#include "tests/system/rig_parts.h"

#include "vboard/chip/chip.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SETTINGS_ADDRESS 0x080C0000u
#define PWR_CR3 0x5802480Cu
#define CR3_DIRECT_SMPS 0x04u
/* Longer than any wait between a pulse and its telemetry line. */
#define STEP_PS VTIME_MS(5)

#define OIL_RAW(celsius) ((uint8_t)((celsius) + 60))

static void fill_moving(uint64_t n, uint8_t data[RIG_DATA_MAX])
{
    data[1] = OIL_RAW(91 + (int)(n % 2));
}

const struct rig_stream rig_oil_91 = {.from = VTIME_MS(50),
                                      .every = VTIME_MS(100),
                                      .id = RIG_OIL_ID,
                                      .length = 8,
                                      .data = {OIL_RAW(92), OIL_RAW(91)}};

const struct rig_stream rig_oil_moving = {.from = VTIME_MS(50),
                                          .every = VTIME_MS(100),
                                          .id = RIG_OIL_ID,
                                          .length = 8,
                                          .data = {OIL_RAW(92), OIL_RAW(91)},
                                          .fill = fill_moving};

void *rig_room(void *list, size_t count, size_t size)
{
    if (count != 0 && (count & (count - 1)) != 0) {
        return list; /* room for the next power of two was made before */
    }
    void *moved = realloc(list, (count == 0 ? 1 : count * 2) * size);
    if (moved == NULL) {
        abort();
    }
    return moved;
}

/* ---- what the board does ---- */

static void take_line(struct rig *r, vtime_ps now)
{
    if (r->line[0] != '~') {
        r->texts = rig_room(r->texts, r->text_count, sizeof *r->texts);
        struct rig_text *text = &r->texts[r->text_count++];
        text->at = now;
        snprintf(text->text, sizeof text->text, "%.*s", (int)sizeof text->text - 1, r->line);
        return;
    }
    r->lines = rig_room(r->lines, r->line_count, sizeof *r->lines);
    struct rig_line *line = &r->lines[r->line_count];
    if (!rig_parse_line(r->line, r->line_length, line)) {
        r->bad_lines++;
        return;
    }
    line->at = now;
    line->pulse = r->first_pulse + line->seq;
    r->line_count++;
}

static void on_uart(void *ctx, uint8_t byte, vtime_ps now)
{
    struct rig *r = ctx;
    if (byte == '\n') {
        r->line[r->line_length] = '\0';
        take_line(r, now);
        r->line_length = 0;
    } else if (byte != '\r' && r->line_length < sizeof r->line - 1) {
        r->line[r->line_length++] = (char)byte;
    }
}

static void on_rise(void *ctx, const struct board_pulse *p)
{
    struct rig *r = ctx;
    r->pulses = rig_room(r->pulses, r->pulse_count, sizeof *r->pulses);
    r->pulses[r->pulse_count++] = (struct rig_pulse){.rise = p->rise};
}

static void on_fall(void *ctx, const struct board_pulse *p)
{
    struct rig *r = ctx;
    if (r->pulse_count > 0) {
        r->pulses[r->pulse_count - 1].width = p->width;
    }
}

static void on_led(void *ctx, enum board_led led, bool on, vtime_ps now)
{
    struct rig *r = ctx;
    r->leds = rig_room(r->leds, r->led_count, sizeof *r->leds);
    r->leds[r->led_count++] = (struct rig_led){.at = now, .led = led, .on = on};
}

/* What was being told is cut off; pulses count from 0 again. */
static void on_reset(void *ctx, uint32_t sources, vtime_ps now)
{
    struct rig *r = ctx;
    r->resets = rig_room(r->resets, r->reset_count, sizeof *r->resets);
    r->resets[r->reset_count++] = (struct rig_reset){.at = now, .sources = sources};
    r->line_length = 0;
    r->first_pulse = r->pulse_count;
}

/* PWR_CR3 takes one write after power-on: it must be direct SMPS, whatever has happened (RM0399 7.8.4). */
static void on_access(void *ctx, uint32_t address, unsigned size, bool write, uint32_t value)
{
    struct rig *r = ctx;
    if (!write || address - PWR_CR3 >= 4) {
        return;
    }
    const bool by_cm7 = board_chip(r->board)->access.master == MASTER_CM7;
    r->supply_writes++;
    if (value != CR3_DIRECT_SMPS || size != 4 || !by_cm7) {
        r->wrong_supply_writes++;
        r->wrong_supply_value = value;
    }
}

/* ---- making it ---- */

static void load(struct rig *r, const char *path)
{
    char error[512];
    rig_check(rig_load_image(r->board, path, error, sizeof error), "%s", error);
}

static void load_own(struct rig *r, const char *name)
{
    char path[512];
    const char *folder = getenv("CANDIAL_FIRMWARE_DIR");
    snprintf(path, sizeof path, "%s/%s", folder == NULL ? "build/firmware" : folder, name);
    load(r, path);
}

static void load_record(struct rig *r)
{
    uint8_t record[RIG_RECORD_SIZE];
    char error[512];
    rig_check(rig_record(r->config.profile, r->config.active, record, error, sizeof error), "%s",
              error);
    rig_check(board_load(r->board, SETTINGS_ADDRESS, record, sizeof record) == 0, "settings");
}

static void load_flash(struct rig *r)
{
    const struct rig_config *config = &r->config;
    if (config->cm7 == NULL && config->cm4 == NULL) {
        load_own(r, "candial_cm7.elf");
        load_own(r, "candial_cm4.elf");
        if (!config->no_record) {
            load_record(r);
        }
        return;
    }
    if (config->cm7 != NULL) {
        load(r, config->cm7);
    }
    if (config->cm4 != NULL) {
        load(r, config->cm4);
    }
}

struct rig *rig_create(const struct rig_config *config)
{
    const char *reason = "out of memory";
    char error[512];
    struct rig *r = calloc(1, sizeof *r);
    assert_non_null(r);
    r->config = *config;
    if (r->config.profile == NULL) {
        r->config.profile = RIG_PROFILE;
    }
    if (r->config.watched_id == 0) {
        r->config.watched_id = RIG_OIL_ID;
    }
    r->config.board.listener = (struct board_listener){.uart = on_uart,
                                                       .rose = on_rise,
                                                       .fell = on_fall,
                                                       .led = on_led,
                                                       .reset = on_reset,
                                                       .ctx = r};
    r->board = board_create(&r->config.board, &reason);
    rig_check(r->board != NULL, "%s", reason);
    r->watch = (struct chip_watch){.access = on_access, .ctx = r};
    board_chip(r->board)->bus.watch = &r->watch;
    load_flash(r);
    r->bus = rig_bus_create(r, error, sizeof error);
    rig_check(r->bus != NULL, "%s", error);
    return r;
}

void rig_destroy(struct rig *r)
{
    if (r == NULL) {
        return;
    }
    rig_bus_destroy(r->bus);
    board_destroy(r->board);
    free(r->frames);
    free(r->pulses);
    free(r->lines);
    free(r->texts);
    free(r->resets);
    free(r->leds);
    free(r);
}

/* ---- running ---- */

void rig_power(struct rig *r, bool on)
{
    board_power(r->board, on);
}

void rig_run_until(struct rig *r, vtime_ps until)
{
    board_run_until(r->board, until);
}

void rig_run_for(struct rig *r, vtime_ps duration)
{
    rig_run_until(r, rig_now(r) + duration);
}

vtime_ps rig_now(const struct rig *r)
{
    return board_now(r->board);
}

vtime_ps rig_run_until_live(struct rig *r, vtime_ps limit)
{
    const size_t first = r->pulse_count;
    size_t i = r->line_count;
    for (;;) {
        for (; i < r->line_count; i++) {
            const struct rig_line *line = &r->lines[i];
            if (line->state == RIG_LIVE && line->pulse >= first && line->pulse < r->pulse_count) {
                return r->pulses[line->pulse].rise;
            }
        }
        rig_check(rig_now(r) < limit, "not live by %.3f s", (double)limit * 1e-12);
        rig_run_for(r, STEP_PS);
    }
}

vtime_ps rig_period_start(void)
{
    struct rig *r = rig_create(&(struct rig_config){0});
    rig_power(r, true);
    rig_run_until(r, RIG_PERIOD_PS);
    rig_check(r->pulse_count > 0, "no pulse in the first period");
    const vtime_ps start = r->pulses[0].rise % RIG_PERIOD_PS;
    rig_destroy(r);
    return start;
}

vtime_ps rig_random(uint64_t *state, vtime_ps range)
{
    return fuzz_next(state) % range;
}
