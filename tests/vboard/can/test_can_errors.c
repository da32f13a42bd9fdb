/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The bus with faults: acknowledge, error frames and counters, bus-off, wrong rates, silence. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "can_testkit.h"
#include "vboard/kernel/signal.h"
#include "vboard/parts/can_player.h"
#include "vboard/parts/can_transceiver.h"

#define BIT VTIME_US(2)
#define READY (11 * BIT) /* all nodes have synchronised */

struct rig {
    struct sched sched;
    struct can_bus bus;
    struct tester a, b, c;
    struct can_player player;
    struct can_fault fault;
    struct signal rx, tx;
    struct can_transceiver transceiver;
    struct signal_driver tx_driver;
    struct can_record record;
    unsigned errors_heard;
};

static int setup(void **state)
{
    struct rig *r = calloc(1, sizeof(*r));

    sched_init(&r->sched);
    can_bus_init(&r->bus, &r->sched);
    tester_init(&r->a, &r->bus, "a");
    tester_init(&r->b, &r->bus, "b");
    *state = r;
    return 0;
}

static int teardown(void **state)
{
    struct rig *r = *state;

    can_bus_destroy(&r->bus);
    sched_destroy(&r->sched);
    free(r);
    return 0;
}

static void run_us(struct rig *r, uint64_t us)
{
    sched_run_until(&r->sched, r->sched.now + VTIME_US(us));
}

static struct can_node_config standard(void)
{
    return (struct can_node_config){.bit_ps = VTIME_US(2), .data_bit_ps = VTIME_NS(500)};
}

static void set_rate(struct tester *t, uint64_t bit_ps)
{
    struct can_node_config c = standard();

    c.bit_ps = bit_ps;
    can_node_configure(&t->node, &c, t->node.bus->sched->now);
}

static unsigned frame_bits(uint32_t id)
{
    struct can_frame f = {.id = id, .dlc = 8, .data = {1, 2, 3, 4, 5, 6, 7, 8}};
    struct can_bits b;

    can_bits_measure(&f, &b);
    return b.total;
}

/* ---- acknowledge ---- */

static void nobody_acknowledges_and_the_sender_turns_passive_but_never_bus_off(void **state)
{
    struct rig *r = *state;

    can_node_stop(&r->b.node, 0);
    tester_send_id(&r->a, 0x100);
    /* Seen at the end of the ACK slot, the ninth bit from the end. */
    sched_run_until(&r->sched, READY + (frame_bits(0x100) - 8) * BIT);
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
    vtime_ps ack = READY + (frame_bits(0x100) - 8) * BIT;
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
    vtime_ps round = (frame_bits(0x100) - 8 + 6 + 8 + 3 + 8) * BIT;
    sched_run_until(&r->sched, VTIME_S(1) + 100 * round);
    assert_int_equal(r->bus.frame_count - before, 100);
}

static void silent_node_does_not_acknowledge(void **state)
{
    struct rig *r = *state;
    struct can_node_config c = standard();

    c.silent = true;
    can_node_configure(&r->b.node, &c, 0);
    tester_send_id(&r->a, 0x100);
    run_us(r, 500);
    assert_int_equal(r->a.last_error, CAN_ERROR_ACK);
    assert_int_equal(r->a.sent_count, 0);
    assert_int_equal(r->b.node.dominant_bits, 0);
}

static void restricted_node_acknowledges_but_sends_nothing(void **state)
{
    struct rig *r = *state;
    struct can_node_config c = standard();

    c.restricted = true;
    can_node_configure(&r->b.node, &c, 0);
    tester_send_id(&r->b, 0x001);
    tester_send_id(&r->a, 0x100);
    run_us(r, 500);
    assert_int_equal(r->a.sent_count, 1);
    assert_int_equal(r->b.node.dominant_bits, 1);
    assert_int_equal(r->b.sent_count, 0);
}

