/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Modes, pins and bit timing of FDCAN as a node on the bus. */
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

static void whole_bus(struct kit *k)
{
    struct can_node_config c = k->ecu.node.config;

    c.whole_bus = true;
    can_node_configure(&k->ecu.node, &c, k->chip.sched.now);
}

/* ---- listening ---- */

static void normal_mode_acknowledges(void **state)
{
    struct kit *k = *state;

    kit_listen(k, 0);
    send(k, 0x100);
    assert_int_equal(k->ecu.sent_count, 1);
    assert_int_equal(node(k)->dominant_bits, 1);
}

static void monitoring_receives_but_never_drives_a_bit(void **state)
{
    struct kit *k = *state;

    kit_listen(k, MON);
    whole_bus(k);
    send(k, 0x100);
    assert_int_equal(rd(k, RXF0S) & 0x7F, 1);
    assert_int_equal(node(k)->dominant_bits, 0);
    /* Requests to send are refused. */
    kit_tx_buffer(k, 0, 0x001, 0);
    wr(k, TXBAR, 1);
    assert_int_equal(rd(k, TXBRP), 0);
    run_us(k, 1000);
    assert_int_equal(k->ecu.received_count, 0);
    assert_int_equal(node(k)->dominant_bits, 0);
}

static void monitoring_gives_no_acknowledge(void **state)
{
    struct kit *k = *state;

    kit_listen(k, MON);
    send(k, 0x100);
    assert_int_equal(k->ecu.last_error, CAN_ERROR_ACK);
    assert_int_equal(k->ecu.sent_count, 0);
    assert_int_equal(node(k)->dominant_bits, 0);
}

static void monitoring_drives_nothing_under_errors_either(void **state)
{
    struct kit *k = *state;

    kit_listen(k, MON);
    whole_bus(k);
    k->fault = (struct can_fault){.frame = 0, .count = 1000, .bit = 40};
    can_bus_add_fault(&k->bus, &k->fault);
    tester_send_id(&k->ecu, 0x100);
    run_us(k, 20000);
    assert_true(node(k)->errors > 50);
    assert_int_equal(lec(k), CAN_ERROR_STUFF);
    k->fault.only = node(k);
    run_us(k, 2000);
    assert_int_equal(node(k)->dominant_bits, 0);
    can_bus_set_stuck(&k->bus, true, k->chip.sched.now);
    run_us(k, 5000);
    can_bus_set_stuck(&k->bus, false, k->chip.sched.now);
    run_us(k, 5000);
    assert_int_equal(node(k)->dominant_bits, 0);
    assert_int_equal(can_transceiver_held_bits(&k->transceiver), 0);
}

static void monitoring_with_a_wrong_rate_drives_nothing(void **state)
{
    struct kit *k = *state;

    kit_route(k);
    kit_configure(k, 8);
    wr(k, NBTP, 15u << 25 | 0u << 16 | 62u << 8 | 15u); /* 1 Mbit/s */
    kit_start(k, MON);
    whole_bus(k);
    for (unsigned i = 0; i < 20; i++) {
        send(k, 0x100 + i);
    }
    assert_int_equal(k->ecu.sent_count, 20);
    assert_int_equal(node(k)->dominant_bits, 0);
    assert_int_equal(node(k)->errors, 20);
    assert_int_equal(rd(k, RXF0S) & 0x7F, 0);
    assert_int_equal(lec(k), CAN_ERROR_STUFF);
    assert_true((rd(k, IR) & 1u << 27) != 0);
}

static void restricted_mode_acknowledges_but_sends_neither_frames_nor_flags(void **state)
{
    struct kit *k = *state;

    kit_listen(k, ASM);
    send(k, 0x100);
    assert_int_equal(k->ecu.sent_count, 1);
    assert_int_equal(node(k)->dominant_bits, 1);
    kit_tx_buffer(k, 0, 0x001, 0);
    wr(k, TXBAR, 1);
    run_us(k, 500);
    assert_int_equal(k->ecu.received_count, 0);
    k->fault = (struct can_fault){.frame = 1, .bit = 40};
    can_bus_add_fault(&k->bus, &k->fault);
    send(k, 0x101);
    assert_int_equal(node(k)->dominant_bits, 2);
    /* Error counters are frozen, logging is not. */
    assert_int_equal(rd(k, ECR), 1u << 16);
    assert_int_equal(rd(k, ECR), 0);
}

