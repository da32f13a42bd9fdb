/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * warn.high on the board: it comes on at its value, goes out more than 1 °C below, and is told by the
 * yellow and the red LED, which blink fast in turn. The needle shows the value and nothing else.
 */
#include "tests/formats/cmocka_head.h"
#include "tests/formats/scratch_file.h"
#include "tests/system/rig.h"

#include "core/ipc.h"
#include "vboard/chip/chip.h"

#include <stdlib.h>

#define RAW(celsius) ((uint8_t)((celsius) + 60))
#define EVERY VTIME_MS(100)
#define HALF VTIME_MS(120) /* firmware/cm7/leds.c */
#define TICK VTIME_MS(40)  /* of the LEDs */

/* Frame n at n * 100 ms: 1.2 s each. The profile warns from 130. */
static const int celsius[] = {128, 130, 129, 128};
#define STAY 12
#define STEP(n) ((n)*STAY * EVERY)

static void fill(uint64_t n, uint8_t data[RIG_DATA_MAX])
{
    const size_t step = (size_t)(n / STAY);
    data[1] = RAW(celsius[step < 4 ? step : 3]);
}

static const struct rig_stream hot = {
    .from = EVERY / 2, .every = EVERY, .id = RIG_OIL_ID, .length = 8, .fill = fill};

/* All lines about pulses of from..until, but for the first period of it, say so. */
static void check_warn(const struct rig *r, vtime_ps from, vtime_ps until, unsigned warn)
{
    size_t i = rig_line_from(r, from + EVERY);
    rig_check(i < r->line_count, "no line");
    for (; i < r->line_count && r->pulses[r->lines[i].pulse].rise < until; i++) {
        rig_check(r->lines[i].warn == warn, "line %zu (%.3f s): warn is %d", i,
                  (double)r->pulses[r->lines[i].pulse].rise * 1e-12, r->lines[i].warn);
    }
}

/* 128 to 130 °C are 147 to 150° on the profile's dial: the needle goes up and down between them, at the
 * pace of its damping (at most 3° * w / e = 3.7 °/s), whatever the LEDs do. */
static void check_needle(const struct rig *r, vtime_ps from)
{
    for (size_t i = rig_line_from(r, from); i < r->line_count; i++) {
        const int32_t needle = r->lines[i].needle_mdeg;
        rig_check(needle >= 147000 - 300 && needle <= 150000, "line %zu: %d mdeg", i, (int)needle);
        rig_check(abs(needle - r->lines[i - 1].needle_mdeg) <= 80, "line %zu: a twitch", i);
    }
}

/* What the M7 posts tells the M4, and a debugger, of the warning. */
static bool posts_warning(const struct rig *r)
{
    const struct mem_region *ram =
        chip_region(board_chip(r->board), IPC_BLOCK_ADDRESS, MASTER_DEBUG);
    const struct ipc_block *block = (const void *)(ram->host + (IPC_BLOCK_ADDRESS - ram->base));
    return (block->m7.mailbox.flags & IPC_MAILBOX_WARN) != 0;
}

/* How often two LEDs changed at the same tick to different levels. */
static unsigned swaps(const struct rig *r, vtime_ps from, vtime_ps until)
{
    unsigned count = 0;
    for (size_t i = 1; i < r->led_count; i++) {
        const struct rig_led *a = &r->leds[i - 1];
        const struct rig_led *b = &r->leds[i];
        count += a->at >= from && b->at < until && b->at - a->at < VTIME_MS(1) &&
                 a->led == BOARD_LED_YELLOW && b->led == BOARD_LED_RED && a->on != b->on;
    }
    return count;
}

static void hysteresis_and_leds(void **state)
{
    (void)state;
    struct rig *r = rig_create(&(struct rig_config){.streams = &hot, .stream_count = 1});
    rig_power(r, true);
    for (unsigned step = 0; step < 4; step++) {
        rig_run_until(r, STEP(step + 1));
        rig_check(posts_warning(r) == (step == 1 || step == 2), "step %u: the post's flag", step);
    }
    check_warn(r, 0, STEP(1), false);      /* 128: below */
    check_warn(r, STEP(1), STEP(2), true); /* 130: at it */
    check_warn(r, STEP(2), STEP(3), true); /* 129: within the hysteresis */
    check_warn(r, STEP(3), STEP(4), false);
    const unsigned wanted = (unsigned)((STEP(3) - STEP(1)) / HALF);
    const unsigned found = swaps(r, STEP(1), STEP(3) + EVERY);
    rig_check(found + 2 >= wanted && found <= wanted + 1, "%u swaps, about %u wanted", found,
              wanted);
    rig_check(rig_flashes(r, BOARD_LED_RED, 0, STEP(1)) == 0 &&
                  rig_flashes(r, BOARD_LED_RED, STEP(3) + 3 * TICK, STEP(4)) == 0,
              "red without a warning");
    rig_check(board_led(r->board, BOARD_LED_GREEN), "green is off");
    check_needle(r, STEP(1));
    rig_check(rig_last_line(r)->frame_milli == 128000, "%d", (int)rig_last_line(r)->frame_milli);
    rig_assert_clean(r);
    rig_destroy(r);
}

/* The first dial is cool, the third one warns: the LEDs do not ask which. */
static void any_dial_warns(void **state)
{
    (void)state;
    static const struct rig_stream streams[] = {
        {.from = EVERY / 2, .every = EVERY, .id = RIG_OIL_ID, .length = 8, .data = {0, RAW(90)}},
        {.from = EVERY / 4, .every = EVERY, .id = 0x3B1, .length = 8, .data = {101 + 40}},
    };
    struct rig *r = rig_create(&(struct rig_config){
        .profile = "tests/dials/four-dials.yaml", .streams = streams, .stream_count = 2});
    rig_power(r, true);
    rig_run_until(r, VTIME_S(1));
    const struct rig_line *line = rig_last_line(r);
    rig_check(!line->dial[0].warn && !line->dial[1].warn && line->dial[2].warn, "whose warning");
    rig_check(rig_flashes(r, BOARD_LED_RED, VTIME_MS(200), VTIME_S(1)) >= 3, "red is dark");
    rig_assert_clean(r);
    rig_destroy(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hysteresis_and_leds),
        cmocka_unit_test(any_dial_warns),
    };
    return cmocka_run_group_tests_name("warning", tests, NULL, scratch_remove);
}
