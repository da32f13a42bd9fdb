/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Nodes that do not fit: wrong bit rates, coming and going, loose wires, transceivers. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "can_testkit.h"

/* ---- wrong bit rate ---- */

static uint32_t rates_differ_by_ppm(struct rig *r, uint64_t ppm)
{
    rig_set_rate(&r->b, BIT + BIT * ppm / 1000000);
    rig_run_us(r, 100);
    tester_send_id(&r->a, 0x100);
    rig_run_us(r, 400);
    return r->b.error_count;
}

static void small_difference_of_clocks_is_tolerated(void **state)
{
    assert_int_equal(rates_differ_by_ppm(*state, 4900), 0);
}

static void larger_difference_of_clocks_is_an_error(void **state)
{
    assert_true(rates_differ_by_ppm(*state, 5100) > 0);
}

static void active_node_with_a_wrong_rate_destroys_frames_until_it_is_passive(void **state)
{
    struct rig *r = *state;
    struct can_node_config whole = rig_standard();

    whole.whole_bus = true;
    can_node_configure(&r->a.node, &whole, 0);
    rig_set_rate(&r->b, VTIME_US(4));
    rig_run_us(r, 100);
    for (unsigned i = 0; i < 30; i++) {
        tester_send_id(&r->a, 0x100 + i);
    }
    rig_run_us(r, 30000);
    /* It flags first and is overlaid: 9 a frame, passive at 128 after 15 frames. */
    assert_int_equal(r->bus.frame_count - r->bus.valid_count, 15);
    assert_int_equal(r->a.sent_count, 30);
    assert_true(can_node_error_passive(&r->b.node));
    assert_int_equal(r->b.received_count, 0);
    assert_int_equal(r->b.error_count, 15 + 30);
    assert_int_equal(r->b.node.dominant_bits, 15 * 6);
}

/* Frames back to back leave 11 bits between them: too few of a node's own, if they are longer. */
static void slower_node_does_not_even_synchronise_on_a_full_bus(void **state)
{
    struct rig *r = *state;

    rig_set_rate(&r->b, VTIME_US(4));
    tester_init(&r->c, &r->bus, "c");
    for (unsigned i = 0; i < 30; i++) {
        tester_send_id(&r->a, 0x100 + i);
    }
    rig_run_us(r, 6000);
    assert_int_equal(r->a.error_count, 0);
    assert_int_equal(r->b.node.state, CAN_NODE_SYNCHRONIZING);
}

static void silent_node_with_a_wrong_rate_disturbs_nobody(void **state)
{
    struct rig *r = *state;
    struct can_node_config c = rig_standard();

    c.silent = true;
    c.bit_ps = VTIME_US(1);
    tester_init_with(&r->c, &r->bus, "c", &c);
    for (unsigned i = 0; i < 30; i++) {
        tester_send_id(&r->a, 0x100 + i);
    }
    rig_run_us(r, 30000);
    assert_int_equal(r->a.sent_count, 30);
    assert_int_equal(r->a.error_count, 0);
    assert_int_equal(r->c.error_count, 30);
    assert_int_equal(r->c.received_count, 0);
    assert_int_equal(r->c.last_error, CAN_ERROR_STUFF);
    assert_int_equal(r->c.node.dominant_bits, 0);
}

static void sender_with_a_wrong_rate_goes_bus_off(void **state)
{
    struct rig *r = *state;
    struct can_node_config whole = rig_standard();

    whole.whole_bus = true;
    can_node_configure(&r->b.node, &whole, 0);
    rig_set_rate(&r->a, VTIME_US(8));
    rig_run_us(r, 1000);
    tester_send_id(&r->a, 0x100);
    rig_run_us(r, 100000);
    assert_int_equal(r->a.sent_count, 0);
    assert_int_equal(r->a.bus_off_count, 1);
}

static void classic_node_answers_fd_with_an_error(void **state)
{
    struct rig *r = *state;
    struct can_node_config c = rig_standard();
    struct bus_frame f = {.id = 0x10, .fd = true, .dlc = 8};

    c.classic = true;
    can_node_configure(&r->b.node, &c, 0);
    tester_send(&r->a, &f);
    rig_run_us(r, 100);
    assert_int_equal(r->b.last_error, CAN_ERROR_FORM);
    assert_int_equal(r->a.error_count, 1);
}

