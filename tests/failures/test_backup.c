/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * What outlives a reset: where the needle was, so that it moves on softly, and what a crash left behind. Neither
 * outlives power-off; there the needle starts from park.
 */
#include "tests/clocks/clock_rig.h"
#include "tests/formats/cmocka_head.h"

#include "vboard/chip/chip.h"
#include "vboard/cpu/core.h"

#include <string.h>

#define BACKUP 0x38800000u
#define RETAINED_OFFSET 104u /* firmware/common/backup.h: behind two crash records of 13 words */
#define RETAINED_SIZE 48u
#define OPTSR_BOR_2 0x17C6AAF8u /* the factory's with BOR_LEV = 2: below 2.31 V (RM0399 4.9.8) */
/* 300 degrees a second, the profile's, are 6 a period: 60 us of pulse, and one for rounding. */
#define STEP_MAX VTIME_US(61)

enum how { BY_NRST, BY_BROWN_OUT, BY_REBOOT, BY_POWER, BY_WATCHDOG };

static void say(struct rig *r, const char *command)
{
    board_uart_send(r->board, command, strlen(command));
}

static void reset(struct rig *r, enum how how)
{
    switch (how) {
    case BY_NRST:
        board_nrst(r->board, true);
        rig_run_for(r, VTIME_MS(2));
        board_nrst(r->board, false);
        break;
    case BY_BROWN_OUT:
        board_vdd(r->board, 2200);
        rig_run_for(r, VTIME_MS(2));
        board_vdd(r->board, 3300);
        break;
    case BY_REBOOT:
        say(r, "reboot\r\n");
        rig_run_for(r, VTIME_MS(60));
        break;
    case BY_POWER:
        rig_power(r, false);
        rig_run_for(r, VTIME_MS(2));
        rig_power(r, true);
        break;
    case BY_WATCHDOG:
        cpu_hang(board_cpu(r->board, CORE_CM4));
        rig_run_for(r, VTIME_MS(65));
        break;
    }
}

/* Live at 91 °C until 1.5 s; `goes_on`: afterwards, too. */
static struct rig *live_rig(bool goes_on)
{
    static struct rig_stream stream;
    stream = rig_oil_moving;
    stream.until = goes_on ? 0 : VTIME_MS(1500);
    struct rig *r = rig_create(&(struct rig_config){
        .streams = &stream, .stream_count = 1, .board = {.optsr = OPTSR_BOR_2}});
    rig_power(r, true);
    rig_run_until(r, VTIME_MS(1510));
    check_shows(r, 90500, 92000);
    return r;
}

static vtime_ps difference(vtime_ps a, vtime_ps b)
{
    return a > b ? a - b : b - a;
}

/* The pulse before the last reset and all since: none far from the one before. */
static void check_soft(const struct rig *r)
{
    for (size_t i = r->first_pulse; i < r->pulse_count && r->pulses[i].width != 0; i++) {
        const size_t before = i == r->first_pulse && r->pulses[i - 1].width < VTIME_US(400)
                                  ? i - 2 /* the reset cut that pulse */
                                  : i - 1;
        rig_check(difference(r->pulses[i].width, r->pulses[before].width) <= STEP_MAX,
                  "pulse at %.3f ms: %.3f us after %.3f us", (double)r->pulses[i].rise * 1e-9,
                  (double)r->pulses[i].width * 1e-6, (double)r->pulses[before].width * 1e-6);
    }
}

static void soft_after_a_reset(void **state)
{
    (void)state;
    static const enum how ways[] = {BY_NRST, BY_BROWN_OUT, BY_REBOOT};
    for (unsigned i = 0; i < 2 * sizeof ways / sizeof *ways; i++) {
        rig_case("way %u, %s", i / 2, i % 2 == 0 ? "frames go on" : "silence");
        struct rig *r = live_rig(i % 2 == 0);
        reset(r, ways[i / 2]);
        rig_run_for(r, VTIME_S(5));
        check_soft(r);
        if (i % 2 == 0) {
            check_shows(r, 90500, 92000);
        } else {
            const struct rig_line *line = rig_last_line(r);
            rig_check(line->state == RIG_WAIT && line->needle_mdeg == -10000, "not parked");
        }
        check_numbered(r);
        rig_assert_clean(r);
        rig_destroy(r);
    }
}

