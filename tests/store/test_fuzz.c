/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Whatever comes in at the console of the real firmware, as fast as the line carries it, and at
 * other baud rates: no reset, no finding, and each servo period is 20 ms to the picosecond.
 * CANDIAL_BYTES=n sends that many, CANDIAL_SEED=n others.
 */
#include "tests/formats/cmocka_head.h"
#include "tests/formats/scratch_file.h"
#include "tests/store/console_fuzz.h"
#include "tests/store/console_rig.h"

#include "vboard/chip/finding_text.h"
#include "vboard/chip/chip.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BYTES 100000u
/* 11,500 bytes a second of the line's 11,520. */
#define CHUNK 230u
#define CHUNK_TIME VTIME_MS(20)
/* The servo's points may have been moved as far as that. */
#define PULSE_MAX VTIME_US(2700)

static unsigned asked_number(const char *name, unsigned otherwise)
{
    const char *text = getenv(name);
    return text == NULL ? otherwise : (unsigned)strtoul(text, NULL, 0);
}

static struct rig *start(void)
{
    struct rig *r = rig_create(&(struct rig_config){.streams = &rig_oil_91, .stream_count = 1});
    console_start(r);
    rig_run_for(r, VTIME_S(1));
    return r;
}

/* Since that pulse and that reset nothing was missed. */
static void check(const struct rig *r, size_t first, size_t resets)
{
    const struct findings *findings = &board_chip(r->board)->findings;
    rig_check(r->reset_count == resets, "a reset at %.6f s",
              (double)r->resets[r->reset_count - 1].at * 1e-12);
    rig_check(findings->count == 0, "finding: %s",
              finding_text(board_chip(r->board), &findings->list[0]).text);
    rig_check(board_rx_lost(r->board) == 0, "frames were lost");
    rig_check(board_tx_bits(r->board) == 0, "bits were driven onto the bus");
    for (size_t i = first; i + 1 < r->pulse_count; i++) {
        const vtime_ps period = r->pulses[i + 1].rise - r->pulses[i].rise;
        rig_check(rig_is_same_span(period, RIG_PERIOD_PS), "period of %.6f ms at %.6f s",
                  (double)period * 1e-9, (double)r->pulses[i].rise * 1e-12);
        rig_check(r->pulses[i].width <= PULSE_MAX, "pulse of %.3f us",
                  (double)r->pulses[i].width * 1e-6);
    }
}

/* After all that it is a console as before. */
static void check_console(struct rig *r)
{
    rig_run_for(r, VTIME_S(20)); /* what was begun may wait for two erases; half a line gives up */
    board_uart_send(r->board, "\x03\r", 2);
    rig_run_for(r, VTIME_S(1));
    board_uart_send(r->board, "machine off\r", 12);
    rig_run_for(r, VTIME_S(1));
    console_good(r, "goto off");
    console_good(r, "version");
    console_good(r, "status");
}

static void whatever_is_typed(void **state)
{
    struct console_fuzz fuzz;
    const unsigned bytes = asked_number("CANDIAL_BYTES", BYTES);
    (void)state;
    struct rig *r = start();
    const size_t first = r->pulse_count;
    const size_t resets = r->reset_count;
    console_fuzz_start(&fuzz, asked_number("CANDIAL_SEED", 1));
    for (unsigned sent = 0; sent < bytes; sent += CHUNK) {
        uint8_t chunk[CHUNK];
        const vtime_ps from = rig_now(r);
        for (size_t i = 0; i < CHUNK; i++) {
            chunk[i] = console_fuzz_byte(&fuzz);
        }
        board_uart_send(r->board, chunk, CHUNK);
        rig_run_until(r, from + CHUNK_TIME);
    }
    check_console(r);
    check(r, first, resets);
    rig_check(r->bad_lines == 0, "%zu bad telemetry lines", r->bad_lines);
    print_message("%u bytes, %zu periods, %zu lines\n", bytes, r->pulse_count - first,
                  r->text_count);
    rig_destroy(r);
}

static void other_baud_rates(void **state)
{
    static const uint32_t bauds[] = {1200, 9600, 57600, 115200, 119000, 230400, 921600, 2000000};
    struct console_fuzz fuzz;
    (void)state;
    struct rig *r = start();
    const size_t first = r->pulse_count;
    const size_t resets = r->reset_count;
    console_fuzz_start(&fuzz, 2);
    for (size_t i = 0; i < sizeof bauds / sizeof bauds[0]; i++) {
        uint8_t chunk[2000];
        for (size_t k = 0; k < sizeof chunk; k++) {
            chunk[k] = console_fuzz_byte(&fuzz);
        }
        const size_t length = bauds[i] < 20000 ? bauds[i] / 20 : sizeof chunk;
        board_uart_baud(r->board, bauds[i]);
        board_uart_send(r->board, chunk, length);
        rig_run_for(r, VTIME_S(1));
    }
    board_uart_baud(r->board, 115200);
    rig_run_for(r, VTIME_MS(10));
    check_console(r);
    console_good(r, "errors");
    (void)console_line(r, "console");
    check(r, first, resets);
    rig_destroy(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whatever_is_typed),
        cmocka_unit_test(other_baud_rates),
    };
    return cmocka_run_group_tests(tests, NULL, scratch_remove);
}
