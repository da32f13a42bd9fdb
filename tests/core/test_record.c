/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/core/core_test.h"

#include <math.h>
#include <string.h>

#include "core/crc32.h"
#include "core/err.h"
#include "core/le.h"
#include "core/profile_keys.h"
#include "core/record.h"

static void seal(uint8_t *bytes)
{
    le_put_u32(bytes + 1020, crc32_update(0, bytes, 1020));
}

static void build_default(uint8_t *bytes)
{
    struct record record;
    record_default(&record);
    assert_int_equal(record_build(&record, bytes, RECORD_SIZE), 0);
}

/* The layout of docs/SPEC.md, offsets written out once more by hand. */
static void layout_is_the_documented_one(void **state)
{
    (void)state;
    uint8_t b[RECORD_SIZE];
    build_default(b);
    assert_memory_equal(b, "CDP1", 4);
    assert_int_equal(le_get_u16(b + 4), 1);
    assert_int_equal(le_get_u16(b + 6), 1012);
    assert_string_equal((const char *)b + 8, "Ford Mustang S550");
    assert_int_equal(le_get_u32(b + 40), 500000);
    assert_int_equal(le_get_u32(b + 44), 0);
    assert_int_equal(b[48], 0);
    assert_int_equal(b[49], 1);
    const uint8_t *dial = b + 64;
    assert_memory_equal(dial, "\0\0\3\3", 4);
    const uint8_t *source = dial + 4;
    assert_int_equal(le_get_u32(source), 0x156);
    assert_int_equal(le_get_u32(source + 4), 0x7FF);
    assert_int_equal(source[8], 2); /* Motorola */
    assert_int_equal(source[9], 8);
    assert_int_equal(le_get_u16(source + 10), 15);
    assert_int_equal(source[12], 2);
    assert_true(le_get_f64(source + 16) == 1.0 && le_get_f64(source + 24) == -60.0);
    assert_int_equal(le_get_u32(source + 32), 254);
    assert_int_equal(le_get_u32(source + 36), 254);
    assert_int_equal(le_get_u32(source + 40), 255);
    assert_int_equal(le_get_u32(dial + 80), 1000);
    assert_int_equal(le_get_i32(dial + 84), -40000);
    assert_int_equal(le_get_i32(dial + 88), 180000);
    assert_int_equal(le_get_i32(dial + 92), 5000);
    assert_int_equal(le_get_i32(dial + 96 + 6), 90000);
    assert_int_equal(le_get_i16(dial + 96 + 10), 9000);
    assert_int_equal(le_get_i16(dial + 192), -1000);
    assert_int_equal(le_get_u16(dial + 194), 5000);
    assert_int_equal(le_get_u16(dial + 192 + 10), 24000);
    assert_int_equal(le_get_i16(dial + 224), -1000);
    assert_int_equal(le_get_u16(dial + 226), 20000);
    assert_int_equal(le_get_u16(dial + 228), 600);
    assert_int_equal(le_get_u16(dial + 230), 300);
    assert_int_equal(le_get_i32(dial + 232), 130000);
    assert_int_equal(le_get_u32(b + 1020), crc32_update(0, b, 1020));
}

static void default_survives(void **state)
{
    (void)state;
    uint8_t bytes[RECORD_SIZE];
    uint8_t again[RECORD_SIZE];
    struct record record;
    build_default(bytes);
    memset(&record, 0xFF, sizeof(record));
    assert_int_equal(record_parse(&record, bytes, RECORD_SIZE), 0);
    assert_int_equal(record.dial[0].source.kind, SOURCE_BROADCAST);
    assert_int_equal(record.dial[3].timeout_ms, 0); /* what is not in the record is zero */
    assert_string_equal(record.name, "Ford Mustang S550");
    assert_int_equal(record.dial[0].servo.point[2].y, 2400000);
    assert_int_equal(record.dial[0].park_mdeg, -10000);
    assert_int_equal(record_build(&record, again, RECORD_SIZE), 0);
    assert_memory_equal(bytes, again, RECORD_SIZE);
    assert_int_equal(record_build(&record, again, RECORD_SIZE - 1), GAUGE_ERR_SPACE);
}

