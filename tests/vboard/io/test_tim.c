/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Timers: RM0399 chapters 41 and 44. Kernel clock 200 MHz, TIM2_CH1 on PA0. */
#include "tests/vboard/io/io_rig.h"

#include "tests/vboard/io/tim_regs.h"

#define PERIOD_MS 20u
#define TICKS_PER_US 200u
#define PERIOD_TICKS (PERIOD_MS * 1000u * TICKS_PER_US)

static struct pin_trace pin;

static struct io_rig *rig_with_trace(void **state)
{
    struct io_rig *r = *state;
    trace_pin(r, &pin, 'A', 0);
    return r;
}

/* The firmware's servo output: 20 ms, preloaded compare value. */
static void start_servo(struct io_rig *r, uint32_t compare)
{
    pin_af(r, 'A', 0, 1);
    wr(r, TIM2 + ARR, PERIOD_TICKS - 1);
    wr(r, TIM2 + CCR1, compare);
    wr(r, TIM2 + CCMR1, PWM1 | OC1PE);
    wr(r, TIM2 + EGR, UIF);
    wr(r, TIM2 + SR, 0);
    wr(r, TIM2 + CCER, 1);
    wr(r, TIM2 + CR1, CEN | ARPE);
}

/* Times of the rising edges after the first, and of the falling ones. */
static vtime_ps edge(unsigned index, enum level level)
{
    assert_true(index < pin.count);
    assert_int_equal(pin.edges[index].level, level);
    return pin.edges[index].at;
}

static void test_pwm_period_is_exact(void **state)
{
    struct io_rig *r = rig_with_trace(state);
    start_servo(r, 1500 * TICKS_PER_US);
    run_until(r, VTIME_S(2) - 1);
    unsigned first = pin.edges[0].level == LEVEL_HIGH ? 0 : 1;
    for (unsigned n = 0; n < 100; n++) {
        assert_int_equal(edge(first + 2 * n, LEVEL_HIGH), VTIME_MS(PERIOD_MS) * n);
        assert_int_equal(edge(first + 2 * n + 1, LEVEL_LOW),
                         VTIME_MS(PERIOD_MS) * n + VTIME_US(1500));
    }
    assert_int_equal(pin.count, first + 200);
}

static void test_compare_is_preloaded(void **state)
{
    struct io_rig *r = rig_with_trace(state);
    start_servo(r, 1000 * TICKS_PER_US);
    run_until(r, VTIME_US(500)); /* in the middle of the pulse */
    wr(r, TIM2 + CCR1, 2000 * TICKS_PER_US);
    assert_int_equal(rd(r, TIM2 + CCR1), 2000 * TICKS_PER_US);
    run_until(r, VTIME_MS(10));
    wr(r, TIM2 + CCR1, 1700 * TICKS_PER_US); /* written twice: the last one counts */
    run_until(r, VTIME_MS(50));
    unsigned n = pin.count;
    assert_int_equal(edge(n - 1, LEVEL_LOW), VTIME_MS(40) + VTIME_US(1700));
    assert_int_equal(edge(n - 3, LEVEL_LOW), VTIME_MS(20) + VTIME_US(1700));
    assert_int_equal(edge(n - 5, LEVEL_LOW), VTIME_US(1000));
}

static void test_compare_without_preload_acts_at_once(void **state)
{
    struct io_rig *r = rig_with_trace(state);
    start_servo(r, 1500 * TICKS_PER_US);
    wr(r, TIM2 + CCMR1, PWM1);
    run_until(r, VTIME_US(500));
    wr(r, TIM2 + CCR1, 100 * TICKS_PER_US);
    assert_int_equal(edge(pin.count - 1, LEVEL_LOW), VTIME_US(500));
}

/* CSS: HSE fails in mid-pulse, the timer goes on at 32 MHz: 500 us are over, the remaining 1000 us
 * of 5 ns ticks take 6.25 times as long. */
static void test_clock_change_in_pulse(void **state)
{
    struct io_rig *r = rig_with_trace(state);
    start_servo(r, 1500 * TICKS_PER_US);
    run_until(r, VTIME_US(500));
    clock_set(&r->chip.clocks[CLK_TIMX], CLOCK_UHZ(32000000), r->chip.sched.now);
    run_until(r, VTIME_MS(15));
    assert_int_equal(edge(pin.count - 1, LEVEL_LOW), VTIME_US(500) + VTIME_US(6250));
}