static void wrong_data_rate_shows_in_the_data_phase_only(void **state)
{
    struct rig *r = *state;
    struct bus_frame classic = {.id = 0x10, .dlc = 8};
    struct bus_frame f = {.id = 0x10, .fd = true, .brs = true, .dlc = 15};
    struct can_node_config c = rig_standard();

    c.data_bit_ps = VTIME_NS(250);
    can_node_configure(&r->b.node, &c, 0);
    tester_send(&r->a, &classic);
    rig_run_us(r, 500);
    assert_int_equal(r->b.received_count, 1);
    tester_send(&r->a, &f);
    rig_run_us(r, 200);
    assert_true(r->b.last_error_data_phase);
    assert_int_equal(r->b.last_error, CAN_ERROR_STUFF);
}

/* ---- coming and going ---- */

static void frame_breaks_off_when_its_sender_leaves(void **state)
{
    struct rig *r = *state;

    tester_send_id(&r->a, 0x100);
    sched_run_until(&r->sched, READY + 30 * BIT);
    can_node_stop(&r->a.node, r->sched.now);
    sched_run_until(&r->sched, READY + 36 * BIT);
    assert_int_equal(r->b.last_error, CAN_ERROR_STUFF);
    assert_true(r->a.node.dominant_bits > 0 && r->a.node.dominant_bits <= 30);
    rig_run_us(r, 1000);
    assert_int_equal(r->b.received_count, 0);
}

static void node_that_leaves_in_a_frame_no_longer_acknowledges_it(void **state)
{
    struct rig *r = *state;

    tester_send_id(&r->a, 0x100);
    sched_run_until(&r->sched, READY + 30 * BIT);
    can_node_stop(&r->b.node, r->sched.now);
    rig_run_us(r, 200);
    assert_int_equal(r->a.last_error, CAN_ERROR_ACK);
}

static void node_that_comes_in_a_frame_waits_for_its_end(void **state)
{
    struct rig *r = *state;

    tester_send_id(&r->a, 0x100);
    tester_send_id(&r->a, 0x101);
    sched_run_until(&r->sched, READY + 30 * BIT);
    tester_init(&r->c, &r->bus, "c");
    rig_run_us(r, 1000);
    assert_int_equal(r->c.received_count, 1);
    assert_int_equal(r->c.received[0].frame.id, 0x101);
    assert_int_equal(r->c.on_at, r->b.received[0].end + 3 * BIT);
}

static void node_that_sees_nothing_never_synchronises(void **state)
{
    struct rig *r = *state;
    struct can_node_config c = rig_standard();

    c.unseeing = true;
    tester_init_with(&r->c, &r->bus, "c", &c);
    rig_run_us(r, 10000);
    assert_int_equal(r->c.node.state, CAN_NODE_SYNCHRONIZING);
}

static void node_that_cannot_drive_sees_bit0_errors_and_goes_bus_off(void **state)
{
    struct rig *r = *state;
    struct can_node_config c = rig_standard();

    c.undriving = true;
    can_node_configure(&r->a.node, &c, 0);
    tester_send_id(&r->a, 0x100);
    rig_run_us(r, 20000);
    assert_int_equal(r->a.last_error, CAN_ERROR_BIT0);
    assert_int_equal(r->a.bus_off_count, 1);
    assert_int_equal(r->a.node.dominant_bits, 0);
}

/* ---- transceiver ---- */

static void plug_transceiver(struct rig *r)
{
    signal_init(&r->rx, "rx");
    signal_init(&r->tx, "tx");
    can_transceiver_init(&r->transceiver, &r->bus, &r->rx, &r->tx);
    signal_attach(&r->tx, &r->tx_driver);
}

static void floating_tx_pin_is_recessive(void **state)
{
    struct rig *r = *state;

    plug_transceiver(r);
    assert_int_equal(r->bus.holders, 0);
    assert_true(signal_is_high(&r->rx));
    can_transceiver_destroy(&r->transceiver);
}

