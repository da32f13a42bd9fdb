/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The bus without faults: durations, arbitration, acknowledge, listeners, the log player. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <string.h>

#include "can_testkit.h"

static unsigned frame_bits(const struct bus_frame *f)
{
    struct can_bits b;

    can_bits_measure(f, &b);
    return b.total;
}

static void node_takes_part_after_eleven_recessive_bits(void **state)
{
    struct rig *r = *state;

    sched_run_until(&r->sched, 11 * BIT - 1);
    assert_int_equal(r->a.node.state, CAN_NODE_SYNCHRONIZING);
    sched_run_until(&r->sched, 11 * BIT);
    assert_int_equal(r->a.node.state, CAN_NODE_ON);
    assert_int_equal(r->a.on_at, 11 * BIT);
}

static void frame_lasts_as_long_as_its_bits(void **state)
{
    struct rig *r = *state;
    struct bus_frame f = {.id = 0x123, .dlc = 3, .data = {0, 0xFF, 0x55}};

    tester_send(&r->a, &f);
    rig_run_us(r, 1000);
    assert_int_equal(r->b.received_count, 1);
    assert_int_equal(r->b.received[0].start, 11 * BIT);
    assert_int_equal(r->b.received[0].end, 11 * BIT + frame_bits(&f) * BIT);
    assert_memory_equal(&r->b.received[0].frame, &f, sizeof(f));
    assert_int_equal(r->a.sent_count, 1);
    assert_int_equal(r->a.received_count, 0);
}

static void fd_frame_lasts_as_long_as_its_bits_at_both_rates(void **state)
{
    struct rig *r = *state;
    struct bus_frame f = {.id = 0x123, .fd = true, .brs = true, .dlc = 15};
    struct can_bits bits;

    memset(f.data, 0xA5, 64);
    can_bits_measure(&f, &bits);
    tester_send(&r->a, &f);
    rig_run_us(r, 2000);
    assert_int_equal(r->b.received_count, 1);
    assert_int_equal(r->b.received[0].end - r->b.received[0].start,
                     (bits.total - bits.data) * BIT + bits.data * VTIME_NS(500));
}

static void three_bits_between_frames(void **state)
{
    struct rig *r = *state;

    tester_send_id(&r->a, 0x100);
    tester_send_id(&r->a, 0x101);
    rig_run_us(r, 1000);
    assert_int_equal(r->b.received_count, 2);
    assert_int_equal(r->b.received[1].start - r->b.received[0].end, 3 * BIT);
}

static void lowest_identifier_wins(void **state)
{
    struct rig *r = *state;
    static const uint32_t expected[] = {0x050, 0x100, 0x200, 0x300};

    tester_init(&r->c, &r->bus, "c");
    tester_send_id(&r->a, 0x200);
    tester_send_id(&r->a, 0x300);
    tester_send_id(&r->b, 0x050);
    tester_send_id(&r->b, 0x100);
    rig_run_us(r, 2000);
    assert_int_equal(r->c.received_count, 4);
    for (unsigned i = 0; i < 4; i++) {
        assert_int_equal(r->c.received[i].frame.id, expected[i]);
    }
    assert_int_equal(r->a.lost_count, 2);
    assert_int_equal(r->b.lost_count, 0);
    assert_int_equal(r->a.received_count, 2); /* the winners' frames */
}

static void loser_drove_its_dominant_bits_up_to_the_difference(void **state)
{
    struct rig *r = *state;
    struct bus_frame win = {.id = 0x000};
    struct bus_frame lose = {.id = 0x7FF};
    struct can_bits bits;

    tester_send(&r->a, &win);
    tester_send(&r->b, &lose);
    rig_run_us(r, 130);
    assert_int_equal(r->b.lost_count, 1);
    can_bits_measure(&win, &bits);
    assert_int_equal(r->a.node.dominant_bits, bits.dominant);
    assert_int_equal(r->b.node.dominant_bits, 1 + 1); /* start of frame, acknowledge */
}

