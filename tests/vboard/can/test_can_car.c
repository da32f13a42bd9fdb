/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The virtual car: warming up, its signal, its traffic. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "can_testkit.h"
#include "vboard/car/car.h"

struct trip {
    struct sched sched;
    struct can_bus bus;
    struct tester ecu;
    struct can_car car;
    struct can_listener listener;
    uint64_t frames, hash;
    uint64_t of_signal;
    vtime_ps first_start, last_end, first_of_signal, last_of_signal;
    struct bus_frame first_signal, last_signal;
    uint32_t id_seen[128];
    unsigned ids;
    vtime_ps busy_ps;
};

static const struct can_car_config mustang = {
    .signals = {{.id = 0x156,
                 .start_bit = 15,
                 .length_bits = 8,
                 .motorola = true,
                 .scale_micro = 1000000,
                 .offset_micro = -60000000}},
    .signal_count = 1,
    .invalid_first = true,
    .invalid_raw = 254,
    .ambient_milli = 20000,
    .seed = 1,
};

static void note_id(struct trip *r, uint32_t id)
{
    for (unsigned i = 0; i < r->ids; i++) {
        if (r->id_seen[i] == id) {
            return;
        }
    }
    if (r->ids < 128) {
        r->id_seen[r->ids++] = id;
    }
}

static void on_frame(void *ctx, const struct can_record *record)
{
    struct trip *r = ctx;
    const struct bus_frame *f = record->frame;

    if (r->frames == 0) {
        r->first_start = record->start;
    }
    r->frames++;
    r->last_end = record->end;
    r->busy_ps += record->end - record->start;
    note_id(r, f->id);
    r->hash = r->hash * 31 + f->id + record->start;
    for (unsigned i = 0; i < can_frame_length(f); i++) {
        r->hash = r->hash * 31 + f->data[i];
    }
    if (f->id == r->car.config.signals[0].id) {
        if (r->of_signal == 0) {
            r->first_of_signal = record->start;
            r->first_signal = *f;
        }
        r->of_signal++;
        r->last_of_signal = record->start;
        r->last_signal = *f;
    }
}

static struct trip *drive(const struct can_car_config *config, vtime_ps until)
{
    struct trip *r = calloc(1, sizeof(*r));

    sched_init(&r->sched);
    can_bus_init(&r->bus, &r->sched);
    r->listener = (struct can_listener){.frame = on_frame, .ctx = r};
    can_bus_listen(&r->bus, &r->listener);
    can_car_init(&r->car, &r->bus, config, 0);
    sched_run_until(&r->sched, until);
    return r;
}

static void park(struct trip *r)
{
    can_bus_destroy(&r->bus);
    sched_destroy(&r->sched);
    free(r);
}

static void engine_warms_up_over_ten_minutes(void **state)
{
    (void)state;
    struct trip *r = drive(&mustang, 0);

    assert_int_equal(can_car_temperature_milli(&r->car, 0), 20000);
    assert_int_equal(can_car_temperature_milli(&r->car, VTIME_S(1)), 20000);
    int32_t before = 20000;
    int32_t steepest = 0;
    for (unsigned s = 1; s <= 330; s++) {
        int32_t t = can_car_temperature_milli(&r->car, VTIME_S(1) + VTIME_S((vtime_ps)s));
        steepest = t - before > steepest ? t - before : steepest;
        assert_true(t > 19999 && t < 106000);
        before = t;
    }
    assert_in_range(before, 80000, 105000);
    assert_in_range(steepest, 150, 300); /* thousandths of a degree a second */
    assert_in_range(can_car_temperature_milli(&r->car, VTIME_S(301)), 70000, 95000);
    park(r);
}

