/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Asking by OBD-II: the search, the units, what goes wrong. */
#include "tests/core/core_test.h"
#include "tests/core/request_bench.h"

#include <string.h>

static void searches_then_asks(void **state)
{
    (void)state;
    bench_add(&bench, 0);
    bench_run(&bench, 2500);
    bench_expect(0, 0x7DF, "\2\1\0\0\0\0\0\0");
    bench_expect(1, 0x7DF, "\2\1\x20\0\0\0\0\0");
    bench_expect(2, 0x7DF, "\2\1\x40\0\0\0\0\0");
    bench_expect(3, 0x7E0, "\2\1\x5C\0\0\0\0\0");
    assert_true(bench.readings[0] >= 1);
    assert_int_equal(bench.result[0], SOURCE_VALUE);
    assert_int_equal(bench.reading[0].value_milli, 91000);
    assert_int_equal(bench.reading[0].raw, 131);
    assert_false(bench.reading[0].substitute);
    assert_int_equal(bench_state(0), REQUEST_ASKING);
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
    assert_int_equal(bench_state(0), REQUEST_ASKING);
}

/* Only the last of them knows of more PIDs than the first 32: the search goes on for it. */
static void the_last_unit_knows_more(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 2; i++) {
        struct bench_unit *small = bench_add(&bench, i);
        small->block[0] &= ~1u;
        small->block[1] = small->block[2] = 0;
    }
    bench_add(&bench, 2);
    bench_run(&bench, 4000);
    assert_int_equal(bench.reading[0].value_milli, 91000);
    assert_int_equal(bench.sent[bench.sent_count - 1].id, 0x7E2);
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

/* Nobody at all: both lengths of identifiers, then a pause of 5 s, and so on. */
static void nobody_there(void **state)
{
    (void)state;
    bench_run(&bench, 60000);
    assert_in_range(bench.sent_count, 19, 23);
    for (unsigned i = 0; i < bench.sent_count; i++) {
        assert_int_equal(bench.sent[i].extended, i % 2 == 1);
        assert_int_equal(bench.sent[i].data[2], 0x00);
    }
}

/* A refusal by somebody else is none of ours. */
static void refused_by_another_unit(void **state)
{
    (void)state;
    bench_add(&bench, 0);
    bench_run(&bench, 2600);
    unsigned asked = bench.sent_count;
    while (bench.sent_count == asked) {
        bench_run(&bench, 1);
    }
    bench_receive(&bench, 0x7E9, false, "\3\x7F\1\x12\0\0\0\0");
    assert_true(bench.r.sent.waiting);
    bench_run(&bench, 1000);
    bench_expect(bench.sent_count - 1, 0x7E0, "\2\1\x5C\0\0\0\0\0");
}

/* Runs until the unit was asked for its value; it will not answer. */
static void ask_for_nothing(struct bench_unit *unit)
{
    unit->deaf = true;
    unsigned asked = bench.sent_count;
    while (bench.sent_count == asked) {
        bench_run(&bench, 1);
    }
}

static void a_refusal_ends_the_wait(void **state)
{
    (void)state;
    struct bench_unit *unit = bench_add(&bench, 0);
    bench_run(&bench, 2600);
    ask_for_nothing(unit);
    bench_receive(&bench, 0x7E8, false, "\3\x41\1\x12\0\0\0\0"); /* an answer, of another PID */
    assert_true(bench.r.sent.waiting);
    bench_receive(&bench, 0x7E8, false, "\3\x7F\1\x12\0\0\0\0");
    assert_false(bench.r.sent.waiting);
    assert_false(bench.r.dial[0].found);
}

/* A unit that says to have the PID and never sends it is asked three times, then all are asked anew. */
static void three_in_vain_from_the_first_on(void **state)
{
    (void)state;
    bench_add(&bench, 0)->pid_5c = -1;
    bench_run(&bench, 8000);
    unsigned first = 0;
    while (bench.sent[first].data[2] != 0x5C) {
        first++;
    }
    assert_int_equal(bench.sent[first + 2].data[2], 0x5C);
    assert_int_equal(bench.sent[first + 3].data[2], 0x00);
}

/* So is a refusal behind the answer: nobody waits for it. */
static void refused_after_the_answer(void **state)
{
    (void)state;
    bench_add(&bench, 0);
    bench_run(&bench, 3000);
    unsigned before = bench.readings[0];
    while (bench.readings[0] == before) {
        bench_run(&bench, 1);
    }
    assert_false(bench.r.sent.waiting);
    bench_receive(&bench, 0x7E8, false, "\3\x7F\1\x12\0\0\0\0");
    assert_true(bench.r.dial[0].found);
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
    assert_int_equal(bench_state(0), REQUEST_SEARCHING);
    unsigned searching = bench.sent_count;
    assert_in_range(searching, 6, 9); /* 00, 20, 40; then a pause */
    bench.record.dial[0].source.obd2.fallback_coolant = true;
    bench_restart(&bench);
    bench_run(&bench, 4000);
    assert_int_equal(bench.reading[0].value_milli, 80000);
    assert_true(bench.reading[0].substitute);
    assert_int_equal(bench_state(0), REQUEST_ASKING_COOLANT);
    bench_expect(bench.sent_count - 1, 0x7E0, "\2\1\5\0\0\0\0\0");
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
    bench_expect(before, 0x7E0, "\2\1\x5C\0\0\0\0\0");
}