static void test_zero_and_full(void **state)
{
    struct io_rig *r = rig_with_trace(state);
    start_servo(r, 0);
    run_until(r, VTIME_MS(100));
    assert_int_equal(chip_pin(&r->chip, 'A', 0)->level, LEVEL_LOW);
    unsigned before = pin.count;
    wr(r, TIM2 + CCR1, PERIOD_TICKS); /* above ARR: always high */
    run_until(r, VTIME_MS(200));
    assert_int_equal(pin.count, before + 1);
    assert_int_equal(edge(before, LEVEL_HIGH), VTIME_MS(120));
}

static void test_polarity_and_mode2(void **state)
{
    struct io_rig *r = rig_with_trace(state);
    start_servo(r, 1500 * TICKS_PER_US);
    run_until(r, VTIME_MS(1));
    wr(r, TIM2 + CCER, 3);
    assert_int_equal(chip_pin(&r->chip, 'A', 0)->level, LEVEL_LOW);
    wr(r, TIM2 + CCMR1, PWM2 | OC1PE);
    assert_int_equal(chip_pin(&r->chip, 'A', 0)->level, LEVEL_HIGH);
    wr(r, TIM2 + CCER, 0); /* Table 359: not driven */
    assert_int_equal(chip_pin(&r->chip, 'A', 0)->level, LEVEL_FLOATING);
}

/* Two events a period with a routed output, none without. */
static void test_events_only_where_needed(void **state)
{
    struct io_rig *r = rig_with_trace(state);
    start_servo(r, 1500 * TICKS_PER_US);
    uint64_t before = r->chip.sched.next_order;
    run_until(r, VTIME_S(2) - 1);
    assert_true(r->chip.sched.next_order - before <= 200);
    pin_mode(r, 'A', 0, 3);
    assert_int_equal(sched_next(&r->chip.sched), VTIME_NEVER);
    run_until(r, VTIME_S(3) + VTIME_MS(5));
    assert_int_equal(rd(r, TIM2 + CNT), 5000 * TICKS_PER_US);
    assert_int_equal(rd(r, TIM2 + SR) & UIF, UIF);
    pin_mode(r, 'A', 0, 2);
    run_until(r, VTIME_S(3) + VTIME_MS(21));
    assert_int_equal(chip_pin(&r->chip, 'A', 0)->level, LEVEL_HIGH);
}

static void test_free_running_counter(void **state)
{
    struct io_rig *r = *state;
    wr(r, TIM5 + PSC, 199);
    wr(r, TIM5 + EGR, UIF);
    wr(r, TIM5 + CR1, CEN);
    run_until(r, VTIME_S(100) + VTIME_NS(999));
    assert_int_equal(rd(r, TIM5 + CNT), 100000000);
    run_until(r, VTIME_S(4295)); /* wraps after 4294.967296 s */
    assert_int_equal(rd(r, TIM5 + CNT), 4295000000u - UINT64_C(4294967296));
    assert_int_equal(sched_next(&r->chip.sched), VTIME_NEVER);
}

/* PSC is buffered: the new ratio counts from the next update on (41.3.1). */
static void test_prescaler_is_buffered(void **state)
{
    struct io_rig *r = *state;
    wr(r, TIM2 + ARR, 99);
    wr(r, TIM2 + EGR, UIF);
    wr(r, TIM2 + CR1, CEN);
    wr(r, TIM2 + PSC, 1);
    run_until(r, VTIME_NS(400)); /* 80 ticks */
    assert_int_equal(rd(r, TIM2 + CNT), 80);
    run_until(r, VTIME_NS(600)); /* 100 single ticks, 20 of 10 ns */
    assert_int_equal(rd(r, TIM2 + CNT), 10);
}

/* Writing CNT leaves the prescaler's own count alone. */
static void test_cnt_write(void **state)
{
    struct io_rig *r = *state;
    wr(r, TIM5 + PSC, 199);
    wr(r, TIM5 + EGR, UIF);
    wr(r, TIM5 + CR1, CEN);
    run_until(r, VTIME_NS(10700));
    wr(r, TIM5 + CNT, 1000);
    assert_int_equal(rd(r, TIM5 + CNT), 1000);
    run_until(r, VTIME_NS(10995));
    assert_int_equal(rd(r, TIM5 + CNT), 1000);
    run_until(r, VTIME_NS(11000));
    assert_int_equal(rd(r, TIM5 + CNT), 1001);
    run_until(r, VTIME_NS(14500));
    wr_size(r, TIM5 + CNT, 1, 0); /* the lowest byte of 1004 */
    assert_int_equal(rd(r, TIM5 + CNT), 0x300);
}

