/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "core/sanity.h"

#define MICRO 1000000

void sanity_reset(struct sanity *sanity)
{
    *sanity = (struct sanity){0};
}

void sanity_doubt(struct sanity *sanity)
{
    if (!sanity->is_confirmed) {
        sanity_reset(sanity);
    }
}

/*
 * Lets the allowance grow for the time since the last reading. It cannot overflow: one call adds less
 * than 2^62, and a reading is only rejected, so that another follows, while it is below 2^32 * 1e6.
 */
static void allow_for_time(const struct sanity_config *config, struct sanity *sanity,
                           uint32_t time_us)
{
    uint32_t elapsed_us = (time_us - sanity->time_us) & INT32_MAX;
    sanity->time_us = time_us;
    sanity->allowance += (int64_t)config->max_slope_milli_per_s * (int32_t)elapsed_us;
}

/* Moves the reference towards the believed value, no faster than the slope allows. */
static void follow(struct sanity *sanity, int64_t distance)
{
    if (distance > sanity->allowance) {
        distance = sanity->allowance;
    } else if (distance < -sanity->allowance) {
        distance = -sanity->allowance;
    }
    sanity->reference += distance;
    sanity->allowance = 0;
}

static void begin_at(struct sanity *sanity, int64_t value)
{
    sanity->reference = value;
    sanity->allowance = 0;
    sanity->has_begun = true;
}

static bool slope_is_good(const struct sanity_config *config, const struct sanity *sanity,
                          int64_t distance)
{
    int64_t slack = (int64_t)MICRO * config->max_slope_milli_per_s;
    slack += (int64_t)MICRO * config->step_milli + sanity->allowance;
    return distance <= slack && distance >= -slack;
}

/* Whether a reading agrees with the reference, which then follows it. */
static bool agrees(const struct sanity_config *config, struct sanity *sanity, int64_t value)
{
    if (config->max_slope_milli_per_s == 0) {
        begin_at(sanity, value);
        return true;
    }
    int64_t distance = value - sanity->reference;
    if (!slope_is_good(config, sanity, distance)) {
        return false;
    }
    follow(sanity, distance);
    return true;
}

enum sanity_verdict sanity_judge(const struct sanity_config *config, struct sanity *sanity,
                                 uint32_t time_us, int32_t value_milli)
{
    if (value_milli < config->min_milli || value_milli > config->max_milli) {
        sanity_doubt(sanity);
        return SANITY_REJECTED;
    }
    allow_for_time(config, sanity, time_us);
    int64_t value = (int64_t)MICRO * value_milli;
    if (!sanity->has_begun) {
        begin_at(sanity, value);
        return SANITY_FIRST;
    }
    if (agrees(config, sanity, value)) {
        sanity->is_confirmed = true;
        return SANITY_BELIEVED;
    }
    if (!sanity->is_confirmed) {
        begin_at(sanity, value);
    }
    return SANITY_REJECTED;
}
