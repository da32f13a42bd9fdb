/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/core/core_test.h"
#include "tests/core/request_bench.h"

#include <string.h>

static struct bench bench;

static int start(void **state)
{
    (void)state;
    bench_start(&bench);
    return 0;
}

static void expect_sent(unsigned index, uint32_t id, const char *bytes)
{
    assert_true(index < bench.sent_count);
    assert_int_equal(bench.sent[index].id, id);
    assert_memory_equal(bench.sent[index].data, bytes, 8);
}

static enum request_state state_of(unsigned dial)
{
    return requests_state(&bench.r, (uint8_t)dial);
}

/* ---- when to be silent ---- */

static void silent_before_traffic(void **state)
{
    (void)state;
    bench_add(&bench, 0);
    bench.traffic = false;
    bench_run(&bench, 60000);
    assert_int_equal(bench.sent_count, 0);
    assert_int_equal(state_of(0), REQUEST_LISTENING);
    bench.traffic = true;
    bench_run(&bench, 100);
    assert_int_equal(bench.sent_count, 1);
}

static void silent_unless_enabled(void **state)
{
    (void)state;
    bench_add(&bench, 0);
    requests_enable(&bench.r, false);
    bench_run(&bench, 10000);
    assert_int_equal(bench.sent_count, 0);
    assert_int_equal(state_of(0), REQUEST_OFF);
}

static void silent_without_such_dials(void **state)
{
    (void)state;
    record_default(&bench.record);
    bench_restart(&bench);
    bench_run(&bench, 10000);
    bench_receive(&bench, 0x7E8, false, "\3\x41\x5C\x8B\0\0\0\0");
    assert_int_equal(bench.sent_count, 0);
    assert_false(requests_wanted(&bench.record));
    assert_int_equal(state_of(0), REQUEST_OFF);
}

static void stops_5_s_after_the_car_sleeps(void **state)
{
    (void)state;
    struct bench_unit *unit = bench_add(&bench, 0);
    bench_run(&bench, 10000);
    bench.traffic = false; /* but the unit goes on answering us: that must not count */
    uint32_t last_ms = bench.now_ms;
    bench_run(&bench, 60000);
    assert_in_range(bench.sent[bench.sent_count - 1].at_ms, last_ms + 4000, last_ms + 5000);
    assert_int_equal(state_of(0), REQUEST_LISTENING);
    unit->deaf = false;
    bench.traffic = true;
    unsigned before = bench.readings[0];
    bench_run(&bench, 3000);
    assert_true(bench.readings[0] > before);
}

static void yields_to_another_tester(void **state)
{
    static const struct {
        uint32_t id;
        bool extended;
    } testers[] = {{0x7DF, false}, {0x7E3, false}, {0x18DB33F1, true}, {0x18DA10F1, true}};
    (void)state;
    bench_add(&bench, 0);
    for (unsigned i = 0; i < 4; i++) {
        bench_run(&bench, 15000);
        assert_int_equal(state_of(0), REQUEST_ASKING);
        bench_receive(&bench, testers[i].id, testers[i].extended, "\2\1\xC\0\0\0\0\0");
        unsigned before = bench.sent_count;
        bench_run(&bench, 9990);
        assert_int_equal(bench.sent_count, before);
        assert_int_equal(state_of(0), REQUEST_YIELDING);
        bench_run(&bench, 1000);
        assert_true(bench.sent_count > before);
    }
}

static void no_flow_control_for_others(void **state)
{
    (void)state;
    bench_add(&bench, 0);
    bench_run(&bench, 5100);
    unsigned before = bench.sent_count;
    bench_receive(&bench, 0x7E8, false, "\x10\x14\x49\2\1\x31\x32\x33"); /* somebody's VIN */
    assert_int_equal(bench.sent_count, before);
    bench_receive(&bench, 0x7E0, false, "\2\x9\2\0\0\0\0\0");
    bench_receive(&bench, 0x7E8, false, "\x10\x14\x49\2\1\x31\x32\x33");
    assert_int_equal(bench.sent_count, before);
}

