/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/formats/cmocka_head.h"

#include "host/suggest.h"

static void distances(void **state)
{
    (void)state;
    assert_int_equal(suggest_distance("", ""), 0);
    assert_int_equal(suggest_distance("", "abc"), 3);
    assert_int_equal(suggest_distance("abc", ""), 3);
    assert_int_equal(suggest_distance("check", "check"), 0);
    assert_int_equal(suggest_distance("chekc", "check"), 1); /* swapped */
    assert_int_equal(suggest_distance("chck", "check"), 1);
    assert_int_equal(suggest_distance("cheack", "check"), 1);
    assert_int_equal(suggest_distance("kitten", "sitting"), 3);
    assert_int_equal(suggest_distance("a very long word that nobody means to type", "a"),
                     SUGGEST_MAX);
}

static void near(void **state)
{
    (void)state;
    assert_true(suggest_is_near("rnu", "run"));
    assert_false(suggest_is_near("fly", "run"));
    assert_true(suggest_is_near("recvoer", "recover"));
    assert_false(suggest_is_near("reward", "recover"));
}

static void options(void **state)
{
    (void)state;
    char option[SUGGEST_MAX + 1] = "";
    const char *const texts[] = {"  --log FILE  a log\n  --speed X", "  --wiring NAME\n", NULL};
    assert_true(suggest_option("--wirin", texts, option, sizeof option));
    assert_string_equal(option, "--wiring");
    assert_true(suggest_option("--logs", texts, option, sizeof option));
    assert_string_equal(option, "--log");
    assert_false(suggest_option("--fly", texts, option, sizeof option));
    assert_false(suggest_option("-x", texts, option, sizeof option));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(distances),
        cmocka_unit_test(near),
        cmocka_unit_test(options),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
