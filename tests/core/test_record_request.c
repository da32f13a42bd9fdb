/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Records whose dials ask: OBD-II, UDS, bit rate found by listening. */
#include "tests/core/core_test.h"

#include <math.h>
#include <string.h>

#include "core/crc32.h"
#include "core/err.h"
#include "core/le.h"
#include "core/record.h"

#define DIAL 64
#define SOURCE (DIAL + 4)

static struct source_config obd2(void)
{
    return (struct source_config){
        .kind = SOURCE_OBD2,
        .obd2 = {
            .pid = 0x5C, .fallback_coolant = true, .addressing = OBD_29BIT, .rate_millihz = 2000}};
}

static struct source_config uds(void)
{
    return (struct source_config){.kind = SOURCE_UDS,
                                  .uds = {.request_id = 0x6F1,
                                          .response_id = 0x612,
                                          .has_address = true,
                                          .ecu = 0x12,
                                          .service = UDS_READ_DID,
                                          .did = 0x4402,
                                          .is_signed = true,
                                          .start_bit = 16,
                                          .length_bits = 12,
                                          .rate_millihz = 1000,
                                          .invalid_count = 2,
                                          .invalid = {{1, 2}, {0xFFF, 0xFFF}},
                                          .scale = 0.5,
                                          .offset = -60}};
}

static struct record with(struct source_config source)
{
    struct record record;
    record_default(&record);
    record.mode = RECORD_ACTIVE;
    record.dial[0].source = source;
    return record;
}

static void seal(uint8_t *bytes)
{
    le_put_u32(bytes + 1020, crc32_update(0, bytes, 1020));
}

/* The layouts of docs/SPEC.md, offsets written out once more by hand. */
static void obd2_layout(void **state)
{
    (void)state;
    struct record record = with(obd2());
    uint8_t b[RECORD_SIZE];
    assert_int_equal(record_build(&record, b, sizeof(b)), 0);
    assert_int_equal(b[48], 1);
    assert_int_equal(b[DIAL], 1);
    assert_memory_equal(b + SOURCE, "\x5C\1\2\0\xD0\7\0\0", 8);
    for (unsigned i = 6; i < 76; i++) {
        assert_int_equal(b[SOURCE + i], 0);
    }
}

static void uds_layout(void **state)
{
    (void)state;
    struct record record = with(uds());
    uint8_t b[RECORD_SIZE];
    assert_int_equal(record_build(&record, b, sizeof(b)), 0);
    const uint8_t *s = b + SOURCE;
    assert_int_equal(b[DIAL], 2);
    assert_int_equal(le_get_u32(s), 0x6F1);
    assert_int_equal(le_get_u32(s + 4), 0x612);
    assert_int_equal(s[8], 2 | 4);
    assert_int_equal(s[9], 12);
    assert_int_equal(le_get_u16(s + 10), 16);
    assert_int_equal(s[12], 2);
    assert_int_equal(s[13], 0x22);
    assert_int_equal(s[14], 0x12);
    assert_int_equal(s[15], 0);
    assert_true(le_get_f64(s + 16) == 0.5 && le_get_f64(s + 24) == -60.0);
    assert_int_equal(le_get_u32(s + 32), 1);
    assert_int_equal(le_get_u32(s + 44), 0xFFF);
    assert_int_equal(le_get_u16(s + 64), 0x4402);
    assert_int_equal(le_get_u16(s + 66), 1000);
}

