/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* TIM1: complementary outputs, dead time, break, commutation, six channels: RM0399 40.3.15 to 40.3.19. */
#include "tests/vboard/io/io_rig.h"

#include "tests/vboard/io/tim_regs.h"

#define MOE (1u << 15)
#define AOE (1u << 14)
#define BKP (1u << 13)
#define BKE (1u << 12)
#define OSSR (1u << 11)
#define OSSI (1u << 10)
#define CC1E 1u
#define CC1NE 4u
#define TICK VTIME_NS(5)

static struct pin_trace out, complement;

/* PWM on PA8 (CH1) and PA7 (CH1N): 100 ticks high of 200. */
static void start_pwm(struct io_rig *r, uint32_t ccer, uint32_t bdtr)
{
    pin_af(r, 'A', 8, 1);
    pin_af(r, 'A', 7, 1);
    trace_pin(r, &out, 'A', 8);
    trace_pin(r, &complement, 'A', 7);
    wr(r, TIM1 + ARR, 199);
    wr(r, TIM1 + CCR1, 100);
    wr(r, TIM1 + CCMR1, PWM1 | OC1PE);
    wr(r, TIM1 + EGR, UIF);
    wr(r, TIM1 + SR, 0);
    wr(r, TIM1 + CCER, ccer);
    wr(r, TIM1 + BDTR, bdtr);
    wr(r, TIM1 + CR1, CEN);
}

static enum level level_of(struct io_rig *r, char port, unsigned pin)
{
    signal_settle(chip_pin(&r->chip, port, pin));
    return chip_pin(&r->chip, port, pin)->level;
}

static vtime_ps last(const struct pin_trace *t, enum level level)
{
    for (unsigned i = t->count; i > 0; i--) {
        if (t->edges[i - 1].level == level) {
            return t->edges[i - 1].at;
        }
    }
    fail();
    return 0;
}

/* A board's author measured it: prescaler 0, ARR 99 at 200 MHz is 2.000 MHz, 50 %. */
static void test_pwm_2_mhz(void **state)
{
    struct io_rig *r = *state;
    pin_af(r, 'A', 8, 1);
    trace_pin(r, &out, 'A', 8);
    wr(r, TIM1 + ARR, 99);
    wr(r, TIM1 + CCR1, 50);
    wr(r, TIM1 + CCMR1, PWM1 | OC1PE);
    wr(r, TIM1 + EGR, UIF);
    wr(r, TIM1 + CCER, CC1E);
    wr(r, TIM1 + CR1, CEN);
    run_until(r, VTIME_US(1));
    assert_int_equal(level_of(r, 'A', 8), LEVEL_FLOATING); /* no MOE */
    wr(r, TIM1 + BDTR, MOE);
    run_until(r, VTIME_US(10) - 1);
    unsigned n = out.count;
    assert_int_equal(out.edges[n - 1].at - out.edges[n - 2].at, VTIME_NS(250));
    assert_int_equal(out.edges[n - 1].at - out.edges[n - 3].at, VTIME_NS(500));
}

/* DTG 20: each rising edge is 20 ticks late, no falling one (40.3.15). */
static void test_dead_time(void **state)
{
    struct io_rig *r = *state;
    start_pwm(r, CC1E | CC1NE, MOE | 20);
    run_until(r, VTIME_US(10) - TICK);
    vtime_ps period = VTIME_US(9);
    assert_int_equal(last(&out, LEVEL_HIGH), period + 20 * TICK);
    assert_int_equal(last(&out, LEVEL_LOW), period + 100 * TICK);
    assert_int_equal(last(&complement, LEVEL_HIGH), period + 120 * TICK);
    assert_int_equal(last(&complement, LEVEL_LOW), period);
}