static void random_curve(struct random *random, struct curve *curve, int points, int32_t x_step,
                         int32_t y_unit, int32_t y_step)
{
    bool is_falling = random_u32(random) & 1u;
    curve->count = (uint8_t)points;
    for (int i = 1; i < points; i++) {
        const struct curve_point *before = &curve->point[i - 1];
        int32_t up = y_unit * random_between(random, 1, y_step);
        curve->point[i].x = before->x + x_step * random_between(random, 1, 8);
        curve->point[i].y = before->y + (is_falling ? -up : up);
    }
}

static void random_dial(struct random *random, struct gauge_config *dial)
{
    struct source_broadcast *source = &dial->source.broadcast;
    source->extended = random_u32(random) & 1u;
    source->id =
        random_u32(random) & (source->extended ? CAN_ID_EXTENDED_MAX : CAN_ID_STANDARD_MAX);
    source->id_mask = source->extended ? 0x03FFFF00 : 0x7FF;
    source->is_signed = random_u32(random) & 1u;
    source->bits.motorola = random_u32(random) & 1u;
    source->bits.start_bit = (uint16_t)random_between(random, 0, 31);
    source->bits.length_bits = (uint8_t)random_between(random, 1, 32);
    source->invalid_count = (uint8_t)random_between(random, 0, 4);
    source->not_fitted = (uint8_t)random_between(random, 0, (1 << source->invalid_count) - 1);
    for (int i = 0; i < source->invalid_count; i++) {
        source->invalid[i].lo = random_u32(random) / 2;
        source->invalid[i].hi = source->invalid[i].lo + random_u32(random) / 2;
    }
    source->scale = random_between(random, 1, 1000) / 64.0;
    source->offset = random_between(random, -300, 300);
    dial->timeout_ms = (uint32_t)random_between(random, 10, 600000);
    dial->plausible_min_milli = random_between(random, -100000, 0);
    dial->plausible_max_milli = random_between(random, 1, 300000);
    dial->max_slope_milli_per_s = random_between(random, 0, 100000);
    dial->servo.point[0] = (struct curve_point){-20000, 4000000};
    random_curve(random, &dial->servo, random_between(random, 2, 8), 5000, 100, 3000);
    int32_t reach = dial->servo.point[dial->servo.count - 1].x + 20000; /* at least 5° */
    dial->dial.point[0] =
        (struct curve_point){random_between(random, -50000, 50000), -20000 + reach / 20 * 10};
    random_curve(random, &dial->dial, random_between(random, 2, 16), 1000, 10, reach / 20 / 16);
    dial->park_mdeg = -20000 + 10 * random_between(random, 0, reach / 10);
    dial->period_us = 20000;
    dial->damping_ms = (uint16_t)random_between(random, 0, 60000);
    dial->max_rate_deg_per_s = (uint16_t)random_between(random, 1, 2000);
    dial->warn_high_milli = (int32_t)random_u32(random);
    dial->warn_critical_milli = random_between(random, 2001, INT16_MAX) * 100;
    if (dial->warn_critical_milli <= dial->warn_high_milli) {
        dial->warn_critical_milli = GAUGE_WARN_NONE;
    }
    dial->dead_band_us = (uint16_t)random_between(random, 0, 50);
    for (unsigned i = 0; i < profile_key_count; i++) {
        if (profile_keys[i].kind == PROFILE_SWITCH && profile_keys[i].is_of_dial) {
            ((bool *)dial)[profile_keys[i].field.offset] = random_between(random, 0, 1) != 0;
        }
    }
}

static bool are_equal(const struct gauge_config *a, const struct gauge_config *b)
{
    bool is_equal = true;
    for (const struct profile_key *key = profile_keys; key < profile_keys + profile_key_count;
         key++) {
        is_equal &=
            !key->is_of_dial || field_number(&key->field, a) == field_number(&key->field, b);
    }
    return is_equal;
}

static struct record random_record(struct random *random)
{
    struct record record;
    record_default(&record);
    record.bitrate_bps = 10000u * (uint32_t[]){1, 5, 10, 25, 50, 100}[random_between(random, 0, 5)];
    record.fd_data_bitrate_bps = random_u32(random) & 1u ? 2000000 : 0;
    record.mode = random_u32(random) & 1u ? RECORD_ACTIVE : RECORD_LISTEN_ONLY;
    record.dial_count = (uint8_t)random_between(random, 1, 4);
    for (int i = 0; i < record.dial_count; i++) {
        random_dial(random, &record.dial[i]);
    }
    return record;
}

