/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/core/gauge_bench.h"

#include <string.h>

#include "tests/core/core_test.h"

void bench_start(struct bench *bench, uint32_t now_us)
{
    memset(bench, 0, sizeof(*bench));
    record_default(&bench->record);
    gauge_init(&bench->dial, &bench->record.dial[0], 200);
    gauge_ready(&bench->dial);
    gauge_pending(&bench->dial, &bench->out);
    bench->now_us = now_us;
    bench->periods = 0;
}

enum source_result send_at(struct bench *bench, uint32_t time_us, uint8_t raw)
{
    struct can_frame frame = {.id = 0x156, .len = 8, .data = {0x99, raw}};
    enum source_result result = gauge_frame(&bench->dial, time_us, &frame);
    gauge_pending(&bench->dial, &bench->out);
    return result;
}

void send_confirmed(struct bench *bench, uint32_t time_us, uint8_t raw)
{
    enum gauge_state before = bench->out.state;
    int32_t needle_mdeg = bench->out.needle_mdeg;
    send_at(bench, time_us - 1, raw);
    assert_int_equal(bench->out.state, before);
    assert_int_equal(bench->out.needle_mdeg, needle_mdeg);
    send_at(bench, time_us, raw);
}

void next_period(struct bench *bench)
{
    bench->now_us += PERIOD_US;
    bench->periods++;
    gauge_latch(&bench->dial, &bench->out, bench->now_us);
    gauge_pending(&bench->dial, &bench->out);
}

void run(struct bench *bench, uint32_t ms, int raw)
{
    for (uint32_t t = 0; t < ms; t += 20) {
        if (raw >= 0 && bench->periods % 5 == 0) {
            send_at(bench, bench->now_us, (uint8_t)raw);
        }
        next_period(bench);
    }
}
