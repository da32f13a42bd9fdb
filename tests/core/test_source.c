/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/core/core_test.h"

#include <math.h>

#include "core/source.h"

static struct source_config ford(void)
{
    return (struct source_config){
        .kind = SOURCE_BROADCAST,
        .broadcast = {.id = 0x156,
                      .id_mask = 0x7FF,
                      .bits = {.start_bit = 15, .length_bits = 8, .motorola = true},
                      .invalid_count = 2,
                      .invalid = {{254, 254}, {255, 255}},
                      .scale = 1,
                      .offset = -60},
    };
}

static struct can_frame frame_156(uint8_t raw)
{
    return (struct can_frame){.id = 0x156, .len = 8, .data = {0x99, raw}};
}

static void ford_value(void **state)
{
    (void)state;
    struct source_config config = ford();
    struct source_reading reading;
    struct can_frame frame = frame_156(150);
    assert_int_equal(source_read(&config, &frame, &reading), SOURCE_VALUE);
    assert_int_equal(reading.raw, 150);
    assert_int_equal(reading.value_milli, 90000);
    frame = frame_156(0);
    assert_int_equal(source_read(&config, &frame, &reading), SOURCE_VALUE);
    assert_int_equal(reading.value_milli, -60000);
    frame = frame_156(253);
    assert_int_equal(source_read(&config, &frame, &reading), SOURCE_VALUE);
    assert_int_equal(reading.value_milli, 193000);
}

static void sentinels_are_no_value(void **state)
{
    (void)state;
    struct source_config config = ford();
    struct source_reading reading = {0};
    for (unsigned raw = 254; raw <= 255; raw++) {
        struct can_frame frame = frame_156((uint8_t)raw);
        assert_int_equal(source_read(&config, &frame, &reading), SOURCE_INVALID);
        assert_int_equal(reading.raw, raw);
    }
}

static void invalid_ranges_include_their_ends(void **state)
{
    (void)state;
    struct source_config config = ford();
    config.broadcast.invalid_count = 1;
    config.broadcast.invalid[0] = (struct source_range){.lo = 10, .hi = 20};
    struct source_reading reading;
    for (unsigned raw = 0; raw <= 255; raw++) {
        struct can_frame frame = frame_156((uint8_t)raw);
        bool is_valid = source_read(&config, &frame, &reading) == SOURCE_VALUE;
        assert_int_equal(is_valid, raw < 10 || raw > 20);
    }
}

static void other_frames_do_not_match(void **state)
{
    (void)state;
    struct source_config config = ford();
    struct source_reading reading;
    struct can_frame frame = frame_156(150);
    frame.id = 0x157;
    assert_int_equal(source_read(&config, &frame, &reading), SOURCE_NO_MATCH);
    frame = frame_156(150);
    frame.extended = true;
    assert_int_equal(source_read(&config, &frame, &reading), SOURCE_NO_MATCH);
    frame = frame_156(150);
    frame.remote = true;
    assert_int_equal(source_read(&config, &frame, &reading), SOURCE_NO_MATCH);
    frame = frame_156(150);
    config.kind = SOURCE_OBD2;
    assert_int_equal(source_read(&config, &frame, &reading), SOURCE_NO_MATCH);
}

static void short_payload(void **state)
{
    (void)state;
    struct source_config config = ford();
    struct source_reading reading;
    struct can_frame frame = frame_156(150);
    frame.len = 2;
    assert_int_equal(source_read(&config, &frame, &reading), SOURCE_VALUE);
    frame.len = 1;
    assert_int_equal(source_read(&config, &frame, &reading), SOURCE_SHORT);
    frame.len = 0;
    assert_int_equal(source_read(&config, &frame, &reading), SOURCE_SHORT);
}

