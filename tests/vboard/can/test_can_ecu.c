/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Control units: single and long answers, flow control, refusals, delays, the pulled plug. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <string.h>

#include "can_testkit.h"
#include "vboard/car/ecu.h"

static const uint8_t supported[] = {0x98, 0x3B, 0x80, 0x13};

static const struct can_ecu_answer answers[] = {
    {.request = {0x01, 0x00}, .request_length = 2, .data = supported, .length = 4},
    {.request = {0x01, 0x5C},
     .request_length = 2,
     .length = 1,
     .length_bits = 8,
     .scale_micro = 1000000,
     .offset_micro = -40000000},
    {.request = {0x01, 0x05},
     .request_length = 2,
     .length = 1,
     .length_bits = 8,
     .is_coolant = true,
     .scale_micro = 1000000,
     .offset_micro = -40000000},
    {.request = {0x22, 0x20, 0x2F},
     .request_length = 3,
     .length = 40,
     .start_bit = 36 * 8,
     .length_bits = 16,
     .is_signed = true,
     .scale_micro = 100000},
    {.request = {0x22, 0x00, 0x01}, .request_length = 3, .negative = 0x31},
};

static int32_t temperature(void *ctx, bool coolant, vtime_ps now)
{
    (void)ctx;
    (void)now;
    return coolant ? 80000 : 91400;
}

static const struct can_ecu_config engine = {
    .name = "engine",
    .request_id = 0x7E0,
    .answer_id = 0x7E8,
    .functional_id = 0x7DF,
    .answers = answers,
    .answer_count = sizeof answers / sizeof *answers,
    .temperature_milli = temperature,
};

static struct can_ecu ecu;

static void start(struct rig *r, const struct can_ecu_config *config)
{
    can_ecu_init(&ecu, &r->bus, config, 0);
    rig_run_us(r, 100);
}

static void ask(struct rig *r, uint32_t id, const char *bytes, uint64_t run_us)
{
    struct bus_frame f = {.id = id, .dlc = 8};

    memcpy(f.data, bytes, 8);
    tester_send(&r->a, &f);
    rig_run_us(r, run_us);
}

/* Answer number `n` begins with these bytes. */
static void expect(struct rig *r, unsigned n, uint32_t id, const char *bytes, size_t count)
{
    assert_true(n < r->a.received_count);
    assert_int_equal(r->a.received[n].frame.id, id);
    assert_memory_equal(r->a.received[n].frame.data, bytes, count);
}

static void obd_answers(void **state)
{
    struct rig *r = *state;

    start(r, &engine);
    ask(r, 0x7DF, "\2\1\0\0\0\0\0\0", 10000);
    expect(r, 0, 0x7E8, "\6\x41\0\x98\x3B\x80\x13", 7);
    ask(r, 0x7E0, "\2\1\x5C\0\0\0\0\0", 10000);
    expect(r, 1, 0x7E8, "\3\x41\x5C\x83", 4); /* 91 */
    ask(r, 0x7E0, "\2\1\5\0\0\0\0\0", 10000);
    expect(r, 2, 0x7E8, "\3\x41\5\x78", 4); /* 80 */
    assert_int_equal(ecu.requests, 3);
    assert_in_range(r->a.received[2].start - r->a.last_sent_end, VTIME_MS(5), VTIME_MS(6));
}

static void silence_for_what_is_not_known(void **state)
{
    struct rig *r = *state;

    start(r, &engine);
    ask(r, 0x7E0, "\2\1\x5D\0\0\0\0\0", 20000);
    ask(r, 0x7E1, "\2\1\x5C\0\0\0\0\0", 20000); /* another unit */
    ask(r, 0x7E0, "\3\1\x5C\0\0\0\0\0", 20000); /* another length */
    assert_int_equal(r->a.received_count, 0);
    ask(r, 0x7E0, "\3\x22\0\1\0\0\0\0", 20000);
    expect(r, 0, 0x7E8, "\3\x7F\x22\x31", 4);
}

static void long_answer(void **state)
{
    struct rig *r = *state;

    start(r, &engine);
    ask(r, 0x7E0, "\3\x22\x20\x2F\0\0\0\0", 20000);
    assert_int_equal(r->a.received_count, 1);
    expect(r, 0, 0x7E8, "\x10\x2B\x62\x20\x2F\0\0\0", 8);
    ask(r, 0x7E0, "\x30\0\0\0\0\0\0\0", 20000);
    assert_int_equal(r->a.received_count, 7); /* 6 + 5 * 7 + 2 = 43 */
    expect(r, 1, 0x7E8, "\x21", 1);
    /* Bytes 39 and 40 of the message: 914, tenths of a degree. */
    expect(r, 5, 0x7E8, "\x25\0\0\0\0\0\x3\x92", 8);
    expect(r, 6, 0x7E8, "\x26\0\0", 3);
    assert_int_equal(ecu.state, CAN_ECU_IDLE);
}

