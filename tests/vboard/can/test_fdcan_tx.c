/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Transmission: dedicated buffers, FIFO, queue, cancellation, one-shot mode, Tx events. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <string.h>

#include "fdcan_testkit.h"

#define CASE(f) cmocka_unit_test_setup_teardown(f, kit_setup, kit_teardown)
#define EFC (1u << 23)

static uint32_t got(struct kit *k, unsigned i)
{
    return k->ecu.received[i].frame.id;
}

/* `dedicated` buffers, then `fifo` elements of a FIFO or queue. */
static void start(struct kit *k, unsigned dedicated, unsigned fifo, bool queue, uint32_t cccr)
{
    kit_route(k);
    kit_configure(k, 8);
    wr(k, TXBC, (queue ? 1u << 30 : 0) | fifo << 24 | dedicated << 16 | RAM_TX << 2);
    kit_start(k, cccr);
}

static void leave_alone(struct kit *k)
{
    can_node_stop(&k->ecu.node, k->chip.sched.now);
}

static void frame_arrives_as_it_lies_in_the_buffer(void **state)
{
    struct kit *k = *state;

    start(k, 1, 0, false, 0);
    kit_tx_buffer(k, 0, 0x123, 0);
    wr(k, TXBAR, 1);
    assert_int_equal(rd(k, TXBAR), 0);
    assert_int_equal(rd(k, TXBRP), 1);
    run_us(k, 400);
    const struct bus_frame *f = &k->ecu.received[0].frame;
    assert_int_equal(k->ecu.received_count, 1);
    assert_int_equal(f->id, 0x123);
    assert_int_equal(f->dlc, 8);
    assert_false(f->extended || f->remote || f->fd);
    for (unsigned i = 0; i < 8; i++) {
        assert_int_equal(f->data[i], i);
    }
    assert_int_equal(rd(k, TXBRP), 0);
    assert_int_equal(rd(k, TXBTO), 1);
    assert_int_equal(rd(k, TXBCF), 0);
    assert_int_equal(fdcan_node(k->can1)->frames_sent, 1);
}

static void extended_and_remote_bits_count(void **state)
{
    struct kit *k = *state;

    start(k, 1, 0, false, FDOE | BRSE);
    set_ram(k, RAM_TX, 1u << 30 | 1u << 29 | 0x18DB33F1);
    set_ram(k, RAM_TX + 1, 3u << 16 | 1u << 21); /* a remote frame is classic whatever FDF says */
    wr(k, TXBAR, 1);
    run_us(k, 400);
    assert_int_equal(got(k, 0), 0x18DB33F1);
    assert_true(k->ecu.received[0].frame.extended && k->ecu.received[0].frame.remote);
    assert_false(k->ecu.received[0].frame.fd);
}

/* Table 505. */
static void format_of_the_frame(void **state)
{
    struct kit *k = *state;
    static const struct {
        uint32_t cccr, t1;
        bool fd, brs;
    } rows[] = {{0, 3u << 20, false, false},          {FDOE, 0, false, false},
                {FDOE, 1u << 20, false, false},       {FDOE, 2u << 20, true, false},
                {FDOE, 3u << 20, true, false},        {FDOE | BRSE, 0, false, false},
                {FDOE | BRSE, 2u << 20, true, false}, {FDOE | BRSE, 3u << 20, true, true}};

    for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        start(k, 1, 0, false, rows[i].cccr);
        kit_tx_buffer(k, 0, 0x100, rows[i].t1);
        wr(k, TXBAR, 1);
        run_us(k, 500);
        assert_int_equal(k->ecu.received_count, i + 1);
        assert_int_equal(k->ecu.received[i].frame.fd, rows[i].fd);
        assert_int_equal(k->ecu.received[i].frame.brs, rows[i].brs);
    }
}

static void data_beyond_the_element_are_padded_with_cc(void **state)
{
    struct kit *k = *state;

    start(k, 1, 0, false, FDOE | BRSE);
    kit_tx_buffer(k, 0, 0x100, 1u << 21);
    set_ram(k, RAM_TX + 1, 9u << 16 | 1u << 21); /* 12 bytes, the element has 8 */
    wr(k, TXBAR, 1);
    run_us(k, 1000);
    assert_int_equal(k->ecu.received[0].frame.data[7], 7);
    assert_int_equal(k->ecu.received[0].frame.data[8], 0xCC);
    assert_int_equal(k->ecu.received[0].frame.data[11], 0xCC);
}

