/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Asking by UDS: answers in one frame and in many. */
#include "tests/core/core_test.h"
#include "tests/core/request_bench.h"

#include <string.h>

static void uds_single(void **state)
{
    (void)state;
    bench_start_uds("\x62\x20\x2F\x94", 4);
    bench_run(&bench, 10000);
    bench_expect(0, 0x714, "\3\x22\x20\x2F\0\0\0\0");
    assert_in_range(bench.sent_count, 9, 10);
    assert_int_equal(bench.reading[0].value_milli, 90000);
    assert_int_equal(bench_state(0), REQUEST_ASKING);
    bench_receive(&bench, 0x714, false, "\3\x22\xF1\x90\0\0\0\0"); /* another tester, same unit */
    assert_int_equal(bench_state(0), REQUEST_YIELDING);
}

static void uds_many_frames(void **state)
{
    (void)state;
    bench_start_uds(bench_long, 100);
    bench.record.dial[0].source.uds.start_bit = 48 * 8;
    bench_run(&bench, 3000);
    assert_int_equal(bench.reading[0].value_milli, 90000);
    bench_expect(1, 0x714, "\x30\0\0\0\0\0\0\0");
}

/* BMW: everything begins with an address. */
static void uds_with_address(void **state)
{
    (void)state;
    struct bench_unit *unit = bench_start_uds(bench_long, 100);
    struct source_uds *uds = &bench.record.dial[0].source.uds;
    uds->has_address = true;
    uds->ecu = 0x18;
    uds->start_bit = 48 * 8;
    unit->has_address = true;
    unit->address = 0x18;
    bench_run(&bench, 3000);
    bench_expect(0, 0x714, "\x18\3\x22\x20\x2F\0\0\0");
    bench_expect(1, 0x714, "\x18\x30\0\0\0\0\0\0");
    assert_int_equal(bench.reading[0].value_milli, 90000);
}

static void uds_too_long(void **state)
{
    (void)state;
    static const char huge[300] = "\x62\x20\x2F";
    bench_start_uds(huge, 290);
    bench_run(&bench, 1000);
    bench_expect(1, 0x714, "\x32\0\0\0\0\0\0\0");
    assert_int_equal(bench.readings[0], 0);
}

static void uds_too_short(void **state)
{
    (void)state;
    bench_start_uds("\x62\x20\x2F", 3);
    bench_run(&bench, 1500);
    assert_int_equal(bench.result[0], SOURCE_SHORT);
}

static void uds_refused(void **state)
{
    (void)state;
    struct bench_unit *unit = bench_start_uds("\x62\x20\x2F\x94", 4);
    unit->refuses_all = 0x31;
    bench_run(&bench, 25);
    assert_int_equal(bench.sent_count, 1);
    assert_false(bench.r.sent.waiting); /* a refusal is an answer */
    bench_run(&bench, 9975);
    assert_int_equal(bench.readings[0], 0);
    assert_int_equal(bench_state(0), REQUEST_UNANSWERED);
    assert_in_range(bench.sent_count, 9, 10); /* at its rate, no faster */
    unit->refuses_all = 0;
    bench_run(&bench, 1500);
    assert_int_equal(bench_state(0), REQUEST_ASKING);
    bench_receive(&bench, 0x77E, false, "\3\x7F\x22\x31\0\0\0\0");   /* late, for nobody */
    bench_receive(&bench, 0x77E, false, "\4\x62\x20\x30\x94\0\0\0"); /* another identifier */
    assert_int_equal(bench.r.dial[0].misses, 0);
}

/* The unit stops in the middle: the next request comes, and works. */
static void uds_breaks_off(void **state)
{
    (void)state;
    struct bench_unit *unit = bench_start_uds("\x62\x20\x2F\x94", 4);
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

/* Two units answer the same identifier: each dial hears its own. */
static void answers_of_another_unit(void **state)
{
    (void)state;
    bench_start_uds("\x62\x20\x2F\x94", 4)->deaf = true;
    bench.record.dial[1] = bench.record.dial[0];
    bench.record.dial[1].source.uds.request_id = 0x715;
    bench.record.dial[1].source.uds.response_id = 0x77F;
    bench.record.dial_count = 2;
    bench_restart(&bench);
    bench_run(&bench, 15);
    bench_expect(0, 0x714, "\3\x22\x20\x2F\0\0\0\0");
    bench_receive(&bench, 0x77F, false, "\4\x62\x20\x2F\x94\0\0\0");
    assert_int_equal(bench.readings[0] + bench.readings[1], 0);
    bench_receive(&bench, 0x77E, true, "\4\x62\x20\x2F\x94\0\0\0");
    assert_int_equal(bench.readings[0], 0);
    bench_receive(&bench, 0x77E, false, "\4\x62\x20\x2F\x94\0\0\0");
    assert_int_equal(bench.readings[0], 1);
    bench_run(&bench, 100);
    bench_expect(1, 0x715, "\3\x22\x20\x2F\0\0\0\0");
    bench_receive(&bench, 0x77F, false, "\4\x62\x20\x2F\x94\0\0\0");
    assert_int_equal(bench.readings[1], 1);
}

static void answers_before_any_request(void **state)
{
    (void)state;
    bench_start_uds("\x62\x20\x2F\x94", 4);
    bench_receive(&bench, 0x77E, false, "\4\x62\x20\x2F\x94\0\0\0");
    assert_int_equal(bench.readings[0], 0);
}

/* The last dial's unit is asked by somebody else. */
static void yields_for_any_dial(void **state)
{
    (void)state;
    bench_start_uds("\x62\x20\x2F\x94", 4);
    for (unsigned i = 1; i < 3; i++) {
        bench.record.dial[i] = bench.record.dial[0];
        bench.record.dial[i].source.uds.request_id = 0x714 + i;
        bench.record.dial[i].source.uds.response_id = 0x77E + i;
    }
    bench.record.dial_count = 3;
    bench_restart(&bench);
    bench_run(&bench, 3000);
    bench_receive(&bench, 0x716, false, "\3\x22\xF1\x90\0\0\0\0");
    assert_int_equal(bench_state(0), REQUEST_YIELDING);
}

static void two_kinds_take_turns(void **state)
{
    (void)state;
    struct source_config obd2 = bench.record.dial[0].source;
    bench_start_uds("\x62\x20\x2F\x94", 4);
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
    assert_int_equal(bench_state(2), REQUEST_OFF);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(uds_single, bench_setup),
        cmocka_unit_test_setup(uds_many_frames, bench_setup),
        cmocka_unit_test_setup(uds_with_address, bench_setup),
        cmocka_unit_test_setup(uds_too_long, bench_setup),
        cmocka_unit_test_setup(uds_too_short, bench_setup),
        cmocka_unit_test_setup(uds_refused, bench_setup),
        cmocka_unit_test_setup(uds_breaks_off, bench_setup),
        cmocka_unit_test_setup(answers_of_another_unit, bench_setup),
        cmocka_unit_test_setup(answers_before_any_request, bench_setup),
        cmocka_unit_test_setup(yields_for_any_dial, bench_setup),
        cmocka_unit_test_setup(two_kinds_take_turns, bench_setup),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
