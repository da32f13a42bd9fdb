/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * RM0399 9.5.10 read to the letter (periph/rcc.h): FDCAN's clock switch stands at HSE after reset and cannot leave
 * it where HSE never ran. Nobody knows whether silicon does so. If it does the firmware must say it, stay
 * parked, and go on when HSE comes.
 */
#include "tests/clocks/clock_rig.h"
#include "tests/formats/cmocka_head.h"

#include "vboard/chip/chip.h"
#include "vboard/periph/rcc/rcc.h"

static struct rig *start(enum board_hse_kind kind, vtime_ps at, uint64_t hz)
{
    struct rig *r = clock_rig(
        &(struct board_config){
            .strict_kernel_mux = true, .hse_kind = kind, .hse_at = at, .hse_uhz = CLOCK_UHZ(hz)},
        true);
    rig_power(r, true);
    return r;
}

static void hse_never_runs(void **state)
{
    (void)state;
    rig_case("strict multiplexers, no HSE");
    struct rig *r = start(BOARD_HSE_ABSENT, 0, 0);
    rig_run_until(r, VTIME_S(6));
    check_said(r, "error 9 can not ready");
    check_said(r, "bus: FDCAN has no clock");
    rig_check(rig_last_line(r)->state == RIG_WAIT, "state %d", (int)rig_last_line(r)->state);
    rig_check(rig_longest_pulse(r, 0, VTIME_NEVER) <= RIG_PARK_PS + VTIME_US(1), "not parked");
    rig_check(r->pulse_count > 290, "%zu pulses", r->pulse_count);
    rig_check(board_resets(r->board) == 0, "reset");
    rig_check(rig_flashes(r, BOARD_LED_RED, VTIME_S(1), VTIME_S(6)) >= 9, "red does not flash");
    rig_assert_clean(r);
    rig_destroy(r);
}

static void hse_comes_later(void **state)
{
    (void)state;
    static const vtime_ps at[] = {VTIME_MS(20), VTIME_MS(300), VTIME_MS(3300)};
    for (unsigned i = 0; i < sizeof at / sizeof at[0]; i++) {
        rig_case("strict multiplexers, HSE after %.0f ms", (double)at[i] * 1e-9);
        struct rig *r = start(BOARD_HSE_LATE, at[i], 0);
        rig_run_until(r, at[i] + VTIME_MS(1300));
        check_shows(r, 90500, 92000);
        rig_run_until(r, VTIME_S(6));
        check_said(r, SAID_ABSENT_GOOD);
        check_said(r, SAID_ACTIVE);
        rig_check(bits_driven(r, VTIME_S(1)) > 0, "not active");
        rig_check(rig_flashes(r, BOARD_LED_RED, VTIME_S(6), VTIME_S(7)) == 0, "error shown still");
        rig_assert_clean(r);
        rig_destroy(r);
    }
}

/* HSE that runs, though it is off, moves the switch; and HSE that goes does not move it back. */
static void hse_there_at_first(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 3; i++) {
        rig_case("strict multiplexers, case %u", i);
        struct rig *r = i == 0   ? start(BOARD_HSE_PRESENT, 0, 0)
                        : i == 1 ? start(BOARD_HSE_PRESENT, 0, 8333333)
                                 : start(BOARD_HSE_DROPS, VTIME_S(1), 0);
        rig_run_until(r, VTIME_S(3));
        check_unsaid(r, "error 9");
        check_shows(r, 90500, 92000);
        rig_assert_clean(r);
        rig_destroy(r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hse_never_runs),
        cmocka_unit_test(hse_comes_later),
        cmocka_unit_test(hse_there_at_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
