/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What is around a record's content, and the keys that came later, in bytes that were reserved. */
#include "tests/core/core_test.h"

#include <string.h>

#include "core/err.h"
#include "core/record.h"

/* Twelve bytes were reserved once: what a record of then says is what was so then, and who uses none of them writes the
 * same bytes as then. */
static void records_of_before(void **state)
{
    (void)state;
    static const uint8_t zero[12];
    uint8_t bytes[RECORD_SIZE];
    struct record record;
    record_default(&record);
    assert_int_equal(record_build(&record, bytes, RECORD_SIZE), 0);
    assert_memory_equal(bytes + 50, zero, sizeof zero);
    assert_int_equal(record_parse(&record, bytes, RECORD_SIZE), 0);
    assert_int_equal(record.dial[0].dead_band_us, 5);
    assert_int_equal(record.dial[0].warn_critical_milli, GAUGE_WARN_NONE);
    assert_false(record.dial[0].is_off_at_rest);
    record.dial[0].warn_critical_milli = 145500;
    record.dial[0].dead_band_us = 0;
    assert_int_equal(record_build(&record, bytes, RECORD_SIZE), 0);
    assert_int_equal(bytes[50] + 256 * bytes[51], 32768 + 1455);
    assert_int_equal(bytes[52], 251);
    record.dial[0].warn_critical_milli = 145550; /* the record has tenths */
    assert_int_equal(record_build(&record, bytes, RECORD_SIZE), GAUGE_ERR_WARN);
    record.dial[0].warn_high_milli = GAUGE_WARN_NONE;
    record.dial[0].warn_critical_milli = 145500;
    assert_int_equal(record_build(&record, bytes, RECORD_SIZE), GAUGE_ERR_WARN);
}

static void envelope(void **state)
{
    (void)state;
    uint8_t bytes[RECORD_SIZE];
    struct record record;
    record_default(&record);
    assert_int_equal(record_build(&record, bytes, RECORD_SIZE), 0);
    assert_int_equal(record_parse(&record, bytes, RECORD_SIZE - 1), GAUGE_ERR_LENGTH);
    assert_int_equal(record_parse(&record, bytes, 0), GAUGE_ERR_LENGTH);
    bytes[1020] ^= 1;
    assert_int_equal(record_parse(&record, bytes, RECORD_SIZE), GAUGE_ERR_CRC);
    memset(bytes, 0xFF, sizeof(bytes)); /* an erased sector */
    assert_int_equal(record_parse(&record, bytes, RECORD_SIZE), GAUGE_ERR_MAGIC);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(records_of_before),
                                       cmocka_unit_test(envelope)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
