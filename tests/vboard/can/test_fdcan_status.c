/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Error status, bus-off and recovery, resets, time stamps and timeout of FDCAN. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "fdcan_testkit.h"

#define CASE(f) cmocka_unit_test_setup_teardown(f, kit_setup, kit_teardown)

static const struct can_node *node(struct kit *k)
{
    return fdcan_node(k->can1);
}

static unsigned lec(struct kit *k)
{
    return rd(k, PSR) & 7;
}

static unsigned act(struct kit *k)
{
    return rd(k, PSR) >> 3 & 3;
}

static void send(struct kit *k, uint32_t id)
{
    tester_send_id(&k->ecu, id);
    run_us(k, 400);
}

/* ---- status ---- */

static void activity_tells_what_the_node_does(void **state)
{
    struct kit *k = *state;

    kit_route(k);
    kit_configure(k, 8);
    wr(k, CCCR, 0);
    run_us(k, 5);
    assert_int_equal(act(k), 0);
    run_us(k, 30);
    assert_int_equal(act(k), 1);
    tester_send_id(&k->ecu, 0x100);
    run_us(k, 50);
    assert_int_equal(act(k), 2);
    run_us(k, 400);
    kit_tx_buffer(k, 0, 0x100, 0);
    wr(k, TXBAR, 1);
    run_us(k, 50);
    assert_int_equal(act(k), 3);
    run_us(k, 400);
    assert_int_equal(act(k), 1);
}

static void last_error_code_is_seven_after_reading_and_zero_after_a_frame(void **state)
{
    struct kit *k = *state;

    kit_listen(k, 0);
    assert_int_equal(lec(k), 7);
    send(k, 0x100);
    assert_int_equal(lec(k), 0);
    assert_int_equal(lec(k), 7);
    can_node_stop(&k->ecu.node, k->chip.sched.now);
    kit_tx_buffer(k, 0, 0x100, 0);
    wr(k, TXBAR, 1);
    run_us(k, 300);
    assert_int_equal(lec(k), CAN_ERROR_ACK);
}

static void missing_acknowledge_ends_error_passive(void **state)
{
    struct kit *k = *state;

    kit_listen(k, 0);
    can_node_stop(&k->ecu.node, k->chip.sched.now);
    kit_tx_buffer(k, 0, 0x100, 0);
    wr(k, TXBAR, 1);
    run_us(k, 20000);
    assert_int_equal(rd(k, ECR) & 0xFFFF, 128);
    assert_int_equal(rd(k, PSR) & 0xE0, 0x60);
    assert_int_equal(rd(k, IR) & 7u << 23, 3u << 23);
}

static void error_logging_counts_and_is_reset_by_reading(void **state)
{
    struct kit *k = *state;

    kit_listen(k, 0);
    k->fault = (struct can_fault){.frame = 0, .count = 3, .bit = 40};
    can_bus_add_fault(&k->bus, &k->fault);
    tester_send_id(&k->ecu, 0x100);
    run_us(k, 2000);
    assert_int_equal(rd(k, ECR), 3u << 16 | 2u << 8);
    assert_int_equal(rd(k, ECR), 2u << 8);
}

static void error_logging_overflow(void **state)
{
    struct kit *k = *state;

    kit_listen(k, 0);
    can_node_stop(&k->ecu.node, k->chip.sched.now);
    kit_tx_buffer(k, 0, 0x100, 0);
    wr(k, TXBAR, 1);
    while (node(k)->errors < 255) {
        run_us(k, 100);
    }
    assert_int_equal(rd(k, IR) & 1u << 22, 0);
    run_us(k, 600);
    assert_int_equal(rd(k, IR) & 1u << 22, 1u << 22);
    assert_int_equal(rd(k, ECR) >> 16, 0xFF);
}

/* ---- bus-off ---- */

static void go_bus_off(struct kit *k)
{
    kit_listen(k, 0);
    k->fault = (struct can_fault){.frame = 0, .count = 32, .bit = 30};
    can_bus_add_fault(&k->bus, &k->fault);
    kit_tx_buffer(k, 0, 0x100, 0);
    wr(k, TXBAR, 1);
    run_us(k, 10000);
}

static void bus_off_sets_init_and_waits_for_the_software(void **state)
{
    struct kit *k = *state;

    go_bus_off(k);
    assert_int_equal(rd(k, CCCR), INIT);
    assert_int_equal(rd(k, PSR) & 0x80, 0x80);
    assert_int_equal(rd(k, IR) & 1u << 25, 1u << 25);
    assert_int_equal(k->bus.frame_count, 32);
    run_us(k, 50000);
    assert_int_equal(k->bus.frame_count, 32);
    assert_int_equal(rd(k, PSR) & 0x80, 0x80);
}

