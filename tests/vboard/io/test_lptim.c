/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* LPTIM: RM0399 Rev 4 chapter 45. The rig's LPTIM2 counts LSE, LPTIM3 1 MHz. */
#include "tests/vboard/io/io_rig.h"

#define LPTIM2 0x58002400u
#define LPTIM3 0x58002800u
#define ISR 0x00u
#define ICR 0x04u
#define IER 0x08u
#define CFGR 0x0Cu
#define CR 0x10u
#define CMP 0x14u
#define ARR 0x18u
#define CNT 0x1Cu
#define CMPM 1u
#define ARRM 2u
#define EXTTRIG 4u
#define CMPOK 8u
#define ARROK 16u
#define ENABLE 1u
#define SNGSTRT 2u
#define CNTSTRT 4u
#define COUNTRST 8u
#define RSTARE 16u
#define PRELOAD (1u << 22)
#define WAVPOL (1u << 21)
#define WAVE (1u << 20)
#define TIMOUT (1u << 19)
#define TRIG_RISING (1u << 17)
#define US(n) VTIME_US(n)

/* LPTIM3 at 1 MHz: a count is a microsecond, a crossing three. */
static void prepare(struct io_rig *r, uint32_t cfgr, uint32_t ier, uint32_t arr, uint32_t cmp)
{
    clock_set(&r->chip.clocks[CLK_LPTIM345], CLOCK_UHZ(1000000), r->chip.sched.now);
    wr(r, LPTIM3 + CFGR, cfgr);
    wr(r, LPTIM3 + IER, ier);
    wr(r, LPTIM3 + CR, ENABLE);
    wr(r, LPTIM3 + ARR, arr);
    wr(r, LPTIM3 + CMP, cmp);
    run_until(r, US(3));
    assert_int_equal(rd(r, LPTIM3 + ISR), ARROK | CMPOK);
    wr(r, LPTIM3 + ICR, ARROK | CMPOK);
}

static uint32_t cnt_at(struct io_rig *r, vtime_ps t)
{
    run_until(r, t);
    return rd(r, LPTIM3 + CNT);
}

static void counts_from_three_clocks_after_cntstrt(void **state)
{
    struct io_rig *r = *state;
    prepare(r, 0, 0, 9, 5);
    wr(r, LPTIM3 + CR, ENABLE | CNTSTRT); /* at 3 us, counts from 6 us on */
    assert_int_equal(rd(r, LPTIM3 + CR), ENABLE | CNTSTRT);
    assert_int_equal(cnt_at(r, US(6)), 0);
    assert_int_equal(rd(r, LPTIM3 + CR), ENABLE);
    assert_int_equal(cnt_at(r, US(10)), 4);
    assert_int_equal(rd(r, LPTIM3 + ISR), 0);
    assert_int_equal(cnt_at(r, US(11)), 5);
    assert_int_equal(rd(r, LPTIM3 + ISR), CMPM);
    assert_int_equal(cnt_at(r, US(15)), 9);
    assert_int_equal(rd(r, LPTIM3 + ISR), CMPM | ARRM);
    assert_int_equal(cnt_at(r, US(16)), 0);
    assert_int_equal(cnt_at(r, VTIME_S(1) + US(8)), 2); /* 100,000 periods on */
}

static void prescaler_divides(void **state)
{
    struct io_rig *r = *state;
    prepare(r, 7u << 9, 0, 0xFFFF, 0x8000);
    wr(r, LPTIM3 + CR, ENABLE | CNTSTRT);
    assert_int_equal(cnt_at(r, US(6 + 128 * 1000)), 1000);
}

static void one_shot_stops_at_arr(void **state)
{
    struct io_rig *r = *state;
    prepare(r, 0, 0, 9, 5);
    wr(r, LPTIM3 + CR, ENABLE | SNGSTRT);
    assert_int_equal(cnt_at(r, US(15)), 9);
    assert_int_equal(cnt_at(r, US(100)), 0);
    wr(r, LPTIM3 + CR, ENABLE | SNGSTRT); /* and once more */
    assert_int_equal(cnt_at(r, US(107)), 4);
    wr(r, LPTIM3 + CR, ENABLE | CNTSTRT); /* on the fly: goes on */
    assert_int_equal(cnt_at(r, US(118)), 5);
    wr(r, LPTIM3 + CR, ENABLE | SNGSTRT); /* and back: ends with this period */
    assert_int_equal(cnt_at(r, US(200)), 0);
}