static void mode_bits_cleared_at_run_time_take_effect(void **state)
{
    struct kit *k = *state;

    kit_listen(k, MON);
    send(k, 0x100);
    assert_int_equal(k->ecu.sent_count, 0);
    wr(k, CCCR, 0);
    run_us(k, 500);
    assert_int_equal(k->ecu.sent_count, 1);
}

/* ---- pins ---- */

static void without_tx_pin_it_hears_but_cannot_acknowledge(void **state)
{
    struct kit *k = *state;

    kit_listen(k, 0);
    chip_route(&k->chip, chip_pinfunc(&k->chip, "FDCAN1_TX"), NULL, k->chip.sched.now);
    send(k, 0x100);
    assert_int_equal(k->ecu.last_error, CAN_ERROR_ACK);
    assert_int_equal(node(k)->dominant_bits, 0);
    whole_bus(k);
    run_us(k, 500);
    assert_int_equal(rd(k, RXF0S) & 0x7F, 1);
}

static void without_rx_pin_it_never_synchronises(void **state)
{
    struct kit *k = *state;
    vtime_ps now = k->chip.sched.now;

    chip_route(&k->chip, chip_pinfunc(&k->chip, "FDCAN1_TX"), chip_pin(&k->chip, 'D', 1), now);
    kit_configure(k, 8);
    kit_start(k, 0);
    run_us(k, 10000);
    assert_int_equal(act(k), 0);
    kit_tx_buffer(k, 0, 0x100, 0);
    wr(k, TXBAR, 1);
    run_us(k, 10000);
    assert_int_equal(node(k)->dominant_bits, 0);
    assert_int_equal(node(k)->errors, 0);
    assert_int_equal(rd(k, TXBRP), 1);
}

static void pins_routed_late_join_the_bus(void **state)
{
    struct kit *k = *state;

    kit_configure(k, 8);
    kit_start(k, 0);
    assert_int_equal(act(k), 0);
    kit_route(k);
    run_us(k, 30);
    assert_int_equal(act(k), 1);
    send(k, 0x100);
    assert_int_equal(rd(k, RXF0S) & 0x7F, 1);
}

static void pins_without_a_transceiver_meet_bit0_errors(void **state)
{
    struct kit *k = *state;
    struct signal_driver pull;
    vtime_ps now = k->chip.sched.now;

    chip_route(&k->chip, chip_pinfunc(&k->chip, "FDCAN1_RX"), chip_pin(&k->chip, 'B', 8), now);
    chip_route(&k->chip, chip_pinfunc(&k->chip, "FDCAN1_TX"), chip_pin(&k->chip, 'B', 9), now);
    signal_attach(chip_pin(&k->chip, 'B', 8), &pull);
    signal_drive(&pull, DRIVE_PULL_UP, now);
    kit_configure(k, 8);
    kit_start(k, 0);
    assert_int_equal(act(k), 1);
    kit_tx_buffer(k, 0, 0x100, 0);
    wr(k, TXBAR, 1);
    run_us(k, 20000);
    assert_int_equal(rd(k, PSR) & 1u << 7, 1u << 7);
    assert_int_equal(rd(k, CCCR) & INIT, INIT);
    signal_detach(&pull, k->chip.sched.now);
}

static void tx_pin_is_recessive_when_idle(void **state)
{
    struct kit *k = *state;

    kit_listen(k, 0);
    assert_true(signal_is_high(chip_pin(&k->chip, 'D', 1)));
    assert_true(signal_is_high(chip_pin(&k->chip, 'D', 0)));
}

static void silent_transceiver_cuts_the_node_off(void **state)
{
    struct kit *k = *state;

    kit_listen(k, 0);
    can_transceiver_set_silent(&k->transceiver, true, k->chip.sched.now);
    send(k, 0x100);
    assert_int_equal(k->ecu.last_error, CAN_ERROR_ACK);
    assert_int_equal(node(k)->dominant_bits, 0);
}

