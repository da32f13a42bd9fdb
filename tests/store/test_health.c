/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What the board tells of itself: `status`, `can`, `errors`, and the three LEDs (docs/first-flash.md). */
#include "tests/formats/cmocka_head.h"
#include "tests/store/console_rig.h"

#include "vboard/can/bus.h"
#include "vboard/cpu/cpu.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void end(struct rig *r)
{
    rig_run_for(r, VTIME_MS(200));
    rig_assert_clean(r);
    rig_destroy(r);
}

static struct rig *start(void)
{
    struct rig *r = rig_create(&(struct rig_config){.streams = &rig_oil_91, .stream_count = 1});
    console_start(r);
    return r;
}

static void check_line(struct rig *r, const char *text)
{
    const char *line = console_line(r, text);
    rig_check(strcmp(line, text) == 0, "`%s' instead of `%s'", line, text);
}

static void status(void **state)
{
    (void)state;
    struct rig *r = start();
    rig_run_for(r, VTIME_S(3));
    assert_string_equal(console_good(r, "status"), "ok live, up 3 s");
    check_line(r, "profile Ford Mustang S550 (settings)");
    check_line(r, "clock hse 8 MHz, agrees with LSE");
    check_line(r, "can 500 kbit/s listen-only");
    check_line(r, "reset cm7 power-on cm4 power-on");
    check_line(r, "cm4 running");
    check_line(r, "dial 1 live, value 91C, shown 91C, needle 91.5, pulse 1515 us");
    console_good(r, "set units F");
    console_good(r, "set warn.high 190");
    rig_run_for(r, VTIME_S(1));
    assert_string_equal(console_good(r, "status"), "ok live, up 4 s, unsaved settings");
    check_line(r, "dial 1 live, value 195.8F, shown 195.8F, needle 91.5, pulse 1515 us, warning");
    console_good(r, "set critical 192");
    rig_run_for(r, VTIME_S(1));
    console_good(r, "status");
    console_line(r, "pulse 1515 us, critical");
    console_good(r, "set plausible.max 190");
    rig_run_for(r, VTIME_S(10));
    assert_string_equal(console_good(r, "status"), "ok fault, up 15 s, unsaved settings");
    console_line(r, "dial 1 fault, implausible value, value 195.8F, shown 122F, needle -10, pulse");
    end(r);
}

static double number_behind(struct rig *r, const char *words)
{
    return strtod(strstr(console_line(r, words), words) + strlen(words), NULL);
}

/* Every frame of the bus is counted, not the profile's alone. */
static void can(void **state)
{
    (void)state;
    struct rig *r = start();
    rig_run_until(r, VTIME_MS(3020)); /* frames at 50 ms and every 100 ms */
    assert_string_equal(console_good(r, "can"), "ok frames arrive");
    check_line(r, "frames 30, lost 0, sent 0, refused 0");
    check_line(r, "last error none, counters rx 0 tx 0, bus-offs 0");
    end(r);
}

/* A bit flipped for all: the sender repeats its frame, in vain, and the board counts. */
static void can_errors(void **state)
{
    (void)state;
    struct rig *r = start();
    struct can_bus *bus = board_can_bus(r->board);
    struct can_fault fault = {.count = 20, .bit = 40};
    rig_run_for(r, VTIME_S(1));
    fault.frame = bus->frame_count;
    can_bus_add_fault(bus, &fault);
    rig_run_for(r, VTIME_MS(110));
    console_good(r, "can");
    assert_in_range((int)number_behind(r, "counters rx "), 15, 20);
    rig_run_for(r, VTIME_S(4)); /* each good frame takes one back */
    console_good(r, "can");
    assert_int_equal(number_behind(r, "counters rx "), 0);
    end(r);
}

/* The M4 hangs, and its watchdog resets the chip. */
static void errors(void **state)
{
    (void)state;
    struct rig *r = start();
    rig_run_for(r, VTIME_S(2));
    cpu_hang(board_cpu(r->board, CORE_CM4));
    rig_run_for(r, VTIME_MS(4500));
    console_good(r, "errors");
    check_line(r, "error 13 cm4 starved its watchdog");
    check_line(r, "watchdog reset: 1 times, first 0 s, last 0 s");
    const vtime_ps cleared = rig_now(r);
    console_good(r, "errors clear");
    assert_true(rig_find_text(r, cleared, "watchdog reset: ") == NULL);
    rig_run_for(r, VTIME_MS(200));
    findings_clear(&board_chip(r->board)->findings);
    rig_destroy(r);
}