static void random_source(struct random *random, struct source_config *source)
{
    if (random_u32(random) & 1u) {
        static const uint8_t pids[] = {0x05, 0x0F, 0x46, 0x5C};
        *source = obd2();
        source->obd2.pid = pids[random_u32(random) % 4];
        source->obd2.fallback_coolant = random_u32(random) & 1u;
        source->obd2.rate_millihz = (uint16_t)random_between(random, 100, 10000);
        return;
    }
    *source = uds();
    struct source_uds *u = &source->uds;
    u->extended = random_u32(random) & 1u;
    u->request_id = (uint32_t)(u->extended ? 0x18DA00F1 + random_between(random, 0, 255) * 0x100
                                           : random_between(random, 0x600, 0x7FE));
    u->response_id = u->request_id + 1;
    u->has_address = random_u32(random) & 1u;
    u->ecu = (uint8_t)(u->has_address ? random_u32(random) : 0);
    u->service = random_u32(random) & 1u ? UDS_READ_DID : UDS_READ_LOCAL;
    u->did = (uint16_t)(random_u32(random) >> (u->service == UDS_READ_DID ? 16 : 24));
    u->is_signed = random_u32(random) & 1u;
    u->start_bit = (uint16_t)random_between(random, 0, 2000);
    u->length_bits = (uint8_t)random_between(random, 1, 32);
    u->rate_millihz = (uint16_t)random_between(random, 100, 10000);
    memset(u->invalid, 0, sizeof(u->invalid));
    u->invalid_count = (uint8_t)random_between(random, 0, 4);
    for (int i = 0; i < u->invalid_count; i++) {
        u->invalid[i].lo = random_u32(random) / 2;
        u->invalid[i].hi = u->invalid[i].lo + random_u32(random) / 2;
    }
    u->scale = random_between(random, 1, 1000) / 64.0;
}

static void survives(struct random *random)
{
    uint8_t bytes[RECORD_SIZE];
    uint8_t again[RECORD_SIZE];
    struct record record;
    struct record back;
    record_default(&record);
    record.mode = RECORD_ACTIVE;
    record.bitrate_bps = random_u32(random) & 1u ? RECORD_BITRATE_AUTO : 250000;
    record.dial_count = (uint8_t)random_between(random, 1, 4);
    for (unsigned i = 0; i < record.dial_count; i++) {
        record.dial[i] = record.dial[0];
        random_source(random, &record.dial[i].source);
    }
    check_seed(random, record_build(&record, bytes, sizeof(bytes)) == 0, "build");
    check_seed(random, record_parse(&back, bytes, sizeof(bytes)) == 0, "parse");
    check_seed(random, record_build(&back, again, sizeof(again)) == 0, "build again");
    check_seed(random, memcmp(bytes, again, sizeof(bytes)) == 0, "not the same");
    /* Any byte changed is refused, or comes back out as it went in. */
    bytes[random_between(random, 0, 1019)] ^= (uint8_t)(1u << (random_u32(random) % 8));
    seal(bytes);
    if (record_parse(&back, bytes, sizeof(bytes)) == 0) {
        check_seed(random, record_build(&back, again, sizeof(again)) == 0, "parsed, not built");
        check_seed(random, memcmp(bytes, again, sizeof(bytes)) == 0, "changed silently");
    }
}

static void round_trips(void **state)
{
    (void)state;
    for_each_seed(10000, survives);
}

struct damage {
    uint16_t offset;
    uint8_t size;
    uint32_t value;
    int err;
};

static void check_damages(const struct record *record, const struct damage *damages, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uint8_t b[RECORD_SIZE];
        struct record back;
        const struct damage *d = &damages[i];
        assert_int_equal(record_build(record, b, sizeof(b)), 0);
        if (d->size == 1) {
            b[d->offset] = (uint8_t)d->value;
        } else if (d->size == 2) {
            le_put_u16(b + d->offset, (uint16_t)d->value);
        } else {
            le_put_u32(b + d->offset, d->value);
        }
        seal(b);
        int err = record_parse(&back, b, sizeof(b));
        if (err != d->err) {
            fail_msg("damage %zu at %u: %d, expected %d", i, d->offset, err, d->err);
        }
    }
}

static void damaged_obd2(void **state)
{
    static const struct damage damages[] = {
        {48, 1, 0, GAUGE_ERR_ASKING},
        {SOURCE, 1, 0x0C, GAUGE_ERR_REQUEST},
        {SOURCE + 1, 1, 2, GAUGE_ERR_RESERVED},
        {SOURCE + 2, 1, 3, GAUGE_ERR_REQUEST},
        {SOURCE + 3, 1, 1, GAUGE_ERR_RESERVED},
        {SOURCE + 4, 2, 99, GAUGE_ERR_REQUEST},
        {SOURCE + 4, 2, 10001, GAUGE_ERR_REQUEST},
        {SOURCE + 6, 1, 1, GAUGE_ERR_RESERVED},
        {SOURCE + 75, 1, 1, GAUGE_ERR_RESERVED},
    };
    (void)state;
    struct record record = with(obd2());
    check_damages(&record, damages, sizeof(damages) / sizeof(damages[0]));
}