/* README says so: into the red, which the default profile has from 130 degrees on, and out of it again. */
static void driven_hard_it_gets_hot_and_cools_down(void **state)
{
    (void)state;
    struct trip *r = drive(&mustang, 0);
    int32_t hottest = 0;
    for (unsigned s = 1; s <= 600; s++) {
        int32_t t = can_car_temperature_milli(&r->car, VTIME_S(1) + VTIME_S((vtime_ps)s));
        hottest = t > hottest ? t : hottest;
        assert_true(s < 330 || s > 360 || t < 130000);
    }
    assert_in_range(hottest, 131000, 140000);
    assert_in_range(can_car_temperature_milli(&r->car, VTIME_S(601)), 100000, 115000);
    park(r);
}

static void warm_start_is_warm_from_the_first_frame(void **state)
{
    (void)state;
    struct can_car_config c = mustang;

    c.ambient_milli = 80000;
    struct trip *r = drive(&c, 0);
    assert_int_equal(can_car_temperature_milli(&r->car, 0), 80000);
    assert_in_range(can_car_temperature_milli(&r->car, VTIME_S(301)), 95000, 105000);
    park(r);
}

static void temperature_between_two_seconds_is_interpolated(void **state)
{
    (void)state;
    struct trip *r = drive(&mustang, 0);
    int32_t a = can_car_temperature_milli(&r->car, VTIME_S(100));
    int32_t m = can_car_temperature_milli(&r->car, VTIME_S(100) + VTIME_MS(500));
    int32_t b = can_car_temperature_milli(&r->car, VTIME_S(101));

    assert_in_range(m, a + (b - a) / 2 - 1, a + (b - a) / 2 + 1);
    park(r);
}

static void first_frame_is_the_signals_at_one_second_and_invalid(void **state)
{
    (void)state;
    struct trip *r = drive(&mustang, VTIME_S(2));

    assert_int_equal(r->first_start, VTIME_S(1));
    assert_int_equal(r->first_of_signal, VTIME_S(1));
    assert_int_equal(r->first_signal.data[1], 254);
    assert_int_equal(r->last_signal.data[1], 80); /* 20 degrees */
    assert_int_equal(r->of_signal, 10);
    park(r);
}

static void signal_is_sent_every_period_and_carries_the_temperature(void **state)
{
    (void)state;
    struct trip *r = drive(&mustang, VTIME_S(61));

    assert_in_range(r->of_signal, 599, 601);
    int32_t milli = can_car_temperature_milli(&r->car, r->last_of_signal);
    assert_int_equal(r->last_signal.data[1], (milli + 500) / 1000 + 60);
    assert_int_equal(can_car_sent_milli(&r->car, r->last_of_signal),
                     (r->last_signal.data[1] - 60) * 1000);
    park(r);
}

static void about_1200_frames_a_second_of_fifty_other_identifiers(void **state)
{
    (void)state;
    struct trip *r = drive(&mustang, VTIME_S(11));

    assert_in_range(r->frames / 10, 1150, 1300);
    assert_int_equal(r->ids, 51);
    assert_in_range(r->busy_ps * 100 / VTIME_S(10), 20, 40); /* bus load, percent */
    park(r);
}

static void drive_ends_after_its_time(void **state)
{
    (void)state;
    struct can_car_config c = mustang;

    c.drive = VTIME_S(5);
    struct trip *r = drive(&c, VTIME_S(20));
    assert_int_equal(can_car_end(&r->car), VTIME_S(6));
    assert_true(can_car_done(&r->car, VTIME_S(6)));
    assert_false(can_car_done(&r->car, VTIME_S(6) - 1));
    assert_true(r->last_end > VTIME_S(6) - VTIME_MS(5));
    assert_true(r->last_end < VTIME_S(6) + VTIME_MS(5));
    park(r);
}

static void full_drive_is_600_seconds(void **state)
{
    (void)state;
    struct trip *r = drive(&mustang, 0);

    assert_int_equal(can_car_end(&r->car), VTIME_S(601));
    park(r);
}

static void same_seed_same_frames_other_seed_others(void **state)
{
    (void)state;
    struct can_car_config c = mustang;
    struct trip *a = drive(&c, VTIME_S(3));
    struct trip *b = drive(&c, VTIME_S(3));
    c.seed = 2;
    struct trip *d = drive(&c, VTIME_S(3));

    assert_true(a->hash == b->hash);
    assert_true(a->hash != d->hash);
    park(a);
    park(b);
    park(d);
}

