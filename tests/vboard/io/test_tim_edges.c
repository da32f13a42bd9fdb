/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* A fast PWM costs nothing while nobody looks at its pin, and is right as soon as somebody does. */
#include "tests/vboard/io/io_rig.h"

#include "tests/vboard/io/tim_regs.h"

#define IDR 0x10u
#define RTSR1 0x00u
#define C1IMR1 0x80u
#define C1PR1 0x88u

static struct pin_trace pin;

/* 2 MHz on PA5 from time 0 on: 200 ns of 500 high. */
static void start(struct io_rig *r)
{
    pin_af(r, 'A', 5, 1);
    wr(r, TIM2 + ARR, 99);
    wr(r, TIM2 + CCR1, 40);
    wr(r, TIM2 + CCMR1, PWM1);
    wr(r, TIM2 + EGR, UIF);
    wr(r, TIM2 + CCER, 1);
    wr(r, TIM2 + CR1, CEN);
}

static uint64_t events_until(struct io_rig *r, vtime_ps t)
{
    uint64_t before = r->chip.sched.next_order;
    run_until(r, t);
    return r->chip.sched.next_order - before;
}

static uint32_t input(struct io_rig *r)
{
    return rd(r, GPIOA + IDR) >> 5 & 1u;
}

static void nobody_looks(void **state)
{
    struct io_rig *r = *state;
    start(r);
    assert_true(events_until(r, VTIME_MS(10)) < 10); /* of 40,000 edges */
    run_until(r, VTIME_MS(10) + VTIME_NS(100));
    assert_int_equal(input(r), 1);
    run_until(r, VTIME_MS(10) + VTIME_NS(300));
    assert_int_equal(input(r), 0);
    run_until(r, VTIME_MS(10) + VTIME_NS(550));
    assert_int_equal(input(r), 1);
    assert_true(events_until(r, VTIME_MS(20)) < 10);
}

static void somebody_begins_to_look(void **state)
{
    struct io_rig *r = *state;
    start(r);
    run_until(r, VTIME_MS(10) + VTIME_NS(100));
    trace_pin(r, &pin, 'A', 5);
    run_until(r, VTIME_MS(10) + VTIME_NS(750));
    assert_int_equal(pin.count, 3);
    assert_int_equal(pin.edges[0].at, VTIME_MS(10) + VTIME_NS(200));
    assert_int_equal(pin.edges[0].level, LEVEL_LOW);
    assert_int_equal(pin.edges[1].at, VTIME_MS(10) + VTIME_NS(500));
    assert_int_equal(pin.edges[2].at, VTIME_MS(10) + VTIME_NS(700));
}

static void exti_begins_to_look(void **state)
{
    struct io_rig *r = *state;
    start(r);
    wr(r, EXTI + C1IMR1, 1u << 5); /* RTSR1 is 0 */
    run_until(r, VTIME_MS(1) + VTIME_NS(300));
    wr(r, EXTI + RTSR1, 1u << 5);
    assert_int_equal(rd(r, EXTI + C1PR1), 0); /* edges before do not count */
    run_until(r, VTIME_MS(1) + VTIME_NS(499));
    assert_int_equal(rd(r, EXTI + C1PR1), 0);
    run_until(r, VTIME_MS(1) + VTIME_NS(500));
    assert_int_equal(rd(r, EXTI + C1PR1), 1u << 5);
    wr(r, EXTI + RTSR1, 0);
    assert_true(events_until(r, VTIME_MS(20)) < 10);
}

static void a_pin_taken_away(void **state)
{
    struct io_rig *r = *state;
    start(r);
    run_until(r, VTIME_MS(1) + VTIME_NS(300));
    pin_mode(r, 'A', 5, 0);
    assert_int_equal(input(r), 0);
    run_until(r, VTIME_MS(2));
    pin_af(r, 'A', 5, 1);
    run_until(r, VTIME_MS(2) + VTIME_NS(100));
    assert_int_equal(input(r), 1);
}

#define RIG(test) cmocka_unit_test_setup_teardown(test, rig_setup, rig_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        RIG(nobody_looks),
        RIG(somebody_begins_to_look),
        RIG(exti_begins_to_look),
        RIG(a_pin_taken_away),
    };
    return cmocka_run_group_tests_name("tim_edges", tests, NULL, NULL);
}