static void damaged_uds(void **state)
{
    static const struct damage damages[] = {
        {48, 1, 0, GAUGE_ERR_ASKING},
        {SOURCE, 4, 0x5FF, GAUGE_ERR_REQUEST}, /* not a diagnostic identifier */
        {SOURCE, 4, 0x800, GAUGE_ERR_REQUEST},
        {SOURCE, 4, 0x612, GAUGE_ERR_REQUEST}, /* its own answer */
        {SOURCE + 4, 4, 0x800, GAUGE_ERR_REQUEST},
        {SOURCE + 8, 1, 8, GAUGE_ERR_RESERVED},
        {SOURCE + 8, 1, 0, GAUGE_ERR_REQUEST}, /* an address that is not used */
        {SOURCE + 9, 1, 0, GAUGE_ERR_SIGNAL},
        {SOURCE + 9, 1, 33, GAUGE_ERR_SIGNAL},
        {SOURCE + 10, 2, 2001, GAUGE_ERR_SIGNAL},
        {SOURCE + 12, 1, 5, GAUGE_ERR_INVALID},
        {SOURCE + 12, 1, 1, GAUGE_ERR_RESERVED},
        {SOURCE + 13, 1, 0x2E, GAUGE_ERR_REQUEST}, /* writes */
        {SOURCE + 13, 1, 0x21, GAUGE_ERR_REQUEST}, /* two bytes of a local identifier */
        {SOURCE + 15, 1, 1, GAUGE_ERR_RESERVED},
        {SOURCE + 20, 4, 0, GAUGE_ERR_SCALE},
        {SOURCE + 20, 4, 0x7FF80000, GAUGE_ERR_SCALE},
        {SOURCE + 28, 4, 0xFFF00000, GAUGE_ERR_SCALE},
        {SOURCE + 32, 4, 3, GAUGE_ERR_INVALID},
        {SOURCE + 60, 4, 1, GAUGE_ERR_RESERVED},
        {SOURCE + 66, 2, 0, GAUGE_ERR_REQUEST},
        {SOURCE + 68, 1, 1, GAUGE_ERR_RESERVED},
        {SOURCE + 75, 1, 1, GAUGE_ERR_RESERVED},
    };
    (void)state;
    struct record record = with(uds());
    check_damages(&record, damages, sizeof(damages) / sizeof(damages[0]));
}

static void limits_are_included(void **state)
{
    (void)state;
    struct record record = with(obd2());
    record.dial[0].source.obd2.rate_millihz = 10000;
    assert_int_equal(record_validate(&record, NULL), 0);
    record.dial[0].source.obd2.rate_millihz = 100;
    assert_int_equal(record_validate(&record, NULL), 0);
    record = with(uds());
    record.dial[0].source.uds.request_id = 0x600;
    record.dial[0].source.uds.response_id = 0x7FF;
    assert_int_equal(record_validate(&record, NULL), 0);
    record.dial[0].source.uds.request_id = 0x7FF;
    record.dial[0].source.uds.response_id = 0x7FE;
    assert_int_equal(record_validate(&record, NULL), 0);
    record.dial[0].source.uds.service = UDS_READ_LOCAL;
    record.dial[0].source.uds.did = 0xFF;
    assert_int_equal(record_validate(&record, NULL), 0);
    record.dial[0].source.uds.did = 0x100; /* one byte has room for less */
    assert_int_equal(record_validate(&record, NULL), GAUGE_ERR_REQUEST);
    record.dial[0].source.uds.did = 0xFF;
    record.dial[0].source.uds.scale = -1e9;
    record.dial[0].source.uds.offset = 1e9;
    assert_int_equal(record_validate(&record, NULL), 0);
}