static void same_frame_from_two_nodes_is_sent_once(void **state)
{
    struct rig *r = *state;

    tester_send_id(&r->a, 0x100);
    tester_send_id(&r->b, 0x100);
    tester_init(&r->c, &r->bus, "c");
    rig_run_us(r, 1000);
    assert_int_equal(r->a.sent_count, 1);
    assert_int_equal(r->b.sent_count, 1);
    assert_int_equal(r->bus.valid_count, 1);
    assert_int_equal(r->c.received_count, 1);
}

static void same_identifier_with_other_data_is_a_bit_error(void **state)
{
    struct rig *r = *state;
    struct bus_frame f = {.id = 0x100, .dlc = 1, .data = {0x00}};
    struct bus_frame g = {.id = 0x100, .dlc = 1, .data = {0x01}};

    r->a.one_shot = true;
    tester_send(&r->a, &f);
    tester_send(&r->b, &g);
    rig_run_us(r, 1000);
    assert_int_equal(r->a.error_count, 1);
    assert_int_equal(r->b.error_count, 1);
    assert_int_equal(r->a.node.tec, 8);
    assert_int_equal(r->b.sent_count, 1);
}

static void receiver_drives_one_acknowledge_bit_a_frame(void **state)
{
    struct rig *r = *state;

    tester_send_id(&r->a, 0x100);
    tester_send_id(&r->a, 0x101);
    tester_send_id(&r->a, 0x102);
    rig_run_us(r, 2000);
    assert_int_equal(r->b.node.dominant_bits, 3);
    assert_int_equal(r->b.node.frames_received, 3);
    assert_int_equal(r->a.node.frames_sent, 3);
}

static void request_for_later_waits(void **state)
{
    struct rig *r = *state;
    struct bus_frame f = {.id = 1};

    r->a.queue[0] = f;
    r->a.head = 1;
    can_node_request(&r->a.node, VTIME_MS(5), 0);
    sched_run_until(&r->sched, VTIME_MS(6));
    assert_int_equal(r->b.received[0].start, VTIME_MS(5));
}

static void level_can_be_read_bit_by_bit(void **state)
{
    struct rig *r = *state;
    struct bus_frame f = {.id = 0x555, .dlc = 2, .data = {0x0F, 0xF0}};
    uint8_t wire[CAN_BITS_MAX];
    size_t count = can_bits_encode(&f, wire, NULL);

    tester_send(&r->a, &f);
    assert_false(can_bus_is_dominant(&r->bus, 0));
    for (unsigned i = 0; i < count; i++) {
        vtime_ps at = 11 * BIT + i * BIT + BIT / 2;
        sched_run_until(&r->sched, at);
        bool acknowledge = i == count - 9;
        assert_int_equal(can_bus_is_dominant(&r->bus, at), wire[i] == 0 || acknowledge);
    }
}

static unsigned heard;
static void on_frame(void *ctx, const struct can_record *record)
{
    (void)ctx;
    heard++;
    assert_int_equal(record->error, CAN_ERROR_NONE);
    assert_string_equal(record->sender->name, "a");
}

static void listener_hears_every_frame(void **state)
{
    struct rig *r = *state;
    struct can_listener l = {.frame = on_frame};

    heard = 0;
    can_bus_listen(&r->bus, &l);
    tester_send_id(&r->a, 0x100);
    tester_send_id(&r->a, 0x101);
    rig_run_us(r, 1000);
    assert_int_equal(heard, 2);
}

/* ---- the player ---- */

struct script {
    unsigned next, count;
    struct {
        uint32_t id;
        vtime_ps t;
    } rows[16];
};

static bool script_next(void *ctx, struct bus_frame *f, vtime_ps *t)
{
    struct script *s = ctx;

    if (s->next == s->count) {
        return false;
    }
    *f = (struct bus_frame){.id = s->rows[s->next].id, .dlc = 8};
    *t = s->rows[s->next].t;
    s->next++;
    return true;
}

static void player_starts_at_one_second_and_keeps_time_stamps(void **state)
{
    struct rig *r = *state;
    struct script s = {.count = 3, .rows = {{0x10, 0}, {0x20, VTIME_MS(7)}, {0x05, VTIME_MS(100)}}};

    can_player_init(&r->player, &r->bus,
                    &(struct can_player_config){.next = script_next, .ctx = &s}, 0);
    sched_run_until(&r->sched, VTIME_S(2));
    assert_true(can_player_done(&r->player));
    assert_int_equal(r->player.sent, 3);
    assert_int_equal(r->player.worst_delay, 0);
    assert_int_equal(r->a.received[0].start, VTIME_S(1));
    assert_int_equal(r->a.received[1].start, VTIME_S(1) + VTIME_MS(7));
    assert_int_equal(r->a.received[2].start, VTIME_S(1) + VTIME_MS(100));
}

