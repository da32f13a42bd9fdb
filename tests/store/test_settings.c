/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Settings, calibration and errors over the console of the real firmware. */
#include "tests/formats/cmocka_head.h"
#include "tests/formats/scratch_file.h"
#include "tests/store/console_rig.h"

#include "core/crc32.h"
#include "tests/system/rig_parts.h"
#include "vboard/chip/chip.h"
#include "vboard/periph/flash/flash.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SETTINGS_ADDRESS 0x080C0000u

static struct rig *start(void)
{
    struct rig *r = rig_create(&(struct rig_config){.streams = &rig_oil_91, .stream_count = 1});
    console_start(r);
    return r;
}

/* The telemetry now: after a command it stands still for a while, unless it is asked for. */
static const struct rig_line *shown(struct rig *r)
{
    console_good(r, "stream on");
    rig_run_for(r, VTIME_MS(60));
    return rig_last_line(r);
}

static void end(struct rig *r)
{
    rig_run_for(r, VTIME_MS(200));
    rig_assert_clean(r);
    rig_destroy(r);
}

/* `show KEY` says exactly this. */
static void expect(struct rig *r, const char *key, const char *value)
{
    char ask[80];
    char told[200];
    snprintf(ask, sizeof ask, "show %s", key);
    snprintf(told, sizeof told, "ok %s %s", key, value);
    const char *answer = console_ask(r, ask);
    rig_check(strcmp(answer, told) == 0, "%s instead of %s", answer, told);
}

static void set_holds_until_reset(void **state)
{
    struct rig *r = start();
    (void)state;
    console_good(r, "set timeout 2s");
    console_good(r, "set needle.damping 1500ms");
    console_good(r, "set max_rate 120");
    expect(r, "timeout", "2s");
    console_power_cycle(r);
    expect(r, "timeout", "1s");
    expect(r, "needle.damping", "0.6s");
    end(r);
}

static void saved_holds_for_ever(void **state)
{
    struct rig *r = start();
    (void)state;
    console_good(r, "set timeout 2s");
    console_good(r, "set units F");
    console_good(r, "set warn.high 266");
    console_good(r, "set name Our own car");
    console_good(r, "save");
    assert_string_equal(console_ask(r, "save"), "ok saved already");
    for (unsigned i = 0; i < 3; i++) {
        console_power_cycle(r);
        assert_non_null(rig_find_text(r, rig_now(r) - VTIME_MS(100), "Our own car (settings)"));
        expect(r, "timeout", "2s");
        expect(r, "warn.high", "266F");
        console_good(r, "set units C");
        expect(r, "warn.high", "130C");
    }
    end(r);
}

/* What is set is seen on the pin, without a reset. */
static void set_is_seen_at_once(void **state)
{
    struct rig *r = start();
    (void)state;
    rig_run_for(r, VTIME_S(3));
    assert_int_equal(shown(r)->needle_mdeg, 91500);
    console_good(r, "set dial 50:0 150:100");
    rig_run_for(r, VTIME_S(5));
    assert_int_equal(shown(r)->needle_mdeg, 41000);
    console_good(r, "revert");
    rig_run_for(r, VTIME_S(5));
    assert_int_equal(shown(r)->needle_mdeg, 91500);
    console_good(r, "set park -5");
    console_good(r, "set warn.high 80C");
    rig_run_for(r, VTIME_MS(200));
    assert_true(shown(r)->warn);
    end(r);
}

static void nonsense_changes_nothing(void **state)
{
    static const char *const lines[] = {
        "set timeout 2",
        "set timeout 2h",
        "set timeout 5ms",
        "set timeout -1s",
        "set tymeout 1s",
        "set 2.timeout 1s",
        "set dial 50:0 90",
        "set dial 50:0",
        "set dial 50:0 90:90 80:95",
        "set servo.pulse 0:600",
        "set park 300",
        "set max 1e3",
        "set can.mode loud",
        "set can.bitrate 5k",
        "set can.bitrate 5000M",
        "set units K",
        "set max_rate 0",
        "set max_rate 70000",
        "set name 0123456789abcdef0123456789abcdef0",
        "set timeout 1s 2s",
        "set timeout",
        "goto 300",
        "goto warm",
        "goto 90 2",
        "cal 7",
        "stream maybe",
        "errors all",
        "record",
        "record put 0",
        "record get 32",
        "record begin 12",
        "record end",
        "saves",
        "help me",
    };
    struct rig *r = start();
    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        const char *answer = console_ask(r, lines[i]);
        rig_check(strncmp(answer, "error: `", 8) == 0, "`%s': %s", lines[i], answer);
    }
    assert_string_equal(console_ask(r, "save"), "ok saved already");
    end(r);
}

