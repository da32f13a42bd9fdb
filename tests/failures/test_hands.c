/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What hangs on the board, and its power: the servo's plug, the button, a supply that gives way. */
#include "tests/clocks/clock_rig.h"
#include "tests/formats/cmocka_head.h"
#include "tests/formats/scratch_file.h"

#include "vboard/chip/chip.h"

#define LIVE_LIMIT VTIME_S(1)
#define OPTSR_BOR_2 0x17C6AAF8u /* the factory's with BOR_LEV = 2: below 2.31 V (RM0399 4.9.8) */

static struct rig *live_rig(const struct board_config *board, vtime_ps until)
{
    struct rig *r = clock_rig(board, false);
    rig_power(r, true);
    rig_run_until(r, until);
    check_shows(r, 90500, 92000);
    return r;
}

/* The board cannot know. Pulses go on as if nothing were, and the servo turns to the needle when it is back. */
static void servo_unplugged(void **state)
{
    (void)state;
    rig_case("servo unplugged");
    struct rig *r = live_rig(&(struct board_config){0}, VTIME_S(2));
    struct rig *calm = live_rig(&(struct board_config){0}, VTIME_S(2));
    const int32_t before = board_servo_mdeg(r->board);
    board_servo_plug(r->board, false);
    rig_run_for(r, VTIME_S(2));
    rig_run_for(calm, VTIME_S(2));
    rig_check(r->pulse_count == calm->pulse_count, "the pulses are others");
    for (size_t i = 0; i < r->pulse_count; i++) {
        rig_check(r->pulses[i].rise == calm->pulses[i].rise &&
                      r->pulses[i].width == calm->pulses[i].width,
                  "pulse %zu is another", i);
    }
    assert_int_equal(board_servo_mdeg(r->board), before);
    board_servo_plug(r->board, true);
    rig_run_for(r, VTIME_S(1));
    const int32_t off = board_servo_mdeg(r->board) - rig_last_line(r)->needle_mdeg;
    rig_check(off > -1000 && off < 1000, "the shaft is %d mdeg off", (int)off);
    check_numbered(r);
    rig_assert_clean(r);
    rig_destroy(calm);
    rig_destroy(r);
}

/* Held for ever: once it runs, the button has nothing to say, not at a reset either. */
static void stuck_button(void **state)
{
    (void)state;
    rig_case("stuck button");
    struct rig *r = live_rig(&(struct board_config){0}, VTIME_S(1));
    board_button(r->board, true);
    rig_run_for(r, VTIME_S(3));
    check_shows(r, 90500, 92000);
    rig_check(board_resets(r->board) == 0, "a reset");
    board_nrst(r->board, true);
    rig_run_for(r, VTIME_MS(1));
    board_nrst(r->board, false);
    rig_run_until_live(r, rig_now(r) + LIVE_LIMIT);
    check_unsaid(r, "rescue");
    rig_assert_clean(r);
    rig_destroy(r);
}

/* VDD falls to `mv` for a while: no pulse longer than it should be, and live within a second of its return. */
static void dip(uint32_t optsr, uint32_t mv, vtime_ps at, vtime_ps length, const char *cause)
{
    rig_case("VDD %u mV at %.6f ms for %.3f ms", (unsigned)mv, (double)at * 1e-9,
             (double)length * 1e-9);
    struct rig *r = live_rig(&(struct board_config){.optsr = optsr}, at);
    const vtime_ps fell = rig_now(r);
    board_vdd(r->board, mv);
    rig_run_for(r, length);
    if (cause != NULL) {
        rig_check(rig_pulse_from(r, fell) == r->pulse_count, "a pulse without supply");
    }
    board_vdd(r->board, 3300);
    const vtime_ps since = rig_now(r);
    rig_run_until_live(r, since + LIVE_LIMIT);
    rig_run_for(r, VTIME_S(1));
    check_shows(r, 90000, 92000);
    check_no_longer_than_meant(r);
    if (cause != NULL) {
        rig_check(rig_find_text(r, since, cause) != NULL, "`%s' was not said", cause);
    } else {
        check_numbered(r);
    }
    rig_assert_clean(r);
    rig_destroy(r);
}

/* From power-on to the first pulse, which is park, whatever HSE does. */
static void park_soon_after_power_on(void **state)
{
    (void)state;
    static const struct board_config configs[] = {
        {0},
        {.hse_kind = BOARD_HSE_ABSENT},
        {.hse_kind = BOARD_HSE_LATE, .hse_at = VTIME_MS(3)},
        {.hse_kind = BOARD_HSE_LATE, .hse_at = VTIME_MS(6)},
        {.hse_uhz = CLOCK_UHZ(8333333)},
        {.hse_kind = BOARD_HSE_DROPS, .hse_at = VTIME_US(1600)},
    };
    vtime_ps worst = 0;
    for (unsigned i = 0; i < sizeof configs / sizeof *configs; i++) {
        rig_case("power-on, board %u", i);
        struct rig *r = clock_rig(&configs[i], false);
        rig_power(r, true);
        rig_run_until(r, VTIME_MS(60));
        rig_check(r->pulse_count > 0 && rig_first_park(r, 0) == r->pulses[0].rise,
                  "the first pulse is not park");
        worst = r->pulses[0].rise > worst ? r->pulses[0].rise : worst;
        rig_assert_clean(r);
        rig_destroy(r);
    }
    print_message("park pulse %.3f ms after power-on at the latest\n", (double)worst * 1e-9);
    rig_check(worst <= VTIME_MS(50), "%.3f ms", (double)worst * 1e-9);
}

static void brown_out(void **state)
{
    (void)state;
    uint64_t sequence = fuzz_seed("brown_out");
    for (unsigned i = 0; i < 12; i++) {
        const vtime_ps at = VTIME_S(1) + rig_random(&sequence, VTIME_MS(100));
        const vtime_ps length = VTIME_US(10) << i;
        dip(OPTSR_BOR_2, 2200, at, length, "reset cm7 brown-out");
        dip(0, 1500, at, length, "reset cm7 power-on");
        dip(0, 2200, at, length, NULL); /* as sold there is no level above 1.62 V: it runs on */
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(servo_unplugged),
        cmocka_unit_test(stuck_button),
        cmocka_unit_test(park_soon_after_power_on),
        cmocka_unit_test(brown_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