static void any_good_record_survives(struct random *random)
{
    uint8_t bytes[RECORD_SIZE];
    uint8_t again[RECORD_SIZE];
    struct record parsed;
    struct record record = random_record(random);
    int dial;
    check_seed(random, record_validate(&record, &dial) == 0 && dial == -1, "validate");
    check_seed(random, record_build(&record, bytes, RECORD_SIZE) == 0, "build");
    check_seed(random, record_parse(&parsed, bytes, RECORD_SIZE) == 0, "parse");
    check_seed(random, record_build(&parsed, again, RECORD_SIZE) == 0, "build again");
    check_seed(random, memcmp(bytes, again, RECORD_SIZE) == 0, "bytes");
    const struct gauge_config *a = &record.dial[record.dial_count - 1];
    const struct gauge_config *b = &parsed.dial[record.dial_count - 1];
    check_seed(random,
               a->dial.point[a->dial.count - 1].y == b->dial.point[b->dial.count - 1].y &&
                   a->source.broadcast.scale == b->source.broadcast.scale &&
                   a->source.broadcast.extended == b->source.broadcast.extended && are_equal(a, b),
               "fields");
}

static void round_trip(void **state)
{
    (void)state;
    for_each_seed(500, any_good_record_survives);
}

static void every_flipped_bit_is_noticed(void **state)
{
    (void)state;
    uint8_t bytes[RECORD_SIZE];
    struct record record;
    build_default(bytes);
    for (unsigned bit = 0; bit < RECORD_SIZE * 8; bit++) {
        bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
        assert_int_not_equal(record_parse(&record, bytes, RECORD_SIZE), 0);
        bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
    assert_int_equal(record_parse(&record, bytes, RECORD_SIZE), 0);
}

static void random_bytes_are_refused(struct random *random)
{
    uint8_t bytes[RECORD_SIZE];
    struct record record;
    for (unsigned i = 0; i < RECORD_SIZE; i++) {
        bytes[i] = (uint8_t)random_u32(random);
    }
    check_seed(random, record_parse(&record, bytes, RECORD_SIZE) == GAUGE_ERR_MAGIC,
               "random bytes");
    memcpy(bytes, "CDP1\1\0\xF4\3", 8);
    check_seed(random, record_parse(&record, bytes, RECORD_SIZE) == GAUGE_ERR_CRC, "bad CRC");
    seal(bytes);
    check_seed(random, record_parse(&record, bytes, RECORD_SIZE) != 0, "random bytes, good CRC");
}

/* Whatever is accepted says no more than its bytes: building it again gives the same ones. */
static void damaged_but_sealed(struct random *random)
{
    uint8_t bytes[RECORD_SIZE];
    uint8_t again[RECORD_SIZE];
    struct record record = random_record(random);
    check_seed(random, record_build(&record, bytes, RECORD_SIZE) == 0, "build");
    int damages = random_between(random, 1, 3);
    for (int i = 0; i < damages; i++) {
        bytes[random_between(random, 0, 300)] = (uint8_t)random_u32(random);
    }
    seal(bytes);
    if (record_parse(&record, bytes, RECORD_SIZE) == 0) {
        check_seed(random, record_build(&record, again, RECORD_SIZE) == 0,
                   "accepted, not buildable");
        check_seed(random, memcmp(bytes, again, RECORD_SIZE) == 0, "accepted other bytes");
    }
}

static void fuzz(void **state)
{
    (void)state;
    for_each_seed(300, random_bytes_are_refused);
    for_each_seed(20000, damaged_but_sealed);
}

/* ---- one wrong thing at a time, in the bytes ---- */

struct damage {
    uint16_t offset;
    uint8_t size; /* 1, 2, 4 */
    uint32_t value;
    int err;
};

#define DIAL 64
#define SOURCE (DIAL + 4)

static const struct damage damages[] = {
    {4, 2, 2, GAUGE_ERR_VERSION},
    {4, 2, 0, GAUGE_ERR_VERSION},
    {6, 2, 1011, GAUGE_ERR_LENGTH},
    {8, 1, 0, GAUGE_ERR_NAME}, /* bytes behind the end */
    {8, 1, 0x1B, GAUGE_ERR_NAME},
    {8, 1, 0x7F, GAUGE_ERR_NAME},
    {40, 4, 9999, GAUGE_ERR_BITRATE},
    {40, 4, 1000001, GAUGE_ERR_BITRATE},
    {44, 4, 499999, GAUGE_ERR_BITRATE},
    {44, 4, 8000001, GAUGE_ERR_BITRATE},
    {48, 1, 2, GAUGE_ERR_MODE},
    {49, 1, 0, GAUGE_ERR_DIAL_COUNT},
    {49, 1, 5, GAUGE_ERR_DIAL_COUNT},
    {49, 1, 2, GAUGE_ERR_DIAL},            /* the second is all zero */
    {50, 2, 32768 + 1300, GAUGE_ERR_WARN}, /* critical, and the same as high */
    {50, 2, 32768 + 1301, 0},
    {50, 2, 1, GAUGE_ERR_WARN},
    {52, 1, 45, 0}, /* 50 us */
    {52, 1, 46, GAUGE_ERR_NEEDLE},
    {53, 1, 1, GAUGE_ERR_RESERVED}, /* of a dial that is not there */
    {61, 1, 1, GAUGE_ERR_RESERVED},
    {62, 1, 1, GAUGE_ERR_RESERVED},
    {63, 1, 1, GAUGE_ERR_RESERVED},
    {DIAL, 1, 1, GAUGE_ERR_RESERVED}, /* OBD-II, of a broadcast's bytes */
    {DIAL, 1, 2, GAUGE_ERR_ASKING},
    {DIAL, 1, 3, GAUGE_ERR_KIND},
    {DIAL, 1, 4, GAUGE_ERR_KIND},
    {DIAL + 1, 1, 128, GAUGE_ERR_RESERVED},
    {DIAL + 2, 1, 0, GAUGE_ERR_DIAL},
    {DIAL + 2, 1, 1, GAUGE_ERR_DIAL},
    {DIAL + 2, 1, 17, GAUGE_ERR_DIAL},
    {DIAL + 2, 1, 2, GAUGE_ERR_RESERVED}, /* a third point that does not count */
    {DIAL + 3, 1, 0, GAUGE_ERR_SERVO},
    {DIAL + 3, 1, 9, GAUGE_ERR_SERVO},
    {DIAL + 3, 1, 2, GAUGE_ERR_RESERVED},
    {SOURCE, 4, 0x800, GAUGE_ERR_ID},
    {SOURCE + 4, 4, 0xFFF, GAUGE_ERR_ID},
    {SOURCE + 4, 4, 0, GAUGE_ERR_ID},
    {SOURCE + 8, 1, 16, GAUGE_ERR_RESERVED},
    {SOURCE + 8, 1, 8, GAUGE_ERR_SIGNAL}, /* a float of 8 bits */
    {SOURCE + 9, 1, 0, GAUGE_ERR_SIGNAL},
    {SOURCE + 9, 1, 65, GAUGE_ERR_SIGNAL},
    {SOURCE + 10, 2, 64 + 7, GAUGE_ERR_SIGNAL}, /* byte 8 of a classic frame */
    {SOURCE + 10, 2, 512, GAUGE_ERR_SIGNAL},
    {SOURCE + 12, 1, 5, GAUGE_ERR_INVALID},
    {SOURCE + 12, 1, 1, GAUGE_ERR_RESERVED},
    {SOURCE + 13, 1, 3, 0},                 /* which ranges mean "not fitted" */
    {SOURCE + 13, 1, 4, GAUGE_ERR_INVALID}, /* there are two */
    {SOURCE + 14, 1, 1, GAUGE_ERR_RESERVED},
    {SOURCE + 15, 1, 1, GAUGE_ERR_RESERVED},
    {SOURCE + 20, 4, 0, GAUGE_ERR_SCALE},          /* scale 0 */
    {SOURCE + 20, 4, 0x7FF00000, GAUGE_ERR_SCALE}, /* infinite */
    {SOURCE + 20, 4, 0x7FF80000, GAUGE_ERR_SCALE}, /* NaN */
    {SOURCE + 20, 4, 0xFFF80000, GAUGE_ERR_SCALE},
    {SOURCE + 20, 4, 0x7FE00000, GAUGE_ERR_SCALE}, /* 1e308 */
    {SOURCE + 28, 4, 0x7FF80000, GAUGE_ERR_SCALE}, /* offset NaN */
    {SOURCE + 28, 4, 0xFFF00000, GAUGE_ERR_SCALE},
    {SOURCE + 32, 4, 255, GAUGE_ERR_INVALID}, /* 255..254 */
    {SOURCE + 64, 1, 1, GAUGE_ERR_RESERVED},
    {SOURCE + 75, 1, 1, GAUGE_ERR_RESERVED},
    {DIAL + 80, 4, 9, GAUGE_ERR_TIMEOUT},
    {DIAL + 80, 4, 600001, GAUGE_ERR_TIMEOUT},
    {DIAL + 84, 4, 180000, GAUGE_ERR_PLAUSIBLE}, /* min = max */
    {DIAL + 92, 4, 0xFFFFFFFF, GAUGE_ERR_PLAUSIBLE},
    {DIAL + 96, 4, 90000, GAUGE_ERR_DIAL},       /* values not rising */
    {DIAL + 96 + 4, 2, 9000, GAUGE_ERR_DIAL},    /* two values at one angle */
    {DIAL + 96 + 4, 2, 10000, GAUGE_ERR_DIAL},   /* angles forth and back */
    {DIAL + 96 + 16, 2, 18001, GAUGE_ERR_REACH}, /* beyond the servo */
    {DIAL + 96 + 4, 2, 0xFC17, GAUGE_ERR_REACH}, /* -1001 */
    {DIAL + 192, 2, 0, GAUGE_ERR_SERVO},         /* angles not rising */
    {DIAL + 194, 2, 6000, GAUGE_ERR_SERVO},      /* one pulse twice */
    {DIAL + 194, 2, 999, GAUGE_ERR_PULSE},       /* 99.9 µs */
    {DIAL + 224, 2, 0xFC17, GAUGE_ERR_REACH},    /* park beyond the servo */
    {DIAL + 224, 2, 18001, GAUGE_ERR_REACH},
    {DIAL + 226, 2, 2499, GAUGE_ERR_PERIOD},
    {DIAL + 226, 2, 50001, GAUGE_ERR_PERIOD},
    {DIAL + 226, 2, 2500, 0}, /* 2.4 ms of pulse, 0.1 ms of gap */
    {DIAL + 192 + 10, 2, 60000, 0},
    {DIAL + 228, 2, 60001, GAUGE_ERR_NEEDLE},
    {DIAL + 228, 2, 0, 0},
    {DIAL + 230, 2, 0, GAUGE_ERR_NEEDLE},
    {DIAL + 230, 2, 2001, GAUGE_ERR_NEEDLE},
    {DIAL + 232, 4, 0x7FFFFFFF, 0},
    {DIAL + 236, 1, 1, GAUGE_ERR_RESERVED}, /* the unused second dial */
    {1007, 1, 1, GAUGE_ERR_RESERVED},
    {1008, 1, 1, GAUGE_ERR_RESERVED},
    {1019, 1, 1, GAUGE_ERR_RESERVED},
    /* the last good ones on either side */
    {40, 4, 10000, 0},
    {40, 4, 1000000, 0},
    {44, 4, 500000, 0},
    {44, 4, 8000000, 0},
    {48, 1, 1, 0},
    {SOURCE + 20, 4, 0x41CDCD65, 0}, /* 1e9 */
    {SOURCE + 20, 4, 0x41CDCD66, GAUGE_ERR_SCALE},
    {SOURCE + 20, 4, 0xC1CDCD65, 0},
    {SOURCE + 28, 4, 0xC1CDCD66, GAUGE_ERR_SCALE},
    {DIAL + 80, 4, 10, 0},
    {DIAL + 80, 4, 600000, 0},
    {DIAL + 84, 4, 179999, 0},
    {DIAL + 92, 4, 0, 0},
    {DIAL + 96 + 4, 2, 0xFC18, 0}, /* scale from park on: -1000 */
    {DIAL + 192, 2, 0x8000, 0},
    {DIAL + 192 + 8, 2, 0x7FFF, 0},
    {DIAL + 194, 2, 1000, 0},
    {DIAL + 192 + 10, 2, 65535, 0},
    {DIAL + 226, 2, 50000, 0},
    {DIAL + 228, 2, 60000, 0},
    {DIAL + 230, 2, 1, 0},
    {DIAL + 230, 2, 2000, 0},
};

static void apply(uint8_t *bytes, const struct damage *damage)
{
    for (unsigned i = 0; i < damage->size; i++) {
        bytes[damage->offset + i] = (uint8_t)(damage->value >> 8 * i);
    }
    seal(bytes);
}

static void each_damage_is_named(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(damages) / sizeof(damages[0]); i++) {
        uint8_t bytes[RECORD_SIZE];
        struct record record;
        build_default(bytes);
        apply(bytes, &damages[i]);
        int err = record_parse(&record, bytes, RECORD_SIZE);
        if (err != damages[i].err) {
            fail_msg("byte %u = %u: %s, wanted %s", damages[i].offset, damages[i].value,
                     gauge_err_text(err), gauge_err_text(damages[i].err));
        }
    }
}