static void test_register_drives_tx_and_reads_rx(void **state)
{
    struct kit *k = *state;

    kit_listen(k, TEST_EN);
    assert_int_equal(rd(k, TEST), 0x80);
    wr(k, TEST, 2u << 5);
    assert_int_equal(rd(k, TEST), 2u << 5);
    assert_false(signal_is_high(chip_pin(&k->chip, 'D', 1)));
    run_us(k, 100);
    wr(k, TEST, 0);
    assert_int_equal(rd(k, TEST), 0x80);
    assert_int_equal(can_transceiver_held_bits(&k->transceiver), 50);
    wr(k, TEST, 2u << 5);
    wr(k, CCCR, 0);
    assert_int_equal(rd(k, TEST), 0x80); /* back to its reset value */
    assert_true(signal_is_high(chip_pin(&k->chip, 'D', 1)));
}

static void loop_back_receives_its_own_frames_and_leaves_the_bus_alone(void **state)
{
    struct kit *k = *state;

    kit_route(k);
    kit_configure(k, 8);
    wr(k, CCCR, INIT | CCE | TEST_EN | MON);
    wr(k, TEST, 1u << 4);
    kit_start(k, TEST_EN | MON);
    kit_tx_buffer(k, 0, 0x100, 0);
    wr(k, TXBAR, 1);
    run_us(k, 500);
    assert_int_equal(rd(k, TXBTO), 1);
    assert_int_equal(rd(k, RXF0S) & 0x7F, 1);
    assert_int_equal(ram(k, RAM_FIFO0), 0x100u << 18);
    assert_int_equal(k->ecu.received_count, 0);
    assert_int_equal(k->bus.frame_count, 0);
    send(k, 0x200);
    assert_int_equal(rd(k, RXF0S) & 0x7F, 1);
}

/* ---- bit timing and clock ---- */

static void bit_time_follows_nbtp_dbtp_and_the_kernel_clock(void **state)
{
    struct kit *k = *state;

    kit_listen(k, 0);
    assert_int_equal(node(k)->config.bit_ps, VTIME_US(2));
    assert_int_equal(node(k)->config.data_bit_ps, VTIME_NS(500));
    clock_set(&k->chip.clocks[CLK_FDCAN], CLOCK_UHZ(40000000), k->chip.sched.now);
    assert_int_equal(node(k)->config.bit_ps, VTIME_US(4));
}

static void reset_values_give_500_kbit_from_8_mhz(void **state)
{
    struct kit *k = *state;

    clock_set(&k->chip.clocks[CLK_FDCAN], CLOCK_UHZ(8000000), 0);
    kit_route(k);
    wr(k, CCCR, 0);
    run_us(k, 30);
    assert_int_equal(node(k)->config.bit_ps, VTIME_US(2));
    assert_int_equal(node(k)->config.data_bit_ps, VTIME_US(2));
    assert_int_equal(act(k), 1);
}

/* 8.333 MHz instead of 8: 4.2 % off, beyond what SJW makes up; 0.2 % is well within. */
static void clock_that_is_off_by_four_percent_sees_errors(void **state)
{
    struct kit *k = *state;

    kit_listen(k, MON);
    whole_bus(k);
    clock_set(&k->chip.clocks[CLK_FDCAN], CLOCK_UHZ(80160000), k->chip.sched.now);
    run_us(k, 100);
    send(k, 0x100);
    assert_int_equal(rd(k, RXF0S) & 0x7F, 1);
    clock_set(&k->chip.clocks[CLK_FDCAN], CLOCK_UHZ(83333333), k->chip.sched.now);
    run_us(k, 100);
    send(k, 0x101);
    assert_int_equal(rd(k, RXF0S) & 0x7F, 1);
    assert_int_equal(lec(k), CAN_ERROR_STUFF);
}

static void active_node_with_a_wrong_rate_destroys_frames_then_turns_passive(void **state)
{
    struct kit *k = *state;

    kit_route(k);
    kit_configure(k, 8);
    wr(k, NBTP, 15u << 25 | 3u << 16 | 62u << 8 | 15u); /* 250 kbit/s */
    kit_start(k, 0);
    whole_bus(k);
    run_us(k, 100);
    for (unsigned i = 0; i < 30; i++) {
        tester_send_id(&k->ecu, 0x100 + i);
    }
    run_us(k, 30000);
    assert_int_equal(k->ecu.sent_count, 30);
    assert_int_equal(k->bus.frame_count - k->bus.valid_count, 15);
    assert_int_equal(rd(k, PSR) & 0xE0, 0x60); /* EW and EP, not BO */
    assert_int_equal(rd(k, ECR) & 0xFFFF, 1u << 15 | 127u << 8);
    assert_int_equal(rd(k, IR) & 7u << 23, 3u << 23);
}