static void large_elements(void **state)
{
    struct kit *k = *state;

    kit_route(k);
    kit_configure(k, 8);
    wr(k, TXBC, 2u << 16 | RAM_TX << 2);
    wr(k, TXESC, 7);
    kit_start(k, FDOE | BRSE);
    for (unsigned i = 0; i < 16; i++) {
        set_ram(k, RAM_TX + 18 + 2 + i, 0x01010101u * i);
    }
    set_ram(k, RAM_TX + 18, 0x77u << 18);
    set_ram(k, RAM_TX + 19, 15u << 16 | 3u << 20);
    wr(k, TXBAR, 2);
    run_us(k, 1000);
    assert_int_equal(got(k, 0), 0x77);
    assert_int_equal(k->ecu.received[0].frame.data[63], 15);
}

static void dedicated_buffers_go_by_identifier_then_by_number(void **state)
{
    struct kit *k = *state;

    start(k, 4, 0, false, 0);
    kit_tx_buffer(k, 0, 0x300, 0);
    kit_tx_buffer(k, 1, 0x100, 0);
    kit_tx_buffer(k, 2, 0x200, 0);
    kit_tx_buffer(k, 3, 0x100, 0);
    wr(k, TXBAR, 0xF);
    run_us(k, 2000);
    assert_int_equal(k->ecu.received_count, 4);
    assert_int_equal(got(k, 0), 0x100);
    assert_int_equal(k->ecu.received[0].frame.data[0], 1);
    assert_int_equal(k->ecu.received[1].frame.data[0], 3);
    assert_int_equal(got(k, 2), 0x200);
    assert_int_equal(got(k, 3), 0x300);
}

static void requests_for_buffers_that_are_not_there_are_ignored(void **state)
{
    struct kit *k = *state;

    start(k, 2, 0, false, 0);
    leave_alone(k);
    wr(k, TXBAR, 0xFFFFFFFF);
    assert_int_equal(rd(k, TXBRP), 3);
}

static void fifo_keeps_its_order(void **state)
{
    struct kit *k = *state;

    start(k, 0, 4, false, 0);
    assert_int_equal(rd(k, TXFQS), 4);
    kit_tx_buffer(k, 0, 0x300, 0);
    kit_tx_buffer(k, 1, 0x100, 0);
    kit_tx_buffer(k, 2, 0x200, 0);
    wr(k, TXBAR, 1);
    wr(k, TXBAR, 2);
    wr(k, TXBAR, 4);
    assert_int_equal(rd(k, TXFQS), 3u << 16 | 1);
    run_us(k, 2000);
    assert_int_equal(got(k, 0), 0x300);
    assert_int_equal(got(k, 1), 0x100);
    assert_int_equal(got(k, 2), 0x200);
    assert_int_equal(rd(k, TXFQS), 3u << 16 | 3u << 8 | 4);
    assert_int_equal(rd(k, IR) & 1u << 11, 1u << 11);
}

static void fifo_wraps_and_tells_when_it_is_full(void **state)
{
    struct kit *k = *state;

    start(k, 2, 3, false, 0);
    assert_int_equal(rd(k, TXFQS), 2u << 16 | 2u << 8 | 3);
    for (unsigned i = 2; i < 5; i++) {
        kit_tx_buffer(k, i, 0x100 + i, 0);
    }
    wr(k, TXBAR, 1u << 2 | 1u << 3 | 1u << 4); /* three at once */
    assert_int_equal(rd(k, TXFQS), 1u << 21 | 2u << 16 | 2u << 8);
    run_us(k, 250);
    assert_int_equal(rd(k, TXFQS), 2u << 16 | 3u << 8 | 1);
    kit_tx_buffer(k, 2, 0x050, 0);
    wr(k, TXBAR, 1u << 2);
    run_us(k, 2000);
    assert_int_equal(k->ecu.received_count, 4);
    assert_int_equal(got(k, 2), 0x104);
    assert_int_equal(got(k, 3), 0x050);
    assert_int_equal(rd(k, TXFQS), 3u << 16 | 3u << 8 | 3);
}

static void fifo_element_competes_with_dedicated_buffers(void **state)
{
    struct kit *k = *state;

    start(k, 1, 3, false, 0);
    kit_tx_buffer(k, 0, 0x200, 0);
    kit_tx_buffer(k, 1, 0x300, 0);
    kit_tx_buffer(k, 2, 0x100, 0); /* behind 0x300 in the FIFO */
    wr(k, TXBAR, 7);
    run_us(k, 2000);
    assert_int_equal(got(k, 0), 0x200);
    assert_int_equal(got(k, 1), 0x300);
    assert_int_equal(got(k, 2), 0x100);
}