static void pulled_plug(void **state)
{
    (void)state;
    struct bench_unit *unit = bench_add(&bench, 0);
    bench_run(&bench, 5000);
    unit->deaf = true;
    bench_run(&bench, 400);
    assert_int_equal(bench_state(0), REQUEST_ASKING); /* one is not enough */
    bench_run(&bench, 50000);
    assert_int_equal(bench_state(0), REQUEST_UNANSWERED);
    assert_int_equal(bench.sent[bench.sent_count - 1].data[2], 0x00); /* searches, in vain */
    bench_run(&bench, 30000);                                         /* and rests in between */
    unit->deaf = false;
    unsigned before = bench.readings[0];
    bench_run(&bench, 8000);
    assert_true(bench.readings[0] > before);
    assert_int_equal(bench_state(0), REQUEST_ASKING);
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
    bench_expect(before, 0x7E0, "\2\1\x5C\0\0\0\0\0");
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
    bench_expect(bench.sent_count - 1, 0x7DF, "\2\1\x5C\0\0\0\0\0");
    assert_int_equal(bench_state(0), REQUEST_ASKING);
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
    bench_expect(asked + 1, 0x7E3, "\x30\0\0\0\0\0\0\0");
    bench_receive(&bench, 0x7EB, false, "\x21\0\0\0\0\0\0\0");
    assert_int_equal(bench.reading[0].value_milli, 60000);
}

/* Two units answer all at once, each in two frames, one in between the other's. */
static void answers_in_between(void **state)
{
    (void)state;
    bench_add(&bench, 0)->only_to_all = true;
    bench_run(&bench, 8000);
    bench.unit[0].deaf = true;
    unsigned asked = bench.sent_count;
    while (bench.sent_count == asked) {
        bench_run(&bench, 1);
    }
    bench_expect(asked, 0x7DF, "\2\1\x5C\0\0\0\0\0");
    bench_receive(&bench, 0x7E8, false, "\x10\x9\x41\x5C\x64\0\0\0");
    bench_receive(&bench, 0x7E9, false, "\x10\x9\x41\x5C\x32\0\0\0");
    bench_expect(asked + 1, 0x7E0, "\x30\0\0\0\0\0\0\0");
    bench_expect(asked + 2, 0x7E1, "\x30\0\0\0\0\0\0\0");
    unsigned before = bench.readings[0];
    bench_receive(&bench, 0x7E9, false, "\x21\0\0\0\0\0\0\0");
    assert_int_equal(bench.readings[0], before); /* not the unit that was found */
    bench_receive(&bench, 0x7E8, false, "\x21\0\0\0\0\0\0\0");
    assert_int_equal(bench.readings[0], before + 1);
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
    /* pending at 10, 1010, 2010 ms; then 5 s */
    assert_in_range(bench.sent[sent + 1].at_ms - bench.sent[sent].at_ms, 7000, 7050);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(searches_then_asks, bench_setup),
        cmocka_unit_test_setup(keeps_its_rate, bench_setup),
        cmocka_unit_test_setup(never_more_than_ten_a_second, bench_setup),
        cmocka_unit_test_setup(three_units, bench_setup),
        cmocka_unit_test_setup(the_last_unit_knows_more, bench_setup),
        cmocka_unit_test_setup(a_slow_unit_is_found, bench_setup),
        cmocka_unit_test_setup(nobody_there, bench_setup),
        cmocka_unit_test_setup(refused_by_another_unit, bench_setup),
        cmocka_unit_test_setup(a_refusal_ends_the_wait, bench_setup),
        cmocka_unit_test_setup(three_in_vain_from_the_first_on, bench_setup),
        cmocka_unit_test_setup(refused_after_the_answer, bench_setup),
        cmocka_unit_test_setup(not_available, bench_setup),
        cmocka_unit_test_setup(coolant_only_where_allowed, bench_setup),
        cmocka_unit_test_setup(nobody_has_either, bench_setup),
        cmocka_unit_test_setup(the_only_one_refuses, bench_setup),
        cmocka_unit_test_setup(busy_is_no_refusal, bench_setup),
        cmocka_unit_test_setup(pulled_plug, bench_setup),
        cmocka_unit_test_setup(one_miss, bench_setup),
        cmocka_unit_test_setup(asks_all_where_one_does_not_answer, bench_setup),
        cmocka_unit_test_setup(in_29_bits, bench_setup),
        cmocka_unit_test_setup(only_29_bits, bench_setup),
        cmocka_unit_test_setup(eight_answers_and_a_ninth, bench_setup),
        cmocka_unit_test_setup(answers_that_are_none, bench_setup),
        cmocka_unit_test_setup(obd_in_two_frames, bench_setup),
        cmocka_unit_test_setup(answers_in_between, bench_setup),
        cmocka_unit_test_setup(pending, bench_setup),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
