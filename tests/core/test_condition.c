/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Pages, validity bits and floats of a broadcast source: in frames and in the record. */
#include "tests/core/core_test.h"

#include <math.h>
#include <string.h>

#include "core/condition.h"
#include "core/crc32.h"
#include "core/err.h"
#include "core/le.h"
#include "core/record.h"

#define SOURCE 68 /* of the first dial, in the record */

/* Link G4X: id 1000, page 8 in byte 0, oil in bytes 2-3 - 50; here with a validity bit in byte 1. */
static struct source_config link_g4x(void)
{
    return (struct source_config){
        .kind = SOURCE_BROADCAST,
        .broadcast = {.id = 1000,
                      .id_mask = 0x7FF,
                      .bits = {.start_bit = 16, .length_bits = 16},
                      .scale = 1,
                      .offset = -50,
                      .condition = {{CONDITION_PAGE, {.start_bit = 0, .length_bits = 8}, 8},
                                    {CONDITION_VALID, {.start_bit = 15, .length_bits = 1}, 1}}},
    };
}

static enum source_result read_frame(const struct source_config *config, uint8_t page,
                                     uint8_t valid, uint8_t len)
{
    struct can_frame frame = {.id = 1000, .len = len, .data = {page, valid, 140}};
    struct source_reading reading = {0};
    enum source_result result = source_read(config, &frame, &reading);
    if (result == SOURCE_VALUE) {
        assert_int_equal(reading.value_milli, 90000);
    }
    if (result == SOURCE_INVALID) {
        assert_int_equal(reading.raw, 140);
    }
    return result;
}

static void pages_and_validity(void **state)
{
    (void)state;
    struct source_config config = link_g4x();
    assert_int_equal(read_frame(&config, 8, 0x80, 8), SOURCE_VALUE);
    assert_int_equal(read_frame(&config, 8, 0x7F, 8), SOURCE_INVALID);
    assert_int_equal(read_frame(&config, 7, 0x80, 8), SOURCE_NO_MATCH);
    assert_int_equal(read_frame(&config, 9, 0, 8), SOURCE_NO_MATCH);
    assert_int_equal(read_frame(&config, 8, 0x80, 4), SOURCE_VALUE);
    assert_int_equal(read_frame(&config, 8, 0x80, 3), SOURCE_SHORT);
    assert_int_equal(read_frame(&config, 8, 0x80, 0), SOURCE_SHORT); /* no page either */
}

/* A validity bit behind the signal, in a frame that ends between the two. */
static void validity_out_of_reach(void **state)
{
    (void)state;
    struct source_config config = link_g4x();
    config.broadcast.condition[1].bits.start_bit = 63;
    assert_int_equal(read_frame(&config, 8, 0, 7), SOURCE_SHORT);
    assert_int_equal(read_frame(&config, 8, 0, 8), SOURCE_INVALID);
}

static void pages_in_pages(void **state)
{
    (void)state;
    struct source_config config = link_g4x();
    config.broadcast.condition[1].role = CONDITION_PAGE;
    config.broadcast.condition[2] = (struct condition){
        CONDITION_VALID, {.start_bit = 23, .length_bits = 16, .motorola = true}, 140 << 8};
    assert_int_equal(read_frame(&config, 8, 0x80, 8), SOURCE_VALUE);
    assert_int_equal(read_frame(&config, 8, 0, 8), SOURCE_NO_MATCH);
    config.broadcast.condition[2].equals++;
    assert_int_equal(read_frame(&config, 8, 0x80, 8), SOURCE_INVALID);
}

/* Holley Terminator X: big-endian binary32 in °F. */
static void single_floats(void **state)
{
    (void)state;
    static const struct {
        uint32_t bits;
        enum source_result result;
        int32_t value_milli;
    } rows[] = {
        {0x43430000, SOURCE_VALUE, 90556},                                   /* 195 °F */
        {0xC2200000, SOURCE_VALUE, -40000}, {0x7FC00000, SOURCE_INVALID, 0}, /* NaN */
        {0xFF800000, SOURCE_INVALID, 0},                                     /* -infinity */
        {0x7F800000, SOURCE_INVALID, 0},    {0x7F7FFFFF, SOURCE_VALUE, INT32_MAX},
    };
    struct source_config config = {
        .kind = SOURCE_BROADCAST,
        .broadcast = {.id = 0x1E07D000,
                      .id_mask = CAN_ID_EXTENDED_MAX,
                      .extended = true,
                      .is_float = true,
                      .bits = {.start_bit = 7, .length_bits = 32, .motorola = true},
                      .scale = 5.0 / 9,
                      .offset = -160.0 / 9},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct source_reading reading = {0};
        struct can_frame frame = {.id = 0x1E07D000, .extended = true, .len = 8};
        for (int k = 0; k < 4; k++) {
            frame.data[k] = (uint8_t)(rows[i].bits >> (24 - 8 * k));
        }
        assert_int_equal(source_read(&config, &frame, &reading), rows[i].result);
        assert_int_equal(reading.raw, rows[i].bits);
        assert_int_equal(reading.value_milli, rows[i].value_milli);
    }
}

