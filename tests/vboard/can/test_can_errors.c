/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The bus with faults: acknowledge, error frames and counters, bus-off, a stuck bus. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "can_testkit.h"

/* ---- acknowledge ---- */

static void nobody_acknowledges_and_the_sender_turns_passive_but_never_bus_off(void **state)
{
    struct rig *r = *state;

    can_node_stop(&r->b.node, 0);
    tester_send_id(&r->a, 0x100);
    /* Seen at the end of the ACK slot, the ninth bit from the end. */
    sched_run_until(&r->sched, READY + (rig_frame_bits(0x100) - 8) * BIT);
    assert_int_equal(r->a.error_count, 1);
    assert_int_equal(r->a.last_error, CAN_ERROR_ACK);
    assert_int_equal(r->a.node.tec, 8);
    assert_false(can_node_error_passive(&r->a.node));
    sched_run_until(&r->sched, VTIME_S(1));
    assert_int_equal(r->a.node.tec, 128);
    assert_true(can_node_error_passive(&r->a.node));
    assert_int_equal(r->a.bus_off_count, 0);
    assert_true(r->a.error_count > 1000);
    assert_int_equal(r->a.sent_count, 0);
}

static void active_sender_repeats_after_flag_delimiter_and_intermission(void **state)
{
    struct rig *r = *state;

    can_node_stop(&r->b.node, 0);
    tester_send_id(&r->a, 0x100);
    vtime_ps ack = READY + (rig_frame_bits(0x100) - 8) * BIT;
    sched_run_until(&r->sched, ack + (6 + 8 + 3) * BIT - 1);
    assert_int_equal(r->bus.frame_count, 1);
    sched_run_until(&r->sched, ack + (6 + 8 + 3) * BIT);
    assert_int_equal(r->bus.frame_count, 2);
}

static void passive_sender_waits_eight_bits_more(void **state)
{
    struct rig *r = *state;

    can_node_stop(&r->b.node, 0);
    tester_send_id(&r->a, 0x100);
    sched_run_until(&r->sched, VTIME_S(1));
    uint64_t before = r->bus.frame_count;
    vtime_ps round = (rig_frame_bits(0x100) - 8 + 6 + 8 + 3 + 8) * BIT;
    sched_run_until(&r->sched, VTIME_S(1) + 100 * round);
    assert_int_equal(r->bus.frame_count - before, 100);
}

static void silent_node_does_not_acknowledge(void **state)
{
    struct rig *r = *state;
    struct can_node_config c = rig_standard();

    c.silent = true;
    can_node_configure(&r->b.node, &c, 0);
    tester_send_id(&r->a, 0x100);
    rig_run_us(r, 500);
    assert_int_equal(r->a.last_error, CAN_ERROR_ACK);
    assert_int_equal(r->a.sent_count, 0);
    assert_int_equal(r->b.node.dominant_bits, 0);
}

static void restricted_node_acknowledges_but_sends_nothing(void **state)
{
    struct rig *r = *state;
    struct can_node_config c = rig_standard();

    c.restricted = true;
    can_node_configure(&r->b.node, &c, 0);
    tester_send_id(&r->b, 0x001);
    tester_send_id(&r->a, 0x100);
    rig_run_us(r, 500);
    assert_int_equal(r->a.sent_count, 1);
    assert_int_equal(r->b.node.dominant_bits, 1);
    assert_int_equal(r->b.sent_count, 0);
}

static void node_whose_tx_is_not_connected_does_not_acknowledge(void **state)
{
    struct rig *r = *state;
    struct can_node_config c = rig_standard();

    c.undriving = true;
    can_node_configure(&r->b.node, &c, 0);
    tester_send_id(&r->a, 0x100);
    rig_run_us(r, 500);
    assert_int_equal(r->a.last_error, CAN_ERROR_ACK);
    assert_int_equal(r->b.node.dominant_bits, 0);
}

static void injected_no_ack(void **state)
{
    struct rig *r = *state;

    can_bus_set_no_ack(&r->bus, true);
    tester_send_id(&r->a, 0x100);
    rig_run_us(r, 400);
    assert_int_equal(r->a.last_error, CAN_ERROR_ACK);
    can_bus_set_no_ack(&r->bus, false);
    rig_run_us(r, 1000);
    assert_int_equal(r->a.sent_count, 1);
}