/* J1939 oil temperature, SPN 175 in PGN 65262: priority and source address are not compared. */
static void masked_extended_id(void **state)
{
    (void)state;
    struct source_config config = {
        .kind = SOURCE_BROADCAST,
        .broadcast = {.id = 0x00FEEE00,
                      .id_mask = 0x03FFFF00,
                      .extended = true,
                      .bits = {.start_bit = 16, .length_bits = 16},
                      .invalid_count = 1,
                      .invalid = {{0xFE00, 0xFFFF}},
                      .scale = 0.03125,
                      .offset = -273},
    };
    struct can_frame frame = {.id = 0x18FEEE00, .extended = true, .len = 8};
    struct source_reading reading;
    frame.data[2] = 0x60; /* 0x2D60 * 0.03125 - 273 = 90 */
    frame.data[3] = 0x2D;
    assert_int_equal(source_read(&config, &frame, &reading), SOURCE_VALUE);
    assert_int_equal(reading.value_milli, 90000);
    frame.id = 0x0CFEEE17;
    assert_int_equal(source_read(&config, &frame, &reading), SOURCE_VALUE);
    frame.data[3] = 0xFE;
    assert_int_equal(source_read(&config, &frame, &reading), SOURCE_INVALID);
    frame.id = 0x18FEEF00;
    assert_int_equal(source_read(&config, &frame, &reading), SOURCE_NO_MATCH);
}

/* MaxxECU: signed, tenths. */
static void signed_value(void **state)
{
    (void)state;
    struct source_config config = ford();
    config.broadcast.bits = (struct signal_bits){.start_bit = 48, .length_bits = 16};
    config.broadcast.is_signed = true;
    config.broadcast.scale = 0.1;
    config.broadcast.offset = 0;
    struct can_frame frame = {.id = 0x156, .len = 8};
    struct source_reading reading;
    frame.data[6] = 0x9C; /* -100 */
    frame.data[7] = 0xFF;
    assert_int_equal(source_read(&config, &frame, &reading), SOURCE_VALUE);
    assert_int_equal(reading.value_milli, -10000);
}

static void huge_values_are_clamped(void **state)
{
    (void)state;
    struct source_broadcast source = {.bits = {.length_bits = 64}, .scale = 1};
    assert_int_equal(source_value_milli(&source, UINT64_MAX), INT32_MAX);
    source.is_signed = true;
    assert_int_equal(source_value_milli(&source, UINT64_MAX), -1000);
    assert_int_equal(source_value_milli(&source, 1ull << 63), INT32_MIN);
}

/* Against the plain conversion of a 64-bit integer. */
static void converts_as_the_language_does(struct random *random)
{
    struct source_broadcast source = {
        .bits = {.length_bits = (uint8_t)random_between(random, 1, 64)},
        .is_signed = random_u32(random) & 1u,
        .scale = random_between(random, -1000, 1000) / 256.0,
        .offset = random_between(random, -300, 300),
    };
    uint64_t raw = random_u64(random) >> (64 - source.bits.length_bits);
    source.scale /= ldexp(1.0, source.bits.length_bits > 20 ? source.bits.length_bits - 20 : 0);
    double number =
        source.is_signed ? (double)signal_bits_signed(raw, source.bits.length_bits) : (double)raw;
    double wanted = round((number * source.scale + source.offset) * 1000.0);
    wanted = fmin(fmax(wanted, INT32_MIN), INT32_MAX);
    check_seed(random, source_value_milli(&source, raw) == (int32_t)wanted, "value");
}

static void any_raw_value(void **state)
{
    (void)state;
    for_each_seed(20000, converts_as_the_language_does);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ford_value),
        cmocka_unit_test(sentinels_are_no_value),
        cmocka_unit_test(invalid_ranges_include_their_ends),
        cmocka_unit_test(other_frames_do_not_match),
        cmocka_unit_test(short_payload),
        cmocka_unit_test(masked_extended_id),
        cmocka_unit_test(signed_value),
        cmocka_unit_test(huge_values_are_clamped),
        cmocka_unit_test(any_raw_value),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