static void node_whose_tx_is_not_connected_does_not_acknowledge(void **state)
{
    struct rig *r = *state;
    struct can_node_config c = standard();

    c.undriving = true;
    can_node_configure(&r->b.node, &c, 0);
    tester_send_id(&r->a, 0x100);
    run_us(r, 500);
    assert_int_equal(r->a.last_error, CAN_ERROR_ACK);
    assert_int_equal(r->b.node.dominant_bits, 0);
}

static void injected_no_ack(void **state)
{
    struct rig *r = *state;

    can_bus_set_no_ack(&r->bus, true);
    tester_send_id(&r->a, 0x100);
    run_us(r, 400);
    assert_int_equal(r->a.last_error, CAN_ERROR_ACK);
    can_bus_set_no_ack(&r->bus, false);
    run_us(r, 1000);
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
    vtime_ps second = READY + (frame_bits(0x100) + 3) * BIT;
    sched_run_until(&r->sched, second + 41 * BIT);
    assert_int_equal(r->a.error_count, 1);
    assert_true(r->a.last_error == CAN_ERROR_BIT0 || r->a.last_error == CAN_ERROR_BIT1);
    assert_int_equal(r->a.node.tec, 8);
    assert_int_equal(r->b.last_error, CAN_ERROR_STUFF);
    assert_int_equal(r->b.node.rec, 1);
    run_us(r, 1000);
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
    run_us(r, 30);
    assert_int_equal(r->a.last_error, CAN_ERROR_BIT0);
    r->fault.frame = 1;
    r->fault.bit = frame_bits(0x100) - 3;
    run_us(r, 350);
    assert_int_equal(r->a.error_count, 2);
    assert_int_equal(r->a.last_error, CAN_ERROR_BIT1);
}

static void error_in_the_data_phase_is_told(void **state)
{
    struct rig *r = *state;
    struct can_frame f = {.id = 0x10, .fd = true, .brs = true, .dlc = 15};

    r->fault = (struct can_fault){.frame = 0, .bit = 100};
    can_bus_add_fault(&r->bus, &r->fault);
    tester_send(&r->a, &f);
    run_us(r, 150);
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
    sched_run_until(&r->sched, READY + (frame_bits(0x100) - 7) * BIT);
    assert_int_equal(r->c.last_error, CAN_ERROR_CRC);
    assert_int_equal(r->c.node.rec, 1 + 8); /* its flag was overlaid by the others' */
    assert_int_equal(r->a.last_error, CAN_ERROR_BIT1);
    assert_int_equal(r->a.node.tec, 8);
    assert_int_equal(r->b.node.rec, 1);
    run_us(r, 1000);
    assert_int_equal(r->a.sent_count, 1);
    assert_int_equal(r->c.received_count, 1);
}

static void silent_receivers_crc_error_concerns_it_alone(void **state)
{
    struct rig *r = *state;
    struct can_node_config c = standard();

    c.silent = true;
    tester_init_with(&r->c, &r->bus, "c", &c);
    r->fault = (struct can_fault){.frame = 0, .bit = 50, .only = &r->c.node};
    can_bus_add_fault(&r->bus, &r->fault);
    tester_send_id(&r->a, 0x100);
    run_us(r, 1000);
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
    run_us(r, 10000);
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
    run_us(r, 10000);
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
    run_us(r, 1000);
    assert_int_equal(r->a.sent_count, 1);
}

static void recovery_counts_one_run_a_frame_on_a_busy_bus(void **state)
{
    struct rig *r = *state;

    tester_init(&r->c, &r->bus, "c");
    r->fault = (struct can_fault){.frame = 0, .count = 32, .bit = 30};
    can_bus_add_fault(&r->bus, &r->fault);
    tester_send_id(&r->a, 0x100);
    run_us(r, 10000);
    can_node_start(&r->a.node, r->sched.now);
    uint64_t before = r->bus.frame_count;
    for (unsigned i = 0; i < 40; i++) {
        tester_send_id(&r->b, 0x200); /* back to back: 8 + 3 recessive bits between two */
    }
    while (r->bus.frame_count - before < 40) {
        run_us(r, 20);
    }
    assert_in_range(r->a.recovering_count, 38, 41);
    assert_int_equal(r->a.node.state, CAN_NODE_SYNCHRONIZING);
}