/* ---- bit errors ---- */

static void bit_error_destroys_the_frame_and_it_is_repeated(void **state)
{
    struct rig *r = *state;

    r->fault = (struct can_fault){.frame = 1, .bit = 40};
    can_bus_add_fault(&r->bus, &r->fault);
    tester_send_id(&r->a, 0x100);
    tester_send_id(&r->a, 0x101);
    vtime_ps second = READY + (rig_frame_bits(0x100) + 3) * BIT;
    sched_run_until(&r->sched, second + 41 * BIT);
    assert_int_equal(r->a.error_count, 1);
    assert_true(r->a.last_error == CAN_ERROR_BIT0 || r->a.last_error == CAN_ERROR_BIT1);
    assert_int_equal(r->a.node.tec, 8);
    assert_int_equal(r->b.last_error, CAN_ERROR_STUFF);
    assert_int_equal(r->b.node.rec, 1);
    rig_run_us(r, 1000);
    assert_int_equal(r->b.received_count, 2);
    assert_int_equal(r->b.received[1].frame.id, 0x101);
    /* flags of both together 12 bits, delimiter 8, intermission 3 */
    assert_int_equal(r->b.received[1].start, second + (41 + 12 + 8 + 3) * BIT);
    assert_int_equal(r->a.node.tec, 7);
    assert_int_equal(r->b.node.rec, 0);
}

static void kind_of_bit_error_follows_the_bit(void **state)
{
    struct rig *r = *state;

    /* Bit 0 is dominant; the last bits are recessive. */
    r->fault = (struct can_fault){.frame = 0, .bit = 0};
    can_bus_add_fault(&r->bus, &r->fault);
    tester_send_id(&r->a, 0x100);
    rig_run_us(r, 30);
    assert_int_equal(r->a.last_error, CAN_ERROR_BIT0);
    r->fault.frame = 1;
    r->fault.bit = rig_frame_bits(0x100) - 3;
    rig_run_us(r, 350);
    assert_int_equal(r->a.error_count, 2);
    assert_int_equal(r->a.last_error, CAN_ERROR_BIT1);
}

static void error_in_the_data_phase_is_told(void **state)
{
    struct rig *r = *state;
    struct bus_frame f = {.id = 0x10, .fd = true, .brs = true, .dlc = 15};

    r->fault = (struct can_fault){.frame = 0, .bit = 100};
    can_bus_add_fault(&r->bus, &r->fault);
    tester_send(&r->a, &f);
    rig_run_us(r, 150);
    assert_int_equal(r->a.error_count, 1);
    assert_true(r->a.last_error_data_phase);
}

static void one_receivers_crc_error_destroys_the_frame_for_all(void **state)
{
    struct rig *r = *state;

    tester_init(&r->c, &r->bus, "c");
    r->fault = (struct can_fault){.frame = 0, .bit = 50, .only = &r->c.node};
    can_bus_add_fault(&r->bus, &r->fault);
    tester_send_id(&r->a, 0x100);
    sched_run_until(&r->sched, READY + (rig_frame_bits(0x100) - 7) * BIT);
    assert_int_equal(r->c.last_error, CAN_ERROR_CRC);
    assert_int_equal(r->c.node.rec, 1 + 8); /* its flag was overlaid by the others' */
    assert_int_equal(r->a.last_error, CAN_ERROR_BIT1);
    assert_int_equal(r->a.node.tec, 8);
    assert_int_equal(r->b.node.rec, 1);
    rig_run_us(r, 1000);
    assert_int_equal(r->a.sent_count, 1);
    assert_int_equal(r->c.received_count, 1);
    /* At the end of a frame the others flag one bit later: 7 bits, delimiter 8, intermission 3. */
    assert_int_equal(r->c.received[0].start, READY + (rig_frame_bits(0x100) - 7 + 18) * BIT);
}

