/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* From the end of a CAN frame to TIM2's compare register: prints one line for tests/speed/run. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>

#include "tests/system/latency.h"

static void measures(void **state)
{
    /* 199 steps of 100.3 us go through the whole 20 ms period. */
    const struct latency_config config = {
        .frames = 199, .first_phase = VTIME_US(50), .phase_step = VTIME_NS(100300)};
    struct latency result;
    (void)state;
    latency_measure(&config, &result);
    printf("latency frames %u compare_max_us %.1f compare_mean_us %.1f pin_max_ms %.3f "
           "m7_instructions %llu m4_instructions %llu sum %llu\n",
           result.frames, (double)result.compare_max / 1e6, (double)result.compare_mean / 1e6,
           (double)result.pin_max / 1e9, (unsigned long long)result.instructions_max[0],
           (unsigned long long)result.instructions_max[1],
           (unsigned long long)result.instructions_sum_max);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(measures)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