static void a_name_may_fill_its_field(void **state)
{
    (void)state;
    uint8_t bytes[RECORD_SIZE];
    struct record record;
    record_default(&record);
    memset(record.name, 'x', RECORD_NAME_MAX);
    record.name[RECORD_NAME_MAX] = '\0';
    assert_int_equal(record_build(&record, bytes, RECORD_SIZE), 0);
    memset(&record, 0, sizeof(record));
    assert_int_equal(record_parse(&record, bytes, RECORD_SIZE), 0);
    assert_int_equal(strlen(record.name), RECORD_NAME_MAX);
    record.name[RECORD_NAME_MAX] = 'x';
    int dial = 2;
    assert_int_equal(record_validate(&record, &dial), GAUGE_ERR_NAME);
    assert_int_equal(dial, -1);
    assert_int_equal(record_build(&record, bytes, RECORD_SIZE), GAUGE_ERR_NAME);
}

/* ---- what bytes cannot say but struct record can ---- */

static int validate_with(void (*change)(struct gauge_config *), int which)
{
    struct record record;
    int dial;
    record_default(&record);
    record.dial_count = 4;
    record.dial[1] = record.dial[2] = record.dial[3] = record.dial[0];
    change(&record.dial[which]);
    int err = record_validate(&record, &dial);
    assert_int_equal(dial, err == 0 ? -1 : which);
    return err;
}