static void silent_receivers_crc_error_concerns_it_alone(void **state)
{
    struct rig *r = *state;
    struct can_node_config c = rig_standard();

    c.silent = true;
    tester_init_with(&r->c, &r->bus, "c", &c);
    r->fault = (struct can_fault){.frame = 0, .bit = 50, .only = &r->c.node};
    can_bus_add_fault(&r->bus, &r->fault);
    tester_send_id(&r->a, 0x100);
    rig_run_us(r, 1000);
    assert_int_equal(r->a.sent_count, 1);
    assert_int_equal(r->a.error_count, 0);
    assert_int_equal(r->c.received_count, 0);
    assert_int_equal(r->c.last_error, CAN_ERROR_CRC);
    assert_int_equal(r->c.node.rec, 1);
    assert_int_equal(r->c.node.dominant_bits, 0);
}

/* ---- bus-off and recovery ---- */

static void thirty_two_errors_lead_to_bus_off(void **state)
{
    struct rig *r = *state;

    r->fault = (struct can_fault){.frame = 0, .count = 1000, .bit = 30};
    can_bus_add_fault(&r->bus, &r->fault);
    tester_send_id(&r->a, 0x100);
    rig_run_us(r, 10000);
    assert_int_equal(r->a.error_count, 32);
    assert_int_equal(r->a.node.tec, 256);
    assert_int_equal(r->a.bus_off_count, 1);
    assert_int_equal(r->a.node.state, CAN_NODE_BUS_OFF);
    assert_int_equal(r->bus.frame_count, 32);
}

static void recovery_takes_128_runs_of_11_bits(void **state)
{
    struct rig *r = *state;

    r->fault = (struct can_fault){.frame = 0, .count = 32, .bit = 30};
    can_bus_add_fault(&r->bus, &r->fault);
    tester_send_id(&r->a, 0x100);
    rig_run_us(r, 10000);
    vtime_ps begin = r->sched.now;
    can_node_start(&r->a.node, begin);
    sched_run_until(&r->sched, begin + 128 * 11 * BIT - 1);
    assert_int_equal(r->a.node.state, CAN_NODE_SYNCHRONIZING);
    assert_true(r->a.node.bus_off);
    assert_int_equal(r->a.recovering_count, 127);
    sched_run_until(&r->sched, begin + 128 * 11 * BIT);
    assert_int_equal(r->a.node.state, CAN_NODE_ON);
    assert_false(r->a.node.bus_off);
    assert_int_equal(r->a.node.tec, 0);
    rig_run_us(r, 1000);
    assert_int_equal(r->a.sent_count, 1);
}

static void recovery_counts_one_run_a_frame_on_a_busy_bus(void **state)
{
    struct rig *r = *state;

    tester_init(&r->c, &r->bus, "c");
    r->fault = (struct can_fault){.frame = 0, .count = 32, .bit = 30};
    can_bus_add_fault(&r->bus, &r->fault);
    tester_send_id(&r->a, 0x100);
    rig_run_us(r, 10000);
    can_node_start(&r->a.node, r->sched.now);
    uint64_t before = r->bus.frame_count;
    for (unsigned i = 0; i < 40; i++) {
        tester_send_id(&r->b, 0x200); /* back to back: 8 + 3 recessive bits between two */
    }
    while (r->bus.frame_count - before < 40) {
        rig_run_us(r, 20);
    }
    assert_in_range(r->a.recovering_count, 38, 41);
    assert_int_equal(r->a.node.state, CAN_NODE_SYNCHRONIZING);
}

static void recovery_by_itself(void **state)
{
    struct rig *r = *state;
    struct can_node_config c = rig_standard();

    c.recovers = true;
    can_node_configure(&r->a.node, &c, 0);
    r->fault = (struct can_fault){.frame = 0, .count = 32, .bit = 30};
    can_bus_add_fault(&r->bus, &r->fault);
    tester_send_id(&r->a, 0x100);
    rig_run_us(r, 30000);
    assert_int_equal(r->a.bus_off_count, 1);
    assert_int_equal(r->a.sent_count, 1);
}

/* ---- stuck ---- */