static void recovery_by_itself(void **state)
{
    struct rig *r = *state;
    struct can_node_config c = standard();

    c.recovers = true;
    can_node_configure(&r->a.node, &c, 0);
    r->fault = (struct can_fault){.frame = 0, .count = 32, .bit = 30};
    can_bus_add_fault(&r->bus, &r->fault);
    tester_send_id(&r->a, 0x100);
    run_us(r, 30000);
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
    run_us(r, 20000);
    assert_int_equal(r->b.node.rec, 128);
    assert_true(can_node_error_passive(&r->b.node));
    assert_int_equal(r->b.bus_off_count, 0);
    vtime_ps end = r->sched.now;
    tester_send_id(&r->a, 0x100);
    run_us(r, 1000);
    assert_int_equal(r->a.sent_count, 0);
    can_bus_set_stuck(&r->bus, false, r->sched.now);
    end = r->sched.now;
    run_us(r, 1000);
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
    run_us(r, 5000);
    assert_int_equal(r->a.bus_off_count, 1);
    assert_int_equal(r->a.last_error, CAN_ERROR_BIT1);
    assert_int_equal(r->b.node.rec, 128);
}

static void nobody_synchronises_on_a_stuck_bus(void **state)
{
    struct rig *r = *state;

    can_bus_set_stuck(&r->bus, true, 0);
    run_us(r, 10000);
    assert_int_equal(r->a.node.state, CAN_NODE_SYNCHRONIZING);
    can_bus_set_stuck(&r->bus, false, r->sched.now);
    vtime_ps free_at = r->sched.now;
    run_us(r, 1000);
    assert_int_equal(r->a.on_at, free_at + 11 * BIT);
}

/* ---- wrong bit rate ---- */

static uint32_t rates_differ_by_ppm(struct rig *r, uint64_t ppm)
{
    set_rate(&r->b, BIT + BIT * ppm / 1000000);
    run_us(r, 100);
    tester_send_id(&r->a, 0x100);
    run_us(r, 400);
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
    struct can_node_config whole = standard();

    whole.whole_bus = true;
    can_node_configure(&r->a.node, &whole, 0);
    set_rate(&r->b, VTIME_US(4));
    run_us(r, 100);
    for (unsigned i = 0; i < 30; i++) {
        tester_send_id(&r->a, 0x100 + i);
    }
    run_us(r, 30000);
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

    set_rate(&r->b, VTIME_US(4));
    tester_init(&r->c, &r->bus, "c");
    for (unsigned i = 0; i < 30; i++) {
        tester_send_id(&r->a, 0x100 + i);
    }
    run_us(r, 6000);
    assert_int_equal(r->a.error_count, 0);
    assert_int_equal(r->b.node.state, CAN_NODE_SYNCHRONIZING);
}

static void silent_node_with_a_wrong_rate_disturbs_nobody(void **state)
{
    struct rig *r = *state;
    struct can_node_config c = standard();

    c.silent = true;
    c.bit_ps = VTIME_US(1);
    tester_init_with(&r->c, &r->bus, "c", &c);
    for (unsigned i = 0; i < 30; i++) {
        tester_send_id(&r->a, 0x100 + i);
    }
    run_us(r, 30000);
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
    struct can_node_config whole = standard();

    whole.whole_bus = true;
    can_node_configure(&r->b.node, &whole, 0);
    set_rate(&r->a, VTIME_US(8));
    run_us(r, 1000);
    tester_send_id(&r->a, 0x100);
    run_us(r, 100000);
    assert_int_equal(r->a.sent_count, 0);
    assert_int_equal(r->a.bus_off_count, 1);
}

