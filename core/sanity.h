/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CORE_SANITY_H
#define CORE_SANITY_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Is a reading believable? Limits on the value and on its slope, and twice in a row.
 *
 * Twice: control units send single frames of rubbish at boot, so a beginning is believed when the next reading
 * agrees with it. If the next contradicts it, that one is the beginning.
 *
 * Slope: a 1 °C signal sent every 10 ms steps by "100 °C/s", so the limit is not applied from frame to
 * frame. A reference follows the readings no faster than the limit, and a reading is believed within
 * one second's worth of slope plus one raw step of it. While readings are rejected the allowance keeps
 * growing, so a level that really changed is believed again later and nothing is locked out for good.
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
    bool has_begun;    /* there is a reference ... */
    bool is_confirmed; /* ... and a second reading agreed with it */
};

enum sanity_verdict {
    SANITY_BELIEVED,
    SANITY_FIRST,    /* nothing speaks against it; the next reading decides */
    SANITY_REJECTED, /* beyond the limits, or contradicts what came before */
};

/* Forgets the past: two readings must agree again. */
void sanity_reset(struct sanity *sanity);

/* A reading without a value came: a beginning that is not confirmed yet is forgotten. */
void sanity_doubt(struct sanity *sanity);

/* Judges a reading taken at time_us (wraps; call at least every 35 minutes or reset). */
enum sanity_verdict sanity_judge(const struct sanity_config *config, struct sanity *sanity,
                                 uint32_t time_us, int32_t value_milli)
    __attribute__((warn_unused_result));

/*
 * Freshness of something that arrives from time to time, on a wrapping 32-bit microsecond clock.
 * Once it is too old it stays so until freshness_mark(), even when the clock wraps.
 */
struct freshness {
    uint32_t time_us;
    bool fresh;
};

static inline void freshness_mark(struct freshness *freshness, uint32_t now_us)
{
    freshness->time_us = now_us;
    freshness->fresh = true;
}

/*
 * Brings it up to date and says whether less than timeout_us has passed since the last mark. A mark can be a few
 * microseconds younger than `now` when both were taken on different ways to here; as a signed difference that is a small
 * negative age, not a huge one.
 */
static inline bool freshness_check(struct freshness *freshness, uint32_t now_us,
                                   uint32_t timeout_us)
{
    int32_t age_us = (int32_t)(now_us - freshness->time_us);
    if (age_us >= 0 && (uint32_t)age_us >= timeout_us) {
        freshness->fresh = false;
    }
    return freshness->fresh;
}

#endif