/* The car falls asleep while a unit still has not answered: not even flow control is sent then. */
static void no_flow_control_for_a_sleeping_car(void **state)
{
    (void)state;
    bench_add(&bench, 0);
    bench_run(&bench, 5100);
    bench.unit[0].deaf = true;
    unsigned asked = bench.sent_count;
    while (bench.sent_count == asked) {
        bench_run(&bench, 1);
    }
    bench.traffic = false;
    bench_receive(&bench, 0x7E8, false, "\3\x7F\1\x78\0\0\0\0");
    bench_run(&bench, 3000);
    bench_receive(&bench, 0x7E8, false, "\3\x7F\1\x78\0\0\0\0");
    bench_run(&bench, 2500);
    assert_true(bench.r.sent.waiting);
    bench_receive(&bench, 0x7E8, false, "\x10\x9\x41\x5C\x64\0\0\0");
    assert_int_equal(bench.sent_count, asked + 1);
}

static void silent_after_three_bus_offs(void **state)
{
    (void)state;
    bench_add(&bench, 0);
    for (unsigned i = 1; i <= 4; i++) {
        unsigned before = bench.sent_count;
        bench_run(&bench, 5000);
        assert_int_equal(bench.sent_count > before, i <= 3);
        requests_bus_off(&bench.r);
    }
    assert_int_equal(state_of(0), REQUEST_SILENCED);
}

/* ---- OBD-II ---- */

static void searches_then_asks(void **state)
{
    (void)state;
    bench_add(&bench, 0);
    bench_run(&bench, 2500);
    expect_sent(0, 0x7DF, "\2\1\0\0\0\0\0\0");
    expect_sent(1, 0x7DF, "\2\1\x20\0\0\0\0\0");
    expect_sent(2, 0x7DF, "\2\1\x40\0\0\0\0\0");
    expect_sent(3, 0x7E0, "\2\1\x5C\0\0\0\0\0");
    assert_true(bench.readings[0] >= 1);
    assert_int_equal(bench.result[0], SOURCE_VALUE);
    assert_int_equal(bench.reading[0].value_milli, 91000);
    assert_int_equal(bench.reading[0].raw, 131);
    assert_false(bench.reading[0].substitute);
    assert_int_equal(state_of(0), REQUEST_ASKING);
}

static void keeps_its_rate(void **state)
{
    (void)state;
    bench_add(&bench, 0);
    bench_run(&bench, 60000);
    assert_in_range(bench.sent_count, 115, 121);
    for (unsigned i = 1; i < bench.sent_count; i++) {
        assert_true(bench.sent[i].at_ms - bench.sent[i - 1].at_ms >= 500);
    }
    assert_true(bench.readings[0] >= 110);
}

/* Four dials that want 40 a second together get 10, one after the other. */
static void never_more_than_ten_a_second(void **state)
{
    (void)state;
    bench.record.dial_count = 4;
    for (unsigned i = 0; i < 4; i++) {
        bench.record.dial[i] = bench.record.dial[0];
        bench.record.dial[i].source.obd2.rate_millihz = 10000;
    }
    bench_restart(&bench);
    bench.poll_ms = 1;
    bench_add(&bench, 0);
    bench_run(&bench, 60000);
    for (unsigned i = 1; i < bench.sent_count; i++) {
        assert_true(bench.sent[i].at_ms - bench.sent[i - 1].at_ms >= 100);
    }
    for (unsigned i = 0; i < 4; i++) {
        assert_in_range(bench.readings[i], 140, 152);
    }
}

/* The first is slow, the second refuses what it says to have, the third is right. */
static void three_units(void **state)
{
    (void)state;
    struct bench_unit *slow = bench_add(&bench, 0);
    slow->delay_ms = 300;
    slow->block[2] = 0; /* and has no 5C */
    struct bench_unit *refuses = bench_add(&bench, 1);
    refuses->refuses = 0x12;
    bench_add(&bench, 2);
    bench_run(&bench, 6000);
    assert_int_equal(bench.reading[0].value_milli, 91000);
    assert_int_equal(bench.sent[bench.sent_count - 1].id, 0x7E2);
    assert_int_equal(state_of(0), REQUEST_ASKING);
}

