/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Lines of slcan: what is written is what is read, and what is none is refused. */
#include "link/slcan.h"

#include "tests/formats/cmocka_head.h"

#include <string.h>

static void there_and_back(const char *line, const struct can_log_frame *frame)
{
    char text[SLCAN_LINE_MAX];
    struct can_log_frame back;
    const size_t length = slcan_write(frame, text);
    assert_int_equal(length, strlen(text));
    assert_string_equal(text, line);
    text[length - 1] = '\0';
    assert_true(slcan_read(text, &back));
    assert_memory_equal(&back, frame, sizeof back);
}

static void each_kind(void **state)
{
    (void)state;
    there_and_back("t1562AA01\r",
                   &(struct can_log_frame){.id = 0x156, .len = 2, .data = {0xAA, 1}});
    there_and_back("T18FEEE000\r", &(struct can_log_frame){.id = 0x18FEEE00, .extended = true});
    there_and_back("r7FF8\r", &(struct can_log_frame){.id = 0x7FF, .remote = true, .len = 8});
    there_and_back(
        "d00190102030405060708090A0B0C\r",
        &(struct can_log_frame){
            .id = 1, .fd = true, .len = 12, .data = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}});
    there_and_back("B000000011FF\r", &(struct can_log_frame){.id = 1,
                                                             .extended = true,
                                                             .fd = true,
                                                             .bit_rate_switch = true,
                                                             .len = 1,
                                                             .data = {0xFF}});
}

static void others_are_refused(void **state)
{
    static const char *const lines[] = {"",           "O",       "t",        "t15",
                                        "t156",       "t1562AA", "t1562AAx", "t9992AABB",
                                        "T3FFFFFFF0", "t156g",   "x1562AABB"};
    struct can_log_frame frame;
    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        assert_false(slcan_read(lines[i], &frame));
    }
    assert_true(slcan_read("t1561AA1234", &frame)); /* a time stamp */
    assert_int_equal(frame.len, 1);
}

static void speeds(void **state)
{
    (void)state;
    assert_string_equal(slcan_speed(500000), "S6");
    assert_string_equal(slcan_speed(125000), "S4");
    assert_null(slcan_speed(333333));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind),
        cmocka_unit_test(others_are_refused),
        cmocka_unit_test(speeds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