static void recovery_takes_129_runs_of_11_bits_from_init_cleared(void **state)
{
    struct kit *k = *state;

    go_bus_off(k);
    wr(k, IR, 1u << 25);
    wr(k, CCCR, 0);
    vtime_ps begin = k->chip.sched.now + VTIME_NS(50); /* 4 clocks until INIT is accepted */
    sched_run_until(&k->chip.sched, begin + 11 * BIT);
    assert_int_equal(lec(k), CAN_ERROR_BIT0); /* one more run of 11 bits seen */
    sched_run_until(&k->chip.sched, begin + 129 * 11 * BIT - 1);
    assert_int_equal(rd(k, PSR) & 0x80, 0x80);
    assert_int_equal(rd(k, IR) & 1u << 25, 0);
    sched_run_until(&k->chip.sched, begin + 129 * 11 * BIT);
    assert_int_equal(rd(k, PSR) & 0xE0, 0);
    assert_int_equal(rd(k, ECR) & 0xFFFF, 0);
    assert_int_equal(rd(k, IR) & 1u << 25, 1u << 25);
    run_us(k, 500);
    assert_int_equal(k->ecu.received_count, 1); /* the request was still pending */
}

static void setting_init_does_not_shorten_the_recovery(void **state)
{
    struct kit *k = *state;

    go_bus_off(k);
    wr(k, CCCR, 0);
    run_us(k, 100 * 22);
    wr(k, CCCR, INIT);
    run_us(k, 1000);
    wr(k, CCCR, 0);
    run_us(k, 20 * 22);
    assert_int_equal(rd(k, PSR) & 0x80, 0x80);
    run_us(k, 12 * 22);
    assert_int_equal(rd(k, PSR) & 0x80, 0);
}

static void recovery_does_not_end_on_a_stuck_bus(void **state)
{
    struct kit *k = *state;

    go_bus_off(k);
    can_bus_set_stuck(&k->bus, true, k->chip.sched.now);
    lec(k);
    wr(k, CCCR, 0);
    run_us(k, 100000);
    assert_int_equal(rd(k, PSR) & 0x80, 0x80);
    assert_int_equal(lec(k), 7);
}

/* ---- resets ---- */

static void reset_takes_the_node_off_the_bus(void **state)
{
    struct kit *k = *state;

    kit_listen(k, 0);
    send(k, 0x100);
    periph_reset(k->can1, RESET_SYSTEM);
    assert_int_equal(rd(k, CCCR), INIT);
    assert_int_equal(rd(k, RXF0S), 0);
    assert_int_equal(rd(k, IR), 0);
    send(k, 0x101);
    assert_int_equal(k->ecu.last_error, CAN_ERROR_ACK);
}

static void reset_during_a_transmission_breaks_the_frame_off(void **state)
{
    struct kit *k = *state;

    kit_listen(k, 0);
    kit_tx_buffer(k, 0, 0x100, 0);
    wr(k, TXBAR, 1);
    run_us(k, 60);
    periph_reset(k->can1, RESET_SYSTEM);
    run_us(k, 1000);
    assert_int_equal(k->ecu.received_count, 0);
    assert_int_equal(k->ecu.last_error, CAN_ERROR_STUFF);
}

static void power_off_silences_it(void **state)
{
    struct kit *k = *state;

    kit_listen(k, 0);
    chip_power(&k->chip, false);
    send(k, 0x100);
    assert_int_equal(k->ecu.sent_count, 0);
    assert_int_equal(k->bus.holders, 0);
}

/* ---- time ---- */

static void time_stamp_counts_bit_times_by_the_prescaler(void **state)
{
    struct kit *k = *state;

    kit_route(k);
    kit_configure(k, 8);
    wr(k, TSCC, 3u << 16 | 1);
    kit_start(k, 0);
    wr(k, TSCV, 0);
    assert_int_equal(rd(k, TSCV), 0);
    run_us(k, 800);
    assert_int_equal(rd(k, TSCV), 100);
    tester_send_id(&k->ecu, 0x100);
    run_us(k, 400);
    assert_int_equal(ram(k, RAM_FIFO0 + 1) & 0xFFFF, 100); /* at the start of frame */
}