/* Late answers to the search count as long as the next request is not out. */
static void a_slow_unit_is_found(void **state)
{
    (void)state;
    struct bench_unit *quick = bench_add(&bench, 1);
    quick->block[2] = 0;
    struct bench_unit *slow = bench_add(&bench, 0);
    slow->delay_ms = 350;
    bench_run(&bench, 4000);
    assert_int_equal(bench.reading[0].value_milli, 91000);
    assert_int_equal(bench.sent[bench.sent_count - 1].id, 0x7E0);
}

static void not_available(void **state)
{
    (void)state;
    bench_add(&bench, 0)->pid_5c = 0xFF;
    bench_run(&bench, 3000);
    assert_int_equal(bench.result[0], SOURCE_INVALID);
    assert_int_equal(bench.reading[0].raw, 0xFF);
}

static void coolant_only_where_allowed(void **state)
{
    (void)state;
    bench_add(&bench, 0)->block[2] = 0;
    bench_run(&bench, 10000);
    assert_int_equal(bench.readings[0], 0);
    assert_int_equal(state_of(0), REQUEST_SEARCHING);
    unsigned searching = bench.sent_count;
    assert_in_range(searching, 6, 9); /* 00, 20, 40; then a pause */
    bench.record.dial[0].source.obd2.fallback_coolant = true;
    bench_restart(&bench);
    bench_run(&bench, 4000);
    assert_int_equal(bench.reading[0].value_milli, 80000);
    assert_true(bench.reading[0].substitute);
    assert_int_equal(state_of(0), REQUEST_ASKING_COOLANT);
    expect_sent(bench.sent_count - 1, 0x7E0, "\2\1\5\0\0\0\0\0");
}

static void nobody_has_either(void **state)
{
    (void)state;
    bench.record.dial[0].source.obd2.fallback_coolant = true;
    struct bench_unit *unit = bench_add(&bench, 0);
    unit->block[0] = 0x80000000;
    bench_restart(&bench);
    bench_run(&bench, 60000);
    assert_int_equal(bench.readings[0], 0);
    assert_in_range(bench.sent_count, 9, 14); /* one request every 5 s */
}

/* It says to have it, then refuses; nothing else is there: no endless quick searches. */
static void the_only_one_refuses(void **state)
{
    (void)state;
    bench_add(&bench, 0)->refuses = 0x31;
    bench_run(&bench, 60000);
    assert_int_equal(bench.readings[0], 0);
    assert_in_range(bench.sent_count, 20, 45);
}

static void busy_is_no_refusal(void **state)
{
    (void)state;
    struct bench_unit *unit = bench_add(&bench, 0);
    bench_run(&bench, 2500);
    unit->refuses = 0x21;
    bench_run(&bench, 1000);
    unit->refuses = 0;
    unsigned before = bench.sent_count;
    bench_run(&bench, 1200);
    expect_sent(before, 0x7E0, "\2\1\x5C\0\0\0\0\0");
}

static void pulled_plug(void **state)
{
    (void)state;
    struct bench_unit *unit = bench_add(&bench, 0);
    bench_run(&bench, 5000);
    unit->deaf = true;
    bench_run(&bench, 400);
    assert_int_equal(state_of(0), REQUEST_ASKING); /* one is not enough */
    bench_run(&bench, 60000);
    assert_int_equal(state_of(0), REQUEST_UNANSWERED);
    unit->deaf = false;
    unsigned before = bench.readings[0];
    bench_run(&bench, 8000);
    assert_true(bench.readings[0] > before);
    assert_int_equal(state_of(0), REQUEST_ASKING);
}

/* The plug's unit is away so shortly that the search is not needed. */
static void one_miss(void **state)
{
    (void)state;
    struct bench_unit *unit = bench_add(&bench, 0);
    bench_run(&bench, 5000);
    unit->deaf = true;
    bench_run(&bench, 600);
    unit->deaf = false;
    unsigned before = bench.sent_count;
    bench_run(&bench, 1100);
    expect_sent(before, 0x7E0, "\2\1\x5C\0\0\0\0\0");
    assert_int_equal(bench.r.dial[0].misses, 0);
}