static void classic_node_answers_fd_with_an_error(void **state)
{
    struct rig *r = *state;
    struct can_node_config c = standard();
    struct can_frame f = {.id = 0x10, .fd = true, .dlc = 8};

    c.classic = true;
    can_node_configure(&r->b.node, &c, 0);
    tester_send(&r->a, &f);
    run_us(r, 100);
    assert_int_equal(r->b.last_error, CAN_ERROR_FORM);
    assert_int_equal(r->a.error_count, 1);
}

static void wrong_data_rate_shows_in_the_data_phase_only(void **state)
{
    struct rig *r = *state;
    struct can_frame classic = {.id = 0x10, .dlc = 8};
    struct can_frame f = {.id = 0x10, .fd = true, .brs = true, .dlc = 15};
    struct can_node_config c = standard();

    c.data_bit_ps = VTIME_NS(250);
    can_node_configure(&r->b.node, &c, 0);
    tester_send(&r->a, &classic);
    run_us(r, 500);
    assert_int_equal(r->b.received_count, 1);
    tester_send(&r->a, &f);
    run_us(r, 200);
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
    run_us(r, 1000);
    assert_int_equal(r->b.received_count, 0);
}

static void node_that_leaves_in_a_frame_no_longer_acknowledges_it(void **state)
{
    struct rig *r = *state;

    tester_send_id(&r->a, 0x100);
    sched_run_until(&r->sched, READY + 30 * BIT);
    can_node_stop(&r->b.node, r->sched.now);
    run_us(r, 200);
    assert_int_equal(r->a.last_error, CAN_ERROR_ACK);
}

static void node_that_comes_in_a_frame_waits_for_its_end(void **state)
{
    struct rig *r = *state;

    tester_send_id(&r->a, 0x100);
    tester_send_id(&r->a, 0x101);
    sched_run_until(&r->sched, READY + 30 * BIT);
    tester_init(&r->c, &r->bus, "c");
    run_us(r, 1000);
    assert_int_equal(r->c.received_count, 1);
    assert_int_equal(r->c.received[0].frame.id, 0x101);
    assert_int_equal(r->c.on_at, r->b.received[0].end + 3 * BIT);
}

static void node_that_sees_nothing_never_synchronises(void **state)
{
    struct rig *r = *state;
    struct can_node_config c = standard();

    c.unseeing = true;
    tester_init_with(&r->c, &r->bus, "c", &c);
    run_us(r, 10000);
    assert_int_equal(r->c.node.state, CAN_NODE_SYNCHRONIZING);
}

static void node_that_cannot_drive_sees_bit0_errors_and_goes_bus_off(void **state)
{
    struct rig *r = *state;
    struct can_node_config c = standard();

    c.undriving = true;
    can_node_configure(&r->a.node, &c, 0);
    tester_send_id(&r->a, 0x100);
    run_us(r, 20000);
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
    run_us(r, 100);
    signal_drive(&r->tx_driver, DRIVE_LOW, r->sched.now);
    assert_false(signal_is_high(&r->rx));
    tester_send_id(&r->a, 0x100);
    run_us(r, 1500);
    assert_int_equal(r->a.sent_count, 0);
    run_us(r, 1500);
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

static void on_record(void *ctx, const struct can_record *record)
{
    struct rig *r = ctx;

    r->record = *record;
    r->errors_heard += record->error != CAN_ERROR_NONE ? 1 : 0;
}

static void listener_hears_of_errors(void **state)
{
    struct rig *r = *state;
    struct can_listener l = {.frame = on_record, .ctx = r};

    can_bus_listen(&r->bus, &l);
    r->fault = (struct can_fault){.frame = 0, .bit = 0};
    can_bus_add_fault(&r->bus, &r->fault);
    tester_send_id(&r->a, 0x100);
    run_us(r, 30);
    assert_int_equal(r->errors_heard, 1);
    assert_int_equal(r->record.error, CAN_ERROR_BIT0);
    assert_ptr_equal(r->record.sender, &r->a.node);
    can_bus_unlisten(&r->bus, &l);
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
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
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
