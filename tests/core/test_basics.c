/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/core/core_test.h"

#include <math.h>
#include <string.h>

#include "core/crc32.h"
#include "core/err.h"
#include "core/health.h"
#include "core/le.h"

/* The check value of CRC-32/ISO-HDLC, and the same in pieces. */
static void crc_of_the_check_string(void **state)
{
    (void)state;
    assert_int_equal(crc32_update(0, "123456789", 9), 0xCBF43926);
    assert_int_equal(crc32_update(crc32_update(0, "1234", 4), "56789", 5), 0xCBF43926);
    assert_int_equal(crc32_update(0, "", 0), 0);
}

static uint32_t crc_by_bits(const uint8_t *data, size_t size)
{
    uint32_t crc = 0xFFFFFFFF;
    for (size_t i = 0; i < size * 8; i++) {
        uint32_t bit = (uint32_t)(data[i / 8] >> i % 8) & 1u;
        crc = (crc >> 1) ^ ((crc ^ bit) & 1u ? 0xEDB88320 : 0);
    }
    return ~crc;
}

static void crc_of_random_bytes(struct random *random)
{
    uint8_t data[100];
    size_t size = (size_t)random_between(random, 0, sizeof(data));
    for (size_t i = 0; i < size; i++) {
        data[i] = (uint8_t)random_u32(random);
    }
    check_seed(random, crc32_update(0, data, size) == crc_by_bits(data, size), "crc");
}

static void crc_agrees_with_the_definition(void **state)
{
    (void)state;
    for_each_seed(500, crc_of_random_bytes);
}

static void little_endian(void **state)
{
    (void)state;
    uint8_t bytes[9] = {0};
    uint8_t *odd = bytes + 1;
    le_put_u64(odd, 0x0102030405060708);
    assert_int_equal(odd[0], 8);
    assert_int_equal(odd[7], 1);
    assert_true(le_get_u64(odd) == 0x0102030405060708);
    assert_int_equal(le_get_u32(odd), 0x05060708);
    assert_int_equal(le_get_u16(odd), 0x0708);
    le_put_u16(odd, 0xFFFE);
    assert_int_equal(le_get_i16(odd), -2);
    le_put_i16(odd, -32768);
    assert_int_equal(le_get_i16(odd), -32768);
    le_put_i32(odd, -3);
    assert_int_equal(le_get_i32(odd), -3);
    le_put_u32(odd, 0x80000000);
    assert_int_equal(le_get_i32(odd), INT32_MIN);
    const uint8_t minus_sixty[8] = {0, 0, 0, 0, 0, 0, 0x4E, 0xC0};
    assert_true(le_get_f64(minus_sixty) == -60.0);
    le_put_f64(odd, -60.0);
    assert_memory_equal(odd, minus_sixty, 8);
}

static void every_error_has_its_own_words(void **state)
{
    (void)state;
    assert_string_equal(gauge_err_text(0), "good");
    assert_string_equal(gauge_err_text(7), "good");
    assert_string_equal(gauge_err_text(GAUGE_ERR_CRC), "record CRC differs");
    assert_string_equal(gauge_err_text(GAUGE_ERR_NEEDLE), "damping or rate out of range");
    for (int a = GAUGE_ERR_LAST; a <= 0; a++) {
        assert_non_null(gauge_err_text(a));
        for (int b = GAUGE_ERR_LAST; b < a; b++) {
            assert_string_not_equal(gauge_err_text(a), gauge_err_text(b));
        }
    }
    assert_string_equal(gauge_err_text(GAUGE_ERR_LAST - 1), "unknown error");
    assert_string_equal(gauge_err_text(INT32_MIN), "unknown error");
}

static void health_latches_and_counts(void **state)
{
    (void)state;
    struct health health = {0};
    assert_false(health_is_latched(&health, HEALTH_BUS_OFF));
    health_raise(&health, HEALTH_BUS_OFF);
    health_raise(&health, HEALTH_BUS_OFF);
    health_raise(&health, HEALTH_CONSOLE);
    assert_true(health_is_latched(&health, HEALTH_BUS_OFF));
    assert_true(health_is_latched(&health, HEALTH_CONSOLE));
    assert_false(health_is_latched(&health, HEALTH_RECORD));
    assert_int_equal(health.count[HEALTH_BUS_OFF], 2);
    health.count[HEALTH_BUS_OFF] = UINT32_MAX; /* does not start again at 0 */
    health_raise(&health, HEALTH_BUS_OFF);
    assert_int_equal(health.count[HEALTH_BUS_OFF], UINT32_MAX);
    health.now_s = 7;
    health_raise(&health, HEALTH_CLOCK);
    health.now_s = 9;
    health_raise(&health, HEALTH_CLOCK);
    assert_int_equal(health.first_s[HEALTH_CLOCK], 7);
    assert_int_equal(health.last_s[HEALTH_CLOCK], 9);
    health_clear(&health);
    assert_int_equal(health.latched, 0);
    assert_int_equal(health.now_s, 9);
    assert_int_equal(health.count[HEALTH_BUS_OFF], 0);
    for (int i = 0; i < HEALTH_FAULT_COUNT; i++) {
        assert_non_null(health_fault_name((enum health_fault)i));
        assert_string_not_equal(health_fault_name((enum health_fault)i), "unknown fault");
    }
    assert_string_equal(health_fault_name(HEALTH_FAULT_COUNT), "unknown fault");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(crc_of_the_check_string),
        cmocka_unit_test(crc_agrees_with_the_definition),
        cmocka_unit_test(little_endian),
        cmocka_unit_test(every_error_has_its_own_words),
        cmocka_unit_test(health_latches_and_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
