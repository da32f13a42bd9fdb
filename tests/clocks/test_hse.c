/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * HSE is the ST-LINK's clock output: absent, late, or another frequency than 8 MHz. It is compared with HSI
 * before it feeds PLL1 and with LSE afterwards; until LSE finds the clock good the bus is only listened to,
 * whatever the profile says. In an active profile the board acknowledges frames, so that "not one bit" below
 * really can fail. That the core is never too fast is rig_assert_clean(): the board finds each overclocking.
 */
#include "tests/clocks/clock_rig.h"
#include "tests/formats/cmocka_head.h"

#include "vboard/chip/chip.h"
#include "vboard/periph/rcc/rcc.h"

static void hse_there(void **state)
{
    (void)state;
    rig_case("HSE, active profile");
    struct rig *r = clock_rig(&(struct board_config){0}, true);
    rig_power(r, true);
    rig_run_until(r, VTIME_MS(1990));
    check_said(r, SAID_HSE);
    check_said(r, SAID_SILENT);
    check_unsaid(r, SAID_ACTIVE);
    check_shows(r, 90500, 92000);
    rig_check(board_tx_bits(r->board) == 0, "bits driven before LSE has judged");
    rig_run_until(r, LSE_JUDGED);
    check_said(r, SAID_HSE_GOOD);
    check_said(r, SAID_ACTIVE);
    rig_check(bits_driven(r, VTIME_S(1)) > 0, "an active node acknowledges");
    rig_check(board_tx_frames(r->board) == 0, "it has nothing to send");
    check_shows(r, 91000, 92000);
    check_pulses_agree(r, 0);
    rig_assert_clean(r);
    rig_destroy(r);
}

static void listen_only_stays_so(void **state)
{
    (void)state;
    rig_case("HSE, listen-only profile");
    struct rig *r = clock_rig(&(struct board_config){0}, false);
    rig_power(r, true);
    rig_run_until(r, VTIME_S(4));
    check_said(r, SAID_HSE_GOOD);
    check_unsaid(r, SAID_ACTIVE);
    check_numbered(r);
    rig_assert_clean(r); /* not one bit */
    rig_destroy(r);
}

/* The reset button: LSE has run on, so the clock is judged within a few ticks. */
static void judged_soon_after_a_reset(void **state)
{
    (void)state;
    rig_case("NRST, active profile");
    struct rig *r = clock_rig(&(struct board_config){0}, true);
    rig_power(r, true);
    rig_run_until(r, VTIME_S(3));
    board_nrst(r->board, true);
    rig_run_for(r, VTIME_MS(1));
    board_nrst(r->board, false);
    const vtime_ps released = rig_now(r);
    rig_run_for(r, COUNTED);
    rig_check(rig_find_text(r, released, SAID_ACTIVE) != NULL, "not active again");
    rig_assert_clean(r);
    rig_destroy(r);
}

static void hse_absent(void **state)
{
    (void)state;
    for (unsigned active = 0; active < 2; active++) {
        rig_case("no HSE, active %u", active);
        struct rig *r = clock_rig(&(struct board_config){.hse_kind = BOARD_HSE_ABSENT}, active);
        rig_power(r, true);
        rig_run_until(r, VTIME_MS(1990));
        check_said(r, SAID_ABSENT);
        check_said(r, SAID_SILENT);
        check_shows(r, 90500, 92000);
        rig_check(board_tx_bits(r->board) == 0, "bits driven before LSE has judged");
        rig_run_until(r, LSE_JUDGED);
        check_said(r, SAID_ABSENT_GOOD);
        rig_check((bits_driven(r, VTIME_S(1)) > 0) == (active != 0),
                  "active only if the profile is");
        check_shows(r, 91000, 92000);
        rig_assert_clean(r);
        rig_destroy(r);
    }
}

/* Within the bounded wait it is taken; later the board has decided for HSI. */
static void hse_late(void **state)
{
    (void)state;
    static const struct {
        vtime_ps at;
        const char *said, *good;
    } cases[] = {
        {VTIME_MS(1), SAID_HSE, SAID_HSE_GOOD},
        {VTIME_MS(3), SAID_HSE, SAID_HSE_GOOD},
        {VTIME_MS(10), SAID_ABSENT, SAID_ABSENT_GOOD},
        {VTIME_MS(300), SAID_ABSENT, SAID_ABSENT_GOOD},
        {VTIME_MS(2500), SAID_ABSENT, SAID_ABSENT_GOOD},
    };
    for (unsigned i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        rig_case("HSE after %llu ms", (unsigned long long)(cases[i].at / VTIME_MS(1)));
        struct rig *r = clock_rig(
            &(struct board_config){.hse_kind = BOARD_HSE_LATE, .hse_at = cases[i].at}, true);
        rig_power(r, true);
        rig_run_until(r, VTIME_S(3));
        check_said(r, cases[i].said);
        check_said(r, cases[i].good);
        check_shows(r, 90500, 92000);
        rig_check(board_tx_bits(r->board) != 0, "not active");
        rig_assert_clean(r);
        rig_destroy(r);
    }
}

