/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/core/core_test.h"

#include <string.h>

#include "core/bus_words.h"

#define IDLE (1u << 3)
#define SYNCHRONIZING 0u
#define BUS_OFF (1u << 7)
enum { NONE, STUFF, FORM, ACK, BIT1, BIT0, CRC, NO_CHANGE };

static void judged(void **state)
{
    (void)state;
    static const struct {
        struct bus_look look;
        enum bus_state state;
    } cases[] = {
        {{IDLE | NONE, 10, 0, false, true}, BUS_GOOD},
        {{IDLE | NO_CHANGE, 1, 0, true, true}, BUS_GOOD},
        {{IDLE | CRC, 10, 1, false, true}, BUS_ERRORS},
        {{IDLE | NONE, 1, 10, true, true}, BUS_ERRORS},
        {{IDLE | NO_CHANGE, 0, 0, false, true}, BUS_SILENT},
        {{IDLE | STUFF, 0, 0, true, true}, BUS_SILENT},      /* an error of long ago */
        {{2u << 3 | NONE, 0, 0, false, true}, BUS_DOMINANT}, /* a receiver, and of nothing */
        {{SYNCHRONIZING | NO_CHANGE, 0, 0, false, true}, BUS_DOMINANT},
        {{IDLE | STUFF, 0, 5, false, true}, BUS_WRONG_RATE},
        {{IDLE | FORM, 0, 5, true, true}, BUS_WRONG_RATE},
        {{IDLE | CRC, 0, 5, true, true}, BUS_WRONG_RATE},
        {{SYNCHRONIZING | BIT0, 0, 5, false, true}, BUS_WRONG_RATE}, /* it does not send */
        {{IDLE | ACK, 0, 5, false, true}, BUS_WRONG_RATE},
        {{IDLE | ACK, 0, 5, true, true}, BUS_NO_ACK},
        {{IDLE | BIT0, 0, 5, true, true}, BUS_NOT_DRIVEN},
        {{IDLE | BIT1, 0, 5, true, true}, BUS_NOT_DRIVEN},
        {{BUS_OFF | BIT0, 3, 5, true, true}, BUS_OFF_BY_ERRORS},
        {{BUS_OFF | IDLE, 3, 5, true, false}, BUS_NO_CLOCK},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(bus_judge(&cases[i].look), cases[i].state);
    }
}

/* Each has words of its own, and says what to look for where something is wrong. */
static void said(void **state)
{
    (void)state;
    for (int i = 0; i < BUS_STATE_COUNT; i++) {
        const char *words = bus_words((enum bus_state)i);
        assert_true(strlen(words) > 5 && strlen(words) < 120);
        for (int j = 0; j < i; j++) {
            assert_string_not_equal(words, bus_words((enum bus_state)j));
        }
    }
    assert_non_null(strstr(bus_words(BUS_SILENT), "CAN_H and CAN_L swapped"));
    assert_non_null(strstr(bus_words(BUS_WRONG_RATE), "bit rate"));
    assert_non_null(strstr(bus_words(BUS_NO_ACK), "no ACK"));
    assert_string_equal(bus_words(BUS_STATE_COUNT), "?");
}

static void errors_named(void **state)
{
    (void)state;
    static const char *const names[] = {"none",  "stuff", "form", "ack",
                                        "bit 1", "bit 0", "crc",  "none"};
    for (uint32_t i = 0; i < 8; i++) {
        assert_string_equal(bus_error_name(i | IDLE | BUS_OFF), names[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(judged),
        cmocka_unit_test(said),
        cmocka_unit_test(errors_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
