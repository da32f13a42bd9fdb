/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* From the end of a CAN frame to TIM2's compare register, and what the running gauge costs: two lines for tests/speed/run. */
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
    const struct load on = load_measure("");
    const struct load off = load_measure("stream off\r\n");
    printf("load m7 %llu m4 %llu without_telemetry m7 %llu m4 %llu\n",
           (unsigned long long)on.instructions[0], (unsigned long long)on.instructions[1],
           (unsigned long long)off.instructions[0], (unsigned long long)off.instructions[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(measures)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
