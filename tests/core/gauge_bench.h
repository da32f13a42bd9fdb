/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_CORE_GAUGE_BENCH_H
#define TESTS_CORE_GAUGE_BENCH_H

#include "core/gauge.h"
#include "core/record.h"

#define MS 1000u
#define PERIOD_US 20000u
#define RAW(celsius) ((uint8_t)((celsius) + 60))

/* A board of one dial: the M7's main loop, with the time of the last period. */
struct bench {
    struct record record;
    struct gauge_dial dial;
    struct gauge_output out;
    uint32_t now_us;
    uint32_t periods;
};

/* The compiled-in profile, ready, at now_us. */
void bench_start(struct bench *bench, uint32_t now_us);

enum source_result send_at(struct bench *bench, uint32_t time_us, uint8_t raw);

/* A value that is new must come twice; the first of the two changes nothing that shows. */
void send_confirmed(struct bench *bench, uint32_t time_us, uint8_t raw);

void next_period(struct bench *bench);

/* Lets `ms` go by with a frame every 100 ms, as 0x156 comes; raw < 0 = silence. */
void run(struct bench *bench, uint32_t ms, int raw);

static inline int32_t needle_of(const struct bench *bench)
{
    return bench->out.needle_mdeg;
}

#endif