static void double_floats(void **state)
{
    (void)state;
    struct source_broadcast source = {
        .bits = {.length_bits = 64}, .is_float = true, .scale = 2, .offset = 1};
    assert_int_equal(source_value_milli(&source, 0x4045000000000000), 85000); /* 42 */
    assert_int_equal(source_value_milli(&source, 0xC045000000000000), -83000);
    const struct source_config config = {.kind = SOURCE_BROADCAST, .broadcast = source};
    struct source_reading reading;
    struct can_frame frame = {.len = 8, .data = {255, 255, 255, 255, 255, 255, 0xEF, 0x7F}};
    assert_int_equal(source_read(&config, &frame, &reading), SOURCE_VALUE); /* the largest */
    frame.data[7] = 0xFF;
    assert_int_equal(source_read(&config, &frame, &reading), SOURCE_VALUE); /* the smallest */
    frame.data[6] = 0xF0;
    assert_int_equal(source_read(&config, &frame, &reading), SOURCE_INVALID);
}

static int round_trip(const struct source_broadcast *source, struct source_broadcast *parsed,
                      uint8_t *bytes)
{
    struct record record;
    record_default(&record);
    record.dial[0].source.broadcast = *source;
    int err = record_build(&record, bytes, RECORD_SIZE);
    if (err == 0) {
        err = record_parse(&record, bytes, RECORD_SIZE);
        *parsed = record.dial[0].source.broadcast;
    }
    return err;
}

static bool is_same(const struct condition *a, const struct condition *b)
{
    return a->role == b->role && a->equals == b->equals && a->bits.start_bit == b->bits.start_bit &&
           a->bits.length_bits == b->bits.length_bits && a->bits.motorola == b->bits.motorola;
}

/* The bytes of docs/SPEC.md, written out by hand. */
static void in_the_record(void **state)
{
    (void)state;
    uint8_t bytes[RECORD_SIZE];
    struct source_broadcast parsed;
    struct source_broadcast source = link_g4x().broadcast;
    source.condition[1] = (struct condition){
        CONDITION_VALID, {.start_bit = 55, .length_bits = 16, .motorola = true}, 0xABCD};
    assert_int_equal(round_trip(&source, &parsed, bytes), 0);
    assert_int_equal(le_get_u16(bytes + SOURCE + 64), 7 << 12 | 1 << 10);
    assert_int_equal(le_get_u16(bytes + SOURCE + 66), 8);
    assert_int_equal(le_get_u16(bytes + SOURCE + 68), 15 << 12 | 2 << 10 | 1 << 9 | 55);
    assert_int_equal(le_get_u16(bytes + SOURCE + 70), 0xABCD);
    assert_int_equal(le_get_u32(bytes + SOURCE + 72), 0);
    assert_int_equal(bytes[SOURCE + 8], 0);
    for (int i = 0; i < CONDITION_MAX; i++) {
        assert_true(is_same(&source.condition[i], &parsed.condition[i]));
    }
}

static void floats_in_the_record(void **state)
{
    (void)state;
    uint8_t bytes[RECORD_SIZE];
    struct source_broadcast parsed;
    struct source_broadcast source = link_g4x().broadcast;
    source.is_float = true;
    static const struct {
        uint8_t length;
        bool is_signed;
        int err;
    } rows[] = {{32, false, 0},
                {64, false, GAUGE_ERR_SIGNAL}, /* beyond byte 7 from bit 16 on */
                {16, false, GAUGE_ERR_SIGNAL},
                {31, false, GAUGE_ERR_SIGNAL},
                {32, true, GAUGE_ERR_SIGNAL}};
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        source.bits.length_bits = rows[i].length;
        source.is_signed = rows[i].is_signed;
        assert_int_equal(round_trip(&source, &parsed, bytes), rows[i].err);
    }
    source.is_signed = false;
    source.bits = (struct signal_bits){.start_bit = 0, .length_bits = 64};
    assert_int_equal(round_trip(&source, &parsed, bytes), 0);
    assert_int_equal(bytes[SOURCE + 8], 8);
    assert_true(parsed.is_float);
}

static int parse_with(uint16_t offset, uint16_t value)
{
    struct record record;
    uint8_t bytes[RECORD_SIZE];
    record_default(&record);
    record.dial[0].source.broadcast = link_g4x().broadcast;
    assert_int_equal(record_build(&record, bytes, RECORD_SIZE), 0);
    le_put_u16(bytes + SOURCE + offset, value);
    le_put_u32(bytes + 1020, crc32_update(0, bytes, 1020));
    return record_parse(&record, bytes, RECORD_SIZE);
}