/* The HAL's time base: 1 kHz update interrupt of TIM6. */
static void test_update_interrupt(void **state)
{
    struct io_rig *r = *state;
    wr(r, TIM6 + PSC, 199);
    wr(r, TIM6 + ARR, 999);
    wr(r, TIM6 + EGR, UIF);
    assert_int_equal(rd(r, TIM6 + SR), UIF);
    wr(r, TIM6 + SR, ~UIF);
    wr(r, TIM6 + DIER, UIF);
    wr(r, TIM6 + CR1, CEN);
    for (unsigned n = 1; n <= 50; n++) {
        run_until(r, VTIME_MS(n) - 1);
        assert_false(r->line[CORE_CM7][54]);
        run_until(r, VTIME_MS(n));
        assert_true(r->line[CORE_CM7][54]);
        assert_true(r->line[CORE_CM4][54]);
        wr(r, TIM6 + SR, ~UIF);
        assert_false(r->line[CORE_CM7][54]);
    }
    assert_int_equal(r->raised[CORE_CM7][54], 50);
}

static void test_urs_and_udis(void **state)
{
    struct io_rig *r = *state;
    wr(r, TIM6 + CR1, URS);
    wr(r, TIM6 + EGR, UIF);
    assert_int_equal(rd(r, TIM6 + SR), 0);
    wr(r, TIM6 + ARR, 9);
    wr(r, TIM6 + CR1, UDIS | CEN);
    run_until(r, VTIME_US(1)); /* 200 ticks */
    assert_int_equal(rd(r, TIM6 + SR), 0);
    wr(r, TIM6 + CR1, CEN);
    run_until(r, VTIME_US(2));
    assert_int_equal(rd(r, TIM6 + SR), UIF);
}

static void test_arr_preload(void **state)
{
    struct io_rig *r = *state;
    wr(r, TIM2 + ARR, 99);
    wr(r, TIM2 + CR1, ARPE);
    wr(r, TIM2 + EGR, UIF);
    wr(r, TIM2 + CR1, ARPE | CEN);
    wr(r, TIM2 + ARR, 9); /* waits for the update */
    run_until(r, VTIME_NS(5 * 50));
    assert_int_equal(rd(r, TIM2 + CNT), 50);
    run_until(r, VTIME_NS(5 * 113));
    assert_int_equal(rd(r, TIM2 + CNT), 3);
}

/* ARR lowered below CNT without preload: the counter misses it and runs to its full width. */
static void test_arr_lowered_under_counter(void **state)
{
    struct io_rig *r = *state;
    wr(r, TIM6 + ARR, 999);
    wr(r, TIM6 + CR1, CEN);
    run_until(r, VTIME_NS(5 * 500));
    wr(r, TIM6 + ARR, 99);
    run_until(r, VTIME_NS(5 * 65535));
    assert_int_equal(rd(r, TIM6 + CNT), 65535);
    assert_int_equal(rd(r, TIM6 + SR), 0);
    run_until(r, VTIME_NS(5 * (65536 + 150)));
    assert_int_equal(rd(r, TIM6 + CNT), 50);
    assert_int_equal(rd(r, TIM6 + SR), UIF);
}

static void test_one_pulse(void **state)
{
    struct io_rig *r = rig_with_trace(state);
    pin_af(r, 'A', 0, 1);
    wr(r, TIM2 + ARR, 999);
    wr(r, TIM2 + CCR1, 400);
    wr(r, TIM2 + CCMR1, PWM2);
    wr(r, TIM2 + EGR, UIF);
    wr(r, TIM2 + CCER, 1);
    wr(r, TIM2 + CR1, OPM | CEN);
    run_until(r, VTIME_MS(1));
    assert_int_equal(rd(r, TIM2 + CR1) & CEN, 0);
    assert_int_equal(rd(r, TIM2 + CNT), 0);
    assert_int_equal(edge(pin.count - 2, LEVEL_HIGH), VTIME_NS(5 * 400));
    assert_int_equal(edge(pin.count - 1, LEVEL_LOW), VTIME_NS(5 * 1000));
}

