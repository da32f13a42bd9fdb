/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * HSE is the ST-LINK's clock output: absent, late or lost. On HSI the needle lives on, and the bus is
 * listen-only whatever the profile says. In an active profile the board acknowledges frames, so that
 * "not one bit" below really can fail.
 */
#include "tests/formats/cmocka_head.h"
#include "tests/formats/scratch_file.h"
#include "tests/system/rig.h"

#include "vboard/kernel/chip.h"
#include "vboard/periph/rcc.h"

#include <stdio.h>
#include <stdlib.h>

#define SAID_HSE "clock hse 8 MHz"
#define SAID_ABSENT "clock hsi (HSE absent), listen-only"
#define SAID_LOST "clock hsi (HSE lost), listen-only"
#define SAID_ACTIVE "can 500 kbit/s active"
#define SAID_SILENT "can 500 kbit/s listen-only"

#define DROPS 16

static struct rig *start(enum board_hse_kind kind, vtime_ps at, bool active)
{
    struct rig *r = rig_create(&(struct rig_config){.active = active,
                                                    .streams = &rig_oil_moving,
                                                    .stream_count = 1,
                                                    .board = {.hse_kind = kind, .hse_at = at}});
    rig_power(r, true);
    return r;
}

static void check_said(const struct rig *r, const char *words)
{
    rig_check(rig_find_text(r, 0, words) != NULL, "`%s' was not said", words);
}

static void check_shows(const struct rig *r, int32_t low_milli, int32_t high_milli)
{
    const struct rig_line *line = rig_last_line(r);
    rig_check(line->state == RIG_LIVE && line->shown_milli >= low_milli &&
                  line->shown_milli <= high_milli,
              "state %d, shows %d m°C", (int)line->state, (int)line->shown_milli);
}

/* The pulses of the last second, as the telemetry named them and as the pin had them. */
static void check_pulses_agree(const struct rig *r, uint32_t tolerance_ppm)
{
    for (size_t i = rig_line_from(r, rig_now(r) - VTIME_S(1)); i + 1 < r->line_count; i++) {
        const vtime_ps told = VTIME_NS(r->lines[i].pulse_ns);
        const vtime_ps width = r->pulses[r->lines[i].pulse].width;
        const vtime_ps allowed = told / 1000000 * tolerance_ppm + VTIME_NS(5);
        rig_check(width <= told + allowed && width + allowed >= told,
                  "line %u: told %.3f us, on the pin %.3f us", (unsigned)r->lines[i].seq,
                  (double)told * 1e-6, (double)width * 1e-6);
    }
}

static void hse_there(void **state)
{
    (void)state;
    rig_case("HSE, active profile");
    struct rig *r = start(BOARD_HSE_PRESENT, 0, true);
    rig_run_until(r, VTIME_S(3));
    check_said(r, SAID_HSE);
    check_said(r, SAID_ACTIVE);
    check_shows(r, 91000, 92000);
    check_pulses_agree(r, 0);
    rig_check(board_tx_bits(r->board) > 0, "an active node acknowledges");
    rig_check(board_tx_frames(r->board) == 0, "it has nothing to send");
    rig_assert_clean(r);
    rig_destroy(r);
}

/* HSI as the factory trimmed it, and off by what the bus still takes. */
static void hse_absent(void **state)
{
    (void)state;
    static const int32_t hsi_ppm[] = {0, -4000, 4000};
    for (unsigned i = 0; i < 6; i++) {
        rig_case("no HSE, HSI off by %d ppm, active %u", (int)hsi_ppm[i / 2], i % 2);
        struct rig *r = start(BOARD_HSE_ABSENT, 0, i % 2 != 0);
        rcc_set_drift(board_chip(r->board), CLK_HSI, hsi_ppm[i / 2]);
        rig_run_until(r, VTIME_S(3));
        check_said(r, SAID_ABSENT);
        check_said(r, SAID_SILENT);
        check_shows(r, 91000, 92000);
        check_pulses_agree(r, 4100);
        rig_check(board_tx_bits(r->board) == 0, "%llu bits driven",
                  (unsigned long long)board_tx_bits(r->board));
        rig_assert_clean(r);
        rig_destroy(r);
    }
}