static void time_stamp_wraps_with_a_flag(void **state)
{
    struct kit *k = *state;

    kit_route(k);
    kit_configure(k, 8);
    wr(k, TSCC, 1);
    kit_start(k, 0);
    wr(k, TSCV, 0);
    vtime_ps zero = k->chip.sched.now;
    sched_run_until(&k->chip.sched, zero + 65536 * BIT - 1);
    assert_int_equal(rd(k, TSCV), 65535);
    assert_int_equal(rd(k, IR) & 1u << 16, 0);
    sched_run_until(&k->chip.sched, zero + 65536 * BIT);
    assert_int_equal(rd(k, TSCV), 0);
    assert_int_equal(rd(k, IR) & 1u << 16, 1u << 16);
    wr(k, IR, 1u << 16);
    run_us(k, 131072);
    assert_int_equal(rd(k, IR) & 1u << 16, 1u << 16);
}

static void time_stamp_is_zero_when_not_selected(void **state)
{
    struct kit *k = *state;

    kit_listen(k, 0);
    run_us(k, 1000);
    assert_int_equal(rd(k, TSCV), 0);
}

static void continuous_timeout_restarts_itself(void **state)
{
    struct kit *k = *state;

    kit_route(k);
    kit_configure(k, 8);
    wr(k, TOCC, 1000u << 16 | 1);
    wr(k, CCCR, INIT | CCE);
    assert_int_equal(rd(k, TOCV), 1000);
    wr(k, CCCR, 0);
    vtime_ps begin = k->chip.sched.now + VTIME_NS(50);
    sched_run_until(&k->chip.sched, begin + 400 * BIT);
    assert_int_equal(rd(k, TOCV), 600);
    sched_run_until(&k->chip.sched, begin + 1000 * BIT);
    assert_int_equal(rd(k, IR) & 1u << 18, 1u << 18);
    assert_int_equal(rd(k, TOCV), 1000);
    wr(k, IR, 1u << 18);
    run_us(k, 1998);
    assert_int_equal(rd(k, IR) & 1u << 18, 0);
    wr(k, TOCV, 0); /* presets */
    assert_int_equal(rd(k, TOCV), 1000);
    run_us(k, 1998);
    assert_int_equal(rd(k, IR) & 1u << 18, 0);
    run_us(k, 2);
    assert_int_equal(rd(k, IR) & 1u << 18, 1u << 18);
}

static void fifo_timeout_starts_with_the_first_element(void **state)
{
    struct kit *k = *state;

    kit_route(k);
    kit_configure(k, 8);
    wr(k, TOCC, 1000u << 16 | 2u << 1 | 1);
    kit_start(k, 0);
    run_us(k, 5000);
    assert_int_equal(rd(k, IR) & 1u << 18, 0);
    assert_int_equal(rd(k, TOCV), 1000);
    send(k, 0x100);
    run_us(k, 1000);
    wr(k, RXF0A, 0); /* read in time */
    run_us(k, 5000);
    assert_int_equal(rd(k, IR) & 1u << 18, 0);
    send(k, 0x101);
    run_us(k, 2000);
    assert_int_equal(rd(k, IR) & 1u << 18, 1u << 18);
}

static void timeout_stops_with_init(void **state)
{
    struct kit *k = *state;

    kit_route(k);
    kit_configure(k, 8);
    wr(k, TOCC, 1000u << 16 | 1);
    kit_start(k, 0);
    wr(k, CCCR, INIT);
    run_us(k, 10000);
    assert_int_equal(rd(k, IR) & 1u << 18, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(activity_tells_what_the_node_does),
        CASE(last_error_code_is_seven_after_reading_and_zero_after_a_frame),
        CASE(missing_acknowledge_ends_error_passive),
        CASE(error_logging_counts_and_is_reset_by_reading),
        CASE(error_logging_overflow),
        CASE(bus_off_sets_init_and_waits_for_the_software),
        CASE(recovery_takes_129_runs_of_11_bits_from_init_cleared),
        CASE(setting_init_does_not_shorten_the_recovery),
        CASE(recovery_does_not_end_on_a_stuck_bus),
        CASE(reset_takes_the_node_off_the_bus),
        CASE(reset_during_a_transmission_breaks_the_frame_off),
        CASE(power_off_silences_it),
        CASE(time_stamp_counts_bit_times_by_the_prescaler),
        CASE(time_stamp_wraps_with_a_flag),
        CASE(time_stamp_is_zero_when_not_selected),
        CASE(continuous_timeout_restarts_itself),
        CASE(fifo_timeout_starts_with_the_first_element),
        CASE(timeout_stops_with_init),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