static void asks_all_where_one_does_not_answer(void **state)
{
    (void)state;
    bench_add(&bench, 0)->only_to_all = true;
    bench_add(&bench, 1); /* answers as well, and must not be taken */
    bench.unit[1].pid_5c = 40;
    bench_run(&bench, 10000);
    assert_int_equal(bench.reading[0].value_milli, 91000);
    expect_sent(bench.sent_count - 1, 0x7DF, "\2\1\x5C\0\0\0\0\0");
    assert_int_equal(state_of(0), REQUEST_ASKING);
}

static struct bench_unit *add_29bit(uint8_t address)
{
    struct bench_unit *unit = bench_add(&bench, 0);
    unit->extended = true;
    unit->request_id = 0x18DA00F1u | (uint32_t)address << 8;
    unit->answer_id = 0x18DAF100u | address;
    return unit;
}

/* VW Tiguan 2024: the engine is unit 01, and another one's answer comes in between. */
static void in_29_bits(void **state)
{
    (void)state;
    add_29bit(0x01);
    add_29bit(0x03)->block[2] = 0;
    bench_run(&bench, 5000);
    assert_int_equal(bench.sent[0].id, 0x7DF);
    assert_int_equal(bench.sent[1].id, 0x18DB33F1);
    assert_true(bench.sent[1].extended);
    assert_int_equal(bench.sent[bench.sent_count - 1].id, 0x18DA01F1);
    bench_receive(&bench, 0x18DAF102, true, "\3\x41\4\x6B\0\0\0\0");
    assert_int_equal(bench.reading[0].value_milli, 91000);
}

static void only_29_bits(void **state)
{
    (void)state;
    bench.record.dial[0].source.obd2.addressing = OBD_29BIT;
    bench_restart(&bench);
    bench_add(&bench, 1); /* 11 bits: never asked */
    bench_run(&bench, 30000);
    for (unsigned i = 0; i < bench.sent_count; i++) {
        assert_true(bench.sent[i].extended);
    }
    assert_int_equal(bench.readings[0], 0);
    assert_in_range(bench.sent_count, 5, 7); /* nobody: every 5 s */
    add_29bit(0x10);
    bench_run(&bench, 10000);
    assert_true(bench.readings[0] > 0);
}

static void eight_answers_and_a_ninth(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 8; i++) {
        bench_add(&bench, i)->block[2] = i == 7 ? 0x10 : 0;
    }
    bench_run(&bench, 4000);
    assert_int_equal(bench.sent[bench.sent_count - 1].id, 0x7E7);
    bench.record.dial[0].source.obd2.addressing = OBD_29BIT;
    bench_restart(&bench);
    bench.units = 0;
    for (unsigned i = 0; i < 10; i++) {
        add_29bit((uint8_t)(0x10 + i));
    }
    bench_run(&bench, 4000);
    assert_int_equal(bench.reading[0].value_milli, 91000);
}

static void answers_that_are_none(void **state)
{
    (void)state;
    bench_receive(&bench, 0x7E8, false, "\3\x41\x5C\x8B\0\0\0\0"); /* nothing was asked yet */
    assert_int_equal(bench.readings[0], 0);
    bench_add(&bench, 0);
    bench_run(&bench, 5000);
    unsigned before = bench.readings[0];
    bench_receive(&bench, 0x7E8, false, "\3\x41\xC\x8B\0\0\0\0");  /* another PID */
    bench_receive(&bench, 0x7E8, false, "\3\x49\x5C\x8B\0\0\0\0"); /* another service */
    bench_receive(&bench, 0x7E8, false, "\2\x41\x5C\x8B\0\0\0\0"); /* no value */
    bench_receive(&bench, 0x7E9, false, "\3\x41\x5C\x8B\0\0\0\0"); /* another unit */
    bench_receive(&bench, 0x18DAF110, true, "\3\x41\x5C\x8B\0\0\0\0");
    bench_receive(&bench, 0x7E9, false, "\3\x7F\1\x12\0\0\0\0");
    bench_receive(&bench, 0x7E8, false, "\3\x7F\x22\x12\0\0\0\0");
    bench_receive(&bench, 0x7E8, false, "\3\x7F\1\x78\0\0\0\0"); /* pending, though answered */
    assert_int_equal(bench.readings[0], before);
    struct can_frame frame = {.id = 0x7E8, .len = 8, .data = {3, 0x41, 0x5C, 0x8B}};
    enum source_result result;
    struct source_reading reading;
    frame.fd = true;
    assert_int_equal(requests_frame(&bench.r, 0, &frame, &result, &reading), -1);
    frame.fd = false;
    frame.remote = true;
    assert_int_equal(requests_frame(&bench.r, 0, &frame, &result, &reading), -1);
    bench_run(&bench, 3000);
    assert_true(bench.readings[0] > before);
}