static void interrupts_come_when_they_are_due(void **state)
{
    struct io_rig *r = *state;
    prepare(r, 0, ARRM, 9, 5);
    wr(r, LPTIM3 + CR, ENABLE | CNTSTRT);
    run_until(r, US(14));
    assert_false(r->line[CORE_CM7][139]);
    run_until(r, US(15));
    assert_true(r->line[CORE_CM7][139]);
    wr(r, LPTIM3 + ICR, ARRM);
    assert_false(r->line[CORE_CM7][139]);
    run_until(r, US(25));
    assert_true(r->line[CORE_CM7][139]);
    assert_int_equal(r->raised[CORE_CM7][139], 2);
}

/* 45.6: "if any bit in LPTIM_IER is set after its flag, the interrupt is not asserted". */
static void late_enable_asserts_nothing(void **state)
{
    struct io_rig *r = *state;
    prepare(r, 0, 0, 9, 5);
    wr(r, LPTIM3 + CR, ENABLE | SNGSTRT);
    run_until(r, US(50));
    wr(r, LPTIM3 + CR, 0);
    wr(r, LPTIM3 + IER, ARRM);
    assert_int_equal(rd(r, LPTIM3 + ISR), ARRM | CMPM);
    assert_false(r->line[CORE_CM7][139]);
}

static void wakes_exti(void **state)
{
    struct io_rig *r = *state;
    wr(r, EXTI + 0x94, 1u << (50 - 32)); /* C1EMR2: input 50, LPTIM3 */
    prepare(r, 0, CMPM, 9, 5);
    wr(r, LPTIM3 + CR, ENABLE | CNTSTRT);
    run_until(r, US(10));
    assert_int_equal(r->events[CORE_CM7], 0);
    run_until(r, US(11));
    assert_int_equal(r->events[CORE_CM7], 1);
    assert_true(r->line[CORE_CM7][139] && r->line[CORE_CM4][139]);
}

/* PA1 = LPTIM3_OUT (AF3): high for ARR - CMP of ARR + 1 counts. */
static void pwm(void **state)
{
    static struct pin_trace trace;
    struct io_rig *r = *state;
    pin_af(r, 'A', 1, 3);
    trace_pin(r, &trace, 'A', 1);
    prepare(r, 0, 0, 9, 6);
    wr(r, LPTIM3 + CR, ENABLE | CNTSTRT);
    run_until(r, US(40));
    assert_int_equal(trace.count, 6);
    for (unsigned i = 0; i < 3; i++) {
        assert_int_equal(trace.edges[2 * i].level, LEVEL_HIGH);
        assert_true(trace.edges[2 * i].at == US(6 + 7 + 10 * i));
        assert_true(trace.edges[2 * i + 1].at == US(6 + 10 + 10 * i));
    }
}

static void polarity_holds_at_once(void **state)
{
    static struct pin_trace trace;
    struct io_rig *r = *state;
    pin_af(r, 'A', 1, 3);
    trace_pin(r, &trace, 'A', 1);
    wr(r, LPTIM3 + CFGR, WAVPOL);
    assert_int_equal(trace.count, 1);
    assert_int_equal(trace.edges[0].level, LEVEL_HIGH);
}

static void one_pulse_and_set_once(void **state)
{
    for (unsigned wave = 0; wave < 2; wave++) {
        static struct pin_trace trace;
        struct io_rig *r = *state;
        vtime_ps t = r->chip.sched.now;
        wr(r, LPTIM3 + CR, 0);
        if (wave == 0) {
            pin_af(r, 'A', 1, 3);
            prepare(r, 0, 0, 9, 6);
            trace_pin(r, &trace, 'A', 1);
        } else {
            wr(r, LPTIM3 + CFGR, WAVE);
            wr(r, LPTIM3 + CR, ENABLE);
            trace.count = 0;
        }
        wr(r, LPTIM3 + CR, ENABLE | SNGSTRT);
        run_until(r, t + VTIME_MS(1));
        wr(r, LPTIM3 + CR, ENABLE | SNGSTRT); /* discarded in set-once mode */
        run_until(r, t + VTIME_MS(2));
        assert_int_equal(trace.count, wave == 0 ? 4 : 1);
    }
}

static void preload_waits_for_the_periods_end(void **state)
{
    struct io_rig *r = *state;
    prepare(r, PRELOAD, 0, 9, 5);
    wr(r, LPTIM3 + CR, ENABLE | CNTSTRT);
    run_until(r, US(8));
    wr(r, LPTIM3 + ARR, 3);
    assert_int_equal(cnt_at(r, US(14)), 8);
    assert_int_equal(rd(r, LPTIM3 + ISR) & ARROK, ARROK);
    assert_int_equal(cnt_at(r, US(19)), 3);
    assert_int_equal(cnt_at(r, US(20)), 0);
}

