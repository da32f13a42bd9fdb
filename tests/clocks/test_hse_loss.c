/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * HSE lost while driving (RM0399 9.5.3): the timers fall from 200 to 32 MHz in mid-pulse. A third of the
 * instants lies anywhere in the servo period, a third around a rising edge, a third around a falling one.
 * CANDIAL_SEED and CANDIAL_CASE repeat one case alone. Built twice: CLOCK_LOSSES says how many cases.
 */
#include "tests/clocks/clock_rig.h"
#include "tests/formats/cmocka_head.h"
#include "tests/formats/scratch_file.h"

#include "vboard/cpu/cpu.h"

#include <stdio.h>
#include <stdlib.h>

#define NEAR VTIME_US(12)

/* The instant of a case, near a pulse of a run without loss that lasts to `from` and a period more. */
static vtime_ps instant(const struct rig *calm, unsigned i, uint64_t *sequence)
{
    const size_t index = rig_pulse_from(calm, VTIME_MS(1000)) + rig_random(sequence, 90);
    const struct rig_pulse *pulse = &calm->pulses[index];
    switch (i % 3) {
    case 0:
        return pulse->rise + rig_random(sequence, RIG_PERIOD_PS);
    case 1:
        return pulse->rise - NEAR + rig_random(sequence, 2 * NEAR);
    default:
        return pulse->rise + pulse->width - NEAR + rig_random(sequence, 2 * NEAR);
    }
}

static vtime_ps lose(vtime_ps at, bool active)
{
    struct rig *r =
        clock_rig(&(struct board_config){.hse_kind = BOARD_HSE_DROPS, .hse_at = at}, active);
    rig_power(r, true);
    rig_run_until(r, at);
    const uint64_t bits = board_tx_bits(r->board);
    const vtime_ps live = rig_run_until_live(r, at + VTIME_S(1)) - at;
    rig_check(board_tx_bits(r->board) - bits <= 1, "bits driven after the loss");
    rig_run_for(r, VTIME_MS(600));
    check_said(r, SAID_LOST);
    check_said(r, "error 14 hse lost");
    check_unsaid(r, "error 17");
    check_shows(r, 90500, 92000);
    check_no_longer_than_meant(r);
    check_numbered(r);
    rig_check(board_resets(r->board) == 0, "reset");
    rig_assert_clean(r);
    rig_destroy(r);
    return live;
}

static void lost_at_random(void **state)
{
    (void)state;
    const uint64_t seed = fuzz_seed("hse_loss");
    const char *wanted = getenv("CANDIAL_CASE");
    uint64_t sequence = seed;
    vtime_ps worst = 0;
    struct rig *calm = clock_rig(&(struct board_config){0}, true);
    rig_power(calm, true);
    rig_run_until(calm, VTIME_S(3));
    for (unsigned i = 0; i < CLOCK_LOSSES; i++) {
        const vtime_ps at = instant(calm, i, &sequence);
        if (wanted != NULL && strtoul(wanted, NULL, 10) != i) {
            continue;
        }
        rig_case("CANDIAL_SEED=%llu CANDIAL_CASE=%u (HSE drops at %.6f ms)",
                 (unsigned long long)seed, i, (double)at * 1e-9);
        const vtime_ps live = lose(at, i % 2 != 0);
        worst = live > worst ? live : worst;
    }
    rig_destroy(calm);
    print_message("HSE lost: needle back after %.3f ms at the latest\n", (double)worst * 1e-9);
}

/* Around a rising edge, nanosecond by nanosecond: which of the two cores forces the outputs low first, and whether
 * the edge came before, is told by a tick or two. Telemetry's numbers are those of the edges all the same. */
static void lost_at_the_edge(void **state)
{
    (void)state;
    struct rig *calm = clock_rig(&(struct board_config){0}, false);
    rig_power(calm, true);
    rig_run_until(calm, VTIME_MS(700));
    const vtime_ps rise = calm->pulses[rig_pulse_from(calm, VTIME_MS(600))].rise;
    rig_destroy(calm);
    const vtime_ps step = VTIME_NS(5) * 60 / CLOCK_LOSSES + VTIME_NS(1);
    for (vtime_ps at = rise - VTIME_NS(200); at < rise + VTIME_NS(40); at += step) {
        rig_case("HSE drops at %.6f ms", (double)at * 1e-9);
        struct rig *r =
            clock_rig(&(struct board_config){.hse_kind = BOARD_HSE_DROPS, .hse_at = at}, false);
        rig_power(r, true);
        rig_run_until(r, at);
        rig_run_until_live(r, at + VTIME_S(1));
        check_no_longer_than_meant(r);
        check_numbered(r);
        rig_assert_clean(r);
        rig_destroy(r);
    }
}