/* Of a list of points the one that is wrong is told. */
static void blamed_point(void **state)
{
    static const struct {
        const char *line;
        const char *starts;
    } cases[] = {
        {"set servo.pulse -10:500 0:600 180:9000", "error: `180:9000': "},
        {"set servo.pulse -10:50 0:600 180:2400", "error: `-10:50': "},
        {"set servo.pulse -10:500 0:6000 180:2400", "error: `180:2400': "}, /* turns back */
        {"set dial 50:0 90:90 80:95 150:180", "error: `80:95': "},
        {"set dial 50:0 90:9x 150:180", "error: `90:9x': "},
    };
    struct rig *r = start();
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *answer = console_ask(r, cases[i].line);
        rig_check(strncmp(answer, cases[i].starts, strlen(cases[i].starts)) == 0, "`%s': %s",
                  cases[i].line, answer);
    }
    assert_string_equal(console_ask(r, "save"), "ok saved already");
    end(r);
}

/* The draft of another bus waits for the reset. */
static void late_keys(void **state)
{
    struct rig *r = start();
    (void)state;
    assert_non_null(strstr(console_good(r, "set can.bitrate 250k"), "after save and reboot"));
    assert_non_null(strstr(console_good(r, "set period 10ms"), "after save and reboot"));
    rig_run_for(r, VTIME_S(1));
    assert_int_equal(shown(r)->state, RIG_LIVE);
    console_good(r, "save");
    const vtime_ps from = rig_now(r);
    console_good(r, "reboot");
    rig_run_for(r, VTIME_S(3)); /* the other sector is erased before */
    assert_non_null(rig_find_text(r, from, "can 250 kbit/s listen-only"));
    assert_non_null(rig_find_text(r, from, "reset cm7 software-cm7 cm4 software-cm7"));
    const size_t last = r->pulse_count - 1;
    assert_int_equal(r->pulses[last].rise - r->pulses[last - 1].rise, VTIME_MS(10));
    end(r);
}

/* Another profile waits for the reset; given up, everything holds at once again. */
static void factory_and_back(void **state)
{
    struct rig *r = start();
    (void)state;
    console_good(r, "factory");
    assert_string_equal(console_ask(r, "cal"), "error: `cal': another profile is waiting: save and "
                                               "reboot, or revert");
    console_good(r, "revert");
    console_good(r, "set warn.high 80C");
    rig_run_for(r, VTIME_S(4));
    assert_true(shown(r)->warn);
    console_good(r, "cal");
    console_good(r, "cancel");
    console_good(r, "factory");
    console_good(r, "save");
    console_good(r, "revert");
    console_good(r, "set warn.high off");
    rig_run_for(r, VTIME_S(1));
    assert_true(shown(r)->warn);
    end(r);
}

/* As often as a run that is used for days may see it; the answer is out before each. */
static void many_reboots(void **state)
{
    struct rig *r = start();
    (void)state;
    for (unsigned i = 0; i < 60; i++) {
        const vtime_ps from = rig_now(r);
        assert_string_equal(console_good(r, "reboot"), "ok reboot");
        rig_run_for(r, VTIME_MS(200));
        assert_non_null(rig_find_text(r, from, "reset cm7 software-cm7 cm4 software-cm7"));
    }
    end(r);
}

static void factory_profile(void **state)
{
    struct rig *r = rig_create(&(struct rig_config){.profile = "profiles/toyota-86.yaml"});
    (void)state;
    console_start(r);
    console_good(r, "factory");
    console_good(r, "save");
    console_power_cycle(r);
    assert_non_null(rig_find_text(r, rig_now(r) - VTIME_MS(100), "Ford Mustang S550 (settings)"));
    end(r);
}

/* An erased chip: the first save erases a sector, and is there. */
static void first_save_of_a_new_chip(void **state)
{
    struct rig *r = rig_create(&(struct rig_config){.no_record = true});
    (void)state;
    console_start(r);
    assert_non_null(rig_find_text(r, 0, "(default: no settings)"));
    console_good(r, "set timeout 3s");
    console_good(r, "save");
    console_power_cycle(r);
    expect(r, "timeout", "3s");
    end(r);
}

