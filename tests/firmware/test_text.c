/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/firmware/cmocka_head.h"

#include <string.h>

#include "firmware/common/fault.h"
#include "firmware/common/text.h"

static void check(const struct text *text, const char *expected)
{
    assert_int_equal(text->len, strlen(expected));
    assert_memory_equal(text->data, expected, text->len);
}

static void writes_numbers(void **state)
{
    (void)state;
    struct text text;
    text_clear(&text);
    text_u32(&text, 0);
    text_string(&text, " ");
    text_u32(&text, UINT32_MAX);
    text_string(&text, " ");
    text_hex(&text, 0x0800C0DE);
    check(&text, "0 4294967295 0x0800c0de");
}

static void writes_rates(void **state)
{
    (void)state;
    struct text text;
    text_clear(&text);
    text_rate(&text, 500000);
    text_string(&text, ", ");
    text_rate(&text, 1000000);
    text_string(&text, ", ");
    text_rate(&text, 83333);
    check(&text, "500 kbit/s, 1 Mbit/s, 83333 bit/s");
}

static void writes_thousandths(void **state)
{
    (void)state;
    struct text text;
    text_clear(&text);
    text_milli(&text, 0);
    text_string(&text, " ");
    text_milli(&text, 12500);
    text_string(&text, " ");
    text_milli(&text, -10);
    text_string(&text, " ");
    text_milli(&text, INT32_MIN);
    check(&text, "0 12.5 -0.01 -2147483.648");
}

static void writes_by_format(void **state)
{
    (void)state;
    struct text text;
    text_clear(&text);
    text_format(&text, "%s: %u of %u, %m %% %x", "load", (uint32_t)1, UINT32_MAX, (int32_t)-1500,
                (uint32_t)0xC0DE);
    check(&text, "load: 1 of 4294967295, -1.5 % 0x0000c0de");
}

static void stops_at_its_end(void **state)
{
    (void)state;
    struct text text;
    text_clear(&text);
    for (int i = 0; i < 2 * TEXT_SIZE; i++) {
        text_string(&text, "x");
    }
    assert_int_equal(text.len, TEXT_SIZE);
}

static void every_fault_has_a_name(void **state)
{
    (void)state;
    assert_string_equal(fault_name(FAULT_REMOVE_POWER), "remove power");
    for (int i = FAULT_NONE; i < FAULT_COUNT; i++) {
        assert_non_null(fault_name((enum fault)i));
        assert_string_not_equal(fault_name((enum fault)i), "?");
    }
    assert_string_equal(fault_name(FAULT_COUNT), "?");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_numbers),     cmocka_unit_test(writes_rates),
        cmocka_unit_test(writes_thousandths), cmocka_unit_test(writes_by_format),
        cmocka_unit_test(stops_at_its_end),   cmocka_unit_test(every_fault_has_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