/* 40.4.20: steps of 2, 8 and 16; CKD doubles tDTS. */
static void test_dead_time_steps(void **state)
{
    static const struct {
        uint32_t dtg, ckd, ticks;
    } steps[] = {{0x7F, 0, 127}, {0x80, 0, 128}, {0x10, 2, 64}, {0x81, 1, 260}, {0xC1, 0, 264}};
    struct io_rig *r = *state;
    start_pwm(r, CC1E | CC1NE, MOE);
    wr(r, TIM1 + ARR, 1999);
    wr(r, TIM1 + CCR1, 1000);
    wr(r, TIM1 + EGR, UIF);
    for (unsigned i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
        wr(r, TIM1 + CR1, CEN | steps[i].ckd << 8);
        wr(r, TIM1 + BDTR, MOE | steps[i].dtg);
        vtime_ps start = r->chip.sched.now;
        wr(r, TIM1 + EGR, UIF); /* a period from here */
        run_until(r, start + VTIME_US(15));
        assert_int_equal(last(&out, LEVEL_HIGH) - start, VTIME_US(10) + steps[i].ticks * TICK);
    }
}

/* Table 354: one output alone, and OSSR's off-state. */
static void test_single_outputs(void **state)
{
    struct io_rig *r = *state;
    start_pwm(r, CC1NE, MOE);
    run_until(r, VTIME_US(1) + 50 * TICK);
    assert_int_equal(level_of(r, 'A', 8), LEVEL_FLOATING);
    assert_int_equal(level_of(r, 'A', 7), LEVEL_HIGH); /* as OC1REF, not inverted */
    wr(r, TIM1 + BDTR, MOE | OSSR);
    assert_int_equal(level_of(r, 'A', 8), LEVEL_LOW);
    wr(r, TIM1 + CCER, CC1E | 8u); /* CC1NP: inactive is high */
    assert_int_equal(level_of(r, 'A', 8), LEVEL_HIGH);
    assert_int_equal(level_of(r, 'A', 7), LEVEL_HIGH);
}

/* A break (PE15, active high) takes the outputs to their idle level; MOE comes back with AOE. */
static void test_break(void **state)
{
    struct io_rig *r = *state;
    struct signal_driver switch_off = {0};
    struct signal *pin = chip_pin(&r->chip, 'B', 12);
    signal_attach(pin, &switch_off);
    signal_drive(&switch_off, DRIVE_LOW, 0);
    pin_af(r, 'B', 12, 1);
    wr(r, TIM1 + DIER, BIF);
    wr(r, TIM1 + CR2, 1u << 8); /* OIS1: high */
    start_pwm(r, CC1E | CC1NE, MOE | AOE | BKE | BKP | OSSI | 20);
    run_until(r, VTIME_US(5) + 150 * TICK);
    assert_int_equal(level_of(r, 'A', 7), LEVEL_HIGH);
    signal_drive(&switch_off, DRIVE_HIGH, r->chip.sched.now);
    assert_true(r->line[CORE_CM7][24]);
    assert_int_equal(rd(r, TIM1 + BDTR) & MOE, 0);
    assert_int_equal(level_of(r, 'A', 7), LEVEL_LOW);
    run_until(r, VTIME_US(5) + 170 * TICK);
    assert_int_equal(level_of(r, 'A', 8), LEVEL_HIGH); /* after a dead time */
    wr(r, TIM1 + SR, 0);
    assert_int_equal(rd(r, TIM1 + SR) & BIF, BIF); /* not while the input is active */
    wr(r, TIM1 + BDTR, MOE | AOE | BKE | BKP | OSSI | 20);
    assert_int_equal(rd(r, TIM1 + BDTR) & MOE, 0);
    signal_drive(&switch_off, DRIVE_LOW, r->chip.sched.now);
    wr(r, TIM1 + SR, 0);
    assert_false(r->line[CORE_CM7][24]);
    run_until(r, VTIME_US(6));
    assert_int_equal(rd(r, TIM1 + BDTR) & MOE, MOE);
    signal_detach(&switch_off, r->chip.sched.now);
}

