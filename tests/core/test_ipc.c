/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/core/core_test.h"

#include <pthread.h>
#include <string.h>

#include "core/ipc.h"

static struct ipc_block block;

/* Both cores in order, as after a boot. */
static int booted(void **state)
{
    (void)state;
    memset(&block, 0xA5, sizeof(block)); /* what SRAM4 holds after power-on is not known */
    ipc_m7_init(&block);
    ipc_m4_init(&block);
    ipc_m7_ready(&block);
    ipc_m4_running(&block);
    return 0;
}

static void hand_shake(void **state)
{
    (void)state;
    memset(&block, 0, sizeof(block));
    ipc_m7_init(&block);
    assert_int_equal(block.m7.magic, IPC_MAGIC);
    assert_memory_equal(&block.m7.magic, "CDIP", 4);
    assert_int_equal(block.m7.version, IPC_VERSION);
    ipc_m4_init(&block);
    assert_int_equal(block.m4.state, IPC_M4_WAITING);
    assert_false(ipc_m4_is_released(&block));
    assert_false(ipc_m7_sees_m4(&block));
    ipc_m7_ready(&block);
    assert_true(ipc_m4_is_released(&block));
    assert_false(ipc_m7_sees_m4(&block));
    ipc_m4_running(&block);
    assert_true(ipc_m7_sees_m4(&block));
    assert_int_equal(block.m4.state, IPC_M4_RUNNING);
}

/* SRAM4 survives a reset: what the last boot left must not look like this one's. */
static void last_boot_is_not_this_one(void **state)
{
    (void)state;
    booted(state);
    ipc_m4_init(&block); /* the M4 comes first */
    assert_false(ipc_m4_is_released(&block));
    booted(state);
    ipc_m7_init(&block); /* the M7 comes first */
    assert_false(ipc_m7_sees_m4(&block));
    ipc_m7_ready(&block); /* answers the last boot's hello */
    assert_false(ipc_m7_sees_m4(&block));
    ipc_m4_init(&block);
    assert_false(ipc_m4_is_released(&block));
    ipc_m7_ready(&block); /* and again, as the M7 does until it sees the M4 */
    assert_true(ipc_m4_is_released(&block));
    ipc_m4_running(&block);
    assert_true(ipc_m7_sees_m4(&block));
}

/* One writer per field holds for the first zeroing too. */
static void each_core_zeroes_its_own_part(void **state)
{
    (void)state;
    memset(&block, 0xA5, sizeof(block));
    ipc_m7_init(&block);
    assert_int_equal(block.m4.hello, 0xA5A5A5A5);
    assert_int_equal(block.m7.m7_requests[IPC_M7_REQUESTS_SIZE - 1].data[63], 0);
    assert_int_equal(block.m4.m4_events[IPC_M4_EVENTS_SIZE - 1].data[63], 0xA5);
    block.m7.park_ticks[0] = 7;
    ipc_m4_init(&block);
    assert_int_equal(block.m4.m4_events[IPC_M4_EVENTS_SIZE - 1].data[63], 0);
    assert_int_equal(block.m7.park_ticks[0], 7);
}

static void numbers_skip_zero(void **state)
{
    (void)state;
    memset(&block, 0xFF, sizeof(block));
    ipc_m7_init(&block);
    ipc_m4_init(&block);
    assert_int_equal(block.m7.boot_id, 1);
    assert_int_equal(block.m4.hello, 1);
    block.m7.mailbox.seq = UINT32_MAX;
    const uint32_t ticks[IPC_DIALS] = {1, 2, 3, 4};
    assert_int_equal(ipc_mailbox_post(&block, ticks, 0), 1);
}

static void foreign_block_is_refused(void **state)
{
    (void)state;
    block.m7.version = IPC_VERSION + 1;
    assert_false(ipc_m4_is_released(&block));
    block.m7.version = IPC_VERSION;
    block.m7.magic = 0;
    assert_false(ipc_m4_is_released(&block));
}

static void mailbox_carries_a_post(void **state)
{
    (void)state;
    struct ipc_mailbox copy;
    assert_false(ipc_mailbox_read(&block, &copy)); /* nothing posted */
    const uint32_t ticks[IPC_DIALS] = {100000, 2, 3, 4};
    assert_int_equal(ipc_mailbox_post(&block, ticks, IPC_MAILBOX_DRIVE), 1);
    assert_true(ipc_mailbox_read(&block, &copy));
    assert_int_equal(copy.seq, 1);
    assert_memory_equal(copy.compare_ticks, ticks, sizeof(ticks));
    assert_int_equal(copy.flags, IPC_MAILBOX_DRIVE);
    assert_int_equal(ipc_mailbox_post(&block, ticks, 0), 2);
    assert_true(ipc_mailbox_read(&block, &copy));
    assert_int_equal(copy.seq, 2);
    assert_int_equal(copy.flags, 0);
}