/* HSI so far off that no frame is understood: not one bit either, and the needle parks. */
static void hsi_far_off(void **state)
{
    (void)state;
    rig_case("no HSE, HSI slow by 2 %%");
    struct rig *r = start(BOARD_HSE_ABSENT, 0, true);
    rcc_set_drift(board_chip(r->board), CLK_HSI, -20000);
    rig_run_until(r, VTIME_S(2));
    rig_check(rig_last_line(r)->state == RIG_WAIT, "state %d", (int)rig_last_line(r)->state);
    rig_check(board_tx_bits(r->board) == 0, "bits driven");
    rig_assert_clean(r);
    rig_destroy(r);
}

/* Within the bounded wait it is taken; later the board has decided for HSI. */
static void hse_late(void **state)
{
    (void)state;
    static const struct {
        vtime_ps at;
        const char *said;
    } cases[] = {
        {VTIME_MS(1), SAID_HSE},
        {VTIME_MS(3), SAID_HSE},
        {VTIME_MS(10), SAID_ABSENT},
        {VTIME_MS(300), SAID_ABSENT},
    };
    for (unsigned i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        rig_case("HSE after %llu ms", (unsigned long long)(cases[i].at / VTIME_MS(1)));
        struct rig *r = start(BOARD_HSE_LATE, cases[i].at, true);
        rig_run_until(r, VTIME_S(2));
        check_said(r, cases[i].said);
        check_shows(r, 90500, 92000);
        const bool is_hse = cases[i].said[6] == 'h' && cases[i].said[8] == 'e';
        rig_check((board_tx_bits(r->board) != 0) == is_hse, "bits driven: %llu",
                  (unsigned long long)board_tx_bits(r->board));
        rig_assert_clean(r);
        rig_destroy(r);
    }
}

/* No pulse is longer than its telemetry line said; nor by the timer's clock being three times slower. */
static void check_no_longer_than_meant(const struct rig *r)
{
    for (size_t i = 0; i < r->line_count; i++) {
        const struct rig_line *line = &r->lines[i];
        const vtime_ps width = r->pulses[line->pulse].width;
        rig_check(width <= VTIME_NS(line->pulse_ns) + VTIME_US(1),
                  "pulse at %.6f ms: meant %.3f us, on the pin %.3f us",
                  (double)r->pulses[line->pulse].rise * 1e-9, line->pulse_ns * 1e-3,
                  (double)width * 1e-6);
    }
}

/* Lost while driving, at instants spread over the servo period, half of them inside the pulse. */
static void hse_drops(void **state)
{
    (void)state;
    const uint64_t seed = fuzz_seed("hse_drops");
    const char *wanted = getenv("CANDIAL_CASE");
    uint64_t sequence = seed;
    const vtime_ps period = VTIME_S(2) + rig_period_start();
    vtime_ps worst_live = 0;
    for (unsigned i = 0; i < DROPS; i++) {
        const vtime_ps range = i % 2 == 0 ? VTIME_US(1500) : RIG_PERIOD_PS;
        const vtime_ps at = period + rig_random(&sequence, range);
        if (wanted != NULL && strtoul(wanted, NULL, 10) != i) {
            continue;
        }
        rig_case("CANDIAL_SEED=%llu CANDIAL_CASE=%u (HSE drops at %.6f ms)",
                 (unsigned long long)seed, i, (double)at * 1e-9);
        struct rig *r = start(BOARD_HSE_DROPS, at, true);
        rig_run_until(r, at);
        check_shows(r, 90500, 92000);
        const vtime_ps live = rig_run_until_live(r, at + VTIME_S(1)) - at;
        worst_live = live > worst_live ? live : worst_live;
        const uint64_t bits = board_tx_bits(r->board);
        rig_run_for(r, VTIME_S(2));
        rig_check(board_tx_bits(r->board) == bits, "bits driven after the loss");
        check_said(r, SAID_LOST);
        check_said(r, "error 14 hse lost");
        check_shows(r, 91000, 92000);
        check_pulses_agree(r, 100);
        check_no_longer_than_meant(r);
        rig_check(board_resets(r->board) == 0, "reset");
        rig_assert_clean(r);
        rig_destroy(r);
    }
    print_message("HSE lost: needle back after %.3f ms at the latest\n", (double)worst_live * 1e-9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hse_there), cmocka_unit_test(hse_absent), cmocka_unit_test(hsi_far_off),
        cmocka_unit_test(hse_late),  cmocka_unit_test(hse_drops),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
