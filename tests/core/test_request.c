/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Asking: when to be silent, who may send what, arbitrary input. */
#include "tests/core/core_test.h"
#include "tests/core/request_bench.h"

#include <string.h>

/* ---- when to be silent ---- */

static void silent_before_traffic(void **state)
{
    (void)state;
    bench_add(&bench, 0);
    bench.traffic = false;
    bench_run(&bench, 60000);
    assert_int_equal(bench.sent_count, 0);
    assert_int_equal(bench_state(0), REQUEST_LISTENING);
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
    assert_int_equal(bench_state(0), REQUEST_OFF);
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
    assert_int_equal(bench_state(0), REQUEST_OFF);
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
    assert_int_equal(bench_state(0), REQUEST_LISTENING);
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
    struct bench_unit *unit = bench_add(&bench, 0);
    for (unsigned i = 0; i < 4; i++) {
        unit->pid_5c += 3; /* the engine runs */
        bench_run(&bench, 15000);
        assert_int_equal(bench_state(0), REQUEST_ASKING);
        bench_receive(&bench, testers[i].id, testers[i].extended, "\2\1\xC\0\0\0\0\0");
        unsigned before = bench.sent_count;
        bench_run(&bench, 9990);
        assert_int_equal(bench.sent_count, before);
        assert_int_equal(bench_state(0), REQUEST_YIELDING);
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
    assert_int_equal(bench_state(0), REQUEST_SILENCED);
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
    count = requests_receive_ids(&bench.record, ids);
    assert_int_equal(count, 6);
    assert_true(covers(ids, count, 0x7E8, false) && covers(ids, count, 0x18DAF110, true));
    bench.record.dial[2] = bench.record.dial[0]; /* the last of three asks, the others do not */
    bench.record.dial[0].source.kind = bench.record.dial[1].source.kind = SOURCE_BROADCAST;
    bench.record.dial_count = 3;
    assert_true(requests_wanted(&bench.record));
    bench.record.dial[0] = bench.record.dial[2];
    bench.record.dial[1] = bench.record.dial[0];
    bench.record.dial_count = 2; /* the same again */
    assert_int_equal(requests_send_ids(&bench.record, ids), 4);
    assert_int_equal(requests_receive_ids(&bench.record, ids), 6);
    bench.record.dial_count = 1;
    bench.record.dial[0].source.obd2.addressing = OBD_11BIT;
    assert_int_equal(requests_send_ids(&bench.record, ids), 2);
    bench.record.dial[0].source.obd2.addressing = OBD_29BIT;
    count = requests_send_ids(&bench.record, ids);
    assert_int_equal(count, 2);
    assert_false(covers(ids, count, 0x7DF, false));
    bench_start_uds("", 0);
    count = requests_send_ids(&bench.record, ids);
    assert_int_equal(count, 1);
    assert_true(covers(ids, count, 0x714, false));
    assert_false(covers(ids, count, 0x715, false));
    count = requests_receive_ids(&bench.record, ids);
    assert_true(covers(ids, count, 0x77E, false) && covers(ids, count, 0x7DF, false));
    assert_true(covers(ids, count, 0x714, false)); /* another tester's, asking the same unit */
    assert_false(covers(ids, count, 0x7E8, false));
    bench.record.dial_count = 2;
    bench.record.dial[1] = bench.record.dial[0];
    assert_int_equal(requests_receive_ids(&bench.record, ids), count); /* the same again */
    assert_int_equal(requests_send_ids(&bench.record, ids), 1);
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
        bench_start_uds(bench_long, (unsigned)random_between(random, 4, 100));
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

/* ---- who keeps whom awake ---- */

/* The car is switched off, and a gateway talks for some seconds after each request: that comes to an end. */
static void lets_gateways_sleep(void **state)
{
    static const uint32_t tails_ms[] = {1000, 4000, 8000, 14000};
    (void)state;
    for (unsigned i = 0; i < 4; i++) {
        bench_setup(state);
        bench_add(&bench, 0);
        bench.gateway_ms = tails_ms[i];
        bench_run(&bench, 40000);
        bench.traffic = false; /* from here on it is the gateway alone */
        bench_run(&bench, 45000);
        assert_int_equal(bench_state(0), REQUEST_LISTENING);
        const unsigned sent = bench.sent_count;
        bench_run(&bench, 600000);
        assert_int_equal(bench.sent_count, sent);
        bench.traffic = true; /* switched on again */
        bench_run(&bench, 3000);
        assert_int_equal(bench_state(0), REQUEST_ASKING);
    }
}

/* Nobody answers, and yet the gateway talks. */
static void lets_gateways_sleep_unanswered(void **state)
{
    (void)state;
    bench.gateway_ms = 8000;
    bench_run(&bench, 5000);
    bench.traffic = false;
    bench_run(&bench, 90000);
    const unsigned sent = bench.sent_count;
    bench_run(&bench, 600000);
    assert_int_equal(bench.sent_count, sent);
}

/* A car that is awake by itself: rests ever more seldom, and none while the engine warms up. */
static void rests_seldom(void **state)
{
    static const uint32_t begins_ms[] = {60000, 60000 + 20000 + 120000,
                                         60000 + 2 * 20000 + 120000 + 240000};
    (void)state;
    struct bench_unit *unit = bench_add(&bench, 0);
    unsigned rests = 0;
    bool was_resting = false;
    for (uint32_t ms = 0; ms < 620000; ms += 100) {
        bench_run(&bench, 100);
        const bool is_resting = requests_rest(&bench.r);
        assert_int_equal(is_resting, bench_state(0) == REQUEST_RESTING);
        if (is_resting && !was_resting) {
            assert_true(rests < 3);
            assert_in_range(bench.now_ms, begins_ms[rests], begins_ms[rests] + 3000);
            rests++;
        }
        was_resting = is_resting;
    }
    assert_int_equal(rests, 3);
    unit->pid_5c = 60;
    for (unsigned i = 0; i < 600; i++) {
        unit->pid_5c += i % 20 == 0 ? 1 : 0;
        bench_run(&bench, 1000);
        assert_false(i > 60 && requests_rest(&bench.r));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(silent_before_traffic, bench_setup),
        cmocka_unit_test_setup(silent_unless_enabled, bench_setup),
        cmocka_unit_test_setup(silent_without_such_dials, bench_setup),
        cmocka_unit_test_setup(stops_5_s_after_the_car_sleeps, bench_setup),
        cmocka_unit_test_setup(yields_to_another_tester, bench_setup),
        cmocka_unit_test_setup(no_flow_control_for_others, bench_setup),
        cmocka_unit_test_setup(no_flow_control_for_a_sleeping_car, bench_setup),
        cmocka_unit_test_setup(silent_after_three_bus_offs, bench_setup),
        cmocka_unit_test_setup(identifiers, bench_setup),
        cmocka_unit_test_setup(names, bench_setup),
        cmocka_unit_test_setup(full_queue, bench_setup),
        cmocka_unit_test_setup(lets_gateways_sleep, bench_setup),
        cmocka_unit_test_setup(lets_gateways_sleep_unanswered, bench_setup),
        cmocka_unit_test_setup(rests_seldom, bench_setup),
        cmocka_unit_test_setup(fuzz, bench_setup),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
