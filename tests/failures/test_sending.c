/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * What a board that asks the car makes of its own frames failing: bits that come back wrong, no acknowledge, bus
 * off. A short while costs an answer or two, and the needle stays; longer than the profile's timeout parks it.
 */
#include "tests/formats/cmocka_head.h"

#include "core/bus_words.h"
#include "core/ipc.h"
#include "tests/obd/car_rig.h"

#include <string.h>

#define PARK_MDEG (-10000)

static struct can_fault fault; /* on the bus of the present rig */

static struct car_rig *live_rig(void)
{
    static struct record record;
    record = car_rig_record();
    struct car_rig *r = car_rig_create(&(struct car_rig_config){
        .record = &record, .car = {.ambient_milli = 60000, .start = VTIME_MS(200)}});
    const struct can_ecu_config config = car_rig_obd(0);
    car_rig_add(r, &config);
    fault = (struct can_fault){.frame = UINT64_MAX, .count = UINT64_MAX / 2, .only = r->board_node};
    can_bus_add_fault(r->bus, &fault);
    car_rig_power(r);
    car_rig_run_until(r, VTIME_S(6));
    car_rig_check_shows(r, can_car_temperature_milli(&r->car, car_rig_now(r)));
    return r;
}

static uint32_t bus_offs(const struct car_rig *r)
{
    return car_rig_shared(r, offsetof(struct ipc_block, m4.bus_offs));
}

/* A bit of each frame, seen wrong by the board alone, until the fault is healed. */
static void flip(const struct car_rig *r, unsigned bit)
{
    fault.bit = bit;
    fault.frame = r->bus->frame_count;
}

static void heal(void)
{
    fault.frame = UINT64_MAX;
}

static void check_well(struct car_rig *r)
{
    car_rig_run_for(r, VTIME_S(10));
    car_rig_check_shows(r, can_car_temperature_milli(&r->car, car_rig_now(r)));
    car_rig_check_clean(r);
}

/* Until the board has tried to send, 2 s at most. */
static uint64_t run_until_errors(struct car_rig *r, uint64_t more)
{
    const uint64_t before = r->board_node->errors;
    for (unsigned i = 0; r->board_node->errors < before + more; i++) {
        assert_true(i < 4000);
        car_rig_run_for(r, VTIME_US(500));
    }
    return r->board_node->errors;
}

static void bit_error(void **state)
{
    (void)state;
    struct car_rig *r = live_rig();
    for (unsigned bit = 20; bit < 60; bit += 20) {
        flip(r, bit);
        run_until_errors(r, 4);
        heal();
        car_rig_run_for(r, VTIME_MS(1500));
        assert_int_equal(car_rig_dial(r)->state, GAUGE_LIVE);
        assert_int_equal(bus_offs(r), 0);
    }
    check_well(r);
    car_rig_destroy(r);
}

static void ack_error(void **state)
{
    (void)state;
    struct car_rig *r = live_rig();
    can_bus_set_no_ack(r->bus, true);
    run_until_errors(r, 4);
    can_bus_set_no_ack(r->bus, false);
    car_rig_run_for(r, VTIME_MS(1500));
    assert_int_equal(car_rig_dial(r)->state, GAUGE_LIVE);
    can_bus_set_no_ack(r->bus, true); /* nobody's: the car's frames fail, too */
    car_rig_run_for(r, VTIME_S(12));
    assert_int_equal(car_rig_dial(r)->state, GAUGE_STALE);
    assert_int_equal(car_rig_dial(r)->needle_mdeg, PARK_MDEG);
    assert_true(car_rig_said(r, "bus: errors and no frame") || car_rig_said(r, "bus: no ACK"));
    can_bus_set_no_ack(r->bus, false);
    check_well(r);
    car_rig_destroy(r);
}

/* Once; three times: tests/obd. */
static void bus_off(void **state)
{
    (void)state;
    struct car_rig *r = live_rig();
    flip(r, 40);
    while (bus_offs(r) == 0) {
        assert_true(car_rig_now(r) < VTIME_S(60));
        car_rig_run_for(r, VTIME_MS(5));
    }
    const unsigned sent = r->sent_count;
    heal();
    car_rig_run_for(r, VTIME_S(20));
    assert_int_equal(bus_offs(r), 1);
    assert_true(r->sent_count > sent); /* it asks again */
    check_well(r);
    car_rig_destroy(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bit_error),
        cmocka_unit_test(ack_error),
        cmocka_unit_test(bus_off),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