/* Nothing is sent that could be anything but a diagnostic request. */
static void what_may_be_asked(void **state)
{
    static const struct {
        uint32_t id;
        bool extended;
        bool may;
    } cases[] = {
        {0x5FF, false, false},     {0x600, false, true},      {0x7FF, false, true},
        {0x800, false, false},     {0x600, true, false},      {0x18DA10F1, true, true},
        {0x18DB33F1, true, true},  {0x14DA11F1, true, true},  {0x1CDA10F1, true, true},
        {0x17FC0076, true, true},  {0x18CE10F1, true, true},  {0x18CD33F1, true, true},
        {0x10DA10F1, true, false}, {0x00DA10F1, true, false}, {0x18FEEE00, true, false},
        {0x18EF10F1, true, false}, {0x19DA10F1, true, false}, {0x1ADA10F1, true, false},
        {0x0FFC0076, true, false}, {0x38DA10F1, true, false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct record record = with(uds());
        record.dial[0].source.uds.request_id = cases[i].id;
        record.dial[0].source.uds.response_id = cases[i].extended ? 0x18DAF110 : 0x612;
        record.dial[0].source.uds.extended = cases[i].extended;
        if ((record_validate(&record, NULL) == 0) != cases[i].may) {
            fail_msg("0x%X", (unsigned)cases[i].id);
        }
    }
}

/* The check is the firmware's own: FDCAN's 80 MHz and a whole number of quanta. */
static void bit_rates_that_can_be_had(void **state)
{
    (void)state;
    struct record record;
    record_default(&record);
    record.bitrate_bps = 33333;
    assert_int_equal(record_validate(&record, NULL), 0);
    record.bitrate_bps = 33300;
    assert_int_equal(record_validate(&record, NULL), GAUGE_ERR_BITRATE);
    record.bitrate_bps = 500000;
    record.fd_data_bitrate_bps = 5000000;
    assert_int_equal(record_validate(&record, NULL), 0);
    record.fd_data_bitrate_bps = 2100000;
    assert_int_equal(record_validate(&record, NULL), GAUGE_ERR_BITRATE);
}

static void one_search_for_all(void **state)
{
    (void)state;
    struct record record = with(obd2());
    record.dial_count = 3;
    record.dial[1] = record.dial[0];
    record.dial[2] = record.dial[0];
    record.dial[1].source = uds();
    int dial;
    assert_int_equal(record_validate(&record, &dial), 0);
    record.dial[2].source.obd2.addressing = OBD_AUTO;
    assert_int_equal(record_validate(&record, &dial), GAUGE_ERR_REQUEST);
    assert_int_equal(dial, 0);
}

static void bit_rate_by_listening(void **state)
{
    (void)state;
    struct record record;
    record_default(&record);
    record.bitrate_bps = RECORD_BITRATE_AUTO;
    assert_int_equal(record_validate(&record, NULL), 0);
    record.fd_data_bitrate_bps = 2000000;
    assert_int_equal(record_validate(&record, NULL), GAUGE_ERR_BITRATE);
}

static void too_many_invalid(void **state)
{
    (void)state;
    struct record record = with(uds());
    record.dial[0].source.uds.invalid_count = 5;
    assert_int_equal(record_validate(&record, NULL), GAUGE_ERR_INVALID);
    record.dial[0].source.uds.invalid_count = 3;
    record.dial[0].source.uds.invalid[2] =
        (struct source_range){9, 8}; /* the last is looked at too */
    assert_int_equal(record_validate(&record, NULL), GAUGE_ERR_INVALID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(obd2_layout),
        cmocka_unit_test(uds_layout),
        cmocka_unit_test(round_trips),
        cmocka_unit_test(damaged_obd2),
        cmocka_unit_test(damaged_uds),
        cmocka_unit_test(what_may_be_asked),
        cmocka_unit_test(bit_rates_that_can_be_had),
        cmocka_unit_test(one_search_for_all),
        cmocka_unit_test(limits_are_included),
        cmocka_unit_test(too_many_invalid),
        cmocka_unit_test(bit_rate_by_listening),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