static void test_down_counting(void **state)
{
    struct io_rig *r = rig_with_trace(state);
    pin_af(r, 'A', 0, 1);
    wr(r, TIM2 + ARR, 99);
    wr(r, TIM2 + CR1, DIR);
    wr(r, TIM2 + CCR1, 29);
    wr(r, TIM2 + CCMR1, PWM1);
    wr(r, TIM2 + EGR, UIF);
    assert_int_equal(rd(r, TIM2 + CNT), 99);
    wr(r, TIM2 + CCER, 1);
    wr(r, TIM2 + CR1, DIR | CEN);
    run_until(r, VTIME_NS(5 * 60));
    assert_int_equal(rd(r, TIM2 + CNT), 39);
    run_until(r, VTIME_NS(5 * 205));
    assert_int_equal(rd(r, TIM2 + CNT), 94);
    assert_int_equal(edge(pin.count - 2, LEVEL_HIGH), VTIME_NS(5 * 170)); /* CNT = 29 */
    assert_int_equal(edge(pin.count - 1, LEVEL_LOW), VTIME_NS(5 * 200));
}

/* Figure 477: ARR 8, CCR 4: high for 8 of 16 ticks, around the underflow. */
static void test_center_aligned(void **state)
{
    struct io_rig *r = rig_with_trace(state);
    pin_af(r, 'A', 0, 1);
    wr(r, TIM2 + ARR, 8);
    wr(r, TIM2 + CCR1, 4);
    wr(r, TIM2 + CCMR1, PWM1);
    wr(r, TIM2 + CR1, CMS1);
    wr(r, TIM2 + EGR, UIF);
    wr(r, TIM2 + SR, 0);
    wr(r, TIM2 + CCER, 1);
    wr(r, TIM2 + CR1, CMS1 | CEN);
    run_until(r, VTIME_NS(5 * 5));
    assert_int_equal(rd(r, TIM2 + CNT), 5);
    assert_int_equal(rd(r, TIM2 + SR), 0); /* mode 1: flagged going down only */
    run_until(r, VTIME_NS(5 * 10));
    assert_int_equal(rd(r, TIM2 + CNT), 6);
    assert_int_equal(rd(r, TIM2 + CR1) & DIR, DIR);
    wr(r, TIM2 + CR1, CMS1 | CEN); /* DIR is read-only now */
    assert_int_equal(rd(r, TIM2 + CR1) & DIR, DIR);
    assert_int_equal(rd(r, TIM2 + CNT), 6);
    run_until(r, VTIME_NS(5 * 30));
    assert_int_equal(rd(r, TIM2 + SR) & CC1IF, CC1IF);
    assert_int_equal(edge(pin.count - 4, LEVEL_LOW), VTIME_NS(5 * 4));
    assert_int_equal(edge(pin.count - 3, LEVEL_HIGH), VTIME_NS(5 * 12));
    assert_int_equal(edge(pin.count - 2, LEVEL_LOW), VTIME_NS(5 * 20));
    assert_int_equal(edge(pin.count - 1, LEVEL_HIGH), VTIME_NS(5 * 28));
}

static void test_compare_interrupt_and_toggle(void **state)
{
    struct io_rig *r = rig_with_trace(state);
    pin_af(r, 'A', 0, 1);
    wr(r, TIM2 + ARR, 999);
    wr(r, TIM2 + CCR1, 250);
    wr(r, TIM2 + CCMR1, TOGGLE);
    wr(r, TIM2 + CCER, 1);
    wr(r, TIM2 + DIER, CC1IF);
    wr(r, TIM2 + CR1, CEN);
    run_until(r, VTIME_NS(5 * 250) - 1);
    assert_false(r->line[CORE_CM7][28]);
    run_until(r, VTIME_NS(5 * 250));
    assert_true(r->line[CORE_CM7][28]);
    wr(r, TIM2 + SR, ~CC1IF);
    run_until(r, VTIME_NS(5 * 1250));
    assert_true(r->line[CORE_CM7][28]);
    assert_int_equal(edge(pin.count - 2, LEVEL_HIGH), VTIME_NS(5 * 250));
    assert_int_equal(edge(pin.count - 1, LEVEL_LOW), VTIME_NS(5 * 1250));
}

