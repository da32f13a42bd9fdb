/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * A gateway broadcasts for some seconds after each request, and a gauge asks while it hears traffic: the two must not keep
 * each other, and so the car's battery, awake.
 */
#include "tests/formats/cmocka_head.h"

#include "core/request.h"
#include "tests/obd/car_rig.h"

static struct car_rig *start(vtime_ps tail)
{
    const struct record record = car_rig_record();
    struct car_rig *r = car_rig_create(
        &(struct car_rig_config){.record = &record,
                                 .car = {.ambient_milli = 80000, .drive = VTIME_S(400)},
                                 .off_at = VTIME_S(40),
                                 .gateway_tail = tail});
    const struct can_ecu_config unit = car_rig_obd(0);
    car_rig_add(r, &unit);
    car_rig_power(r);
    return r;
}

static void sleeps(void **state)
{
    (void)state;
    for (unsigned tail_s = 2; tail_s <= 14; tail_s += 4) {
        struct car_rig *r = start(VTIME_S(tail_s));
        car_rig_run_until(r, VTIME_S(39));
        assert_true(r->sent_count > 30);
        car_rig_run_until(r, VTIME_S(40 + 60 + 40));
        const unsigned sent = r->sent_count;
        car_rig_run_for(r, VTIME_S(60));
        assert_int_equal(r->sent_count, sent);
        assert_true(r->car.asleep);
        assert_true(car_rig_said(r, "asking dial 1: resting"));
        assert_int_equal(car_rig_dial(r)->state, GAUGE_STALE);
        car_rig_check_clean(r);
        car_rig_destroy(r);
    }
}

/* A rest is no stale dial: the needle stays. */
static void keeps_the_needle(void **state)
{
    (void)state;
    const struct record record = car_rig_record();
    struct car_rig *r =
        car_rig_create(&(struct car_rig_config){.record = &record, .no_car = false});
    const struct can_ecu_config unit = car_rig_obd(0);
    car_rig_add(r, &unit);
    car_rig_power(r);
    car_rig_run_until(r, VTIME_S(5));
    unsigned rests = 0;
    for (unsigned i = 0; i < 1800; i++) {
        const unsigned sent = r->sent_count;
        car_rig_run_for(r, VTIME_MS(1000) / 10);
        rests += r->sent_count == sent ? 1 : 0;
        assert_int_equal(car_rig_dial(r)->state, GAUGE_LIVE);
    }
    assert_true(rests > 0);
    car_rig_check_clean(r);
    car_rig_destroy(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sleeps),
        cmocka_unit_test(keeps_the_needle),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
