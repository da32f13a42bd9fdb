/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * What a board that only listens makes of a bus that is not well: one bad frame costs that frame; a bus without
 * a good one parks the needle after the profile's timeout, and the console says in a sentence what it looks like.
 * When it is over the needle comes back by itself. Never is a bit driven: rig_assert_clean().
 */
#include "tests/clocks/clock_rig.h"
#include "tests/formats/cmocka_head.h"
#include "tests/formats/scratch_file.h"

#include "core/bus_words.h"
#include "core/ipc.h"
#include "vboard/chip/chip.h"
#include "vboard/can/bus.h"
#include "vboard/periph/fdcan/fdcan.h"

#include <stdio.h>
#include <string.h>

#define TIMEOUT VTIME_S(1) /* the profile's */
#define EVERY VTIME_MS(100)
/* The needle eases into its rest from anywhere on the dial. */
#define BACK_IN_PARK VTIME_S(4)

static const struct ipc_block *block_of(const struct rig *r)
{
    const struct mem_region *ram =
        chip_region(board_chip(r->board), IPC_BLOCK_ADDRESS, MASTER_DEBUG);
    return (const struct ipc_block *)(const void *)(ram->host + (IPC_BLOCK_ADDRESS - ram->base));
}

static const char *last_error(const struct rig *r)
{
    return bus_error_name(block_of(r)->m4.can_psr);
}

static const struct can_node *board_node(const struct rig *r)
{
    return fdcan_node(chip_periph(board_chip(r->board), "FDCAN1"));
}

static struct rig *live_rig(const char *what)
{
    rig_case("%s", what);
    struct rig *r = clock_rig(&(struct board_config){0}, false);
    rig_power(r, true);
    rig_run_until(r, VTIME_MS(2010));
    check_shows(r, 90500, 92000);
    return r;
}

/* No value for so long that the needle has gone home: stale, park, and the sentence said since `since`. */
static void check_given_up(const struct rig *r, vtime_ps since, enum bus_state sentence)
{
    const struct rig_line *line = rig_last_line(r);
    rig_check(line->state == RIG_STALE, "state %d", (int)line->state);
    for (size_t i = rig_line_from(r, since); i < r->line_count; i++) {
        const vtime_ps rise = r->pulses[r->lines[i].pulse].rise;
        rig_check(r->lines[i].state == RIG_LIVE || rise > since - EVERY + TIMEOUT,
                  "stale too soon");
        rig_check(r->lines[i].state == RIG_STALE ||
                      rise <= since + EVERY + TIMEOUT + 2 * RIG_PERIOD_PS,
                  "live too long");
    }
    rig_check(rig_longest_pulse(r, rig_now(r) - VTIME_MS(500), rig_now(r)) <= RIG_PARK_PS,
              "not parked");
    rig_check(rig_find_text(r, since, bus_words(sentence)) != NULL, "`%s' was not said",
              bus_words(sentence));
}

/* Well again at `since`: a value is believed when the next agrees, and on the pin one servo period and 1 ms later. */
static void check_comes_back(struct rig *r, vtime_ps since)
{
    const vtime_ps live = rig_run_until_live(r, since + VTIME_S(1));
    rig_check(live <= since + 2 * EVERY + VTIME_MS(1) + RIG_PERIOD_PS + VTIME_MS(1),
              "live after %.3f ms", (double)(live - since) * 1e-9);
    rig_run_for(r, VTIME_S(4));
    check_shows(r, 90500, 92000);
    rig_check(rig_find_text(r, since, "bus: frames arrive") != NULL, "all is well, not said");
    rig_assert_clean(r);
}

/* One frame with `bit` flipped, for the board alone or for all; then nothing but such frames for 7 s. */
static void disturb(const char *kind, bool everyone, unsigned bit)
{
    struct rig *r = live_rig(kind);
    struct can_bus *bus = board_can_bus(r->board);
    const uint64_t errors = board_node(r)->errors;
    static struct can_fault fault;
    fault = (struct can_fault){
        .frame = bus->frame_count, .bit = bit, .only = everyone ? NULL : board_node(r)};
    can_bus_add_fault(bus, &fault);
    rig_run_for(r, VTIME_MS(500));
    rig_check(board_node(r)->errors == errors + 1, "%u errors",
              (unsigned)(board_node(r)->errors - errors));
    for (size_t i = rig_line_from(r, VTIME_MS(2000)); i < r->line_count; i++) {
        rig_check(r->lines[i].state == RIG_LIVE && r->lines[i].needle_mdeg > 90000 &&
                      r->lines[i].needle_mdeg < 95000,
                  "the needle moved: %d mdeg", (int)r->lines[i].needle_mdeg);
    }
    const vtime_ps since = rig_now(r);
    fault.frame = bus->frame_count;
    fault.count = UINT64_MAX / 2;
    rig_run_for(r, TIMEOUT + EVERY + BACK_IN_PARK + VTIME_S(1));
    check_given_up(r, since, BUS_WRONG_RATE);
    assert_string_equal(last_error(r), kind);
    fault.frame = UINT64_MAX;
    check_comes_back(r, rig_now(r));
    rig_destroy(r);
}

