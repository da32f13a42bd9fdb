/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/core/core_test.h"

#include <string.h>

#include "core/j1939.h"
#include "core/obd.h"
#include "core/source.h"

static void identifiers(void **state)
{
    (void)state;
    assert_true(obd_is_answer(0x7E8, false) && obd_is_answer(0x7EF, false));
    assert_false(obd_is_answer(0x7E7, false) || obd_is_answer(0x7F0, false));
    assert_true(obd_is_answer(0x18DAF101, true) && obd_is_answer(0x18DAF1FF, true));
    assert_false(obd_is_answer(0x18DAF001, true) || obd_is_answer(0x7E8, true));
    assert_true(obd_is_request(0x7DF, false) && obd_is_request(0x7E0, false));
    assert_true(obd_is_request(0x7E7, false));
    assert_false(obd_is_request(0x7E8, false) || obd_is_request(0x7DE, false));
    assert_true(obd_is_request(0x18DB33F1, true) && obd_is_request(0x18DA10F1, true));
    assert_false(obd_is_request(0x18DA10F2, true) || obd_is_request(0x18DB33F2, true));
    assert_int_equal(obd_request_id(0x7EA, false), 0x7E2);
    assert_int_equal(obd_request_id(0x18DAF101, true), 0x18DA01F1);
}

static void known_pids(void **state)
{
    (void)state;
    unsigned known = 0;
    for (unsigned pid = 0; pid < 256; pid++) {
        known += obd_pid_is_known((uint8_t)pid);
    }
    assert_int_equal(known, 4);
    assert_true(obd_pid_is_known(0x5C) && obd_pid_is_known(0x05) && obd_pid_is_known(0x0F) &&
                obd_pid_is_known(0x46));
}

/* 41 40 C4 D2 00 0D of a VW TDI of 2012 has 5D, 5E and 60, but no 5C. */
static void support_bits(void **state)
{
    (void)state;
    struct obd_table table = {0};
    struct obd_ecu *ecu = obd_table_ecu(&table, 0x7E8, false);
    obd_table_support(ecu, 0x00, (const uint8_t *)"\x98\x3B\x80\x13");
    obd_table_support(ecu, 0x20, (const uint8_t *)"\xA0\x1B\xA0\x01");
    obd_table_support(ecu, 0x40, (const uint8_t *)"\xC4\xD2\x00\x0D");
    assert_true(obd_supports(ecu, 0x01) && obd_supports(ecu, 0x20) && obd_supports(ecu, 0x40));
    assert_false(obd_supports(ecu, 0x02));
    assert_true(obd_supports(ecu, 0x5D) && obd_supports(ecu, 0x5E) && obd_supports(ecu, 0x60));
    assert_false(obd_supports(ecu, 0x5C) || obd_supports(ecu, 0x5F));
    assert_false(obd_supports(ecu, 0x00) || obd_supports(ecu, 0x61));
    obd_table_support(ecu, 0x40, (const uint8_t *)"\x00\x00\x00\x10");
    assert_true(obd_supports(ecu, 0x5C));
    obd_table_support(ecu, 0x20, (const uint8_t *)"\xA0\x1B\xA0\x00"); /* the chain breaks */
    assert_false(obd_supports(ecu, 0x5C));
    obd_table_support(ecu, 0x20, (const uint8_t *)"\xA0\x1B\xA0\x01");
    obd_table_support(ecu, 0x00, (const uint8_t *)"\x98\x3B\x80\x12");
    assert_false(obd_supports(ecu, 0x5C));
    uint32_t before = ecu->block[0];
    obd_table_support(ecu, 0x60, (const uint8_t *)"\xFF\xFF\xFF\xFF"); /* not kept */
    obd_table_support(ecu, 0x01, (const uint8_t *)"\xFF\xFF\xFF\xFF"); /* not such a PID */
    assert_int_equal(ecu->block[0], before);
}

static void refusals(void **state)
{
    (void)state;
    struct obd_ecu ecu = {.block = {0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF}};
    obd_table_refuse(&ecu, 0x5C);
    assert_false(obd_supports(&ecu, 0x5C));
    assert_true(obd_supports(&ecu, 0x5B) && obd_supports(&ecu, 0x5D));
    obd_table_refuse(&ecu, 0x00);
    obd_table_refuse(&ecu, 0x61);
    assert_true(obd_supports(&ecu, 0x60) && obd_supports(&ecu, 0x01));
    obd_table_refuse(&ecu, 0x01);
    obd_table_refuse(&ecu, 0x60);
    assert_false(obd_supports(&ecu, 0x60) || obd_supports(&ecu, 0x01));
}