/* A unit that sends its answer in pieces gets flow control, alone. */
static void obd_in_two_frames(void **state)
{
    (void)state;
    bench_add(&bench, 3);
    bench_run(&bench, 2500);
    bench.unit[0].deaf = true;
    unsigned asked = bench.sent_count;
    while (bench.sent_count == asked) {
        bench_run(&bench, 1);
    }
    bench_receive(&bench, 0x7EB, false, "\x10\x9\x41\x5C\x64\0\0\0");
    expect_sent(asked + 1, 0x7E3, "\x30\0\0\0\0\0\0\0");
    bench_receive(&bench, 0x7EB, false, "\x21\0\0\0\0\0\0\0");
    assert_int_equal(bench.reading[0].value_milli, 60000);
}

static void pending(void **state)
{
    (void)state;
    struct bench_unit *unit = bench_add(&bench, 0);
    bench_run(&bench, 3000);
    unit->pendings = 2;
    unit->pending_ms = 4000;
    unsigned before = bench.readings[0];
    unsigned sent = bench.sent_count;
    bench_run(&bench, 9000);
    assert_in_range(bench.sent_count - sent, 1, 2); /* one outstanding at a time */
    assert_int_equal(bench.readings[0], before + 1);
    unit->pendings = 20; /* a unit that is never ready */
    unit->pending_ms = 1000;
    sent = bench.sent_count;
    bench_run(&bench, 30000);
    assert_in_range(bench.sent_count - sent, 2, 6);
}

/* ---- UDS ---- */

static struct bench_unit *start_uds(const char *message, unsigned length)
{
    bench.record.dial[0].source = (struct source_config){.kind = SOURCE_UDS,
                                                         .uds = {.request_id = 0x714,
                                                                 .response_id = 0x77E,
                                                                 .service = UDS_READ_DID,
                                                                 .did = 0x202F,
                                                                 .length_bits = 8,
                                                                 .rate_millihz = 1000,
                                                                 .scale = 1,
                                                                 .offset = -58}};
    bench_restart(&bench);
    struct bench_unit *unit = &bench.unit[bench.units++];
    *unit = (struct bench_unit){.request_id = 0x714,
                                .answer_id = 0x77E,
                                .delay_ms = 20,
                                .did = 0x202F,
                                .message = (const uint8_t *)message,
                                .message_length = length};
    return unit;
}

static void uds_single(void **state)
{
    (void)state;
    start_uds("\x62\x20\x2F\x94", 4);
    bench_run(&bench, 10000);
    expect_sent(0, 0x714, "\3\x22\x20\x2F\0\0\0\0");
    assert_in_range(bench.sent_count, 9, 10);
    assert_int_equal(bench.reading[0].value_milli, 90000);
    assert_int_equal(state_of(0), REQUEST_ASKING);
    bench_receive(&bench, 0x714, false, "\3\x22\xF1\x90\0\0\0\0"); /* another tester, same unit */
    assert_int_equal(state_of(0), REQUEST_YIELDING);
}

static const char long_message[] = "\x62\x20\x2F................................................"
                                   "\x94...............................................";

static void uds_many_frames(void **state)
{
    (void)state;
    start_uds(long_message, 100);
    bench.record.dial[0].source.uds.start_bit = 48 * 8;
    bench_run(&bench, 3000);
    assert_int_equal(bench.reading[0].value_milli, 90000);
    expect_sent(1, 0x714, "\x30\0\0\0\0\0\0\0");
}