/* A bit flipped for all: the sender breaks off with an error flag, six dominant bits, and repeats. */
static void stuff_error(void **state)
{
    (void)state;
    disturb("stuff", true, 40);
}

/* In the end of frame, where all bits are recessive, always. */
static void form_error(void **state)
{
    (void)state;
    struct bus_frame frame = {.id = rig_oil_moving.id, .dlc = 8};
    unsigned longest = 0;
    for (uint64_t n = 0; n < 2; n++) { /* it moves between two values */
        struct can_bits bits;
        memcpy(frame.data, rig_oil_moving.data, sizeof rig_oil_moving.data);
        rig_oil_moving.fill(n, frame.data);
        can_bits_measure(&frame, &bits);
        longest = bits.total > longest ? bits.total : longest;
    }
    disturb("form", false, longest - 4);
}

static void crc_error(void **state)
{
    (void)state;
    disturb("crc", false, 40);
}

/* The bus is without a word: the plug is out, the ignition off. */
static void silent_bus(void **state)
{
    (void)state;
    rig_case("silent bus");
    struct rig_stream stream = rig_oil_moving;
    stream.until = VTIME_S(2);
    struct rig *r = rig_create(&(struct rig_config){.streams = &stream, .stream_count = 1});
    rig_power(r, true);
    rig_run_until(r, VTIME_S(2) + TIMEOUT + EVERY + BACK_IN_PARK + VTIME_S(1));
    check_given_up(r, VTIME_S(2), BUS_SILENT);
    assert_string_equal(last_error(r), "none");
    rig_assert_clean(r);
    rig_destroy(r);
}

static void never_a_frame(void **state)
{
    (void)state;
    rig_case("never a frame");
    struct rig *r = rig_create(&(struct rig_config){0});
    rig_power(r, true);
    rig_run_until(r, VTIME_S(5));
    rig_check(rig_last_line(r)->state == RIG_WAIT, "state %d", (int)rig_last_line(r)->state);
    rig_check(rig_longest_pulse(r, 0, VTIME_NEVER) <= RIG_PARK_PS, "not parked");
    check_said(r, "bus: silent bus");
    rig_assert_clean(r);
    rig_destroy(r);
}

/* A short, or a node that babbles. */
static void held_dominant(void **state)
{
    (void)state;
    struct rig *r = live_rig("held dominant");
    const vtime_ps since = rig_now(r);
    can_bus_set_stuck(board_can_bus(r->board), true, since);
    rig_run_for(r, TIMEOUT + EVERY + BACK_IN_PARK + VTIME_S(1));
    check_given_up(r, since, BUS_DOMINANT);
    can_bus_set_stuck(board_can_bus(r->board), false, rig_now(r));
    check_comes_back(r, rig_now(r));
    rig_destroy(r);
}

static const char other_rate[] =
    "name: Another bit rate\n"
    "can: {bitrate: %sk, mode: listen-only}\n"
    "dials:\n"
    "  - source:\n"
    "      broadcast: {id: 0x156, start: 15, length: 8, order: motorola, scale: 1, offset: -60}\n"
    "    timeout: 1s\n"
    "    plausible: {min: -40, max: 180, max_slope: 5}\n"
    "    dial: [[50, 0], [90, 90], [150, 180]]\n"
    "    servo: {pulse: [[-10, 500], [0, 600], [180, 2400]], park: -10, period: 20ms}\n"
    "    needle: {damping: 0.6s, max_rate: 300}\n";

static void wrong_bit_rate(void **state)
{
    (void)state;
    static const char *const rates[] = {"125", "250", "1000"};
    for (unsigned i = 0; i < sizeof rates / sizeof *rates; i++) {
        char text[sizeof other_rate + 8];
        snprintf(text, sizeof text, other_rate, rates[i]);
        rig_case("%s kbit/s on a bus of 500", rates[i]);
        struct rig *r = rig_create(&(struct rig_config){.profile = scratch_text("rate.yaml", text),
                                                        .streams = &rig_oil_moving,
                                                        .stream_count = 1});
        rig_power(r, true);
        rig_run_until(r, VTIME_S(6));
        rig_check(rig_last_line(r)->state == RIG_WAIT, "state %d", (int)rig_last_line(r)->state);
        rig_check(rig_longest_pulse(r, 0, VTIME_NEVER) <= RIG_PARK_PS, "not parked");
        check_said(r, "bus: errors and no frame: another bit rate?");
        rig_assert_clean(r);
        rig_destroy(r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stuff_error),    cmocka_unit_test(form_error),
        cmocka_unit_test(crc_error),      cmocka_unit_test(silent_bus),
        cmocka_unit_test(never_a_frame),  cmocka_unit_test(held_dominant),
        cmocka_unit_test(wrong_bit_rate),
    };
    return cmocka_run_group_tests(tests, NULL, scratch_remove);
}