/* Whatever comes in: never too fast, live before the second is over, good soon after LSE runs. */
static void run_off(uint64_t hz, int32_t hsi_ppm)
{
    const int64_t off_ppm = ((int64_t)hz - 8000000) / 8;
    const bool is_off = off_ppm > 2000 || off_ppm < -2000;
    rig_case("HSE %llu Hz, HSI off by %d ppm", (unsigned long long)hz, (int)hsi_ppm);
    struct rig *r = clock_rig(&(struct board_config){.hse_uhz = CLOCK_UHZ(hz)}, true);
    rcc_set_drift(board_chip(r->board), CLK_HSI, hsi_ppm);
    rig_power(r, true);
    rig_run_until(r, VTIME_MS(1990));
    rig_check(board_tx_bits(r->board) == 0, "bits driven before LSE has judged");
    rig_run_until(r, LSE_JUDGED + COUNTED);
    rig_check((rig_find_text(r, 0, SAID_OFF) != NULL) == is_off || (!is_off && hsi_ppm != 0),
              "said, or not said, that HSE is off");
    rig_check((rig_find_text(r, 0, "error 16 hse off") != NULL) ==
                  (rig_find_text(r, 0, SAID_OFF) != NULL),
              "named error");
    rig_run_until(r, VTIME_S(4));
    const int64_t ppm = clock_timer_ppm(r);
    rig_check(ppm >= -2000 && ppm <= 2000, "timers off by %lld ppm", (long long)ppm);
    rig_check(bits_driven(r, VTIME_S(1)) > 0, "not active in the end");
    check_shows(r, 91000, 92000);
    check_pulses_agree(r, 2000);
    check_numbered(r);
    rig_assert_clean(r);
    rig_destroy(r);
}

static void hse_off(void **state)
{
    (void)state;
    static const uint64_t hz[] = {1000000,  4000000,  7000000,  7667000, 7900000, 7950000,
                                  7980000,  7990000,  8000000,  8010000, 8020000, 8050000,
                                  8070000,  8100000,  8200000,  8333000, 8333333, 9000000,
                                  12000000, 16000000, 25000000, 48000000};
    for (unsigned i = 0; i < sizeof hz / sizeof hz[0]; i++) {
        run_off(hz[i], 0);
    }
}

/* The two frequencies that ST-LINKs are known to give, and a crystal's, beside an HSI at its limits. */
static void hse_off_and_hsi_too(void **state)
{
    (void)state;
    static const uint64_t hz[] = {8000000, 8333333, 25000000};
    static const int32_t hsi_ppm[] = {-20000, -10000, -5000, 5000, 10000};
    for (unsigned i = 0; i < sizeof hz / sizeof hz[0]; i++) {
        for (unsigned j = 0; j < sizeof hsi_ppm / sizeof hsi_ppm[0]; j++) {
            run_off(hz[i], hsi_ppm[j]);
        }
    }
}

/* An ST-LINK that changes its clock while running: noticed at the next count, a second later. */
static void hse_moves_away(void **state)
{
    (void)state;
    rig_case("HSE from 8 to 8.03 MHz");
    struct rig *r = clock_rig(&(struct board_config){0}, true);
    rig_power(r, true);
    rig_run_until(r, VTIME_MS(3500)); /* a count going on would find something in between */
    check_said(r, SAID_ACTIVE);
    board_hse(r->board, CLOCK_UHZ(8030000));
    rig_run_for(r, VTIME_MS(1300));
    check_said(r, SAID_OFF);
    check_said(r, "8030 kHz), listen-only");
    rig_run_for(r, VTIME_S(1));
    check_said(r, "8030 kHz), steered to LSE");
    check_shows(r, 91000, 92000);
    check_no_longer_than_meant(r);
    check_numbered(r);
    rig_assert_clean(r);
    rig_destroy(r);
}

/* The clock is good, and the car wakes: not a bit before ten of its frames were heard. */
static void heard_before_driven(void **state)
{
    (void)state;
    rig_case("heard before driven");
    struct rig_stream stream = rig_oil_moving;
    stream.from = VTIME_S(4);
    struct rig *r =
        rig_create(&(struct rig_config){.active = true, .streams = &stream, .stream_count = 1});
    rig_power(r, true);
    rig_run_until(r, VTIME_S(4) + VTIME_MS(850)); /* nine frames */
    check_said(r, SAID_HSE_GOOD);
    rig_check(board_tx_bits(r->board) == 0, "%u bits driven", (unsigned)board_tx_bits(r->board));
    rig_run_for(r, VTIME_MS(350));
    rig_check(board_tx_bits(r->board) > 0, "not active after twelve frames");
    rig_assert_clean(r);
    rig_destroy(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hse_there),
        cmocka_unit_test(heard_before_driven),
        cmocka_unit_test(listen_only_stays_so),
        cmocka_unit_test(judged_soon_after_a_reset),
        cmocka_unit_test(hse_absent),
        cmocka_unit_test(hse_late),
        cmocka_unit_test(hse_off),
        cmocka_unit_test(hse_off_and_hsi_too),
        cmocka_unit_test(hse_moves_away),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
