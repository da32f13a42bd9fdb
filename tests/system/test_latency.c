/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The way of a value, measured: how soon it is in the compare register, how soon on the pin. */
#include "tests/formats/cmocka_head.h"
#include "tests/system/latency.h"

#include <stdio.h>

#define COMPARE_LIMIT VTIME_US(10)
#define M4_INSTRUCTION_LIMIT 300 /* a frame in, a pulse out */
#define INSTRUCTION_LIMIT 1700   /* with an interrupt of the clock watch in between */
#define PIN_LIMIT (RIG_PERIOD_PS + VTIME_MS(1))

static double us(vtime_ps t)
{
    return (double)t * 1e-6;
}

static void check(const char *name, const struct latency *l)
{
    print_message(
        "%s: %u frames, compare register after %.1f us at most, %.1f us in the mean; on "
        "the pin after %.3f ms at most; instructions at most M7 %llu, M4 %llu, both %llu\n",
        name, l->frames, us(l->compare_max), us(l->compare_mean), us(l->pin_max) * 1e-3,
        (unsigned long long)l->instructions_max[0], (unsigned long long)l->instructions_max[1],
        (unsigned long long)l->instructions_sum_max);
    rig_check(l->compare_max <= COMPARE_LIMIT, "compare register after %.1f us",
              us(l->compare_max));
    rig_check(l->instructions_max[1] <= M4_INSTRUCTION_LIMIT, "%llu instructions of the M4",
              (unsigned long long)l->instructions_max[1]);
    rig_check(l->instructions_sum_max <= INSTRUCTION_LIMIT, "%llu instructions",
              (unsigned long long)l->instructions_sum_max);
    rig_check(l->pin_max <= PIN_LIMIT, "on the pin after %.3f ms", us(l->pin_max) * 1e-3);
}

/* Over the whole servo period. */
static void any_time(void **state)
{
    (void)state;
    struct latency l;
    rig_case("any_time");
    latency_measure(&(struct latency_config){.frames = 60,
                                             .first_phase = VTIME_US(77),
                                             .phase_step = VTIME_US(337)},
                    &l);
    assert_true(l.frames >= 58);
    check("over the period", &l);
}

/* The ends of frames move through a period's end microsecond by microsecond: the longest way to the
 * pin is there, where the new pulse is just too late. */
static void around_the_latch(void **state)
{
    (void)state;
    struct latency l;
    rig_case("around_the_latch");
    latency_measure(&(struct latency_config){.frames = 80,
                                             .first_phase = RIG_PERIOD_PS - VTIME_US(60),
                                             .phase_step = VTIME_US(1)},
                    &l);
    assert_true(l.pin_max > RIG_PERIOD_PS - VTIME_US(1)); /* one that was just too late was there */
    check("around its end", &l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_time),
        cmocka_unit_test(around_the_latch),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