static void without_preload_at_once(void **state)
{
    struct io_rig *r = *state;
    prepare(r, 0, 0, 9, 5);
    wr(r, LPTIM3 + CR, ENABLE | CNTSTRT);
    run_until(r, US(7));
    wr(r, LPTIM3 + ARR, 6);
    assert_int_equal(cnt_at(r, US(12)), 6);
    assert_int_equal(cnt_at(r, US(13)), 0);
}

static void countrst_after_three_clocks(void **state)
{
    struct io_rig *r = *state;
    prepare(r, 0, 0, 999, 500);
    wr(r, LPTIM3 + CR, ENABLE | CNTSTRT);
    run_until(r, US(106));
    wr(r, LPTIM3 + CR, ENABLE | COUNTRST);
    assert_int_equal(rd(r, LPTIM3 + CR), ENABLE | COUNTRST);
    assert_int_equal(cnt_at(r, US(108)), 102);
    assert_int_equal(cnt_at(r, US(109)), 0);
    assert_int_equal(rd(r, LPTIM3 + CR), ENABLE);
    assert_int_equal(cnt_at(r, US(119)), 10);
}

static void rstare_resets_by_reading(void **state)
{
    struct io_rig *r = *state;
    prepare(r, 0, 0, 999, 500);
    wr(r, LPTIM3 + CR, ENABLE | CNTSTRT);
    wr(r, LPTIM3 + CR, ENABLE | RSTARE);
    as(r, MASTER_DEBUG);
    assert_int_equal(cnt_at(r, US(16)), 10); /* not by a debugger's */
    as(r, MASTER_CM7);
    assert_int_equal(rd(r, LPTIM3 + CNT), 10);
    assert_int_equal(rd(r, LPTIM3 + CNT), 0);
    assert_int_equal(cnt_at(r, US(18)), 2);
}

static void disabling_stops_and_discards(void **state)
{
    struct io_rig *r = *state;
    prepare(r, 0, 0, 9, 5);
    wr(r, LPTIM3 + CR, 0);
    wr(r, LPTIM3 + CR, CNTSTRT); /* "discarded by hardware" (45.4.7) */
    wr(r, LPTIM3 + CR, ENABLE | CNTSTRT);
    assert_int_equal(rd(r, LPTIM3 + CR), ENABLE);
    assert_int_equal(cnt_at(r, US(50)), 0);
}

/* PE0 and PB11 can be LPTIM2_ETR; PB11 is AF3. */
static void a_pin_triggers(void **state)
{
    struct io_rig *r = *state;
    struct signal_driver hand = {0};
    signal_attach(chip_pin(&r->chip, 'B', 11), &hand);
    signal_drive(&hand, DRIVE_LOW, 0);
    pin_af(r, 'B', 11, 3);
    wr(r, LPTIM2 + CFGR, TRIG_RISING | TIMOUT);
    wr(r, LPTIM2 + IER, EXTTRIG);
    wr(r, LPTIM2 + CR, ENABLE);
    wr(r, LPTIM2 + ARR, 0xFFFF);
    run_until(r, VTIME_MS(1));
    wr(r, LPTIM2 + CR, ENABLE | CNTSTRT);
    run_until(r, VTIME_MS(100));
    assert_int_equal(rd(r, LPTIM2 + CNT), 0);
    signal_drive(&hand, DRIVE_HIGH, VTIME_MS(100));
    assert_true(r->line[CORE_CM7][138]);
    run_until(r, VTIME_MS(1100)); /* 32,768 counts less two of latency */
    assert_in_range(rd(r, LPTIM2 + CNT), 32765, 32766);
    signal_drive(&hand, DRIVE_LOW, VTIME_MS(1100));
    signal_drive(&hand, DRIVE_HIGH, VTIME_MS(1100)); /* TIMOUT: anew */
    run_until(r, VTIME_MS(1101));
    assert_in_range(rd(r, LPTIM2 + CNT), 29, 31);
    signal_detach(&hand, r->chip.sched.now);
}

