/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * PLL1 from HSI, which may be off by 1 % and more: steered to LSE by the PLL's fraction on the fly (RM0399
 * 9.5.5), by another whole multiplier where that is not enough. Only then may the bus be driven.
 */
#include "tests/clocks/clock_rig.h"
#include "tests/formats/cmocka_head.h"

#include "vboard/chip/chip.h"
#include "vboard/periph/rcc/rcc.h"

static struct rig *start(int32_t hsi_ppm, bool active)
{
    struct rig *r = clock_rig(&(struct board_config){.hse_kind = BOARD_HSE_ABSENT}, active);
    rcc_set_drift(board_chip(r->board), CLK_HSI, hsi_ppm);
    rig_power(r, true);
    return r;
}

static void check_steered(const struct rig *r, int64_t within_ppm)
{
    const int64_t ppm = clock_timer_ppm(r);
    rig_check(ppm <= within_ppm && ppm >= -within_ppm, "timers off by %lld ppm", (long long)ppm);
}

static void steered_from(void **state)
{
    (void)state;
    static const int32_t hsi_ppm[] = {-30000, -20000, -10000, -9000, -4000, -2100,
                                      0,      2100,   4000,   9000,  10000};
    for (unsigned i = 0; i < sizeof hsi_ppm / sizeof hsi_ppm[0]; i++) {
        rig_case("HSI off by %d ppm", (int)hsi_ppm[i]);
        struct rig *r = start(hsi_ppm[i], true);
        rig_run_until(r, VTIME_MS(1990));
        rig_check(board_tx_bits(r->board) == 0, "bits driven before LSE has judged");
        check_said(r, SAID_ABSENT);
        rig_run_until(r, LSE_JUDGED + COUNTED);
        check_steered(r, 50);
        check_said(r, SAID_ABSENT_GOOD);
        rig_check(bits_driven(r, VTIME_S(1)) > 0, "not active");
        check_shows(r, 90500, 92000);
        check_pulses_agree(r, 50);
        check_numbered(r);
        rig_check(board_resets(r->board) == 0, "reset");
        rig_assert_clean(r);
        rig_destroy(r);
    }
}

/* While nobody knows how slow HSI is no pulse may exceed the longest, though the ticks are longer. */
static void never_longer_than_the_longest(void **state)
{
    (void)state;
    static const struct rig_stream hot = {.from = VTIME_MS(50),
                                          .every = VTIME_MS(100),
                                          .id = RIG_OIL_ID,
                                          .length = 8,
                                          .data = {0, 150 + 60}};
    rig_case("150 C, HSI slow by 0.4 %%");
    struct rig *r = rig_create(&(struct rig_config){
        .streams = &hot, .stream_count = 1, .board = {.hse_kind = BOARD_HSE_ABSENT}});
    rcc_set_drift(board_chip(r->board), CLK_HSI, -4000);
    rig_power(r, true);
    rig_run_until(r, VTIME_MS(1990));
    const vtime_ps rough = rig_longest_pulse(r, VTIME_MS(1500), VTIME_MS(1990));
    rig_check(rough <= RIG_PULSE_MAX_PS && rough > VTIME_US(2330), "%.3f us", (double)rough * 1e-6);
    check_pulses_agree(r, 4100);
    rig_run_until(r, VTIME_S(4));
    const vtime_ps good = rig_longest_pulse(r, VTIME_MS(3500), VTIME_S(4));
    rig_check(good > VTIME_US(2394), "%.3f us when the clock is good", (double)good * 1e-6);
    check_pulses_agree(r, 50);
    rig_assert_clean(r);
    rig_destroy(r);
}

/* The car warms up: HSI drifts, by small steps and large, and is followed. */
static void followed(void **state)
{
    (void)state;
    static const int32_t hsi_ppm[] = {1000, 1900, 4000, 9000, 0, -9500, -19000, -11000, -3000};
    rig_case("HSI drifts");
    struct rig *r = start(0, true);
    rig_run_until(r, VTIME_S(3));
    for (unsigned i = 0; i < sizeof hsi_ppm / sizeof hsi_ppm[0]; i++) {
        rig_case("HSI drifts to %d ppm", (int)hsi_ppm[i]);
        rcc_set_drift(board_chip(r->board), CLK_HSI, hsi_ppm[i]);
        const int64_t off_ppm = clock_timer_ppm(r);
        const bool is_bad = off_ppm > 2000 || off_ppm < -2000;
        const vtime_ps since = rig_now(r);
        rig_run_for(r, VTIME_MS(1200));
        rig_check((rig_find_text(r, since, SAID_ABSENT) != NULL) == is_bad, "listen-only if bad");
        rig_run_for(r, COUNTED);
        check_steered(r, 50);
        rig_check(bits_driven(r, VTIME_MS(500)) > 0, "not active again");
    }
    check_shows(r, 90500, 92000);
    check_numbered(r);
    rig_assert_clean(r);
    rig_destroy(r);
}

#define PLLCFGR 0x5802442Cu /* RM0399 9.7.11 and 9.7.13 */
#define PLL1FRACR 0x58024434u
#define TIM5_CNT 0x40000C24u /* the firmware's own microseconds */

/* What is written to PLL1's fraction, and when. */
struct trims {
    const struct rig *rig;
    bool is_on;             /* PLL1FRACEN */
    uint32_t changed_at_us; /* it, last */
    unsigned count;         /* of values taken over */
    unsigned values, hasty;
};