/* A programmer's record counts again, however much was saved before. */
static void flashed_over(void **state)
{
    uint8_t record[RIG_RECORD_SIZE];
    uint8_t blank[4096];
    struct rig *r = start();
    (void)state;
    memset(blank, 0xFF, sizeof blank);
    struct chip *chip = board_chip(r->board);
    const struct mem_region *flash = chip_region(chip, SETTINGS_ADDRESS, MASTER_DEBUG);
    memcpy(record, flash->host + (SETTINGS_ADDRESS - flash->base), sizeof record);
    console_good(r, "set timeout 3s");
    console_good(r, "save");
    rig_run_for(r, VTIME_S(3)); /* the other sector is erased meanwhile */
    rig_power(r, false);
    for (uint32_t at = 0; at < FLASH_SECTOR_SIZE; at += sizeof blank) {
        assert_int_equal(flash_load(chip, SETTINGS_ADDRESS + at, blank, sizeof blank), 0);
    }
    assert_int_equal(flash_load(chip, SETTINGS_ADDRESS, record, sizeof record), 0);
    rig_run_for(r, VTIME_MS(100));
    console_start(r);
    expect(r, "timeout", "1s");
    console_good(r, "set timeout 4s");
    console_good(r, "save");
    console_power_cycle(r);
    expect(r, "timeout", "4s");
    end(r);
}

/* The horn is turned step by step; the curve keeps it; the neighbours and the stops hold. */
static void calibration(void **state)
{
    struct rig *r = start();
    (void)state;
    console_good(r, "cal");
    rig_run_for(r, VTIME_S(3));
    assert_int_equal(shown(r)->state, RIG_SWEEP);
    assert_int_equal(shown(r)->pulse_ns, 500000);
    console_good(r, "+");
    console_good(r, "+2.5");
    rig_run_for(r, VTIME_MS(200));
    assert_int_equal(shown(r)->pulse_ns, 512500);
    assert_int_equal(r->pulses[r->pulse_count - 2].width, VTIME_NS(512500));
    assert_non_null(strstr(console_ask(r, "390"), "400 to 2700"));
    assert_non_null(strstr(console_ask(r, "+101"), "100 us at once"));
    assert_non_null(strstr(console_ask(r, "600"), "servo points not monotone"));
    console_good(r, "next");
    console_good(r, "next");
    rig_run_for(r, VTIME_S(3));
    console_good(r, "2450"); /* beyond what was the longest */
    rig_run_for(r, VTIME_MS(200));
    assert_int_equal(r->pulses[r->pulse_count - 2].width, VTIME_US(2450));
    console_good(r, "2350");
    console_good(r, "next");
    expect(r, "servo.pulse", "-10:512.5 0:600 180:2350");
    rig_run_for(r, VTIME_S(2));
    assert_int_equal(shown(r)->state, RIG_LIVE);
    console_good(r, "save");
    console_good(r, "cal");
    console_good(r, "-20");
    console_good(r, "back");
    console_good(r, "cancel");
    console_power_cycle(r);
    expect(r, "servo.pulse", "-10:512.5 0:600 180:2350");
    rig_run_for(r, VTIME_MS(200));
    rig_destroy(r); /* a pulse was longer than the profile's: no rig_assert_clean */
}

static void goto_and_sweep(void **state)
{
    struct rig *r = start();
    (void)state;
    console_good(r, "goto 45");
    rig_run_for(r, VTIME_S(2));
    assert_int_equal(shown(r)->needle_mdeg, 45000);
    console_good(r, "goto 302F");
    rig_run_for(r, VTIME_S(4));
    assert_int_equal(shown(r)->needle_mdeg, 180000);
    console_good(r, "sweep");
    rig_run_for(r, VTIME_S(3));
    assert_int_equal(shown(r)->state, RIG_LIVE);
    console_good(r, "goto 45");
    rig_run_for(r, VTIME_S(301)); /* forgotten */
    assert_int_equal(shown(r)->state, RIG_LIVE);
    end(r);
}

/* Of the lines from number `from` on, how many say `sweep`. */
static unsigned sweeping(const struct rig *r, size_t from)
{
    unsigned count = 0;
    for (size_t i = from; i < r->line_count; i++) {
        count += r->lines[i].state == RIG_SWEEP;
    }
    return count;
}