static void queue_goes_by_identifier(void **state)
{
    struct kit *k = *state;

    start(k, 0, 3, true, 0);
    assert_int_equal(rd(k, TXFQS), 0); /* get index and free level read as 0 */
    kit_tx_buffer(k, 0, 0x300, 0);
    kit_tx_buffer(k, 1, 0x100, 0);
    kit_tx_buffer(k, 2, 0x200, 0);
    wr(k, TXBAR, 1);
    assert_int_equal(rd(k, TXFQS), 1u << 16);
    wr(k, TXBAR, 2);
    wr(k, TXBAR, 4);
    assert_int_equal(rd(k, TXFQS) >> 21, 1);
    run_us(k, 2000);
    assert_int_equal(got(k, 0), 0x100);
    assert_int_equal(got(k, 1), 0x200);
    assert_int_equal(got(k, 2), 0x300);
    assert_int_equal(rd(k, TXFQS) >> 21, 0);
}

static void full_queue_puts_into_the_buffer_that_becomes_free(void **state)
{
    struct kit *k = *state;

    start(k, 0, 2, true, 0);
    kit_tx_buffer(k, 0, 0x300, 0);
    kit_tx_buffer(k, 1, 0x100, 0);
    wr(k, TXBAR, 3);
    run_us(k, 250);
    assert_int_equal(rd(k, TXBRP), 1);
    assert_int_equal(rd(k, TXFQS), 1u << 16);
}

static void higher_priority_of_another_node_goes_first(void **state)
{
    struct kit *k = *state;

    start(k, 1, 0, false, 0);
    kit_tx_buffer(k, 0, 0x200, 0);
    tester_send_id(&k->ecu, 0x700);
    run_us(k, 50);
    wr(k, TXBAR, 1); /* both wait for the end of 0x700 */
    tester_send_id(&k->ecu, 0x100);
    run_us(k, 1000);
    assert_int_equal(k->ecu.sent_count, 2);
    assert_int_equal(got(k, 0), 0x200);
    assert_true(k->ecu.received[0].start > k->ecu.last_sent_end);
    assert_int_equal(ram(k, RAM_FIFO0 + 4), 0x100u << 18);
}

/* ---- cancellation, one-shot ---- */

static void cancelling_a_request_that_has_not_started(void **state)
{
    struct kit *k = *state;

    start(k, 2, 0, false, 0);
    wr(k, TXBCIE, 1);
    tester_send_id(&k->ecu, 0x700);
    run_us(k, 50);
    kit_tx_buffer(k, 0, 0x200, 0);
    wr(k, TXBAR, 1);
    wr(k, TXBCR, 1);
    assert_int_equal(rd(k, TXBRP), 0);
    assert_int_equal(rd(k, TXBCF), 1);
    assert_int_equal(rd(k, TXBTO), 0);
    assert_int_equal(rd(k, IR) & 1u << 10, 1u << 10);
    run_us(k, 1000);
    assert_int_equal(k->ecu.received_count, 0);
    wr(k, TXBAR, 1); /* a new request clears the flag */
    assert_int_equal(rd(k, TXBCF), 0);
}

static void cancelling_a_frame_on_the_wire_lets_it_finish(void **state)
{
    struct kit *k = *state;

    start(k, 1, 0, false, 0);
    kit_tx_buffer(k, 0, 0x200, EFC);
    wr(k, TXBAR, 1);
    run_us(k, 50);
    wr(k, TXBCR, 1);
    assert_int_equal(rd(k, TXBCR), 1);
    assert_int_equal(rd(k, TXBRP), 1);
    run_us(k, 400);
    assert_int_equal(rd(k, TXBCR), 0);
    assert_int_equal(rd(k, TXBTO), 1);
    assert_int_equal(rd(k, TXBCF), 1);
    assert_int_equal(ram(k, RAM_EVENTS + 1) >> 22 & 3, 2); /* in spite of cancellation */
}

static void cancelled_frame_that_fails_is_not_repeated(void **state)
{
    struct kit *k = *state;

    start(k, 1, 0, false, 0);
    leave_alone(k);
    kit_tx_buffer(k, 0, 0x200, 0);
    wr(k, TXBAR, 1);
    run_us(k, 50);
    wr(k, TXBCR, 1);
    run_us(k, 1000);
    assert_int_equal(rd(k, TXBRP), 0);
    assert_int_equal(rd(k, TXBCF), 1);
    assert_int_equal(rd(k, TXBTO), 0);
    assert_int_equal(k->bus.frame_count, 1);
}