static void check_parks_first(struct rig *r)
{
    rig_run_for(r, VTIME_MS(200));
    rig_check(r->first_pulse < r->pulse_count, "no pulse");
    const vtime_ps width = r->pulses[r->first_pulse].width;
    rig_check(difference(width, RIG_PARK_PS) <= VTIME_US(1), "first pulse %.3f us",
              (double)width * 1e-6);
    rig_assert_clean(r);
}

static void park_after_power_off(void **state)
{
    (void)state;
    rig_case("power off");
    struct rig *r = live_rig(false);
    reset(r, BY_POWER);
    check_parks_first(r);
    rig_destroy(r);
}

static void park_after_a_failure(void **state)
{
    (void)state;
    rig_case("watchdog");
    struct rig *r = live_rig(false);
    reset(r, BY_WATCHDOG);
    check_parks_first(r);
    rig_destroy(r);
}

/* A bit flipped in each of the two entries: nothing is known. */
static void park_if_damaged(void **state)
{
    (void)state;
    rig_case("damaged");
    struct rig *r = live_rig(false);
    uint8_t *keep = chip_region(board_chip(r->board), BACKUP, MASTER_DEBUG)->host + RETAINED_OFFSET;
    keep[5] ^= 4;
    keep[RETAINED_SIZE / 2 + 5] ^= 4;
    reset(r, BY_NRST);
    check_parks_first(r);
    rig_destroy(r);
}

#define SCB_MMFAR 0xE000ED34u /* PM0253 4.3.12, 4.3.13 */
#define SCB_BFAR 0xE000ED38u

/* Nowhere can an instruction be fetched from 0xE0000000; that no address belongs to it stands in CFSR. */
static void crash(struct rig *r, enum core core)
{
    struct cpu *cpu = board_cpu(r->board, core);
    cpu_ppb_write(cpu, SCB_MMFAR, 4, 0x11223344);
    cpu_ppb_write(cpu, SCB_BFAR, 4, 0x55667788);
    cpu_set_reg(cpu, CPU_LR, 0x0BADC0DF);
    cpu_set_reg(cpu, CPU_PC, 0xE0000000u);
    rig_run_for(r, VTIME_MS(45));
    findings_clear(&board_chip(r->board)->findings); /* that it faulted */
}

/* Both cores', told by `errors` after later resets, too, until power-off. */
static void crash_is_kept(void **state)
{
    (void)state;
    static const char *const told[] = {
        "crash cm7 exception 3 pc 0xe0000000 lr 0x0badc0df cfsr 0x00000001 hfsr 0x40000000 "
        "mmfar 0x11223344 bfar 0x55667788",
        "crash cm4 exception 3 pc 0xe0000000 lr 0x0badc0df cfsr 0x00000001 hfsr 0x40000000 "
        "mmfar 0x11223344 bfar 0x55667788",
    };
    rig_case("crash record");
    struct rig *r = live_rig(true);
    for (unsigned core = 0; core < 2; core++) {
        const vtime_ps at = rig_now(r);
        crash(r, core == 0 ? CORE_CM7 : CORE_CM4);
        rig_run_for(r, VTIME_MS(300));
        rig_check(rig_find_text(r, at, told[core]) != NULL, "`%s' was not said", told[core]);
    }
    rig_run_for(r, VTIME_MS(100));
    for (unsigned i = 0; i < 2; i++) {
        reset(r, i == 0 ? BY_NRST : BY_POWER);
        const vtime_ps started = rig_now(r);
        rig_run_for(r, VTIME_MS(300));
        rig_check(rig_find_text(r, started, "crash cm") == NULL, "an old crash is told as new");
        const vtime_ps asked = rig_now(r);
        say(r, "errors\r\n");
        rig_run_for(r, VTIME_MS(300));
        for (unsigned core = 0; core < 2; core++) {
            rig_check((rig_find_text(r, asked, told[core]) != NULL) == (i == 0), "`%s', or not",
                      told[core]);
        }
    }
    rig_destroy(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(soft_after_a_reset),   cmocka_unit_test(park_after_power_off),
        cmocka_unit_test(park_after_a_failure), cmocka_unit_test(park_if_damaged),
        cmocka_unit_test(crash_is_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