static void tx_pin_held_low_blocks_the_bus_until_the_time_out(void **state)
{
    struct rig *r = *state;

    plug_transceiver(r);
    rig_run_us(r, 100);
    signal_drive(&r->tx_driver, DRIVE_LOW, r->sched.now);
    assert_false(signal_is_high(&r->rx));
    tester_send_id(&r->a, 0x100);
    rig_run_us(r, 1500);
    assert_int_equal(r->a.sent_count, 0);
    rig_run_us(r, 1500);
    assert_int_equal(r->a.sent_count, 1);
    assert_true(signal_is_high(&r->rx));
    assert_int_equal(can_transceiver_held_bits(&r->transceiver), 1000);
    can_transceiver_destroy(&r->transceiver);
}

static void silent_transceiver_keeps_the_tx_pin_off_the_bus(void **state)
{
    struct rig *r = *state;

    plug_transceiver(r);
    can_transceiver_set_silent(&r->transceiver, true, 0);
    signal_drive(&r->tx_driver, DRIVE_LOW, r->sched.now);
    assert_int_equal(r->bus.holders, 0);
    assert_int_equal(can_transceiver_held_bits(&r->transceiver), 0);
    can_transceiver_destroy(&r->transceiver);
}

static void transceiver_is_found_by_its_pins(void **state)
{
    struct rig *r = *state;

    plug_transceiver(r);
    assert_ptr_equal(can_transceiver_at_rx(&r->rx), &r->transceiver);
    assert_ptr_equal(can_transceiver_at_tx(&r->tx), &r->transceiver);
    assert_null(can_transceiver_at_rx(&r->tx));
    assert_null(can_transceiver_at_tx(NULL));
    can_transceiver_destroy(&r->transceiver);
    assert_null(can_transceiver_at_rx(&r->rx));
}

struct hearing {
    struct can_record record;
    unsigned errors;
};

static void on_record(void *ctx, const struct can_record *record)
{
    struct hearing *h = ctx;

    h->record = *record;
    h->errors += record->error != CAN_ERROR_NONE ? 1 : 0;
}

static void listener_hears_of_errors(void **state)
{
    struct rig *r = *state;
    struct hearing h = {0};
    struct can_listener l = {.frame = on_record, .ctx = &h};

    can_bus_listen(&r->bus, &l);
    r->fault = (struct can_fault){.frame = 0, .bit = 0};
    can_bus_add_fault(&r->bus, &r->fault);
    tester_send_id(&r->a, 0x100);
    rig_run_us(r, 30);
    assert_int_equal(h.errors, 1);
    assert_int_equal(h.record.error, CAN_ERROR_BIT0);
    assert_ptr_equal(h.record.sender, &r->a.node);
    can_bus_unlisten(&r->bus, &l);
}

static void node_that_cannot_drive_loses_without_a_trace(void **state)
{
    struct rig *r = *state;
    struct can_node_config c = rig_standard();

    c.undriving = true;
    tester_init_with(&r->c, &r->bus, "c", &c);
    tester_send_id(&r->a, 0x100);
    tester_send_id(&r->c, 0x700);
    rig_run_us(r, 250);
    assert_int_equal(r->c.lost_count, 1);
    assert_int_equal(r->c.node.dominant_bits, 0);
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, rig_setup, rig_teardown)
    const struct CMUnitTest tests[] = {
        CASE(small_difference_of_clocks_is_tolerated),
        CASE(larger_difference_of_clocks_is_an_error),
        CASE(active_node_with_a_wrong_rate_destroys_frames_until_it_is_passive),
        CASE(slower_node_does_not_even_synchronise_on_a_full_bus),
        CASE(silent_node_with_a_wrong_rate_disturbs_nobody),
        CASE(sender_with_a_wrong_rate_goes_bus_off),
        CASE(classic_node_answers_fd_with_an_error),
        CASE(wrong_data_rate_shows_in_the_data_phase_only),
        CASE(frame_breaks_off_when_its_sender_leaves),
        CASE(node_that_leaves_in_a_frame_no_longer_acknowledges_it),
        CASE(node_that_comes_in_a_frame_waits_for_its_end),
        CASE(node_that_sees_nothing_never_synchronises),
        CASE(node_that_cannot_drive_sees_bit0_errors_and_goes_bus_off),
        CASE(floating_tx_pin_is_recessive),
        CASE(tx_pin_held_low_blocks_the_bus_until_the_time_out),
        CASE(silent_transceiver_keeps_the_tx_pin_off_the_bus),
        CASE(transceiver_is_found_by_its_pins),
        CASE(listener_hears_of_errors),
        CASE(node_that_cannot_drive_loses_without_a_trace),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