static void uneven_dial_angle(struct gauge_config *dial)
{
    dial->dial.point[1].y = 90005; /* the record has centidegrees */
}

static void uneven_first_dial_angle(struct gauge_config *dial)
{
    dial->dial.point[0].y = -5;
}

static void uneven_first_servo_angle(struct gauge_config *dial)
{
    dial->servo.point[0].x = -10005;
}

static void uneven_servo_angle(struct gauge_config *dial)
{
    dial->servo.point[1].x = 5;
}

static void uneven_pulse(struct gauge_config *dial)
{
    dial->servo.point[1].y = 600050;
}

static void huge_pulse(struct gauge_config *dial)
{
    dial->servo.point[2].y = 6553600; /* one more than 16 bits */
}

static void long_pulse(struct gauge_config *dial)
{
    dial->period_us = 2499;
}

static void huge_angle(struct gauge_config *dial)
{
    dial->servo.point[2].x = 327680;
}

static void uneven_park(struct gauge_config *dial)
{
    dial->park_mdeg = -9995;
}

static void too_many_servo_points(struct gauge_config *dial)
{
    for (int i = 0; i < 9; i++) {
        dial->servo.point[i] = (struct curve_point){-10000 + i * 30000, 500000 + i * 1000};
    }
    dial->servo.count = 9;
}