/* BMW: everything begins with an address. */
static void uds_with_address(void **state)
{
    (void)state;
    struct bench_unit *unit = start_uds(long_message, 100);
    struct source_uds *uds = &bench.record.dial[0].source.uds;
    uds->has_address = true;
    uds->ecu = 0x18;
    uds->start_bit = 48 * 8;
    unit->has_address = true;
    unit->address = 0x18;
    bench_run(&bench, 3000);
    expect_sent(0, 0x714, "\x18\3\x22\x20\x2F\0\0\0");
    expect_sent(1, 0x714, "\x18\x30\0\0\0\0\0\0");
    assert_int_equal(bench.reading[0].value_milli, 90000);
}

static void uds_too_long(void **state)
{
    (void)state;
    static const char huge[300] = "\x62\x20\x2F";
    start_uds(huge, 290);
    bench_run(&bench, 1000);
    expect_sent(1, 0x714, "\x32\0\0\0\0\0\0\0");
    assert_int_equal(bench.readings[0], 0);
}

static void uds_too_short(void **state)
{
    (void)state;
    start_uds("\x62\x20\x2F", 3);
    bench_run(&bench, 1500);
    assert_int_equal(bench.result[0], SOURCE_SHORT);
}

static void uds_refused(void **state)
{
    (void)state;
    struct bench_unit *unit = start_uds("\x62\x20\x2F\x94", 4);
    unit->refuses_all = 0x31;
    bench_run(&bench, 10000);
    assert_int_equal(bench.readings[0], 0);
    assert_int_equal(state_of(0), REQUEST_UNANSWERED);
    assert_in_range(bench.sent_count, 9, 10); /* at its rate, no faster */
    unit->refuses_all = 0;
    bench_run(&bench, 1500);
    assert_int_equal(state_of(0), REQUEST_ASKING);
    bench_receive(&bench, 0x77E, false, "\3\x7F\x22\x31\0\0\0\0");   /* late, for nobody */
    bench_receive(&bench, 0x77E, false, "\4\x62\x20\x30\x94\0\0\0"); /* another identifier */
    assert_int_equal(bench.r.dial[0].misses, 0);
}

/* The unit stops in the middle: the next request comes, and works. */
static void uds_breaks_off(void **state)
{
    (void)state;
    struct bench_unit *unit = start_uds("\x62\x20\x2F\x94", 4);
    unit->deaf = true;
    bench_run(&bench, 25);
    bench_receive(&bench, 0x77E, false, "\x10\x20\x62\x20\x2F\0\0\0");
    bench_run(&bench, 900);
    assert_true(bench.r.sent.waiting); /* 150 ms for the beginning, 1 s from frame to frame */
    bench_run(&bench, 300);
    unit->deaf = false;
    bench_run(&bench, 2000);
    assert_int_equal(bench.reading[0].value_milli, 90000);
}

static void two_kinds_take_turns(void **state)
{
    (void)state;
    struct source_config obd2 = bench.record.dial[0].source;
    start_uds("\x62\x20\x2F\x94", 4);
    bench.record.dial[1] = bench.record.dial[0];
    bench.record.dial[1].source = obd2;
    bench.record.dial[2] = bench.record.dial[0];
    bench.record.dial[2].source =
        (struct source_config){.kind = SOURCE_BROADCAST, .broadcast = {.id = 0x156}};
    bench.record.dial_count = 3;
    bench_restart(&bench);
    bench_add(&bench, 0);
    bench.traffic = false;
    bench_run(&bench, 1000);
    assert_int_equal(bench.sent_count, 0);
    bench_receive(&bench, 0x156, false,
                  "\0\0\0\0\0\0\0\0"); /* a broadcast dial's frame is traffic */
    bench_run(&bench, 4500);
    assert_int_equal(bench.reading[0].value_milli, 90000);
    assert_int_equal(bench.reading[1].value_milli, 91000);
    assert_int_equal(state_of(2), REQUEST_OFF);
}

/* ---- identifiers, names, arbitrary input ---- */

static bool covers(const struct request_ids *ids, unsigned count, uint32_t id, bool extended)
{
    for (unsigned i = 0; i < count; i++) {
        if (ids[i].extended == extended && ((ids[i].id ^ id) & ids[i].mask) == 0) {
            return true;
        }
    }
    return false;
}