static void cancelling_the_fifos_first_moves_the_get_index(void **state)
{
    struct kit *k = *state;

    start(k, 0, 4, false, 0);
    tester_send_id(&k->ecu, 0x700);
    run_us(k, 50);
    wr(k, TXBAR, 1);
    wr(k, TXBAR, 2);
    wr(k, TXBCR, 1);
    assert_int_equal(rd(k, TXFQS), 2u << 16 | 1u << 8 | 3);
}

static void cancelling_nothing_sets_the_flag_and_moves_nothing(void **state)
{
    struct kit *k = *state;

    start(k, 0, 3, true, 0);
    leave_alone(k);
    wr(k, TXBAR, 1);
    wr(k, IR, 0xC00);
    wr(k, TXBCR, 4);
    assert_int_equal(rd(k, TXBCF), 4);
    assert_int_equal(rd(k, TXBRP), 1);
    assert_int_equal(rd(k, TXFQS), 1u << 16);
    assert_int_equal(rd(k, IR) & 0xC00, 0);
    wr(k, TXBAR, 2);
    wr(k, TXBAR, 4);
    assert_int_equal(rd(k, TXFQS) >> 21, 1); /* full with three */
}

static void one_shot_mode_gives_up_after_an_error(void **state)
{
    struct kit *k = *state;

    start(k, 1, 0, false, DAR);
    leave_alone(k);
    kit_tx_buffer(k, 0, 0x200, 0);
    wr(k, TXBAR, 1);
    run_us(k, 2000);
    assert_int_equal(k->bus.frame_count, 1);
    assert_int_equal(rd(k, TXBRP), 0);
    assert_int_equal(rd(k, TXBTO), 0);
    assert_int_equal(rd(k, TXBCF), 1);
}

static void one_shot_mode_gives_up_after_a_lost_arbitration(void **state)
{
    struct kit *k = *state;

    start(k, 1, 0, false, DAR);
    kit_tx_buffer(k, 0, 0x200, 0);
    tester_send_id(&k->ecu, 0x700);
    run_us(k, 50);
    tester_send_id(&k->ecu, 0x100);
    wr(k, TXBAR, 1);
    run_us(k, 2000);
    assert_int_equal(rd(k, TXBCF), 1);
    assert_int_equal(rd(k, TXBTO), 0);
    assert_int_equal(k->ecu.received_count, 0);
}

static void one_shot_mode_success(void **state)
{
    struct kit *k = *state;

    start(k, 1, 0, false, DAR);
    kit_tx_buffer(k, 0, 0x200, EFC);
    wr(k, TXBAR, 1);
    run_us(k, 2000);
    assert_int_equal(rd(k, TXBTO), 1);
    assert_int_equal(rd(k, TXBCF), 0);
    assert_int_equal(ram(k, RAM_EVENTS + 1) >> 22 & 3, 2);
}

static void unacknowledged_frame_is_repeated_until_someone_comes(void **state)
{
    struct kit *k = *state;

    start(k, 1, 0, false, 0);
    leave_alone(k);
    kit_tx_buffer(k, 0, 0x200, 0);
    wr(k, TXBAR, 1);
    run_us(k, 5000);
    assert_int_equal(rd(k, TXBRP), 1);
    assert_true(k->bus.frame_count > 10);
    can_node_start(&k->ecu.node, k->chip.sched.now);
    run_us(k, 1000);
    assert_int_equal(rd(k, TXBTO), 1);
    assert_int_equal(k->ecu.received_count, 1);
}

static void transmit_pause_leaves_two_bits_more(void **state)
{
    struct kit *k = *state;

    start(k, 2, 0, false, TXP);
    kit_tx_buffer(k, 0, 0x100, 0);
    kit_tx_buffer(k, 1, 0x101, 0);
    wr(k, TXBAR, 3);
    run_us(k, 1000);
    assert_int_equal(k->ecu.received[1].start - k->ecu.received[0].end, 5 * BIT);
}

/* ---- interrupts and events ---- */

static void transmission_completed_needs_its_enable(void **state)
{
    struct kit *k = *state;

    start(k, 2, 0, false, 0);
    wr(k, TXBTIE, 2);
    kit_tx_buffer(k, 0, 0x100, 0);
    kit_tx_buffer(k, 1, 0x101, 0);
    wr(k, TXBAR, 1);
    run_us(k, 500);
    assert_int_equal(rd(k, IR) & 1u << 9, 0);
    wr(k, TXBAR, 2);
    run_us(k, 500);
    assert_int_equal(rd(k, IR) & 1u << 9, 1u << 9);
}