/* CCPC: what is written to OCxM and CCxE waits for COMG (40.3.19). */
static void test_commutation(void **state)
{
    struct io_rig *r = *state;
    start_pwm(r, CC1E, MOE);
    wr(r, TIM1 + CR2, 1);
    wr(r, TIM1 + DIER, COMIF);
    wr(r, TIM1 + CCMR1, 4u << 4); /* force low */
    wr(r, TIM1 + CCER, CC1E | CC1NE);
    run_until(r, VTIME_US(1) + 10 * TICK);
    assert_int_equal(level_of(r, 'A', 8), LEVEL_HIGH);
    assert_int_equal(level_of(r, 'A', 7), LEVEL_FLOATING);
    wr(r, TIM1 + EGR, COMIF);
    assert_int_equal(level_of(r, 'A', 8), LEVEL_LOW);
    assert_int_equal(level_of(r, 'A', 7), LEVEL_HIGH);
    assert_true(r->line[CORE_CM7][26]);
}

/* LOCK 1 keeps dead time and idle levels, 2 the polarities too, until a reset. */
static void test_lock(void **state)
{
    struct io_rig *r = *state;
    wr(r, TIM1 + BDTR, 1u << 8 | 33);
    wr(r, TIM1 + BDTR, 2u << 8 | 44 | MOE);
    assert_int_equal(rd(r, TIM1 + BDTR), 1u << 8 | 33 | MOE);
    wr(r, TIM1 + CR2, 1u << 8 | 2u << 4);
    assert_int_equal(rd(r, TIM1 + CR2), 2u << 4);
    wr(r, TIM1 + CCER, 2);
    assert_int_equal(rd(r, TIM1 + CCER), 2);
}

/* Combined mode 2: OC1 is the AND of two edge-aligned PWMs (40.3.13); GC5C1 brings in the fifth. */
static void test_mixed_channels(void **state)
{
    struct io_rig *r = *state;
    start_pwm(r, CC1E, MOE);
    wr(r, TIM1 + CCMR1, 1u << 16 | 5u << 4 | 7u << 12); /* combined 2, PWM 2 */
    wr(r, TIM1 + CCR1, 20);                             /* REF1: from 20 on */
    wr(r, TIM1 + CCMR1, 1u << 16 | 5u << 4 | 6u << 12); /* REF2: until 60 */
    wr(r, TIM1 + CCR2, 60);
    run_until(r, VTIME_US(4) - TICK);
    assert_int_equal(last(&out, LEVEL_HIGH), VTIME_US(3) + 20 * TICK);
    assert_int_equal(last(&out, LEVEL_LOW), VTIME_US(3) + 60 * TICK);
    wr(r, TIM1 + 0x54, 6u << 4); /* OC5: PWM 1 */
    wr(r, TIM1 + 0x58, 1u << 29 | 40);
    run_until(r, VTIME_US(6) - TICK);
    assert_int_equal(last(&out, LEVEL_HIGH), VTIME_US(5) + 20 * TICK);
    assert_int_equal(last(&out, LEVEL_LOW), VTIME_US(5) + 40 * TICK);
}

static void test_interrupts_apart(void **state)
{
    struct io_rig *r = *state;
    wr(r, TIM1 + DIER, UIF | CC1IF | TIF);
    wr(r, TIM1 + EGR, CC1IF);
    assert_true(r->line[CORE_CM7][27]);
    assert_false(r->line[CORE_CM7][25]);
    wr(r, TIM1 + EGR, TIF | UIF);
    assert_true(r->line[CORE_CM7][26]);
    assert_true(r->line[CORE_CM7][25]);
    assert_false(r->line[CORE_CM7][24]);
}

#define RIG(test) cmocka_unit_test_setup_teardown(test, rig_setup, rig_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        RIG(test_pwm_2_mhz),      RIG(test_dead_time),      RIG(test_dead_time_steps),
        RIG(test_single_outputs), RIG(test_break),          RIG(test_commutation),
        RIG(test_lock),           RIG(test_mixed_channels), RIG(test_interrupts_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