static void identifiers(void **state)
{
    (void)state;
    struct request_ids ids[REQUEST_IDS_MAX];
    unsigned count = requests_send_ids(&bench.record, ids);
    assert_int_equal(count, 4);
    assert_true(covers(ids, count, 0x7DF, false) && covers(ids, count, 0x7E7, false));
    assert_false(covers(ids, count, 0x7E8, false) || covers(ids, count, 0x7DE, false));
    assert_true(covers(ids, count, 0x18DB33F1, true) && covers(ids, count, 0x18DA10F1, true));
    assert_int_equal(requests_receive_ids(&bench.record, ids), 6);
    bench.record.dial[0].source.obd2.addressing = OBD_11BIT;
    assert_int_equal(requests_send_ids(&bench.record, ids), 2);
    bench.record.dial[0].source.obd2.addressing = OBD_29BIT;
    count = requests_send_ids(&bench.record, ids);
    assert_int_equal(count, 2);
    assert_false(covers(ids, count, 0x7DF, false));
    start_uds("", 0);
    count = requests_send_ids(&bench.record, ids);
    assert_int_equal(count, 1);
    assert_true(covers(ids, count, 0x714, false));
    assert_false(covers(ids, count, 0x715, false));
    count = requests_receive_ids(&bench.record, ids);
    assert_true(covers(ids, count, 0x77E, false) && covers(ids, count, 0x7DF, false));
    assert_false(covers(ids, count, 0x7E8, false));
    bench.record.dial_count = 2;
    bench.record.dial[1] = bench.record.dial[0];
    bench.record.dial[1].source.uds.request_id = 0x7E0; /* within OBD-II's */
    bench.record.dial[1].source.uds.response_id = 0x7E8;
    assert_int_equal(requests_receive_ids(&bench.record, ids), count + 1);
    record_default(&bench.record);
    assert_int_equal(requests_receive_ids(&bench.record, ids), 0);
    assert_int_equal(requests_send_ids(&bench.record, ids), 0);
}

static void names(void **state)
{
    (void)state;
    for (unsigned a = 0; a < REQUEST_STATE_COUNT; a++) {
        for (unsigned b = 0; b < a; b++) {
            assert_string_not_equal(request_state_name((enum request_state)a),
                                    request_state_name((enum request_state)b));
        }
    }
    assert_string_equal(request_state_name(REQUEST_STATE_COUNT), "?");
}

/* A queue that nobody empties fills, and that is all. */
static void full_queue(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < 100; i++) {
        uint32_t now_us = i * 600000;
        requests_traffic(&bench.r, now_us);
        requests_poll(&bench.r, now_us);
        requests_poll(&bench.r, now_us + 300000);
    }
    struct request_frame frame;
    unsigned count = 0;
    while (requests_take(&bench.r, &frame)) {
        count++;
    }
    assert_int_equal(count, REQUEST_QUEUE);
}

