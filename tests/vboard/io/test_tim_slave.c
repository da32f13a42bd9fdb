/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Timers that trigger and clock each other, encoders, external triggers: RM0399 40.3.22, 40.3.25, 40.4.3. */
#include "tests/vboard/io/io_rig.h"

#include "tests/vboard/io/tim_regs.h"

#include <string.h>

#define TIM15 0x40014000u
#define MMS(n) ((n) << 4)
#define SMS(n) ((uint32_t)(((n)&7u) | ((n)&8u) << 13))
#define TS(n) ((uint32_t)(((n)&7u) << 4 | ((n)&0x18u) << 17))
#define MICROSECOND 200u /* ticks */

static struct signal_driver outside[2];

static void drive(struct io_rig *r, unsigned which, char port, unsigned pin, bool high)
{
    struct signal *s = chip_pin(&r->chip, port, pin);
    if (outside[which].signal != s) {
        signal_attach(s, &outside[which]);
    }
    signal_drive(&outside[which], high ? DRIVE_HIGH : DRIVE_LOW, r->chip.sched.now);
}

static int setup(void **state)
{
    memset(outside, 0, sizeof(outside));
    return rig_setup(state);
}

/* TIM2 with an update each microsecond. */
static void start_master(struct io_rig *r, uint32_t mms)
{
    wr(r, TIM2 + ARR, MICROSECOND - 1);
    wr(r, TIM2 + CR2, MMS(mms));
    wr(r, TIM2 + CR1, CEN);
}

/* TIM3's ITR1 is TIM2 (Table 358). External clock mode 1: one count an update. */
static void test_counts_updates_of_another(void **state)
{
    struct io_rig *r = *state;
    wr(r, TIM3 + SMCR, TS(1) | SMS(7));
    wr(r, TIM3 + CR1, CEN);
    start_master(r, 2);
    run_until(r, VTIME_US(10) + VTIME_NS(500));
    assert_int_equal(rd(r, TIM3 + CNT), 10);
    wr(r, TIM3 + PSC, 1); /* every second, from the next update on */
    wr(r, TIM3 + EGR, UIF);
    run_until(r, VTIME_US(20) + VTIME_NS(500));
    assert_int_equal(rd(r, TIM3 + CNT), 5);
    assert_int_equal(rd(r, TIM3 + SR) & TIF, TIF);
    wr(r, TIM3 + SMCR, 0);
    assert_int_equal(r->chip.sched.count, 0); /* nobody listens: no event is left */
}

/* A cascade of two 16-bit timers overflows at its time and interrupts. */
static void test_cascade_overflows(void **state)
{
    struct io_rig *r = *state;
    wr(r, TIM3 + SMCR, TS(1) | SMS(7));
    wr(r, TIM3 + ARR, 4);
    wr(r, TIM3 + DIER, UIF);
    wr(r, TIM3 + CR1, CEN);
    start_master(r, 2);
    run_until(r, VTIME_US(5) - 1);
    assert_false(r->line[CORE_CM7][29]);
    run_until(r, VTIME_US(5));
    assert_true(r->line[CORE_CM7][29]);
    assert_int_equal(rd(r, TIM3 + CNT), 0);
}

static uint64_t events_until(struct io_rig *r, vtime_ps t)
{
    uint64_t before = r->chip.sched.next_order;
    run_until(r, t);
    return r->chip.sched.next_order - before;
}

/* Triggers that find the counter running cost nothing; what they would do again is done. */
static void test_started_for_good(void **state)
{
    struct io_rig *r = *state;
    wr(r, TIM3 + SMCR, TS(1) | SMS(6));
    start_master(r, 2);
    assert_true(events_until(r, VTIME_MS(10)) < 10); /* of 10,000 updates */
    assert_int_equal(rd(r, TIM3 + CNT), (10000u - 1) * MICROSECOND % 65536u);
    assert_int_equal(rd(r, TIM3 + SR) & TIF, TIF);
    wr(r, TIM3 + SR, ~TIF);
    assert_int_equal(rd(r, TIM3 + SR) & TIF, 0); /* no update is made up for */
    run_until(r, VTIME_MS(10) + VTIME_US(1));
    assert_int_equal(rd(r, TIM3 + SR) & TIF, TIF);
    wr(r, TIM3 + CR1, 0);
    wr(r, TIM3 + CNT, 0);
    run_until(r, VTIME_MS(10) + VTIME_US(2) + VTIME_NS(500));
    assert_int_equal(rd(r, TIM3 + CNT), MICROSECOND / 2); /* started again */
}

/* One pulse after the other: each update starts it anew. */
static void test_one_pulse_is_never_for_good(void **state)
{
    struct io_rig *r = *state;
    wr(r, TIM3 + SMCR, TS(1) | SMS(6));
    wr(r, TIM3 + CR1, OPM);
    wr(r, TIM3 + ARR, MICROSECOND / 2 - 1);
    start_master(r, 2);
    run_until(r, VTIME_US(10) + VTIME_NS(250));
    assert_int_equal(rd(r, TIM3 + CNT), MICROSECOND / 4);
    run_until(r, VTIME_US(10) + VTIME_NS(750));
    assert_int_equal(rd(r, TIM3 + CR1) & CEN, 0);
}