static void units(void **state)
{
    (void)state;
    struct obd_table table = {0};
    for (uint32_t i = 0; i < OBD_ECUS_MAX; i++) {
        struct obd_ecu *ecu = obd_table_ecu(&table, 0x7EF - i, false);
        assert_non_null(ecu);
        obd_table_support(ecu, 0x00,
                          (const uint8_t *)(i >= 2 && i < 5 ? "\x08\0\0\0" : "\0\0\0\0"));
    }
    assert_ptr_equal(obd_table_ecu(&table, 0x7EF, false), &table.ecu[0]);
    assert_null(obd_table_ecu(&table, 0x7EF, true));
    assert_int_equal(obd_table_find(&table, 0x05)->id, 0x7EB); /* the lowest */
    assert_null(obd_table_find(&table, 0x5C));
}

/* Every single bit of the chain, beside a table written out by hand. */
static void each_bit(void **state)
{
    (void)state;
    for (unsigned pid = 1; pid <= 0x60; pid++) {
        struct obd_ecu ecu = {.block = {1, 1, 1}};
        uint8_t bytes[4] = {0, 0, 0, 1};
        bytes[(pid - 1) % 32 / 8] |= (uint8_t)(0x80 >> (pid - 1) % 8);
        obd_table_support(&ecu, (uint8_t)((pid - 1) / 32 * 32), bytes);
        for (unsigned other = 1; other <= 0x60; other++) {
            bool expected = other == pid || other % 32 == 0;
            assert_int_equal(obd_supports(&ecu, (uint8_t)other), expected);
        }
    }
}

/* ---- UDS ---- */

static struct source_uds audi(void)
{
    return (struct source_uds){.request_id = 0x714,
                               .response_id = 0x77E,
                               .service = UDS_READ_DID,
                               .did = 0x202F,
                               .length_bits = 8,
                               .scale = 1,
                               .offset = -58};
}

static void uds_requests(void **state)
{
    (void)state;
    struct source_uds source = audi();
    uint8_t bytes[3];
    assert_int_equal(uds_request(&source, bytes), 3);
    assert_memory_equal(bytes, "\x22\x20\x2F", 3);
    assert_int_equal(uds_answer_span(&source), 4);
    source.service = UDS_READ_LOCAL;
    source.did = 0x51;
    source.start_bit = 72;
    assert_int_equal(uds_request(&source, bytes), 2);
    assert_memory_equal(bytes, "\x21\x51", 2);
    assert_int_equal(uds_answer_span(&source), 2 + 10);
}

static void uds_answers(void **state)
{
    (void)state;
    struct source_uds source = audi();
    assert_true(uds_is_answer(&source, (const uint8_t *)"\x62\x20\x2F\x90", 4));
    assert_true(uds_is_answer(&source, (const uint8_t *)"\x62\x20\x2F", 3));
    assert_false(uds_is_answer(&source, (const uint8_t *)"\x62\x20\x2F", 2));
    assert_false(uds_is_answer(&source, (const uint8_t *)"\x62\x20\x2E\x90", 4));
    assert_false(uds_is_answer(&source, (const uint8_t *)"\x7F\x22\x31", 3));
    assert_false(uds_is_answer(&source, (const uint8_t *)"\x61\x20\x2F\x90", 4));
}

static enum source_result read(const struct source_uds *source, const char *answer, size_t len,
                               int32_t *value_milli)
{
    struct source_reading reading = {0};
    enum source_result result = uds_read(source, (const uint8_t *)answer, len, &reading);
    *value_milli = reading.value_milli;
    return result;
}

