/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * One servo period of a run, put together from what was measured on the pin and what the firmware says
 * about it. The lines of `--json`, the live dial and the plots are all made from samples.
 */
#ifndef BENCH_SAMPLE_H
#define BENCH_SAMPLE_H

#include "bench/events.h"
#include "core/telemetry.h"

#include <stdbool.h>
#include <stdint.h>

struct sample {
    uint64_t time_ps;  /* the rising edge; without a pulse, when it was looked */
    bool has_pulse;    /* there was a rising edge */
    uint64_t width_ps; /* 0: unknown */
    bool has_frame;
    int32_t frame_milli; /* the last valid value on the bus */
    int32_t servo_mdeg;  /* the shaft, in the needle's degrees */
    bool has_telemetry;
    struct telemetry_dial telemetry; /* the first dial's */
    bool booting; /* no telemetry yet, but our firmware is known to be starting */
    enum bench_supply supply;
};

typedef void sample_take(void *context, const struct sample *sample);

#endif