/* In the first milliseconds, when nothing is set up yet or half of it: no pulse is wrong, the needle comes. */
static void lost_at_start(void **state)
{
    (void)state;
    const vtime_ps step = CLOCK_LOSSES < 1000 ? VTIME_US(233) : VTIME_US(7);
    for (vtime_ps at = VTIME_US(50); at < VTIME_MS(14); at += step) {
        rig_case("HSE drops at %.3f ms", (double)at * 1e-9);
        struct rig *r =
            clock_rig(&(struct board_config){.hse_kind = BOARD_HSE_DROPS, .hse_at = at}, true);
        rig_power(r, true);
        rig_run_until_live(r, VTIME_S(1));
        check_said(r, "clock hsi (HSE ");
        check_unsaid(r, "error 17");
        check_no_longer_than_meant(r);
        check_numbered(r);
        rig_check(board_resets(r->board) == 0, "reset");
        rig_assert_clean(r);
        rig_destroy(r);
    }
}

/* Where the M4 starts the timer: 1 us before the first pulse, which then comes to nothing or is whole. */
static void lost_at_the_first_pulse(void **state)
{
    (void)state;
    struct rig *calm = clock_rig(&(struct board_config){0}, false);
    rig_power(calm, true);
    rig_run_until(calm, VTIME_MS(60));
    const vtime_ps rise = calm->pulses[0].rise;
    rig_destroy(calm);
    for (vtime_ps at = rise - VTIME_NS(1500); at < rise - VTIME_NS(900); at += VTIME_NS(15)) {
        rig_case("HSE drops at %.6f ms", (double)at * 1e-9);
        struct rig *r =
            clock_rig(&(struct board_config){.hse_kind = BOARD_HSE_DROPS, .hse_at = at}, false);
        rig_power(r, true);
        rig_run_until(r, at + VTIME_MS(60));
        check_no_longer_than_meant(r);
        check_numbered(r);
        rig_check(rig_longest_pulse(r, 0, rig_now(r)) <= RIG_PARK_PS + VTIME_US(61), "%.3f us",
                  (double)rig_longest_pulse(r, 0, rig_now(r)) * 1e-6);
        rig_assert_clean(r);
        rig_destroy(r);
    }
}

/* Each core acknowledges the loss by itself: the other may be held, or not be there. */
static void lost_while_one_is_held(void **state)
{
    (void)state;
    for (enum core held = CORE_CM7; held <= CORE_CM4; held++) {
        rig_case("HSE drops, M%d held", held == CORE_CM7 ? 7 : 4);
        struct rig *r = clock_rig(
            &(struct board_config){.hse_kind = BOARD_HSE_DROPS, .hse_at = VTIME_S(1)}, false);
        rig_power(r, true);
        rig_run_until(r, VTIME_MS(999));
        cpu_halt(board_cpu(r->board, held), true);
        rig_run_for(r, VTIME_MS(700));
        rig_check(board_resets(r->board) == 0, "reset");
        rig_check((rig_find_text(r, 0, SAID_LOST) != NULL) == (held == CORE_CM4), "said, or not");
        cpu_halt(board_cpu(r->board, held), false);
        rig_run_for(r, VTIME_S(1));
        check_said(r, SAID_LOST);
        check_shows(r, 90500, 92000);
        rig_destroy(r);
    }
}

/* The bus is driven again once HSI is steered, and not before; the needle does not mind. */
static void steered_afterwards(void **state)
{
    (void)state;
    rig_case("HSE drops at 3 s");
    struct rig *r =
        clock_rig(&(struct board_config){.hse_kind = BOARD_HSE_DROPS, .hse_at = VTIME_S(3)}, true);
    rig_power(r, true);
    rig_run_until(r, VTIME_S(3));
    check_said(r, SAID_ACTIVE);
    rig_check(bits_driven(r, VTIME_MS(30)) <= 1, "bits driven after the loss");
    rig_run_for(r, COUNTED + VTIME_MS(40));
    check_said(r, SAID_LOST_GOOD);
    rig_check(bits_driven(r, VTIME_S(1)) > 0, "not active again");
    check_pulses_agree(r, 100);
    rig_assert_clean(r);
    rig_destroy(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lost_at_random),         cmocka_unit_test(lost_at_the_edge),
        cmocka_unit_test(lost_at_start),          cmocka_unit_test(lost_at_the_first_pulse),
        cmocka_unit_test(lost_while_one_is_held), cmocka_unit_test(steered_afterwards),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