static void fd_frames_are_errors_without_fdoe(void **state)
{
    struct kit *k = *state;
    struct bus_frame f = {.id = 0x10, .fd = true, .dlc = 8};

    kit_listen(k, 0);
    tester_send(&k->ecu, &f);
    run_us(k, 150);
    assert_int_equal(lec(k), CAN_ERROR_FORM);
    assert_int_equal(k->ecu.sent_count, 0);
}

static void fd_flags_of_psr_and_their_reset_on_read(void **state)
{
    struct kit *k = *state;
    struct bus_frame f = {.id = 0x10, .fd = true, .brs = true, .esi = true, .dlc = 8};

    kit_listen(k, FDOE);
    tester_send(&k->ecu, &f);
    run_us(k, 300);
    assert_int_equal(rd(k, PSR), 7u | 1u << 3 | 0u << 8 | 1u << 11 | 1u << 12 | 1u << 13);
    assert_int_equal(rd(k, PSR), 7u | 1u << 3 | 7u << 8);
}

static void delay_compensation_shows_loop_delay_and_offset(void **state)
{
    struct kit *k = *state;

    kit_route(k);
    kit_configure(k, 8);
    wr(k, DBTP, DBTP_2M | 1u << 23);
    wr(k, TDCR, 20u << 8);
    kit_start(k, FDOE | BRSE);
    kit_tx_buffer(k, 0, 0x100, 3u << 20);
    wr(k, TXBAR, 1);
    run_us(k, 400);
    assert_int_equal(rd(k, PSR) >> 16 & 0x7F, 12 + 20); /* 150 ns at 80 MHz, and TDCO */
}

/* A jump width of one quantum makes up 1/800 of a bit: half a percent is too much then. */
static void small_jump_width_tolerates_less(void **state)
{
    struct kit *k = *state;

    for (unsigned sjw = 0; sjw < 16; sjw += 15) {
        kit_route(k);
        kit_configure(k, 8);
        wr(k, NBTP, sjw << 25 | 1u << 16 | 62u << 8 | 15u);
        kit_start(k, MON);
        whole_bus(k);
        clock_set(&k->chip.clocks[CLK_FDCAN], CLOCK_UHZ(80400000), k->chip.sched.now);
        run_us(k, 100);
        send(k, 0x100);
        assert_int_equal(rd(k, RXF0S) & 0x7F, sjw == 0 ? 0 : 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(normal_mode_acknowledges),
        CASE(monitoring_receives_but_never_drives_a_bit),
        CASE(monitoring_gives_no_acknowledge),
        CASE(monitoring_drives_nothing_under_errors_either),
        CASE(monitoring_with_a_wrong_rate_drives_nothing),
        CASE(restricted_mode_acknowledges_but_sends_neither_frames_nor_flags),
        CASE(mode_bits_cleared_at_run_time_take_effect),
        CASE(without_tx_pin_it_hears_but_cannot_acknowledge),
        CASE(without_rx_pin_it_never_synchronises),
        CASE(pins_routed_late_join_the_bus),
        CASE(pins_without_a_transceiver_meet_bit0_errors),
        CASE(tx_pin_is_recessive_when_idle),
        CASE(silent_transceiver_cuts_the_node_off),
        CASE(test_register_drives_tx_and_reads_rx),
        CASE(loop_back_receives_its_own_frames_and_leaves_the_bus_alone),
        CASE(bit_time_follows_nbtp_dbtp_and_the_kernel_clock),
        CASE(reset_values_give_500_kbit_from_8_mhz),
        CASE(clock_that_is_off_by_four_percent_sees_errors),
        CASE(active_node_with_a_wrong_rate_destroys_frames_then_turns_passive),
        CASE(fd_frames_are_errors_without_fdoe),
        CASE(fd_flags_of_psr_and_their_reset_on_read),
        CASE(delay_compensation_shows_loop_delay_and_offset),
        CASE(small_jump_width_tolerates_less),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