/* 45.4.12: CKSEL counts edges on LPTIM2_IN1 (PB10), falling ones here; with the prescaler every other one. */
static void counts_pulses_on_input_1(void **state)
{
    struct io_rig *r = *state;
    struct signal_driver hand = {0};
    signal_attach(chip_pin(&r->chip, 'B', 10), &hand);
    signal_drive(&hand, DRIVE_LOW, 0);
    pin_af(r, 'B', 10, 3);
    wr(r, LPTIM2 + CFGR, 1u << 1 | 1);
    wr(r, LPTIM2 + IER, ARRM);
    wr(r, LPTIM2 + CR, ENABLE);
    wr(r, LPTIM2 + ARR, 4);
    run_until(r, VTIME_MS(1));
    wr(r, LPTIM2 + CR, ENABLE | CNTSTRT);
    run_until(r, VTIME_MS(2));
    for (unsigned i = 1; i <= 5; i++) {
        signal_drive(&hand, DRIVE_HIGH, VTIME_MS(2));
        assert_int_equal(rd(r, LPTIM2 + CNT), i - 1);
        assert_int_equal(r->line[CORE_CM7][138], i > 4);
        signal_drive(&hand, DRIVE_LOW, VTIME_MS(2));
        assert_int_equal(rd(r, LPTIM2 + CNT), i % 5);
    }
    wr(r, LPTIM2 + CR, 0);
    wr(r, LPTIM2 + CFGR, 1u << 23 | 1u << 9); /* COUNTMODE: LSE samples; rising edges, by two */
    wr(r, LPTIM2 + CR, ENABLE);
    wr(r, LPTIM2 + CR, ENABLE | CNTSTRT);
    run_until(r, VTIME_MS(3));
    for (unsigned i = 1; i <= 6; i++) {
        signal_drive(&hand, DRIVE_HIGH, VTIME_MS(3));
        signal_drive(&hand, DRIVE_LOW, VTIME_MS(3));
        assert_int_equal(rd(r, LPTIM2 + CNT), i / 2);
    }
}

static void what_it_leaves_out_is_a_finding(void **state)
{
    struct io_rig *r = *state;
    wr(r, LPTIM2 + CFGR, 1u << 24); /* ENC */
    assert_int_equal(take_findings(r, FINDING_UNMODELLED), 1);
    wr(r, LPTIM2 + CFGR, TRIG_RISING | 1u << 13); /* RTC_ALARMA */
    assert_int_equal(take_findings(r, FINDING_UNMODELLED), 1);
    wr(r, LPTIM3 + CFGR, 1); /* CKSEL */
    assert_int_equal(take_findings(r, FINDING_UNMODELLED), 1);
}

static void rules_of_the_manual_are_findings(void **state)
{
    struct io_rig *r = *state;
    wr(r, LPTIM3 + ARR, 7);
    assert_int_equal(take_findings(r, FINDING_BEHAVIOUR), 1);
    prepare(r, 0, 0, 9, 5);
    wr(r, LPTIM3 + CFGR, WAVPOL);
    wr(r, LPTIM3 + ARR, 8);
    wr(r, LPTIM3 + ARR, 7); /* before ARROK */
    assert_int_equal(take_findings(r, FINDING_BEHAVIOUR), 2);
}

static void follows_its_kernel_clock(void **state)
{
    struct io_rig *r = *state;
    prepare(r, 0, 0, 999, 500);
    wr(r, LPTIM3 + CR, ENABLE | CNTSTRT);
    run_until(r, US(16));
    clock_set(&r->chip.clocks[CLK_LPTIM345], 0, US(16));
    assert_int_equal(cnt_at(r, US(100)), 10);
    clock_set(&r->chip.clocks[CLK_LPTIM345], CLOCK_UHZ(500000), US(100));
    assert_int_equal(cnt_at(r, US(110)), 15);
}

/* Table 387: in Stop it goes on where RCC lets its kernel clock through. */
static void counts_without_the_bus_clock(void **state)
{
    struct io_rig *r = *state;
    struct gate *gate = chip_gate(&r->chip, 0x0F4, 10);
    prepare(r, 0, 0, 999, 500);
    wr(r, LPTIM3 + CR, ENABLE | CNTSTRT);
    run_until(r, US(16));
    chip_gate_update_kernel(&r->chip, gate, false, false, true);
    run_until(r, US(26));
    chip_gate_update(&r->chip, gate, false, false);
    run_until(r, US(36));
    chip_gate_update(&r->chip, gate, true, false);
    assert_int_equal(rd(r, LPTIM3 + CNT), 20);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, rig_setup, rig_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(counts_from_three_clocks_after_cntstrt),
        TEST(prescaler_divides),
        TEST(one_shot_stops_at_arr),
        TEST(interrupts_come_when_they_are_due),
        TEST(late_enable_asserts_nothing),
        TEST(wakes_exti),
        TEST(pwm),
        TEST(polarity_holds_at_once),
        TEST(one_pulse_and_set_once),
        TEST(preload_waits_for_the_periods_end),
        TEST(without_preload_at_once),
        TEST(countrst_after_three_clocks),
        TEST(rstare_resets_by_reading),
        TEST(disabling_stops_and_discards),
        TEST(a_pin_triggers),
        TEST(counts_pulses_on_input_1),
        TEST(what_it_leaves_out_is_a_finding),
        TEST(rules_of_the_manual_are_findings),
        TEST(follows_its_kernel_clock),
        TEST(counts_without_the_bus_clock),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