/* It still captures, or asks for DMA, at each trigger. */
static void test_captures_each_trigger(void **state)
{
    struct io_rig *r = *state;
    wr(r, TIM3 + SMCR, TS(1) | SMS(6));
    wr(r, TIM3 + CCMR1, 3); /* CC1S: TRC */
    wr(r, TIM3 + CCER, 1);
    start_master(r, 2);
    run_until(r, VTIME_US(10) + VTIME_NS(500));
    assert_int_equal(rd(r, TIM3 + CCR1), 9 * MICROSECOND);
}

/* Trigger mode: TIM3 starts when TIM2 is enabled; reset mode: it begins anew with each of its updates. */
static void test_trigger_and_reset(void **state)
{
    struct io_rig *r = *state;
    wr(r, TIM3 + SMCR, TS(1) | SMS(6));
    run_until(r, VTIME_US(3));
    assert_int_equal(rd(r, TIM3 + CR1) & CEN, 0);
    start_master(r, 1); /* CNT_EN */
    assert_int_equal(rd(r, TIM3 + CR1) & CEN, CEN);
    run_until(r, VTIME_US(4));
    assert_int_equal(rd(r, TIM3 + CNT), MICROSECOND);
    wr(r, TIM2 + CR2, MMS(2));
    wr(r, TIM3 + SMCR, TS(1) | SMS(4));
    run_until(r, VTIME_US(6) + VTIME_NS(50));
    assert_int_equal(rd(r, TIM3 + CNT), 10);
}

/* Gated by OC1REF: TIM3 counts while TIM2's PWM is active, a quarter of the time. */
static void test_gated(void **state)
{
    struct io_rig *r = *state;
    wr(r, TIM3 + SMCR, TS(1) | SMS(5));
    wr(r, TIM3 + CR1, CEN);
    wr(r, TIM2 + CCMR1, PWM1);
    wr(r, TIM2 + CCR1, MICROSECOND / 4);
    start_master(r, 4);
    run_until(r, VTIME_US(4));
    assert_int_equal(rd(r, TIM3 + CNT), MICROSECOND);
}

/* One-pulse mode, started by TI2 (40.3.20): 2 us later a pulse of 3 us on CH1, once. */
static void test_one_pulse(void **state)
{
    static struct pin_trace trace;
    struct io_rig *r = *state;
    pin_af(r, 'A', 0, 1);
    pin_af(r, 'A', 1, 1);
    trace_pin(r, &trace, 'A', 0);
    wr(r, TIM2 + CCMR1, PWM2 | 1u << 8);
    wr(r, TIM2 + CCER, 1);
    wr(r, TIM2 + CCR1, 2 * MICROSECOND);
    wr(r, TIM2 + ARR, 5 * MICROSECOND - 1);
    wr(r, TIM2 + SMCR, TS(6) | SMS(6));
    wr(r, TIM2 + CR1, OPM);
    run_until(r, VTIME_US(10));
    drive(r, 0, 'A', 1, true);
    run_until(r, VTIME_US(100));
    unsigned n = trace.count;
    assert_int_equal(trace.edges[n - 2].at, VTIME_US(12));
    assert_int_equal(trace.edges[n - 2].level, LEVEL_HIGH);
    assert_int_equal(trace.edges[n - 1].at, VTIME_US(15));
    assert_int_equal(rd(r, TIM2 + CR1) & CEN, 0);
}

/* Retriggerable (40.3.21): the pulse lasts a period from the last trigger. */
static void test_retriggerable(void **state)
{
    static struct pin_trace trace;
    struct io_rig *r = *state;
    pin_af(r, 'A', 0, 1);
    pin_af(r, 'A', 1, 1);
    wr(r, TIM2 + CCMR1, 1u << 16 | 1u << 4 | 1u << 8); /* mode 2: inactive until a trigger */
    wr(r, TIM2 + CCER, 1);
    wr(r, TIM2 + ARR, 5 * MICROSECOND - 1);
    wr(r, TIM2 + SMCR, TS(6) | SMS(8));
    wr(r, TIM2 + CR1, OPM);
    trace_pin(r, &trace, 'A', 0);
    for (unsigned at = 10; at <= 13; at += 3) {
        run_until(r, VTIME_US(at));
        drive(r, 0, 'A', 1, true);
        run_until(r, VTIME_US(at + 1));
        drive(r, 0, 'A', 1, false);
    }
    run_until(r, VTIME_US(100));
    assert_int_equal(trace.count, 2);
    assert_int_equal(trace.edges[0].at, VTIME_US(10));
    assert_int_equal(trace.edges[1].at, VTIME_US(18));
}