/* The M7 stands still in the middle of a post. */
static void half_a_post_is_not_read(void **state)
{
    (void)state;
    struct ipc_mailbox copy;
    const uint32_t ticks[IPC_DIALS] = {100000, 2, 3, 4};
    ipc_mailbox_post(&block, ticks, 0);
    block.m7.mailbox.seq_begin = 2;
    assert_false(ipc_mailbox_read(&block, &copy));
    block.m7.mailbox.seq = 2;
    assert_true(ipc_mailbox_read(&block, &copy));
}

static void heartbeats(void **state)
{
    (void)state;
    uint32_t m7 = ipc_m7_heartbeat(&block);
    uint32_t m4 = ipc_m4_heartbeat(&block);
    ipc_m7_beat(&block);
    ipc_m4_beat(&block);
    ipc_m4_beat(&block);
    assert_int_equal(ipc_m7_heartbeat(&block), m7 + 1);
    struct ipc_mailbox copy;
    assert_false(ipc_mailbox_read(&block, &copy));
    assert_int_equal(copy.heartbeat, m7 + 1); /* beats before the first post */
    assert_int_equal(ipc_m4_heartbeat(&block), m4 + 2);
}

static bool push_a(uint32_t id)
{
    struct ipc_event *event = ipc_m4_events_slot(&block);
    if (event == NULL) {
        return false;
    }
    event->id = id;
    ipc_m4_events_push(&block);
    return true;
}

static bool push_c(uint32_t id)
{
    struct ipc_event *event = ipc_m7_requests_slot(&block);
    if (event == NULL) {
        return false;
    }
    event->id = id;
    ipc_m7_requests_push(&block);
    return true;
}

static void m4_events_keeps_order(void **state)
{
    (void)state;
    assert_null(ipc_m4_events_peek(&block));
    for (uint32_t i = 0; i < 1000; i++) {
        assert_true(push_a(i));
        assert_true(push_a(i + 5000));
        assert_int_equal(ipc_m4_events_peek(&block)->id, i);
        assert_int_equal(ipc_m4_events_peek(&block)->seq, (uint16_t)(2 * i));
        ipc_m4_events_pop(&block);
        assert_int_equal(ipc_m4_events_peek(&block)->id, i + 5000);
        ipc_m4_events_pop(&block);
        assert_null(ipc_m4_events_peek(&block));
    }
    assert_int_equal(block.m4.m4_events_overflow, 0);
}

static void a_full_ring_counts_what_it_loses(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < IPC_M4_EVENTS_SIZE; i++) {
        assert_true(push_a(i));
    }
    assert_false(push_a(1000));
    assert_false(push_a(1001));
    assert_int_equal(block.m4.m4_events_overflow, 2);
    assert_int_equal(ipc_m4_events_peek(&block)->id, 0); /* the old ones are kept */
    ipc_m4_events_pop(&block);
    assert_true(push_a(1002));
    for (uint32_t i = 1; i < IPC_M4_EVENTS_SIZE; i++) {
        assert_int_equal(ipc_m4_events_peek(&block)->id, i);
        ipc_m4_events_pop(&block);
    }
    assert_int_equal(ipc_m4_events_peek(&block)->id, 1002);

    for (uint32_t i = 0; i < IPC_M7_REQUESTS_SIZE; i++) {
        assert_true(push_c(i));
    }
    assert_false(push_c(1000));
    assert_int_equal(block.m7.m7_requests_overflow, 1);
    for (uint32_t i = 0; i < IPC_M7_REQUESTS_SIZE; i++) {
        assert_int_equal(ipc_m7_requests_peek(&block)->id, i);
        ipc_m7_requests_pop(&block);
    }
    assert_null(ipc_m7_requests_peek(&block));
}

static void indices_wrap(void **state)
{
    (void)state;
    block.m4.m4_events_head = block.m7.m4_events_tail = UINT32_MAX - 30;
    block.m7.m7_requests_head = block.m4.m7_requests_tail = UINT32_MAX - 3;
    for (uint32_t i = 0; i < IPC_M4_EVENTS_SIZE; i++) {
        assert_true(push_a(i));
    }
    assert_false(push_a(1000));
    for (uint32_t i = 0; i < IPC_M4_EVENTS_SIZE; i++) {
        assert_int_equal(ipc_m4_events_peek(&block)->id, i);
        ipc_m4_events_pop(&block);
    }
    assert_null(ipc_m4_events_peek(&block));
    assert_int_equal(block.m7.m4_events_tail, IPC_M4_EVENTS_SIZE - 31);
    for (uint32_t i = 0; i < IPC_M7_REQUESTS_SIZE; i++) {
        assert_true(push_c(i));
    }
    assert_false(push_c(1000));
    for (uint32_t i = 0; i < IPC_M7_REQUESTS_SIZE; i++) {
        assert_int_equal(ipc_m7_requests_peek(&block)->id, i);
        ipc_m7_requests_pop(&block);
    }
}