static void slow_bus_carries_less(void **state)
{
    (void)state;
    struct can_car_config c = mustang;

    c.bitrate_bps = 125000;
    struct trip *r = drive(&c, VTIME_S(11));
    assert_in_range(r->busy_ps * 100 / VTIME_S(10), 15, 60);
    assert_in_range(r->of_signal, 99, 101);
    park(r);
}

static void extended_identifier_and_sixteen_bits(void **state)
{
    (void)state;
    struct can_car_config c = {
        .signals = {{.id = 0x18FEEE00,
                     .extended = true,
                     .start_bit = 16,
                     .length_bits = 16,
                     .scale_micro = 31250,
                     .offset_micro = -273000000}},
        .signal_count = 1,
        .period = VTIME_S(1),
        .ambient_milli = 20000,
        .bitrate_bps = 250000,
    };
    struct trip *r = drive(&c, VTIME_MS(1500));

    assert_true(r->first_signal.extended);
    unsigned raw = r->first_signal.data[2] | (unsigned)r->first_signal.data[3] << 8;
    assert_int_equal(raw, (20 + 273) * 32);
    park(r);
}

static void bits_are_placed_as_dbc_numbers_them(void **state)
{
    (void)state;
    uint8_t data[64] = {0};
    struct can_car_signal intel = {.start_bit = 12, .length_bits = 12};
    struct can_car_signal motorola = {.start_bit = 3, .length_bits = 12, .motorola = true};

    can_car_insert(data, &intel, 0xABC);
    assert_int_equal(data[1], 0xC0);
    assert_int_equal(data[2], 0xAB);
    memset(data, 0xFF, sizeof(data));
    can_car_insert(data, &motorola, 0xABC);
    assert_int_equal(data[0], 0xFA);
    assert_int_equal(data[1], 0xBC);
    assert_int_equal(data[2], 0xFF);
}

static void temperature_beyond_the_signals_range_is_clamped(void **state)
{
    (void)state;
    struct can_car_config c = mustang;

    c.invalid_first = false;
    c.signals[0].scale_micro = 10000; /* 255 steps of a hundredth: 2.55 degrees */
    c.signals[0].offset_micro = 0;
    struct trip *r = drive(&c, VTIME_MS(1010));
    assert_int_equal(r->first_signal.data[1], 255);
    park(r);
    c.signals[0].offset_micro = 50000000;
    r = drive(&c, VTIME_MS(1010));
    assert_int_equal(r->first_signal.data[1], 0);
    park(r);
}

static void signed_signal_below_zero(void **state)
{
    (void)state;
    struct can_car_config c = mustang;

    c.invalid_first = false;
    c.signals[0].is_signed = true;
    c.signals[0].offset_micro = 0;
    c.ambient_milli = -25000;
    struct trip *r = drive(&c, VTIME_MS(1010));
    assert_int_equal((int8_t)r->first_signal.data[1], -25);
    park(r);
}

/* Two signals in one frame, one on another page of its own, and identifiers that nothing else uses. */
static void several_signals(void **state)
{
    (void)state;
    struct can_car_config c = mustang;
    struct can_car_signal second = c.signals[0];

    c.invalid_first = false;
    c.signals[1] = second;
    c.signals[1].start_bit = 23;
    c.signals[2] = second;
    c.signals[2].fixed[0] = 0x08;
    c.signals[2].fixed_mask[0] = 0xFF;
    c.signal_count = 3;
    c.avoided[0] = (struct can_car_ids){0x080, 0x400, false}; /* all below 0x400 */
    c.avoided_count = 1;
    struct trip *r = drive(&c, VTIME_S(2));
    assert_in_range(r->of_signal, 19, 21); /* two messages a tenth of a second */
    assert_int_equal(r->last_signal.data[0], 0x08);
    assert_int_equal(r->first_signal.data[1], 80);
    assert_int_equal(r->first_signal.data[2], 80);
    for (unsigned i = 0; i < r->ids; i++) {
        assert_true(r->id_seen[i] == 0x156 || r->id_seen[i] >= 0x400);
    }
    park(r);
}