static void send_garbled(struct rig *r)
{
    board_uart_baud(r->board, 38400); /* each bit lasts three: no stop bit where one should be */
    board_uart_send(r->board, "xx", 2);
    rig_run_for(r, VTIME_MS(2));
    board_uart_baud(r->board, 115200);
    rig_run_for(r, VTIME_MS(1));
    board_uart_send(r->board, "\r", 1);
    rig_run_for(r, VTIME_MS(500));
}

/* What comes in garbled, and what comes when nobody takes it, is told; what follows is understood. */
static void console_trouble(void **state)
{
    (void)state;
    struct rig *r = start();
    rig_run_until(r, VTIME_MS(2100));
    send_garbled(r);
    console_good(r, "errors");
    check_line(r, "console overrun: 1 times, first 2 s, last 2 s");
    rig_run_until(r, VTIME_MS(4100));
    cpu_halt(board_cpu(r->board, CORE_CM7), true); /* for less than the M4 minds */
    board_uart_send(r->board, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 30); /* the FIFO holds 16 */
    rig_run_for(r, VTIME_MS(10));
    cpu_halt(board_cpu(r->board, CORE_CM7), false);
    board_uart_send(r->board, "\r", 1);
    rig_run_for(r, VTIME_MS(500));
    console_good(r, "errors");
    check_line(r, "console overrun: 2 times, first 2 s, last 4 s");
    const vtime_ps cleared = rig_now(r);
    console_good(r, "errors clear");
    assert_true(rig_find_text(r, cleared, "console overrun") == NULL);
    rig_destroy(r);
}

/* 333 lines a second are more than the wire takes: whole lines are left out, counted and told. */
static void too_much_telemetry(void **state)
{
    (void)state;
    struct rig *r = start();
    assert_string_equal(strstr(console_good(r, "errors"), "up "), "up 0 s");
    assert_int_equal(number_behind(r, ", dropped "), 0);
    console_good(r, "set period 3ms");
    console_good(r, "save");
    console_power_cycle(r);
    rig_run_for(r, VTIME_S(3));
    const size_t lines = r->line_count;
    rig_run_for(r, VTIME_S(1));
    assert_in_range(r->line_count - lines, 60, 250);
    console_good(r, "errors");
    assert_in_range((int)number_behind(r, ", dropped "), 300, 2000);
    console_line(r, "telemetry dropped: ");
    assert_int_equal(r->bad_lines, 0);
    end(r);
}

/* Ten frames and fifty periods a second are little to do: the cores sleep. */
static void use(void **state)
{
    (void)state;
    struct rig *r = start();
    rig_run_for(r, VTIME_MS(3500));
    assert_string_equal(console_good(r, "errors"), "ok errors, up 3 s");
    assert_true(number_behind(r, "load cm7 ") > 0.01 && number_behind(r, "load cm7 ") < 1);
    assert_true(number_behind(r, "% cm4 ") > 0.01 && number_behind(r, "% cm4 ") < 1);
    assert_in_range((int)number_behind(r, "stack cm7 "), 200, 4096);
    assert_in_range((int)number_behind(r, " of 8192 cm4 "), 100, 2048);
    console_line(r, " of 4096");
    console_line(r, "queues ring A 1 of 64, console in 1 out ");
    console_line(r, ", dropped 0");
    check_line(r, "settings flash erased 0 times");
    assert_in_range((int)number_behind(r, "frame to pulse "), 1, 20);
    assert_in_range((int)number_behind(r, "cm4 turn "), 1, 20);
    end(r);
}

/* The linker scripts put a stack at the start of a core's RAM; what was never used holds what common/load.h painted. */
static uint32_t deepest(struct rig *r, enum core core, uint32_t bottom, uint32_t size)
{
    for (uint32_t at = bottom; at < bottom + size; at += 4) {
        uint32_t word = 0;
        assert_true(cpu_read_mem(board_cpu(r->board, core), at, &word, sizeof word));
        if (word != 0x5AFEC0DE) {
            return bottom + size - at;
        }
    }
    return 0;
}

