/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Which PWM periods look like a servo's with a wrong prescaler. */
#include "check/timers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static uint64_t reckoned(uint32_t psc, uint32_t arr, uint64_t mhz)
{
    const struct check_pwm pwm = {"TIM2", psc, arr, mhz * 1000000, 2};
    return check_pwm_reckoned_hz(&pwm) / 1000000;
}

static void periods(void **state)
{
    (void)state;
    const struct check_pwm pwm = {"TIM2", 239, 19999, 200000000, 2};
    assert_int_equal(check_pwm_period_ns(&pwm), 24000000);
    assert_int_equal(reckoned(239, 19999, 200), 240);
    assert_int_equal(reckoned(199, 19999, 200), 0);  /* 20 ms */
    assert_int_equal(reckoned(83, 19999, 200), 84);  /* brought along from an F4 */
    assert_int_equal(reckoned(0, 3999999, 64), 200); /* the other way round: 62.5 ms */
    assert_int_equal(reckoned(239, 999, 200), 0);    /* 1.2 ms: no servo */
    assert_int_equal(reckoned(239, 17000, 200), 0);  /* 20.4 ms: nobody's 50 Hz */
    assert_int_equal(reckoned(239, 19999, 0), 0);    /* stopped */
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(periods)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
