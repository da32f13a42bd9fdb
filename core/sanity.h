/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CORE_SANITY_H
#define CORE_SANITY_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Is a reading believable? Limits on the value and on its slope.
 *
 * Slope: a 1 °C signal sent every 10 ms steps by "100 °C/s", so the limit is not applied from frame to
 * frame. A reference follows the readings no faster than the limit, and a reading is believed within
 * one second's worth of slope plus one raw step of it. While readings are rejected the allowance keeps
 * growing, so a level that really changed is believed again later and nothing is locked out for good.
 * The very first value cannot be judged; if the second contradicts it, the second counts (control units
 * send one frame of rubbish at boot).
 */
struct sanity_config {
    int32_t min_milli;             /* believable from here ... */
    int32_t max_milli;             /* ... to here, both included */
    int32_t max_slope_milli_per_s; /* 0 = any slope */
    int32_t step_milli;            /* size of one raw step: |scale| * 1000, rounded up */
};

struct sanity {
    int64_t reference; /* milli-units * 1e6, so that slope * microseconds needs no division */
    int64_t allowance; /* same unit: slope times the time since the last believed reading */
    uint32_t time_us;  /* of the last reading, believed or not */
    uint8_t believed;  /* readings believed in a row since sanity_reset, saturates */
};

/* Forget the past: the next reading within min..max is believed. */
void sanity_reset(struct sanity *sanity);

/* Judges a reading taken at time_us (wraps; call at least every 35 minutes or reset). */
bool sanity_believes(const struct sanity_config *config, struct sanity *sanity, uint32_t time_us,
                     int32_t value_milli);

/*
 * Freshness of something that arrives from time to time, on a wrapping 32-bit microsecond clock.
 * Once it is too old it stays so until freshness_mark(), even when the clock wraps.
 */
struct freshness {
    uint32_t time_us;
    bool fresh;
};

void freshness_mark(struct freshness *freshness, uint32_t now_us);

/* Brings it up to date and says whether less than timeout_us has passed since the last mark. */
bool freshness_check(struct freshness *freshness, uint32_t now_us, uint32_t timeout_us);

#endif