static void not_fitted_without_range(struct gauge_config *dial)
{
    dial->source.broadcast.not_fitted = (uint8_t)(1 << dial->source.broadcast.invalid_count);
}

static void too_many_invalid(struct gauge_config *dial)
{
    dial->source.broadcast.invalid_count = 5;
}

static void other_kind(struct gauge_config *dial)
{
    dial->source.kind = SOURCE_J1939;
}

static void other_period(struct gauge_config *dial)
{
    dial->period_us = 10000;
}

/* What lies behind the counts is nobody's. */
static void rubbish_behind_the_counts(struct gauge_config *dial)
{
    dial->dial.point[dial->dial.count] = (struct curve_point){-1, 7};
    dial->servo.point[dial->servo.count] = (struct curve_point){7, -1};
    dial->source.broadcast.invalid[dial->source.broadcast.invalid_count] =
        (struct source_range){9, 3};
}

static void no_change(struct gauge_config *dial)
{
    (void)dial;
}

static void names_the_dial(void **state)
{
    (void)state;
    for (int which = 0; which < 4; which++) {
        assert_int_equal(validate_with(no_change, which), 0);
        assert_int_equal(validate_with(rubbish_behind_the_counts, which), 0);
        assert_int_equal(validate_with(uneven_dial_angle, which), GAUGE_ERR_DIAL);
        assert_int_equal(validate_with(uneven_first_dial_angle, which), GAUGE_ERR_DIAL);
        assert_int_equal(validate_with(uneven_first_servo_angle, which), GAUGE_ERR_SERVO);
        assert_int_equal(validate_with(uneven_servo_angle, which), GAUGE_ERR_SERVO);
        assert_int_equal(validate_with(uneven_pulse, which), GAUGE_ERR_PULSE);
        assert_int_equal(validate_with(huge_pulse, which), GAUGE_ERR_PULSE);
        assert_int_equal(validate_with(long_pulse, which), GAUGE_ERR_PERIOD);
        assert_int_equal(validate_with(huge_angle, which), GAUGE_ERR_SERVO);
        assert_int_equal(validate_with(uneven_park, which), GAUGE_ERR_REACH);
        assert_int_equal(validate_with(too_many_servo_points, which), GAUGE_ERR_SERVO);
        assert_int_equal(validate_with(too_many_invalid, which), GAUGE_ERR_INVALID);
        assert_int_equal(validate_with(not_fitted_without_range, which), GAUGE_ERR_INVALID);
        assert_int_equal(validate_with(other_kind, which), GAUGE_ERR_KIND);
    }
    assert_int_equal(validate_with(other_period, 2), GAUGE_ERR_PERIOD);
}

