/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * LSE, by which the others are judged, is the one that is wrong. Two clocks that agree outvote it; alone against HSI it
 * is believed as far as HSI's tolerance goes. Then the bus is listened to, and no clock follows: rig_assert_clean()
 * finds each overclocking, and each bit a listener drives.
 */
#include "tests/clocks/clock_rig.h"
#include "tests/formats/cmocka_head.h"

#include "vboard/cpu/cpu.h"

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

#define TIM2_CCMR1 0x40000018u
#define TIM2_CNT 0x40000024u
#define TIM2_ARR 0x4000002Cu
#define TICKS_A_MS 180000u

static bool is_held(const struct rig *r)
{
    return (chip_mmio_read(board_chip(r->board), TIM2_CCMR1, 4) & 0x70u) == 0x40u;
}

/* Five milliseconds before `at` the timer is moved, so that a period ends `ticks` before `at`. */
static struct rig *start_moved(vtime_ps at, int32_t ticks)
{
    struct rig *r = start(true, 7000, 0);
    rig_run_until(r, at - VTIME_MS(5));
    const uint32_t arr = chip_mmio_read(board_chip(r->board), TIM2_ARR, 4);
    chip_mmio_write(board_chip(r->board), TIM2_CNT, 4,
                    arr + 1u - 5u * TICKS_A_MS + (uint32_t)ticks);
    return r;
}

static vtime_ps run_until_held(struct rig *r, vtime_ps step)
{
    while (!is_held(r)) {
        rig_check(rig_now(r) < VTIME_S(4), "never held");
        rig_run_for(r, step);
    }
    const vtime_ps at = rig_now(r);
    rig_destroy(r);
    return at;
}

/* When HSI is asked, and the outputs are held low for it, where no pulse makes that wait: roughly, then to 20 ns. */
static vtime_ps find_pause(void)
{
    struct rig *r = start(true, 7000, 0);
    rig_run_until(r, VTIME_MS(500)); /* LSE comes only now */
    vtime_ps at = run_until_held(r, VTIME_US(20));
    at = run_until_held(start_moved(at, -5 * (int32_t)TICKS_A_MS), VTIME_US(1));
    r = start_moved(at, -5 * (int32_t)TICKS_A_MS);
    rig_run_until(r, at - VTIME_US(3));
    return run_until_held(r, VTIME_NS(20));
}

/* The period's end is put to each moment around that: no pulse is cut, at its beginning neither. */
static void paused_between_pulses(void **state)
{
    (void)state;
    const vtime_ps pause = find_pause();
    for (int32_t ticks = -360; ticks <= 360; ticks += 4) {
        rig_case("held %d ticks after a period's end", (int)ticks);
        struct rig *r = start_moved(pause, ticks);
        rig_run_for(r, VTIME_MS(100));
        for (size_t i = rig_pulse_from(r, pause - VTIME_MS(5)); i + 1 < r->pulse_count; i++) {
            rig_check(r->pulses[i].width >= RIG_PARK_PS, "a pulse of %.3f us",
                      (double)r->pulses[i].width * 1e-6);
        }
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

/* An edge of the button's pin beside it disturbs LSE for less than two counts in a row: HSE is not left for that. */
static void disturbed(void **state)
{
    (void)state;
    for (unsigned has_hse = 0; has_hse < 2; has_hse++) {
        rig_case("LSE disturbed, HSE %u", has_hse);
        struct rig *r = start(has_hse, 0, 3000);
        rig_run_until(r, VTIME_MS(3500));
        check_said(r, SAID_ACTIVE);
        for (unsigned i = 0; i < 150; i++) { /* a count takes 16 ms, the next begins 80 ms later */
            rcc_set_lse(board_chip(r->board), lse_uhz(7000), 0);
            rig_run_for(r, VTIME_MS(22));
            rcc_set_lse(board_chip(r->board), lse_uhz(0), 0);
            rig_run_for(r, VTIME_MS(108));
        }
        check_unsaid(r, SAID_LSE_OFF);
        check_unsaid(r, SAID_OFF);
        rig_check(bits_driven(r, VTIME_MS(500)) > 0, "not active");
        rig_assert_clean(r);
        rig_destroy(r);
    }
}

#define RCC_BDCR 0x58024470u
#define BDCR_LSEON 1u
#define BDCR_LSERDY 2u
#define BDCR_LSEDRV 0x18u
#define BDCR_RTC_FROM_LSI 0x8200u

static uint32_t bdcr(const struct rig *r)
{
    uint32_t value = 0;
    rig_check(cpu_read_mem(board_cpu(r->board, CORE_CM7), RCC_BDCR, &value, sizeof value), "BDCR");
    return value;
}

static void press_reset(struct rig *r)
{
    board_nrst(r->board, true);
    rig_run_for(r, VTIME_MS(2));
    board_nrst(r->board, false);
    rig_run_for(r, VTIME_MS(20));
}

/* Another program has run an RTC from LSI, which makes LSI unsteady, and is flashed over: only a reset of the backup
 * domain ends that. LSE that is set as ours runs on through a reset. */
static void foreign_backup_domain(void **state)
{
    (void)state;
    rig_case("foreign backup domain");
    struct rig *r = start(true, 0, 0);
    rig_run_until(r, VTIME_S(2));
    rig_check(bdcr(r) == (BDCR_LSEON | BDCR_LSERDY), "BDCR 0x%x", (unsigned)bdcr(r));
    const uint32_t foreign = bdcr(r) | BDCR_RTC_FROM_LSI;
    rig_check(cpu_write_mem(board_cpu(r->board, CORE_CM7), RCC_BDCR, &foreign, sizeof foreign),
              "BDCR");
    rig_check(bdcr(r) == foreign, "BDCR is not writable");
    press_reset(r);
    rig_check(bdcr(r) == BDCR_LSEON, "left alone: BDCR 0x%x", (unsigned)bdcr(r));
    rig_run_for(r, VTIME_S(2));
    press_reset(r);
    rig_check(bdcr(r) == (BDCR_LSEON | BDCR_LSERDY), "LSE was stopped");
    rig_assert_clean(r);
    rig_destroy(r);
}

/* A crystal that does not come with the lowest drive is driven as hard as can be. */
static void weak_crystal(void **state)
{
    (void)state;
    rig_case("weak crystal");
    struct rig *r = start(true, 0, 0);
    rcc_set_lse(board_chip(r->board), 0, 0);
    rig_run_until(r, VTIME_MS(4900));
    rig_check(bdcr(r) == BDCR_LSEON, "BDCR 0x%x", (unsigned)bdcr(r));
    rig_run_until(r, VTIME_MS(5200));
    check_said(r, "error 17");
    rig_check(bdcr(r) == (BDCR_LSEON | BDCR_LSEDRV), "BDCR 0x%x", (unsigned)bdcr(r));
    rcc_set_lse(board_chip(r->board), lse_uhz(0), VTIME_MS(500));
    rig_run_until(r, VTIME_S(7));
    check_said(r, SAID_ACTIVE);
    press_reset(r); /* what it needed is not forgotten */
    rig_check(bdcr(r) == (BDCR_LSEON | BDCR_LSERDY | BDCR_LSEDRV), "BDCR 0x%x", (unsigned)bdcr(r));
    rig_assert_clean(r);
    rig_destroy(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(alone_against_hsi),
        cmocka_unit_test(outvoted),
        cmocka_unit_test(paused_between_pulses),
        cmocka_unit_test(wrong_for_a_while),
        cmocka_unit_test(disturbed),
        cmocka_unit_test(foreign_backup_domain),
        cmocka_unit_test(weak_crystal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