/* Whatever the bus says: only listed identifiers, no more than ten requests a second, silence at the end. */
static void any_bus(struct random *random)
{
    bench_start(&bench);
    bench.offset_us = random_u32(random);
    bench.record.dial_count = 2;
    bench.record.dial[1] = bench.record.dial[0];
    bench.record.dial[0].source.obd2.rate_millihz = (uint16_t)random_between(random, 1000, 10000);
    bench.record.dial[0].source.obd2.fallback_coolant = random_u32(random) & 1u;
    if (random_u32(random) & 1u) {
        start_uds(long_message, (unsigned)random_between(random, 4, 100));
        bench.record.dial[1].source.obd2.rate_millihz = 10000;
    }
    bench_restart(&bench);
    for (unsigned i = 0; i < 3; i++) {
        struct bench_unit *unit = bench_add(&bench, i);
        unit->delay_ms = (uint32_t)random_between(random, 1, 400);
        unit->refuses = random_u32(random) % 4 == 0 ? 0x12 : 0;
        unit->block[2] = random_u32(random) & 0x10;
    }
    struct request_ids ids[REQUEST_IDS_MAX];
    unsigned count = requests_send_ids(&bench.record, ids);
    for (unsigned i = 0; i < 150; i++) {
        uint64_t bytes = random_u64(random);
        uint32_t id = random_u32(random) % 2 == 0 ? 0x77Eu : 0x7E8u + random_u32(random) % 3;
        if (random_u32(random) % 100 == 0) {
            id = 0x7DF;
        }
        ((uint8_t *)&bytes)[0] = (uint8_t)(random_u32(random) % 4 << 4 | (bytes & 15));
        bench_receive(&bench, id, false, (const char *)&bytes);
        bench.unit[random_u32(random) % bench.units].deaf = random_u32(random) % 4 == 0;
        bench_run(&bench, random_u32(random) % 300);
    }
    for (unsigned i = 0; i < bench.sent_count; i++) {
        check_seed(random, covers(ids, count, bench.sent[i].id, bench.sent[i].extended), "id");
    }
    uint32_t last_ms = 0;
    for (unsigned i = 0; i < bench.sent_count; i++) {
        bool is_request = bench.sent[i].data[0] >> 4 == 0;
        check_seed(random, !is_request || i == 0 || bench.sent[i].at_ms - last_ms >= 100, "rate");
        last_ms = is_request ? bench.sent[i].at_ms : last_ms;
    }
    bench.traffic = false;
    bench_run(&bench, 5020);
    unsigned before = bench.sent_count;
    bench_run(&bench, 20000);
    check_seed(random, bench.sent_count == before, "kept a sleeping car awake");
}

static void fuzz(void **state)
{
    (void)state;
    for_each_seed(60, any_bus);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(silent_before_traffic, start),
        cmocka_unit_test_setup(silent_unless_enabled, start),
        cmocka_unit_test_setup(silent_without_such_dials, start),
        cmocka_unit_test_setup(stops_5_s_after_the_car_sleeps, start),
        cmocka_unit_test_setup(yields_to_another_tester, start),
        cmocka_unit_test_setup(no_flow_control_for_others, start),
        cmocka_unit_test_setup(no_flow_control_for_a_sleeping_car, start),
        cmocka_unit_test_setup(silent_after_three_bus_offs, start),
        cmocka_unit_test_setup(searches_then_asks, start),
        cmocka_unit_test_setup(keeps_its_rate, start),
        cmocka_unit_test_setup(never_more_than_ten_a_second, start),
        cmocka_unit_test_setup(three_units, start),
        cmocka_unit_test_setup(a_slow_unit_is_found, start),
        cmocka_unit_test_setup(not_available, start),
        cmocka_unit_test_setup(coolant_only_where_allowed, start),
        cmocka_unit_test_setup(nobody_has_either, start),
        cmocka_unit_test_setup(the_only_one_refuses, start),
        cmocka_unit_test_setup(busy_is_no_refusal, start),
        cmocka_unit_test_setup(pulled_plug, start),
        cmocka_unit_test_setup(one_miss, start),
        cmocka_unit_test_setup(asks_all_where_one_does_not_answer, start),
        cmocka_unit_test_setup(in_29_bits, start),
        cmocka_unit_test_setup(only_29_bits, start),
        cmocka_unit_test_setup(eight_answers_and_a_ninth, start),
        cmocka_unit_test_setup(answers_that_are_none, start),
        cmocka_unit_test_setup(obd_in_two_frames, start),
        cmocka_unit_test_setup(pending, start),
        cmocka_unit_test_setup(uds_single, start),
        cmocka_unit_test_setup(uds_many_frames, start),
        cmocka_unit_test_setup(uds_with_address, start),
        cmocka_unit_test_setup(uds_too_long, start),
        cmocka_unit_test_setup(uds_too_short, start),
        cmocka_unit_test_setup(uds_refused, start),
        cmocka_unit_test_setup(uds_breaks_off, start),
        cmocka_unit_test_setup(two_kinds_take_turns, start),
        cmocka_unit_test_setup(identifiers, start),
        cmocka_unit_test_setup(names, start),
        cmocka_unit_test_setup(full_queue, start),
        cmocka_unit_test_setup(fuzz, start),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
