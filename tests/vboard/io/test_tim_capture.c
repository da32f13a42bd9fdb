/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Input capture: RM0399 41.3.5, and of internal clocks, 43.6.18, 43.6.20. */
#include "tests/vboard/io/io_rig.h"

#include "tests/vboard/io/tim_regs.h"

static void drive_pin(struct io_rig *r, struct signal_driver *d, vtime_ps at, bool high)
{
    run_until(r, at);
    signal_drive(d, high ? DRIVE_HIGH : DRIVE_LOW, at);
}

static struct signal_driver outside;

/* The flags of channel 1; the other channels are outputs that match CNT = 0. */
static uint32_t flags(struct io_rig *r)
{
    return rd(r, TIM2 + SR) & (CC1IF | CC1OF);
}

static void start_capture(struct io_rig *r, uint32_t ccmr, uint32_t ccer)
{
    signal_attach(chip_pin(&r->chip, 'A', 0), &outside);
    signal_drive(&outside, DRIVE_LOW, 0);
    pin_af(r, 'A', 0, 1);
    wr(r, TIM2 + CCMR1, ccmr);
    wr(r, TIM2 + CCER, ccer);
    wr(r, TIM2 + CR1, CEN);
}

static void test_rising_edge(void **state)
{
    struct io_rig *r = *state;
    start_capture(r, 1, 1);
    wr(r, TIM2 + DIER, CC1IF);
    drive_pin(r, &outside, VTIME_US(10), true);
    assert_true(r->line[CORE_CM7][28]);
    assert_int_equal(flags(r), CC1IF);
    drive_pin(r, &outside, VTIME_US(20), false);
    assert_int_equal(rd(r, TIM2 + CCR1), 2000);
    assert_false(r->line[CORE_CM7][28]); /* reading CCR1 clears the flag */
    drive_pin(r, &outside, VTIME_US(30), true);
    drive_pin(r, &outside, VTIME_US(31), false);
    drive_pin(r, &outside, VTIME_US(32), true);
    assert_int_equal(flags(r), CC1IF | CC1OF);
    assert_int_equal(rd(r, TIM2 + CCR1), 6400);
    wr(r, TIM2 + CCR1, 1); /* read-only as an input */
    assert_int_equal(rd(r, TIM2 + CCR1), 6400);
}

/* Channel 1 takes the rising, channel 2 the falling edges of TI1: a pulse width. */
static void test_both_channels_on_one_pin(void **state)
{
    struct io_rig *r = *state;
    start_capture(r, 1 | 2u << 8, 1 | 3u << 4);
    drive_pin(r, &outside, VTIME_US(10), true);
    drive_pin(r, &outside, VTIME_US(1510), false);
    assert_int_equal(rd(r, TIM2 + CCR2) - rd(r, TIM2 + CCR1), 1500 * 200);
}

static void test_prescaler(void **state)
{
    struct io_rig *r = *state;
    start_capture(r, 1 | 2u << 2, 1); /* every 4th */
    for (unsigned n = 1; n <= 4; n++) {
        assert_int_equal(flags(r), 0);
        drive_pin(r, &outside, VTIME_US(10 * n), true);
        drive_pin(r, &outside, VTIME_US(10 * n + 5), false);
    }
    assert_int_equal(rd(r, TIM2 + CCR1), 40 * 200);
}

/* How the firmware measures HSE against LSE: TIM16 captures every 8th edge of 32,768 Hz; at 200 MHz
 * that is 48,828.125 ticks. */
static void test_lse(void **state)
{
    struct io_rig *r = *state;
    wr(r, TIM16 + TISEL, 2);
    wr(r, TIM16 + CCMR1, 1 | 3u << 2);
    wr(r, TIM16 + CCER, 1);
    wr(r, TIM16 + CR1, CEN);
    uint32_t first = 0;
    uint32_t last = 0;
    vtime_ps t = 0;
    for (unsigned n = 0; n <= 64; n++) {
        while ((rd(r, TIM16 + SR) & CC1IF) == 0) {
            t += VTIME_US(10);
            run_until(r, t);
        }
        uint32_t now = rd(r, TIM16 + CCR1);
        if (n != 0) {
            uint32_t ticks = (now - last) & 0xFFFFu;
            assert_true(ticks == 48828 || ticks == 48829);
            first += ticks;
        }
        last = now;
    }
    assert_in_range(first, 64 * 48828 + 7, 64 * 48828 + 9);
    assert_int_equal(rd(r, TIM16 + SR) & CC1OF, 0);
    clock_set(&r->chip.clocks[CLK_LSE], 0, r->chip.sched.now);
    (void)rd(r, TIM16 + CCR1);
    run_until(r, t + VTIME_MS(10));
    assert_int_equal(rd(r, TIM16 + SR) & CC1IF, 0);
    wr(r, TIM16 + CCER, 0);
    assert_int_equal(sched_next(&r->chip.sched), VTIME_NEVER);
}

/* HSE before it is let into a PLL: TIM17 captures every 8th edge of HSE / RTCPRE (43.6.20); 8 MHz / 63 at
 * 200 MHz is 12,600 ticks, and nothing comes where HSE does not run. */
static void test_hse(void **state)
{
    struct io_rig *r = *state;
    wr(r, TIM17 + TISEL, 2);
    wr(r, TIM17 + CCMR1, 1 | 3u << 2);
    wr(r, TIM17 + CCER, 1);
    wr(r, TIM17 + CR1, CEN);
    run_until(r, VTIME_MS(1));
    assert_int_equal(rd(r, TIM17 + SR) & CC1IF, 0);
    clock_set(&r->chip.clocks[CLK_HSE1M], CLOCK_UHZ(8000000) / 63, r->chip.sched.now);
    run_until(r, VTIME_MS(1) + VTIME_US(70));
    const uint32_t first = rd(r, TIM17 + CCR1);
    /* Another clock that a timer could capture starts: this one's edges stay where they are. */
    clock_set(&r->chip.clocks[CLK_LSI], CLOCK_UHZ(32000), r->chip.sched.now);
    run_until(r, VTIME_MS(1) + VTIME_US(130));
    const uint32_t second = rd(r, TIM17 + CCR1);
    assert_in_range((second - first) & 0xFFFFu, 12599, 12601);
    wr(r, TIM17 + CCER, 0);
    assert_int_equal(sched_next(&r->chip.sched), VTIME_NEVER);
}

#define RIG(test) cmocka_unit_test_setup_teardown(test, rig_setup, rig_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        RIG(test_rising_edge), RIG(test_both_channels_on_one_pin),
        RIG(test_prescaler),   RIG(test_lse),
        RIG(test_hse),
    };
    return cmocka_run_group_tests_name("tim capture", tests, NULL, NULL);
}