static void turn(struct io_rig *r, unsigned steps, bool back)
{
    static const uint8_t phases[4] = {0, 1, 3, 2}; /* bit 0 TI1, bit 1 TI2 */
    static unsigned at;
    for (unsigned i = 0; i < steps; i++) {
        at = (back ? at + 3 : at + 1) % 4;
        run_until(r, r->chip.sched.now + VTIME_US(10));
        drive(r, 0, 'A', 0, (phases[at] & 1) != 0);
        drive(r, 1, 'A', 1, (phases[at] & 2) != 0);
    }
}

/* Encoder mode 3 (Table 352): both edges of both inputs, and around zero. */
static void test_encoder(void **state)
{
    struct io_rig *r = *state;
    pin_af(r, 'A', 0, 1);
    pin_af(r, 'A', 1, 1);
    drive(r, 0, 'A', 0, false);
    drive(r, 1, 'A', 1, false);
    wr(r, TIM2 + CCMR1, 1u | 1u << 8);
    wr(r, TIM2 + ARR, 99);
    wr(r, TIM2 + SMCR, SMS(3));
    wr(r, TIM2 + CR1, CEN);
    turn(r, 12, false);
    assert_int_equal(rd(r, TIM2 + CNT), 12);
    assert_int_equal(rd(r, TIM2 + CR1) & DIR, 0);
    turn(r, 16, true);
    assert_int_equal(rd(r, TIM2 + CNT), 96);
    assert_int_equal(rd(r, TIM2 + CR1) & DIR, DIR);
    assert_int_equal(rd(r, TIM2 + SR) & UIF, UIF);
    turn(r, 4, false);
    assert_int_equal(rd(r, TIM2 + CNT), 0);
}

/* ETR (PA12 of TIM1): external clock mode 2, every fourth edge. */
static void test_external_clock(void **state)
{
    struct io_rig *r = *state;
    pin_af(r, 'A', 12, 1);
    wr(r, TIM1 + SMCR, 1u << 14 | 2u << 12);
    wr(r, TIM1 + CR1, CEN);
    for (unsigned i = 0; i < 40; i++) {
        run_until(r, VTIME_US(i + 1));
        drive(r, 0, 'A', 12, i % 2 == 0);
    }
    assert_int_equal(rd(r, TIM1 + CNT), 5);
}

/* OCxCE: ETRF high keeps OC1REF low until the next period (40.3.18). */
static void test_etr_clears_the_output(void **state)
{
    static struct pin_trace trace;
    struct io_rig *r = *state;
    pin_af(r, 'A', 12, 1);
    pin_af(r, 'A', 8, 1);
    trace_pin(r, &trace, 'A', 8);
    drive(r, 0, 'A', 12, false);
    wr(r, TIM1 + CCMR1, PWM1 | 1u << 7);
    wr(r, TIM1 + CCER, 1);
    wr(r, TIM1 + CCR1, 5 * MICROSECOND);
    wr(r, TIM1 + ARR, 10 * MICROSECOND - 1);
    wr(r, TIM1 + EGR, UIF);
    wr(r, TIM1 + BDTR, 1u << 15);
    wr(r, TIM1 + CR1, CEN);
    run_until(r, VTIME_US(2));
    drive(r, 0, 'A', 12, true);
    run_until(r, VTIME_US(3));
    drive(r, 0, 'A', 12, false);
    run_until(r, VTIME_US(9));
    assert_int_equal(trace.edges[trace.count - 1].at, VTIME_US(2));
    run_until(r, VTIME_US(10));
    assert_int_equal(trace.edges[trace.count - 1].level, LEVEL_HIGH);
}

/* TI1S: the XOR of three pins, of hall sensors; each edge of any is captured. */
static void test_xor_of_three(void **state)
{
    struct io_rig *r = *state;
    pin_af(r, 'A', 0, 1);
    pin_af(r, 'A', 1, 1);
    wr(r, TIM2 + CCMR1, 1);
    wr(r, TIM2 + CCER, 1 | 2 | 8); /* both edges */
    wr(r, TIM2 + CR2, 1u << 7);
    wr(r, TIM2 + CR1, CEN);
    drive(r, 0, 'A', 0, false);
    drive(r, 1, 'A', 1, false);
    wr(r, TIM2 + SR, 0);
    run_until(r, VTIME_US(5));
    drive(r, 1, 'A', 1, true);
    assert_int_equal(rd(r, TIM2 + CCR1), 5 * MICROSECOND);
    run_until(r, VTIME_US(7));
    drive(r, 0, 'A', 0, true);
    assert_int_equal(rd(r, TIM2 + CCR1), 7 * MICROSECOND);
}

#define RIG(test) cmocka_unit_test_setup_teardown(test, setup, rig_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        RIG(test_counts_updates_of_another),
        RIG(test_cascade_overflows),
        RIG(test_started_for_good),
        RIG(test_one_pulse_is_never_for_good),
        RIG(test_captures_each_trigger),
        RIG(test_trigger_and_reset),
        RIG(test_gated),
        RIG(test_one_pulse),
        RIG(test_retriggerable),
        RIG(test_encoder),
        RIG(test_external_clock),
        RIG(test_etr_clears_the_output),
        RIG(test_xor_of_three),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