static void player_needs_nobody_to_acknowledge(void **state)
{
    struct rig *r = *state;
    struct script s = {.count = 1, .rows = {{0x10, 0}}};

    can_node_stop(&r->a.node, 0);
    can_node_stop(&r->b.node, 0);
    can_player_init(
        &r->player, &r->bus,
        &(struct can_player_config){.next = script_next, .ctx = &s, .start = VTIME_MS(1)}, 0);
    sched_run_until(&r->sched, VTIME_MS(2));
    assert_int_equal(r->player.sent, 1);
}

static void dense_log_queues_in_file_order(void **state)
{
    struct rig *r = *state;
    struct script s = {
        .count = 4,
        .rows = {{0x700, 0}, {0x100, VTIME_US(1)}, {0x600, VTIME_US(2)}, {0x001, VTIME_US(3)}}};

    can_player_init(&r->player, &r->bus,
                    &(struct can_player_config){.next = script_next, .ctx = &s}, 0);
    sched_run_until(&r->sched, VTIME_S(2));
    assert_int_equal(r->a.received_count, 4);
    for (unsigned i = 0; i < 4; i++) {
        assert_int_equal(r->a.received[i].frame.id, s.rows[i].id);
        assert_true(r->a.received[i].start >= VTIME_S(1) + s.rows[i].t);
        if (i > 0) {
            assert_int_equal(r->a.received[i].start - r->a.received[i - 1].end, 3 * BIT);
        }
    }
    assert_true(r->player.worst_delay > VTIME_US(600));
}

static void player_acknowledges_others(void **state)
{
    struct rig *r = *state;
    struct script s = {.count = 0};

    can_node_stop(&r->b.node, 0);
    can_player_init(&r->player, &r->bus,
                    &(struct can_player_config){.next = script_next, .ctx = &s}, 0);
    tester_send_id(&r->a, 0x100);
    rig_run_us(r, 1000);
    assert_int_equal(r->a.sent_count, 1);
    assert_int_equal(r->a.error_count, 0);
}

static void player_can_be_fed_later(void **state)
{
    struct rig *r = *state;
    struct script s = {.count = 0};

    can_player_init(&r->player, &r->bus,
                    &(struct can_player_config){.next = script_next, .ctx = &s}, 0);
    sched_run_until(&r->sched, VTIME_S(2));
    s.rows[0].id = 0x42;
    s.rows[0].t = VTIME_S(2);
    s.count = 1;
    can_player_kick(&r->player, r->sched.now);
    sched_run_until(&r->sched, VTIME_S(4));
    assert_int_equal(r->a.received_count, 1);
    assert_int_equal(r->a.received[0].start, VTIME_S(3));
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, rig_setup, rig_teardown)
    const struct CMUnitTest tests[] = {
        CASE(node_takes_part_after_eleven_recessive_bits),
        CASE(frame_lasts_as_long_as_its_bits),
        CASE(fd_frame_lasts_as_long_as_its_bits_at_both_rates),
        CASE(three_bits_between_frames),
        CASE(lowest_identifier_wins),
        CASE(loser_drove_its_dominant_bits_up_to_the_difference),
        CASE(same_frame_from_two_nodes_is_sent_once),
        CASE(same_identifier_with_other_data_is_a_bit_error),
        CASE(receiver_drives_one_acknowledge_bit_a_frame),
        CASE(request_for_later_waits),
        CASE(level_can_be_read_bit_by_bit),
        CASE(listener_hears_every_frame),
        CASE(player_starts_at_one_second_and_keeps_time_stamps),
        CASE(player_needs_nobody_to_acknowledge),
        CASE(dense_log_queues_in_file_order),
        CASE(player_acknowledges_others),
        CASE(player_can_be_fed_later),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
