/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * LSE, by which the others are judged, is the one that is wrong. Two clocks that agree outvote it; alone against HSI it
 * is believed as far as HSI's tolerance goes. Then the bus is listened to, and no clock follows: rig_assert_clean()
 * finds each overclocking, and each bit a listener drives.
 */
#include "tests/clocks/clock_rig.h"
#include "tests/formats/cmocka_head.h"

#include "vboard/chip/chip.h"
#include "vboard/periph/rcc/rcc.h"

#define SAID_LSE_OFF "error 19 lse off"

static uint64_t lse_uhz(int32_t ppm)
{
    return CLOCK_UHZ(32768) / 1000000 * (uint64_t)(1000000 + ppm);
}

static struct rig *start(bool has_hse, int32_t lse_ppm, int32_t hsi_ppm)
{
    struct rig *r = clock_rig(
        &(struct board_config){.hse_kind = has_hse ? BOARD_HSE_PRESENT : BOARD_HSE_ABSENT}, true);
    rcc_set_lse(board_chip(r->board), lse_uhz(lse_ppm), VTIME_MS(500));
    rcc_set_drift(board_chip(r->board), CLK_HSI, hsi_ppm);
    rig_power(r, true);
    return r;
}

static void check_doubted(struct rig *r, int64_t timers_ppm)
{
    const int64_t off_ppm = clock_timer_ppm(r) - timers_ppm;
    check_said(r, SAID_LSE_OFF);
    check_unsaid(r, SAID_ACTIVE);
    rig_check(off_ppm <= 50 && off_ppm >= -50, "timers off by %lld ppm",
              (long long)clock_timer_ppm(r));
    rig_check(board_tx_bits(r->board) == 0, "bits driven");
    check_shows(r, 90500, 92000);
}

/* In a car: no HSE. From half to double, 65,536 Hz. */
static void alone_against_hsi(void **state)
{
    (void)state;
    static const int32_t lse_ppm[] = {-500000, -100000, -33000, 33000, 100000, 500000, 1000000};
    for (unsigned i = 0; i < sizeof lse_ppm / sizeof lse_ppm[0]; i++) {
        for (int32_t hsi_ppm = -10000; hsi_ppm <= 10000; hsi_ppm += 10000) {
            rig_case("no HSE, LSE off by %d ppm, HSI by %d", (int)lse_ppm[i], (int)hsi_ppm);
            const int32_t seen_ppm = lse_ppm[i] - hsi_ppm;
            if (seen_ppm > -32000 && seen_ppm < 32000) {
                continue; /* HSI's tolerance explains it */
            }
            struct rig *r = start(false, lse_ppm[i], hsi_ppm);
            rig_run_until(r, VTIME_S(3));
            check_doubted(r, hsi_ppm);
            check_pulses_agree(r, 11000);
            rig_assert_clean(r);
            rig_destroy(r);
        }
    }
}

/* HSE and HSI are right. */
static void outvoted(void **state)
{
    (void)state;
    static const int32_t lse_ppm[] = {-500000, -100000, -7000,  -2500,  2500,
                                      7000,    30000,   100000, 1000000};
    for (unsigned i = 0; i < sizeof lse_ppm / sizeof lse_ppm[0]; i++) {
        rig_case("HSE, LSE off by %d ppm", (int)lse_ppm[i]);
        struct rig *r = start(true, lse_ppm[i], 0);
        rig_run_until(r, VTIME_S(4));
        check_doubted(r, 0);
        check_unsaid(r, SAID_OFF);
        check_pulses_agree(r, 0);
        check_numbered(r);
        rig_assert_clean(r);
        rig_destroy(r);
    }
}

/* It was right, goes wrong while the bus is driven, and comes back. */
static void wrong_for_a_while(void **state)
{
    (void)state;
    for (unsigned has_hse = 0; has_hse < 2; has_hse++) {
        rig_case("LSE 5 %% fast for two seconds, HSE %u", has_hse);
        struct rig *r = start(has_hse, 0, 3000);
        rig_run_until(r, VTIME_MS(3500));
        check_said(r, SAID_ACTIVE);
        check_unsaid(r, SAID_LSE_OFF);
        rcc_set_lse(board_chip(r->board), lse_uhz(50000), 0);
        rig_run_for(r, VTIME_MS(1300));
        check_said(r, SAID_LSE_OFF);
        rig_check(bits_driven(r, VTIME_MS(700)) == 0, "bits driven by a doubtful clock");
        const int64_t off_ppm = clock_timer_ppm(r);
        rig_check(off_ppm <= 50 && off_ppm >= -50, "timers off by %lld ppm", (long long)off_ppm);
        rcc_set_lse(board_chip(r->board), lse_uhz(0), 0);
        rig_run_for(r, VTIME_MS(1300));
        rig_check(bits_driven(r, VTIME_MS(500)) > 0, "not active again");
        check_numbered(r);
        rig_assert_clean(r);
        rig_destroy(r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(alone_against_hsi),
        cmocka_unit_test(outvoted),
        cmocka_unit_test(wrong_for_a_while),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