static void damages(void **state)
{
    (void)state;
    const uint16_t page8 = 7 << 12 | 1 << 10;
    const uint16_t valid1 = 2 << 10;
    assert_int_equal(parse_with(64, page8), 0);
    assert_int_equal(parse_with(64, 7 << 12), GAUGE_ERR_RESERVED);           /* no role */
    assert_int_equal(parse_with(64, 7 << 12 | 3 << 10), GAUGE_ERR_RESERVED); /* role 3 */
    assert_int_equal(parse_with(64, page8 | 57), GAUGE_ERR_SIGNAL);          /* past byte 7 */
    assert_int_equal(parse_with(64, page8 | 56), 0);
    assert_int_equal(parse_with(66, 255), 0);
    assert_int_equal(parse_with(66, 256), GAUGE_ERR_SIGNAL); /* 8 bits are never 256 */
    assert_int_equal(parse_with(68, 0), GAUGE_ERR_RESERVED); /* its `equals` is 1 */
    assert_int_equal(parse_with(72, valid1), 0);
    assert_int_equal(parse_with(74, 1), GAUGE_ERR_RESERVED);
}

static void unused_ones_come_last(void **state)
{
    (void)state;
    struct condition conditions[CONDITION_MAX] = {{.role = CONDITION_NONE}};
    const struct condition page = {CONDITION_PAGE, {.start_bit = 0, .length_bits = 4}, 15};
    assert_true(conditions_are_good(conditions, false));
    conditions[2] = page;
    assert_false(conditions_are_good(conditions, false));
    conditions[1] = page;
    assert_false(conditions_are_good(conditions, false));
    conditions[0] = page;
    assert_true(conditions_are_good(conditions, false));
    conditions[2].role = CONDITION_NONE;
    assert_true(conditions_are_good(conditions, false));
    conditions[0].role = CONDITION_NONE;
    assert_false(conditions_are_good(conditions, false));
}

static void bounds(void **state)
{
    (void)state;
    struct condition conditions[CONDITION_MAX] = {
        {CONDITION_PAGE, {.start_bit = 64, .length_bits = 16}, 65535}};
    assert_true(conditions_are_good(conditions, true)); /* byte 8: CAN FD only */
    assert_false(conditions_are_good(conditions, false));
    conditions[0].bits.start_bit = 8 * CAN_PAYLOAD_MAX;
    assert_false(conditions_are_good(conditions, true));
    conditions[0].bits = (struct signal_bits){.start_bit = 0, .length_bits = 17};
    assert_false(conditions_are_good(conditions, true));
    conditions[0].bits.length_bits = 15;
    assert_false(conditions_are_good(conditions, true));
    conditions[0].equals = 0x7FFF;
    assert_true(conditions_are_good(conditions, true));
    conditions[0].role = CONDITION_VALID;
    assert_true(conditions_are_good(conditions, true));
    conditions[0].role = (enum condition_role)3;
    assert_false(conditions_are_good(conditions, true));
}

static void any_condition_survives(struct random *random)
{
    uint8_t bytes[RECORD_SIZE];
    struct source_broadcast parsed;
    struct source_broadcast source = link_g4x().broadcast;
    int count = random_between(random, 0, CONDITION_MAX);
    memset(source.condition, 0, sizeof(source.condition));
    for (int i = 0; i < count; i++) {
        struct condition *condition = &source.condition[i];
        condition->role = random_u32(random) & 1u ? CONDITION_PAGE : CONDITION_VALID;
        condition->bits.motorola = random_u32(random) & 1u;
        condition->bits.length_bits = (uint8_t)random_between(random, 1, 16);
        condition->bits.start_bit = (uint16_t)random_between(random, 0, 47);
        condition->equals =
            (uint16_t)(random_u32(random) & ((1u << condition->bits.length_bits) - 1u));
    }
    check_seed(random, round_trip(&source, &parsed, bytes) == 0, "round trip");
    for (int i = 0; i < CONDITION_MAX; i++) {
        check_seed(random, is_same(&source.condition[i], &parsed.condition[i]), "condition");
    }
}

static void any_conditions(void **state)
{
    (void)state;
    for_each_seed(2000, any_condition_survives);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_and_validity),    cmocka_unit_test(validity_out_of_reach),
        cmocka_unit_test(pages_in_pages),        cmocka_unit_test(single_floats),
        cmocka_unit_test(double_floats),         cmocka_unit_test(in_the_record),
        cmocka_unit_test(floats_in_the_record),  cmocka_unit_test(damages),
        cmocka_unit_test(unused_ones_come_last), cmocka_unit_test(bounds),
        cmocka_unit_test(any_conditions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