static void traffic_alone(void **state)
{
    (void)state;
    struct can_car_config c = {.extended_traffic = true, .ambient_milli = 20000};
    struct trip *r = drive(&c, VTIME_S(2));

    assert_in_range(r->frames, 1000, 1400);
    assert_true(r->id_seen[0] >= 0x18FE0000);
    park(r);
}

static uint64_t kelvin(const void *ctx, int32_t milli)
{
    return (uint64_t)(milli / 1000 + *(const int *)ctx);
}

static void encoded_by_others(void **state)
{
    (void)state;
    static const int zero = 273;
    struct can_car_config c = mustang;

    c.invalid_first = false;
    c.signals[0].encode = kelvin;
    c.signals[0].encode_ctx = &zero;
    c.signals[0].length_bits = 16;
    struct trip *r = drive(&c, VTIME_MS(1010));
    assert_int_equal(r->first_signal.data[1] << 8 | r->first_signal.data[2], 293);
    park(r);
}

static void sleeps_and_wakes(void **state)
{
    (void)state;
    struct trip *r = drive(&mustang, VTIME_S(3));

    can_car_sleep(&r->car, true, VTIME_S(3));
    sched_run_until(&r->sched, VTIME_S(3) + VTIME_MS(1));
    uint64_t frames = r->frames;
    sched_run_until(&r->sched, VTIME_S(20));
    assert_int_equal(r->frames, frames);
    can_car_sleep(&r->car, false, VTIME_S(20));
    sched_run_until(&r->sched, VTIME_S(21));
    assert_in_range(r->frames - frames, 900, 1400);
    assert_int_equal(can_car_coolant_milli(&r->car, VTIME_S(21)), 25000);
    park(r);
}

static void car_acknowledges_itself_and_others(void **state)
{
    (void)state;
    struct trip *r = drive(&mustang, VTIME_MS(1500));

    tester_init(&r->ecu, &r->bus, "ecu");
    sched_run_until(&r->sched, VTIME_MS(1600));
    tester_send_id(&r->ecu, 0x7DF);
    sched_run_until(&r->sched, VTIME_MS(1700));
    assert_int_equal(r->ecu.sent_count, 1);
    assert_int_equal(r->ecu.error_count, 0);
    assert_int_equal(r->car.node.errors, 0);
    park(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(engine_warms_up_over_ten_minutes),
        cmocka_unit_test(driven_hard_it_gets_hot_and_cools_down),
        cmocka_unit_test(warm_start_is_warm_from_the_first_frame),
        cmocka_unit_test(temperature_between_two_seconds_is_interpolated),
        cmocka_unit_test(first_frame_is_the_signals_at_one_second_and_invalid),
        cmocka_unit_test(signal_is_sent_every_period_and_carries_the_temperature),
        cmocka_unit_test(about_1200_frames_a_second_of_fifty_other_identifiers),
        cmocka_unit_test(drive_ends_after_its_time),
        cmocka_unit_test(full_drive_is_600_seconds),
        cmocka_unit_test(same_seed_same_frames_other_seed_others),
        cmocka_unit_test(slow_bus_carries_less),
        cmocka_unit_test(extended_identifier_and_sixteen_bits),
        cmocka_unit_test(bits_are_placed_as_dbc_numbers_them),
        cmocka_unit_test(temperature_beyond_the_signals_range_is_clamped),
        cmocka_unit_test(several_signals),
        cmocka_unit_test(traffic_alone),
        cmocka_unit_test(encoded_by_others),
        cmocka_unit_test(sleeps_and_wakes),
        cmocka_unit_test(signed_signal_below_zero),
        cmocka_unit_test(car_acknowledges_itself_and_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