static void events_are_stored_when_asked_for(void **state)
{
    struct kit *k = *state;

    start(k, 2, 0, false, 0);
    kit_tx_buffer(k, 0, 0x100, 0x5Au << 24 | EFC);
    kit_tx_buffer(k, 1, 0x101, 0);
    wr(k, TXBAR, 3);
    run_us(k, 1000);
    assert_int_equal(rd(k, TXEFS), 1u << 16 | 1);
    assert_int_equal(ram(k, RAM_EVENTS), 0x100u << 18);
    assert_int_equal(ram(k, RAM_EVENTS + 1), 0x5Au << 24 | 1u << 22 | 8u << 16);
    assert_int_equal(rd(k, IR) & 0xF000, 0x1000);
    wr(k, TXEFA, 0);
    assert_int_equal(rd(k, TXEFS), 1u << 16 | 1u << 8);
}

static void event_fifo_full_and_lost(void **state)
{
    struct kit *k = *state;

    start(k, 1, 0, false, 0);
    wr(k, CCCR, INIT);
    run_us(k, 1);
    wr(k, CCCR, INIT | CCE);
    wr(k, TXEFC, 2u << 24 | 3u << 16 | RAM_EVENTS << 2);
    kit_start(k, 0);
    kit_tx_buffer(k, 0, 0x100, EFC);
    for (unsigned i = 0; i < 4; i++) {
        wr(k, IR, 0xF000);
        wr(k, TXBAR, 1);
        run_us(k, 500);
        static const uint32_t flags[] = {0x1000, 0x3000, 0x5000, 0x8000};
        assert_int_equal(rd(k, IR) & 0xF000, flags[i]);
    }
    assert_int_equal(rd(k, TXEFS), 1u << 25 | 1u << 24 | 3);
}

static void no_request_while_configuration_is_open(void **state)
{
    struct kit *k = *state;

    kit_route(k);
    kit_configure(k, 8);
    wr(k, TXBAR, 1);
    assert_int_equal(rd(k, TXBRP), 0);
    assert_int_equal(k->chip.findings.count, 1);
}

static void error_passive_sender_sets_esi(void **state)
{
    struct kit *k = *state;

    start(k, 1, 0, false, FDOE);
    leave_alone(k);
    kit_tx_buffer(k, 0, 0x100, 1u << 21);
    wr(k, TXBAR, 1);
    run_us(k, 20000);
    can_node_start(&k->ecu.node, k->chip.sched.now);
    run_us(k, 1000);
    assert_int_equal(k->ecu.received_count, 1);
    assert_true(k->ecu.received[0].frame.esi);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(frame_arrives_as_it_lies_in_the_buffer),
        CASE(extended_and_remote_bits_count),
        CASE(format_of_the_frame),
        CASE(data_beyond_the_element_are_padded_with_cc),
        CASE(large_elements),
        CASE(dedicated_buffers_go_by_identifier_then_by_number),
        CASE(requests_for_buffers_that_are_not_there_are_ignored),
        CASE(fifo_keeps_its_order),
        CASE(fifo_wraps_and_tells_when_it_is_full),
        CASE(fifo_element_competes_with_dedicated_buffers),
        CASE(queue_goes_by_identifier),
        CASE(full_queue_puts_into_the_buffer_that_becomes_free),
        CASE(higher_priority_of_another_node_goes_first),
        CASE(cancelling_a_request_that_has_not_started),
        CASE(cancelling_a_frame_on_the_wire_lets_it_finish),
        CASE(cancelled_frame_that_fails_is_not_repeated),
        CASE(cancelling_the_fifos_first_moves_the_get_index),
        CASE(cancelling_nothing_sets_the_flag_and_moves_nothing),
        CASE(one_shot_mode_gives_up_after_an_error),
        CASE(one_shot_mode_gives_up_after_a_lost_arbitration),
        CASE(one_shot_mode_success),
        CASE(unacknowledged_frame_is_repeated_until_someone_comes),
        CASE(transmit_pause_leaves_two_bits_more),
        CASE(transmission_completed_needs_its_enable),
        CASE(events_are_stored_when_asked_for),
        CASE(event_fifo_full_and_lost),
        CASE(no_request_while_configuration_is_open),
        CASE(error_passive_sender_sets_esi),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