static void block_size_and_gap(void **state)
{
    struct rig *r = *state;

    start(r, &engine);
    ask(r, 0x7E0, "\3\x22\x20\x2F\0\0\0\0", 20000);
    ask(r, 0x7E0, "\x30\2\5\0\0\0\0\0", 50000); /* two frames, 5 ms apart */
    assert_int_equal(r->a.received_count, 3);
    assert_in_range(r->a.received[2].start - r->a.received[1].end, VTIME_MS(5), VTIME_MS(6));
    ask(r, 0x7E0, "\x31\0\0\0\0\0\0\0", 50000); /* wait */
    assert_int_equal(r->a.received_count, 3);
    ask(r, 0x7E0, "\x30\0\xF3\0\0\0\0\0", 50000); /* the rest, 300 us apart */
    assert_int_equal(r->a.received_count, 7);
    assert_in_range(r->a.received[5].start - r->a.received[4].end, VTIME_US(300), VTIME_US(400));
    ask(r, 0x7E0, "\x30\0\0\0\0\0\0\0", 50000); /* nothing is left */
    assert_int_equal(r->a.received_count, 7);
}

static void no_flow_control_in_time(void **state)
{
    struct rig *r = *state;

    start(r, &engine);
    ask(r, 0x7E0, "\3\x22\x20\x2F\0\0\0\0", 1010000);
    ask(r, 0x7E0, "\x30\0\0\0\0\0\0\0", 50000);
    assert_int_equal(r->a.received_count, 1);
    assert_int_equal(ecu.broken, 1);
    ask(r, 0x7E0, "\3\x22\x20\x2F\0\0\0\0", 20000);
    ask(r, 0x7E0, "\x32\0\0\0\0\0\0\0", 20000); /* overflow */
    ask(r, 0x7E0, "\x30\0\0\0\0\0\0\0", 20000);
    assert_int_equal(r->a.received_count, 2);
    assert_int_equal(ecu.broken, 2);
    ask(r, 0x7E0, "\3\x22\x20\x2F\0\0\0\0", 20000);
    ask(r, 0x7E0, "\x30\0\x80\0\0\0\0\0", 300000); /* an unknown STmin is the longest: 127 ms */
    assert_int_equal(r->a.received_count, 6);
}

static void address_byte(void **state)
{
    struct rig *r = *state;
    struct can_ecu_config bmw = engine;

    bmw.request_id = 0x6F1;
    bmw.answer_id = 0x612;
    bmw.functional_id = 0;
    bmw.has_address = true;
    bmw.address = 0x12;
    bmw.tester = 0xF1;
    start(r, &bmw);
    ask(r, 0x6F1, "\x18\3\x22\0\1\0\0\0", 20000); /* for another unit */
    assert_int_equal(r->a.received_count, 0);
    ask(r, 0x6F1, "\x12\3\x22\0\1\0\0\0", 20000);
    expect(r, 0, 0x612, "\xF1\3\x7F\x22\x31", 5);
    ask(r, 0x6F1, "\x12\3\x22\x20\x2F\0\0\0", 20000);
    expect(r, 1, 0x612, "\xF1\x10\x2B\x62\x20\x2F\0\0", 8);
    ask(r, 0x6F1, "\x12\x30\0\0\0\0\0\0", 20000);
    assert_int_equal(r->a.received_count, 2 + 7); /* 5 + 6 * 6 + 2 = 43 */
}

static void pending_first(void **state)
{
    struct rig *r = *state;
    struct can_ecu_config slow = engine;

    slow.delay = VTIME_MS(40);
    slow.pendings = 2;
    slow.pending_every = VTIME_MS(300);
    start(r, &slow);
    ask(r, 0x7E0, "\2\1\x5C\0\0\0\0\0", 200000);
    expect(r, 0, 0x7E8, "\3\x7F\1\x78", 4);
    rig_run_us(r, 300000);
    expect(r, 1, 0x7E8, "\3\x7F\1\x78", 4);
    rig_run_us(r, 300000);
    expect(r, 2, 0x7E8, "\3\x41\x5C\x83", 4);
    assert_int_equal(r->a.received_count, 3);
}

static void pulled_plug(void **state)
{
    struct rig *r = *state;

    start(r, &engine);
    can_ecu_plug(&ecu, false, r->sched.now);
    ask(r, 0x7E0, "\2\1\x5C\0\0\0\0\0", 20000);
    assert_int_equal(r->a.received_count, 0);
    can_ecu_plug(&ecu, true, r->sched.now);
    rig_run_us(r, 1000);
    ask(r, 0x7E0, "\2\1\x5C\0\0\0\0\0", 20000);
    assert_int_equal(r->a.received_count, 1);
    can_ecu_destroy(&ecu, r->sched.now);
}

int main(void)
{
#define ON_RIG(test) cmocka_unit_test_setup_teardown(test, rig_setup, rig_teardown)
    const struct CMUnitTest tests[] = {
        ON_RIG(obd_answers),
        ON_RIG(silence_for_what_is_not_known),
        ON_RIG(long_answer),
        ON_RIG(block_size_and_gap),
        ON_RIG(no_flow_control_in_time),
        ON_RIG(address_byte),
        ON_RIG(pending_first),
        ON_RIG(pulled_plug),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