/* By profile, after power-on; after no other reset: the needle shall not dance while a starter turns. */
static void sweep_at_the_start(void **state)
{
    struct rig *r = start();
    (void)state;
    assert_int_equal(sweeping(r, 0), 0); /* nobody asked for it */
    assert_non_null(strstr(console_ask(r, "set needle.sweep perhaps"), "on or off"));
    assert_string_equal(console_good(r, "set needle.sweep on"), "ok needle.sweep on");
    console_good(r, "save");
    size_t from = r->line_count;
    console_power_cycle(r);
    rig_run_for(r, VTIME_S(3));
    assert_in_range(sweeping(r, from), 50, 120); /* there and back at 300 degrees a second */
    assert_int_equal(shown(r)->state, RIG_LIVE);
    int32_t highest = 0;
    for (size_t i = from; i < r->line_count; i++) {
        highest = r->lines[i].needle_mdeg > highest ? r->lines[i].needle_mdeg : highest;
    }
    assert_in_range(highest, 179000, 180000);
    from = r->line_count;
    board_nrst(r->board, true);
    rig_run_for(r, VTIME_MS(10));
    board_nrst(r->board, false);
    rig_run_for(r, VTIME_S(1));
    console_good(r, "reboot");
    rig_run_for(r, VTIME_S(1));
    assert_int_equal(shown(r)->state, RIG_LIVE);
    assert_int_equal(sweeping(r, from), 0);
    end(r);
}

static void errors_tells_all(void **state)
{
    struct rig *r = start();
    (void)state;
    rig_run_for(r, VTIME_S(3));
    console_good(r, "errors");
    unsigned used = 0, size = 0;
    assert_int_equal(sscanf(console_line(r, "stack cm7"), "stack cm7 %u of %u", &used, &size), 2);
    assert_int_equal(size, 8192);
    assert_in_range(used, 200, size / 2);
    assert_int_equal(
        sscanf(strstr(console_line(r, "stack cm7"), "cm4"), "cm4 %u of %u", &used, &size), 2);
    assert_in_range(used, 100, size / 2);
    const char *load = console_line(r, "load cm7 ");
    const double cm7 = strtod(load + 9, NULL);
    rig_check(cm7 > 0 && cm7 < 20, "%s", load);
    console_line(r, "reset cm7 power-on cm4 power-on");
    console_line(r, "queues ring A ");
    board_uart_send(r->board, "\r", 1);
    console_good(r, "set plausible.max 90C"); /* 91 is not believed any more */
    rig_run_for(r, VTIME_S(3));
    assert_int_equal(shown(r)->state, RIG_FAULT);
    console_good(r, "errors");
    assert_non_null(strstr(console_good(r, "can"), "frames arrive"));
    end(r);
}

/* The record's line `index` as `record put` wants it; `spoil` changes its CRC. */
static void put_line(struct rig *r, const uint8_t *record, unsigned index, bool spoil, bool is_good)
{
    char digits[65];
    char text[80];
    char line[120];
    for (unsigned i = 0; i < 32; i++) {
        snprintf(digits + 2 * i, 3, "%02x", record[32 * index + i]);
    }
    snprintf(text, sizeof text, "%u %s", index, digits);
    snprintf(line, sizeof line, "record put %s %08x", text,
             (unsigned)crc32_update(0, text, strlen(text)) ^ (spoil ? 1u : 0u));
    const char *answer = console_ask(r, line);
    rig_check((strncmp(answer, "ok", 2) == 0) == is_good, "%s: %s", line, answer);
}

static const char *offer(struct rig *r, const uint8_t *record)
{
    char line[40];
    snprintf(line, sizeof line, "record begin %08x",
             (unsigned)crc32_update(0, record, RIG_RECORD_SIZE));
    return console_good(r, line);
}

/* A profile by lines, with lines damaged, left out, sent twice, and broken off in the middle. */
static void record_by_lines(void **state)
{
    uint8_t record[RIG_RECORD_SIZE];
    char error[256];
    struct rig *r = start();
    (void)state;
    assert_true(rig_record("profiles/toyota-86.yaml", false, record, error, sizeof error));
    assert_string_equal(offer(r, record), "ok next 0");
    put_line(r, record, 1, false, false);
    put_line(r, record, 0, true, false);
    for (unsigned i = 0; i < 20; i++) {
        put_line(r, record, i, false, true);
    }
    put_line(r, record, 3, false, true);
    assert_non_null(strstr(console_ask(r, "record end"), "not complete"));
    assert_string_equal(offer(r, record), "ok next 0"); /* that was too early: anew */
    for (unsigned i = 0; i < 20; i++) {
        put_line(r, record, i, false, true);
    }
    assert_string_equal(offer(r, record), "ok next 20"); /* broken off, and taken up again */
    for (unsigned i = 20; i < 32; i++) {
        put_line(r, record, i, false, true);
    }
    assert_string_equal(console_good(r, "record end"),
                        "ok Toyota 86 / Subaru BRZ gen 1, after reboot");
    rig_run_for(r, VTIME_S(1));
    assert_int_equal(shown(r)->state, RIG_LIVE); /* the old one runs on */
    console_ask(r, "cal");
    console_line(r, "another profile is waiting");
    console_power_cycle(r);
    assert_non_null(
        rig_find_text(r, rig_now(r) - VTIME_MS(100), "Toyota 86 / Subaru BRZ gen 1 (settings)"));
    console_good(r, "record get");
    for (unsigned i = 0; i < 32; i++) {
        char start_of_line[40];
        snprintf(start_of_line, sizeof start_of_line, "record %u %02x%02x", i, record[32 * i],
                 record[32 * i + 1]);
        console_line(r, start_of_line);
    }
    end(r);
}