static void filters(void **state)
{
    (void)state;
    struct ipc_can_config can = {
        .filter_count = 2,
        .filter = {{0x156, 0x7FF, 0}, {0x00FEEE00, 0x03FFFF00, 1}, {0, 0, 0}},
    };
    assert_true(ipc_filter_accepts(&can, 0x156));
    assert_false(ipc_filter_accepts(&can, 0x157));
    assert_false(ipc_filter_accepts(&can, IPC_ID_EXTENDED | 0x156));
    assert_true(ipc_filter_accepts(&can, IPC_ID_EXTENDED | 0x18FEEE17));
    assert_false(ipc_filter_accepts(&can, 0x18FEEE17));
    can.filter_count = 99; /* never looks past the array */
    assert_true(ipc_filter_accepts(&can, 0x7FF));
    can.filter_count = 0;
    assert_false(ipc_filter_accepts(&can, 0x156));
    can.send[0] = (struct ipc_filter){0x7E0, 0x7F8, 0};
    assert_false(ipc_may_send(&can, 0x7E0));
    can.send_count = 1;
    assert_true(ipc_may_send(&can, 0x7E7));
    assert_false(ipc_may_send(&can, 0x7E8));
    assert_false(ipc_may_send(&can, IPC_ID_EXTENDED | 0x7E0));
    can.send_count = 99;
    assert_true(ipc_may_send(&can, 0)); /* the rest of the list is zero */
}

/* ---- two real threads: what one core writes the other reads whole and in order ---- */

#define POSTS 20000u
#define EVENTS 20000u

static void *m7_thread(void *argument)
{
    (void)argument;
    for (uint32_t n = 1; n <= POSTS; n++) {
        const uint32_t ticks[IPC_DIALS] = {n, n * 3, n * 5, n * 7};
        ipc_mailbox_post(&block, ticks, ~n);
    }
    return NULL;
}

static void mailbox_is_never_mixed(void **state)
{
    (void)state;
    pthread_t thread;
    struct ipc_mailbox copy = {0};
    unsigned mixed = 0;
    assert_int_equal(pthread_create(&thread, NULL, m7_thread, NULL), 0);
    do {
        if (ipc_mailbox_read(&block, &copy)) {
            uint32_t n = copy.seq;
            mixed += copy.compare_ticks[0] != n || copy.compare_ticks[1] != n * 3 ||
                     copy.compare_ticks[2] != n * 5 || copy.compare_ticks[3] != n * 7 ||
                     copy.flags != ~n;
        }
    } while (copy.seq < POSTS);
    pthread_join(thread, NULL);
    assert_int_equal(mixed, 0);
}

static void *m4_thread(void *argument)
{
    (void)argument;
    for (uint32_t n = 0; n < EVENTS;) {
        struct ipc_event *event = ipc_m4_events_slot(&block);
        if (event != NULL) {
            event->id = n;
            memset(event->data, (int)(n & 0xFF), sizeof(event->data));
            ipc_m4_events_push(&block);
            n++;
        }
    }
    return NULL;
}

static void ring_carries_everything_in_order(void **state)
{
    (void)state;
    pthread_t thread;
    unsigned wrong = 0;
    assert_int_equal(pthread_create(&thread, NULL, m4_thread, NULL), 0);
    for (uint32_t n = 0; n < EVENTS;) {
        const struct ipc_event *event = ipc_m4_events_peek(&block);
        if (event != NULL) {
            wrong +=
                event->id != n || event->data[0] != (uint8_t)n || event->data[63] != (uint8_t)n;
            ipc_m4_events_pop(&block);
            n++;
        }
    }
    pthread_join(thread, NULL);
    assert_int_equal(wrong, 0);
    assert_null(ipc_m4_events_peek(&block));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hand_shake),
        cmocka_unit_test(last_boot_is_not_this_one),
        cmocka_unit_test(each_core_zeroes_its_own_part),
        cmocka_unit_test(numbers_skip_zero),
        cmocka_unit_test_setup(foreign_block_is_refused, booted),
        cmocka_unit_test_setup(mailbox_carries_a_post, booted),
        cmocka_unit_test_setup(half_a_post_is_not_read, booted),
        cmocka_unit_test_setup(heartbeats, booted),
        cmocka_unit_test_setup(m4_events_keeps_order, booted),
        cmocka_unit_test_setup(a_full_ring_counts_what_it_loses, booted),
        cmocka_unit_test_setup(indices_wrap, booted),
        cmocka_unit_test(filters),
        cmocka_unit_test_setup(mailbox_is_never_mixed, booted),
        cmocka_unit_test_setup(ring_carries_everything_in_order, booted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