static void stuck_bus_raises_receivers_to_passive_and_is_left_clean(void **state)
{
    struct rig *r = *state;

    sched_run_until(&r->sched, READY);
    can_bus_set_stuck(&r->bus, true, READY);
    assert_true(can_bus_is_dominant(&r->bus, READY));
    sched_run_until(&r->sched, READY + 6 * BIT);
    assert_int_equal(r->b.last_error, CAN_ERROR_STUFF);
    assert_int_equal(r->b.node.rec, 1);
    rig_run_us(r, 20000);
    assert_int_equal(r->b.node.rec, 128);
    assert_true(can_node_error_passive(&r->b.node));
    assert_int_equal(r->b.bus_off_count, 0);
    vtime_ps end = r->sched.now;
    tester_send_id(&r->a, 0x100);
    rig_run_us(r, 1000);
    assert_int_equal(r->a.sent_count, 0);
    can_bus_set_stuck(&r->bus, false, r->sched.now);
    end = r->sched.now;
    rig_run_us(r, 1000);
    assert_int_equal(r->a.sent_count, 1);
    assert_int_equal(r->a.last_sent_start, end + 11 * BIT);
    assert_int_equal(r->b.node.rec, 119);
}

static void sender_goes_bus_off_on_a_stuck_bus(void **state)
{
    struct rig *r = *state;

    tester_send_id(&r->a, 0x100);
    sched_run_until(&r->sched, READY + 20 * BIT);
    can_bus_set_stuck(&r->bus, true, r->sched.now);
    rig_run_us(r, 5000);
    assert_int_equal(r->a.bus_off_count, 1);
    assert_int_equal(r->a.last_error, CAN_ERROR_BIT1);
    assert_int_equal(r->b.node.rec, 128);
}

static void nobody_synchronises_on_a_stuck_bus(void **state)
{
    struct rig *r = *state;

    can_bus_set_stuck(&r->bus, true, 0);
    rig_run_us(r, 10000);
    assert_int_equal(r->a.node.state, CAN_NODE_SYNCHRONIZING);
    can_bus_set_stuck(&r->bus, false, r->sched.now);
    vtime_ps free_at = r->sched.now;
    rig_run_us(r, 1000);
    assert_int_equal(r->a.on_at, free_at + 11 * BIT);
}

static void receiver_with_a_crc_error_does_not_acknowledge(void **state)
{
    struct rig *r = *state;

    r->fault = (struct can_fault){.frame = 0, .bit = 50, .only = &r->b.node};
    can_bus_add_fault(&r->bus, &r->fault);
    tester_send_id(&r->a, 0x100);
    sched_run_until(&r->sched, READY + (rig_frame_bits(0x100) - 8) * BIT);
    assert_int_equal(r->a.error_count, 1);
    assert_int_equal(r->a.last_error, CAN_ERROR_ACK);
}

static void passive_sender_pauses_after_a_good_frame_too(void **state)
{
    struct rig *r = *state;

    r->a.node.tec = 140;
    tester_send_id(&r->a, 0x100);
    tester_send_id(&r->a, 0x101);
    rig_run_us(r, 1000);
    assert_int_equal(r->b.received_count, 2);
    assert_int_equal(r->b.received[1].start - r->b.received[0].end, (3 + 8) * BIT);
    assert_int_equal(r->a.node.tec, 138);
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, rig_setup, rig_teardown)
    const struct CMUnitTest tests[] = {
        CASE(nobody_acknowledges_and_the_sender_turns_passive_but_never_bus_off),
        CASE(active_sender_repeats_after_flag_delimiter_and_intermission),
        CASE(passive_sender_waits_eight_bits_more),
        CASE(silent_node_does_not_acknowledge),
        CASE(restricted_node_acknowledges_but_sends_nothing),
        CASE(node_whose_tx_is_not_connected_does_not_acknowledge),
        CASE(injected_no_ack),
        CASE(bit_error_destroys_the_frame_and_it_is_repeated),
        CASE(kind_of_bit_error_follows_the_bit),
        CASE(error_in_the_data_phase_is_told),
        CASE(one_receivers_crc_error_destroys_the_frame_for_all),
        CASE(silent_receivers_crc_error_concerns_it_alone),
        CASE(thirty_two_errors_lead_to_bus_off),
        CASE(recovery_takes_128_runs_of_11_bits),
        CASE(recovery_counts_one_run_a_frame_on_a_busy_bus),
        CASE(recovery_by_itself),
        CASE(stuck_bus_raises_receivers_to_passive_and_is_left_clean),
        CASE(sender_goes_bus_off_on_a_stuck_bus),
        CASE(nobody_synchronises_on_a_stuck_bus),
        CASE(receiver_with_a_crc_error_does_not_acknowledge),
        CASE(passive_sender_pauses_after_a_good_frame_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