/* To the word, for either core. */
static void stacks(void **state)
{
    (void)state;
    struct rig *r = start();
    console_good(r, "errors");
    rig_run_for(r, VTIME_S(1));
    console_good(r, "errors"); /* which goes as deep as it did before */
    rig_run_for(r, VTIME_MS(1));
    assert_int_equal(number_behind(r, "stack cm7 "), deepest(r, CORE_CM7, 0x20000000, 8192));
    assert_int_equal(number_behind(r, " of 8192 cm4 "), deepest(r, CORE_CM4, 0x30000000, 4096));
    end(r);
}

/* ---- LEDs ---- */

/* When the LED went on for the first time from then on. */
static vtime_ps on_at(const struct rig *r, enum board_led led, vtime_ps from)
{
    for (size_t i = 0; i < r->led_count; i++) {
        if (r->leds[i].led == led && r->leds[i].on && r->leds[i].at >= from) {
            return r->leds[i].at;
        }
    }
    return VTIME_NEVER;
}

static bool is_on(const struct rig *r, enum board_led led)
{
    bool on = false;
    for (size_t i = 0; i < r->led_count; i++) {
        on = r->leds[i].led == led ? r->leds[i].on : on;
    }
    return on;
}

static void green(void **state)
{
    (void)state;
    const struct rig_stream stream = {.from = VTIME_S(4),
                                      .until = VTIME_S(6),
                                      .every = VTIME_MS(100),
                                      .id = RIG_OIL_ID,
                                      .length = 8,
                                      .data = {0, 151}};
    struct rig *r = rig_create(&(struct rig_config){.streams = &stream, .stream_count = 1});
    console_start(r);
    rig_run_until(r, VTIME_S(4));
    assert_int_equal(rig_flashes(r, BOARD_LED_GREEN, VTIME_MS(100), VTIME_MS(3700)), 3);
    assert_int_equal(rig_flashes(r, BOARD_LED_YELLOW, 0, VTIME_S(4)), 0);
    rig_run_until(r, VTIME_S(6));
    assert_true(is_on(r, BOARD_LED_GREEN));
    assert_in_range(rig_flashes(r, BOARD_LED_GREEN, VTIME_S(4), VTIME_S(6)), 0, 1);
    assert_in_range(rig_flashes(r, BOARD_LED_YELLOW, VTIME_S(4), VTIME_S(6)), 19, 20); /* frames */
    rig_run_until(r, VTIME_S(10));                                                     /* stale */
    assert_false(is_on(r, BOARD_LED_GREEN));
    assert_false(is_on(r, BOARD_LED_YELLOW));
    assert_int_equal(rig_flashes(r, BOARD_LED_GREEN, VTIME_S(6), VTIME_S(10)), 0);
    assert_int_equal(rig_flashes(r, BOARD_LED_YELLOW, VTIME_S(7), VTIME_S(10)), 0);
    assert_int_equal(rig_flashes(r, BOARD_LED_RED, 0, VTIME_S(10)), 0);
    end(r);
}

/* Error 13: thirteen flashes, each 0.2 s on and 0.2 s off, and a pause of a second. */
static void red(void **state)
{
    (void)state;
    struct rig *r = start();
    rig_run_for(r, VTIME_S(1));
    cpu_hang(board_cpu(r->board, CORE_CM4));
    rig_run_for(r, VTIME_S(24));
    const vtime_ps round = VTIME_MS(13 * 400 + 1000);
    vtime_ps first = on_at(r, BOARD_LED_RED, VTIME_S(3));
    while (on_at(r, BOARD_LED_RED, first - VTIME_MS(1000)) != first) {
        first = on_at(r, BOARD_LED_RED, first + 1); /* the first round had begun before */
    }
    first -= VTIME_MS(5);
    for (vtime_ps at = first; at < first + 2 * round; at += round) {
        assert_int_equal(rig_flashes(r, BOARD_LED_RED, at, at + round), 13);
        for (vtime_ps flash = at; flash < at + 13 * VTIME_MS(400); flash += VTIME_MS(400)) {
            assert_int_equal(rig_flashes(r, BOARD_LED_RED, flash, flash + VTIME_MS(10)), 1);
        }
    }
    findings_clear(&board_chip(r->board)->findings);
    rig_destroy(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(status),
        cmocka_unit_test(can),
        cmocka_unit_test(can_errors),
        cmocka_unit_test(errors),
        cmocka_unit_test(use),
        cmocka_unit_test(stacks),
        cmocka_unit_test(green),
        cmocka_unit_test(red),
        cmocka_unit_test(console_trouble),
        cmocka_unit_test(too_much_telemetry),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