/* A toggled output keeps its phase over a long time in which nobody looked. */
static void test_lazy_toggle(void **state)
{
    struct io_rig *r = *state;
    wr(r, TIM2 + ARR, 999);
    wr(r, TIM2 + CCR1, 250);
    wr(r, TIM2 + CCMR1, TOGGLE);
    wr(r, TIM2 + CCER, 1);
    wr(r, TIM2 + CR1, CEN);
    run_until(r, VTIME_NS(5 * (UINT64_C(1000001) * 1000 + 500)));
    assert_int_equal(rd(r, TIM2 + CNT), 500);
    pin_af(r, 'A', 0, 1);
    assert_int_equal(chip_pin(&r->chip, 'A', 0)->level, LEVEL_LOW); /* 1,000,002 toggles */
}

static void test_uif_copy(void **state)
{
    struct io_rig *r = *state;
    wr(r, TIM6 + ARR, 99);
    wr(r, TIM6 + CR1, CEN | UIFREMAP);
    run_until(r, VTIME_NS(5 * 110));
    assert_int_equal(rd(r, TIM6 + CNT), 0x8000000Au);
}

static void test_gate_stops_counter(void **state)
{
    struct io_rig *r = *state;
    struct gate *g = chip_gate(&r->chip, 0x0E8, 1);
    wr(r, TIM3 + CR1, CEN);
    run_until(r, VTIME_US(1));
    chip_gate_update(&r->chip, g, false, false);
    run_until(r, VTIME_US(5));
    chip_gate_update(&r->chip, g, true, false);
    run_until(r, VTIME_US(6));
    assert_int_equal(rd(r, TIM3 + CNT), 400);
}

static void test_blocked_by_arr_0(void **state)
{
    struct io_rig *r = *state;
    wr(r, TIM6 + ARR, 0);
    wr(r, TIM6 + CR1, CEN);
    run_until(r, VTIME_MS(1));
    assert_int_equal(rd(r, TIM6 + CNT), 0);
    assert_int_equal(rd(r, TIM6 + SR), 0);
    wr(r, TIM6 + ARR, 999);
    run_until(r, VTIME_MS(1) + VTIME_US(1));
    assert_int_equal(rd(r, TIM6 + CNT), 200);
}

static void test_repetition_counter(void **state)
{
    struct io_rig *r = *state;
    wr(r, TIM16 + ARR, 99);
    wr(r, TIM16 + RCR, 2);
    wr(r, TIM16 + EGR, UIF);
    wr(r, TIM16 + SR, 0);
    wr(r, TIM16 + CR1, CEN);
    run_until(r, VTIME_NS(5 * 250));
    assert_int_equal(rd(r, TIM16 + SR) & UIF, 0);
    run_until(r, VTIME_NS(5 * 300));
    assert_int_equal(rd(r, TIM16 + SR) & UIF, UIF);
}

static void test_unmodelled_modes(void **state)
{
    struct io_rig *r = *state;
    wr(r, TIM2 + SMCR, 4 | 1u << 4); /* ITR1: TIM8, which is not in this chip */
    assert_int_equal(take_findings(r, FINDING_UNMODELLED), 1);
    wr(r, TIM2 + CCMR1, 1u << 16 | 2u << 4); /* reserved */
    assert_int_equal(take_findings(r, FINDING_UNMODELLED), 1);
}

#define RIG(test) cmocka_unit_test_setup_teardown(test, rig_setup, rig_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        RIG(test_pwm_period_is_exact),
        RIG(test_compare_is_preloaded),
        RIG(test_compare_without_preload_acts_at_once),
        RIG(test_clock_change_in_pulse),
        RIG(test_zero_and_full),
        RIG(test_polarity_and_mode2),
        RIG(test_events_only_where_needed),
        RIG(test_free_running_counter),
        RIG(test_prescaler_is_buffered),
        RIG(test_cnt_write),
        RIG(test_update_interrupt),
        RIG(test_urs_and_udis),
        RIG(test_arr_preload),
        RIG(test_arr_lowered_under_counter),
        RIG(test_one_pulse),
        RIG(test_down_counting),
        RIG(test_center_aligned),
        RIG(test_compare_interrupt_and_toggle),
        RIG(test_lazy_toggle),
        RIG(test_uif_copy),
        RIG(test_gate_stops_counter),
        RIG(test_blocked_by_arr_0),
        RIG(test_repetition_counter),
        RIG(test_unmodelled_modes),
    };
    return cmocka_run_group_tests_name("tim", tests, NULL, NULL);
}
