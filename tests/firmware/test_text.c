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
    for (int i = FAULT_NONE; i <= FAULT_HSE_LOST; i++) {
        assert_non_null(fault_name((enum fault)i));
        assert_string_not_equal(fault_name((enum fault)i), "?");
    }
    assert_string_equal(fault_name((enum fault)(FAULT_HSE_LOST + 1)), "?");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_numbers),
        cmocka_unit_test(writes_rates),
        cmocka_unit_test(stops_at_its_end),
        cmocka_unit_test(every_fault_has_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