static void silent_bus(void **state)
{
    struct rig *r = rig_create(&(struct rig_config){0});
    (void)state;
    console_start(r);
    assert_non_null(strstr(console_good(r, "can"), "silent bus"));
    end(r);
}

/* The stream stands still while somebody types, and can be switched off. */
static void stream(void **state)
{
    struct rig *r = start();
    (void)state;
    rig_run_for(r, VTIME_S(1));
    board_uart_send(r->board, "stat", 4);
    rig_run_for(r, VTIME_MS(50));
    size_t lines = r->line_count;
    rig_run_for(r, VTIME_S(1));
    assert_int_equal(r->line_count, lines);
    console_good(r, "us");
    console_line(r, "profile Ford");
    rig_run_for(r, VTIME_MS(2500)); /* the answer can be read */
    assert_int_equal(r->line_count, lines);
    rig_run_for(r, VTIME_MS(1500));
    assert_in_range(r->line_count, lines + 40, lines + 60);
    board_uart_send(r->board, "forgotten", 9);
    rig_run_for(r, VTIME_S(11));
    lines = r->line_count;
    rig_run_for(r, VTIME_S(1));
    assert_true(r->line_count > lines + 40);
    console_good(r, "stream off");
    rig_run_for(r, VTIME_MS(50));
    lines = r->line_count;
    rig_run_for(r, VTIME_S(1));
    assert_int_equal(r->line_count, lines);
    console_good(r, "stream on"); /* at once */
    rig_run_for(r, VTIME_S(1));
    assert_true(r->line_count > lines + 40);
    console_good(r, "machine on");
    lines = r->line_count;
    board_uart_send(r->board, "half a li", 9);
    rig_run_for(r, VTIME_S(1));
    assert_true(r->line_count > lines + 40);
    end(r);
}

static bool is_echoed(struct rig *r)
{
    const vtime_ps from = rig_now(r);
    console_good(r, "version");
    for (size_t i = 0; i < r->text_count; i++) {
        if (r->texts[i].at > from && strstr(r->texts[i].text, "version") != NULL &&
            strstr(r->texts[i].text, "ok version") == NULL) {
            return true;
        }
    }
    return false;
}

/* A program that has gone without "machine off" leaves no console that hides what is typed. */
static void machine_ends(void **state)
{
    struct rig *r = start();
    (void)state;
    assert_true(is_echoed(r));
    console_good(r, "machine on");
    rig_run_for(r, VTIME_S(55));
    assert_false(is_echoed(r)); /* it spoke again */
    rig_run_for(r, VTIME_S(55));
    assert_false(is_echoed(r));
    rig_run_for(r, VTIME_S(62));
    assert_true(is_echoed(r));
    end(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(set_holds_until_reset),
        cmocka_unit_test(saved_holds_for_ever),
        cmocka_unit_test(set_is_seen_at_once),
        cmocka_unit_test(nonsense_changes_nothing),
        cmocka_unit_test(blamed_point),
        cmocka_unit_test(late_keys),
        cmocka_unit_test(factory_and_back),
        cmocka_unit_test(many_reboots),
        cmocka_unit_test(factory_profile),
        cmocka_unit_test(first_save_of_a_new_chip),
        cmocka_unit_test(flashed_over),
        cmocka_unit_test(calibration),
        cmocka_unit_test(goto_and_sweep),
        cmocka_unit_test(sweep_at_the_start),
        cmocka_unit_test(errors_tells_all),
        cmocka_unit_test(record_by_lines),
        cmocka_unit_test(silent_bus),
        cmocka_unit_test(stream),
        cmocka_unit_test(machine_ends),
    };
    return cmocka_run_group_tests(tests, NULL, scratch_remove);
}