static void uds_values(void **state)
{
    (void)state;
    struct source_uds source = audi();
    int32_t value;
    assert_int_equal(read(&source, "\x62\x20\x2F\x94", 4, &value), SOURCE_VALUE);
    assert_int_equal(value, 90000);
    assert_int_equal(read(&source, "\x62\x20\x2F", 3, &value), SOURCE_SHORT);
    /* BMW 3 series: 16 bits, signed, -48; FFFF is no value. */
    source.length_bits = 16;
    source.is_signed = true;
    source.offset = -48;
    source.invalid_count = 1;
    source.invalid[0] = (struct source_range){0xFFFF, 0xFFFF};
    assert_int_equal(read(&source, "\x62\x20\x2F\x00\x8B", 5, &value), SOURCE_VALUE);
    assert_int_equal(value, 91000);
    assert_int_equal(read(&source, "\x62\x20\x2F\xFF\xFE", 5, &value), SOURCE_VALUE);
    assert_int_equal(value, -50000);
    assert_int_equal(read(&source, "\x62\x20\x2F\xFF\xFF", 5, &value), SOURCE_INVALID);
    /* VW: (A * 256 + B) / 10 - 273.1 */
    source.is_signed = false;
    source.scale = 0.1;
    source.offset = -273.1;
    assert_int_equal(read(&source, "\x62\x20\x2F\x0E\x2F", 5, &value), SOURCE_VALUE);
    assert_int_equal(value, 90000);
}

/* A field anywhere, against one taken bit by bit out of a number. */
static void any_field(struct random *random)
{
    struct source_uds source = audi();
    uint8_t answer[3 + 16] = {0x62, 0x20, 0x2F};
    source.length_bits = (uint8_t)random_between(random, 1, 32);
    source.start_bit = (uint16_t)random_between(random, 0, 128 - source.length_bits);
    source.scale = 1;
    source.offset = 0;
    uint32_t raw = random_u32(random) >> (32 - source.length_bits);
    for (unsigned i = 0; i < 16; i++) {
        answer[3 + i] = (uint8_t)random_u32(random);
    }
    for (unsigned i = 0; i < source.length_bits; i++) {
        unsigned bit = source.start_bit + i;
        uint8_t mask = (uint8_t)(0x80 >> bit % 8);
        bool one = raw >> (source.length_bits - 1u - i) & 1u;
        answer[3 + bit / 8] =
            (uint8_t)(one ? answer[3 + bit / 8] | mask : answer[3 + bit / 8] & ~mask);
    }
    struct source_reading reading = {0};
    check_seed(random, uds_read(&source, answer, sizeof(answer), &reading) == SOURCE_VALUE, "read");
    check_seed(random, reading.raw == raw, "raw value");
}

static void uds_fields(void **state)
{
    (void)state;
    for_each_seed(5000, any_field);
}

/* ---- common ---- */

static void steps(void **state)
{
    (void)state;
    struct source_config config = {.kind = SOURCE_OBD2};
    assert_true(source_is_asked(&config));
    assert_int_equal(source_step_milli(&config), 1000);
    config.kind = SOURCE_UDS;
    config.uds.scale = -0.1;
    assert_true(source_is_asked(&config));
    assert_int_equal(source_step_milli(&config), 101); /* rounded up */
    config.uds.scale = 0.7509;
    assert_int_equal(source_step_milli(&config), 751);
    config.kind = SOURCE_BROADCAST;
    config.broadcast.scale = 0.75;
    assert_false(source_is_asked(&config));
    assert_int_equal(source_step_milli(&config), 751);
    config.broadcast.scale = -0.7509;
    assert_int_equal(source_step_milli(&config), 751);
}

/* SPN 175 in PGN 65262 from anybody at any priority: (id & 0x03FFFF00) == 0x00FEEE00. */
static void parameter_groups(void **state)
{
    (void)state;
    assert_int_equal(j1939_id(65262), 0x00FEEE00);
    assert_int_equal(j1939_mask(65262), 0x03FFFF00);
    assert_int_equal(0x18FEEE21 & j1939_mask(65262), j1939_id(65262));
    assert_int_equal(j1939_id(0xEF00), 0x00EF0000); /* proprietary A goes to an address */
    assert_int_equal(j1939_mask(0xEF00), 0x03FF0000);
    assert_int_equal(j1939_first_invalid(8), 0xFB);
    assert_int_equal(j1939_first_invalid(16), 0xFB00);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(identifiers),  cmocka_unit_test(known_pids),
        cmocka_unit_test(support_bits), cmocka_unit_test(refusals),
        cmocka_unit_test(units),        cmocka_unit_test(each_bit),
        cmocka_unit_test(uds_requests), cmocka_unit_test(uds_answers),
        cmocka_unit_test(uds_values),   cmocka_unit_test(uds_fields),
        cmocka_unit_test(steps),        cmocka_unit_test(parameter_groups),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