static void one_to_four_dials(void **state)
{
    (void)state;
    struct record record;
    record_default(&record);
    record.dial_count = 0;
    assert_int_equal(record_validate(&record, NULL), GAUGE_ERR_DIAL_COUNT);
    record.dial_count = GAUGE_DIALS_MAX + 1;
    assert_int_equal(record_validate(&record, NULL), GAUGE_ERR_DIAL_COUNT);
}

static void pulse_must_leave_a_gap(void **state)
{
    (void)state;
    struct record record;
    record_default(&record);
    record.dial[0].period_us = 2500;
    assert_int_equal(record_validate(&record, NULL), 0);
    record.dial[0].servo.point[2].y = 2400100;
    assert_int_equal(record_validate(&record, NULL), GAUGE_ERR_PULSE);
}

static void fd_frames_are_longer(void **state)
{
    (void)state;
    struct record record;
    record_default(&record);
    record.dial[0].source.broadcast.bits.start_bit = 63 * 8 + 7;
    assert_int_equal(record_validate(&record, NULL), GAUGE_ERR_SIGNAL);
    record.fd_data_bitrate_bps = 2000000;
    assert_int_equal(record_validate(&record, NULL), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(layout_is_the_documented_one),
        cmocka_unit_test(default_survives),
        cmocka_unit_test(round_trip),
        cmocka_unit_test(every_flipped_bit_is_noticed),
        cmocka_unit_test(fuzz),
        cmocka_unit_test(each_damage_is_named),
        cmocka_unit_test(a_name_may_fill_its_field),
        cmocka_unit_test(names_the_dial),
        cmocka_unit_test(one_to_four_dials),
        cmocka_unit_test(pulse_must_leave_a_gap),
        cmocka_unit_test(fd_frames_are_longer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