static void on_pll(void *ctx, uint32_t address, unsigned size, bool write, uint32_t value)
{
    struct trims *trims = ctx;
    (void)size;
    if (!write || (address != PLLCFGR && address != PLL1FRACR)) {
        return;
    }
    /* Two of the counter's steps are a microsecond at least. */
    const uint32_t now_us = chip_mmio_read(board_chip(trims->rig->board), TIM5_CNT, 4);
    trims->hasty += now_us - trims->changed_at_us < 2;
    if (address == PLL1FRACR) {
        trims->values++;
        trims->hasty += trims->is_on;
    } else if ((value & 1u) != trims->is_on) {
        trims->is_on = (value & 1u) != 0;
        trims->count += trims->is_on;
        trims->changed_at_us = now_us;
    }
}

/* 9.5.5: PLL1 takes a fraction over with the rising FRACEN, which must be low for three periods of the reference. */
static void fraction_is_taken_over(void **state)
{
    (void)state;
    rig_case("each step of the fraction");
    struct rig *r = start(0, false);
    rig_run_until(r, VTIME_S(3));
    struct trims trims = {.rig = r, .is_on = true};
    const struct chip_watch watch = {.access = on_pll, .ctx = &trims};
    board_chip(r->board)->bus.watch = &watch;
    for (int32_t ppm = 200; ppm <= 600; ppm += 200) {
        rcc_set_drift(board_chip(r->board), CLK_HSI, ppm);
        rig_run_for(r, VTIME_MS(1300));
        check_steered(r, 50);
    }
    board_chip(r->board)->bus.watch = &r->watch;
    rig_check(trims.count >= 3 && trims.values == trims.count, "%u of %u values", trims.count,
              trims.values);
    rig_check(trims.hasty == 0, "%u writes too soon", trims.hasty);
    rig_assert_clean(r);
    rig_destroy(r);
}

/* HSE was refused at the start, and off is what it was then: as HSI drifts, it is no witness against LSE any more. */
static void refused_hse_is_forgotten(void **state)
{
    (void)state;
    static const int32_t hsi_ppm[] = {11000, -11000};
    for (unsigned i = 0; i < 2; i++) {
        rig_case("HSE 8.08 MHz, HSI drifts to %d ppm", (int)hsi_ppm[i]);
        struct rig *r = clock_rig(&(struct board_config){.hse_uhz = CLOCK_UHZ(8080000)}, true);
        rig_power(r, true);
        rig_run_until(r, VTIME_S(3));
        check_said(r, "clock hsi (HSE off: 8080 kHz), steered to LSE");
        rcc_set_drift(board_chip(r->board), CLK_HSI, hsi_ppm[i]);
        rig_run_for(r, VTIME_MS(1200) + COUNTED);
        check_unsaid(r, "error 19");
        check_steered(r, 50);
        rig_check(bits_driven(r, VTIME_MS(500)) > 0, "not active again");
        rig_assert_clean(r);
        rig_destroy(r);
    }
}

/* ---- LSE itself ---- */

/* The crystal does not start: nothing can be trusted, so the bus is only listened to. The needle lives. */
static void lse_absent(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 2; i++) {
        rig_case("no LSE, %s", i == 0 ? "HSE" : "no HSE");
        struct rig *r = clock_rig(
            &(struct board_config){.hse_kind = i == 0 ? BOARD_HSE_PRESENT : BOARD_HSE_ABSENT},
            true);
        rcc_set_lse(board_chip(r->board), 0, 0);
        rig_power(r, true);
        rig_run_until(r, VTIME_MS(4900));
        check_unsaid(r, "error 17");
        rig_run_until(r, VTIME_S(7));
        check_said(r, "error 17 lse absent");
        check_unsaid(r, SAID_ACTIVE);
        rig_check(board_tx_bits(r->board) == 0, "bits driven");
        check_shows(r, 91000, 92000);
        rcc_set_lse(board_chip(r->board), CLOCK_UHZ(32768), VTIME_MS(500)); /* better late */
        rig_run_for(r, VTIME_S(2));
        check_said(r, SAID_ACTIVE);
        rig_assert_clean(r);
        rig_destroy(r);
    }
}

static void lse_slow_to_start(void **state)
{
    (void)state;
    rig_case("LSE after 4.5 s");
    struct rig *r = clock_rig(&(struct board_config){0}, true);
    rcc_set_lse(board_chip(r->board), CLOCK_UHZ(32768), VTIME_MS(4500));
    rig_power(r, true);
    rig_run_until(r, VTIME_MS(4450));
    check_unsaid(r, SAID_ACTIVE);
    rig_run_until(r, VTIME_S(5));
    check_said(r, SAID_ACTIVE);
    check_unsaid(r, "error 17");
    rig_assert_clean(r);
    rig_destroy(r);
}

/* It stops while running: HSI is not good any more, HSE is as good as it was. */
static void lse_stops(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 2; i++) {
        rig_case("LSE stops, %s", i == 0 ? "HSE" : "no HSE");
        struct rig *r = clock_rig(
            &(struct board_config){.hse_kind = i == 0 ? BOARD_HSE_PRESENT : BOARD_HSE_ABSENT},
            true);
        rig_power(r, true);
        rig_run_until(r, VTIME_S(3));
        check_said(r, SAID_ACTIVE);
        rcc_set_lse(board_chip(r->board), 0, 0);
        rig_run_for(r, VTIME_MS(1500));
        check_said(r, "error 17 lse absent");
        rig_check((bits_driven(r, VTIME_S(1)) != 0) == (i == 0), "bits driven, or not");
        check_shows(r, 91000, 92000);
        rig_assert_clean(r);
        rig_destroy(r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steered_from), cmocka_unit_test(never_longer_than_the_longest),
        cmocka_unit_test(followed),     cmocka_unit_test(fraction_is_taken_over),
        cmocka_unit_test(lse_absent),   cmocka_unit_test(lse_slow_to_start),
        cmocka_unit_test(lse_stops),    cmocka_unit_test(refused_hse_is_forgotten),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
