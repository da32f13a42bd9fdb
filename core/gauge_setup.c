/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What of a dial is needed at its start, when its profile changes, and by who tells of it: for size, not for speed. */
#include "core/gauge.h"

#include "core/pulse.h"
#include "core/round.h"

/*
 * The smallest angle that the servo's dead band is anywhere on its curve. In double, which the M7 divides by itself:
 * a product of both can be longer than 32 bits.
 */
static int32_t dead_band_mdeg(const struct curve *servo, double band_ns)
{
    int32_t smallest = INT32_MAX;
    for (unsigned i = 1; i < servo->count; i++) {
        const struct curve_point *a = &servo->point[i - 1];
        const struct curve_point *b = &servo->point[i];
        double ns = magnitude((double)(b->y - a->y));
        int32_t band_mdeg = (int32_t)((b->x - a->x) * band_ns / ns);
        smallest = band_mdeg < smallest ? band_mdeg : smallest;
    }
    return smallest;
}

void gauge_retune(struct gauge_dial *dial)
{
    const struct gauge_config *config = dial->config;
    const struct needle_config needle = {
        .period_us = config->period_us,
        .damping_ms = config->damping_ms,
        .max_rate_deg_per_s = config->max_rate_deg_per_s,
        .dead_band_mdeg = dead_band_mdeg(&config->servo, config->dead_band_us * 1000.0),
    };
    dial->sanity_config = (struct sanity_config){
        .min_milli = config->plausible_min_milli,
        .max_milli = config->plausible_max_milli,
        .max_slope_milli_per_s = config->max_slope_milli_per_s,
        .step_milli = source_step_milli(&config->source),
    };
    dial->timeout_us = config->timeout_ms * 1000u;
    dial->pulse_max_ticks = gauge_pulse_max_ticks(config, dial->ticks_per_us);
    needle_tune(&dial->tuning, &needle);
}

void gauge_init(struct gauge_dial *dial, const struct gauge_config *config, uint32_t ticks_per_us)
{
    *dial = (struct gauge_dial){
        .config = config,
        .ticks_per_us = ticks_per_us,
        .signal = GAUGE_WAIT,
    };
    gauge_retune(dial);
    needle_rest(&dial->base, config->park_mdeg);
}

int32_t gauge_shown_milli(const struct gauge_config *config, int32_t needle_mdeg)
{
    return curve_inverse(&config->dial, needle_mdeg);
}

uint32_t gauge_park_ticks(const struct gauge_config *config, uint32_t ticks_per_us)
{
    return pulse_ticks(pulse_ns(&config->servo, config->park_mdeg), ticks_per_us);
}

/* Rounded down: no high time may exceed the longest pulse. */
uint32_t gauge_pulse_max_ticks(const struct gauge_config *config, uint32_t ticks_per_us)
{
    return (uint32_t)curve_max(&config->servo) * ticks_per_us / 1000u;
}

uint32_t gauge_pulse_min_ticks(const struct gauge_config *config, uint32_t ticks_per_us)
{
    return pulse_ticks((uint32_t)curve_min(&config->servo), ticks_per_us);
}

/* Rounded angles and pulses may each differ by half a unit: 1 us is much more. */
uint32_t gauge_step_max_ticks(const struct gauge_config *config, uint32_t ticks_per_us)
{
    double steepest = 0; /* nanoseconds a millidegree */
    for (unsigned i = 1; i < config->servo.count; i++) {
        const struct curve_point *a = &config->servo.point[i - 1];
        const struct curve_point *b = &config->servo.point[i];
        double slope = magnitude((double)(b->y - a->y) / (double)(b->x - a->x));
        steepest = slope > steepest ? slope : steepest;
    }
    double step_mdeg = config->max_rate_deg_per_s * (config->period_us / 1000.0);
    return (uint32_t)(steepest * step_mdeg * ticks_per_us / 1000.0) + ticks_per_us;
}

const char *gauge_trouble_name(const struct gauge_dial *dial)
{
    static const char *const names[GAUGE_TROUBLE_COUNT] = {
        [GAUGE_TROUBLE_SENSOR] = "sensor fault",
        [GAUGE_TROUBLE_NOT_FITTED] = "sensor not fitted",
        [GAUGE_TROUBLE_IMPLAUSIBLE] = "implausible value",
    };
    return dial->state == GAUGE_FAULT ? names[dial->trouble] : "";
}

const char *gauge_state_name(enum gauge_state state)
{
    static const char *const names[GAUGE_STATE_COUNT] = {
        [GAUGE_BOOT] = "boot", [GAUGE_SWEEP] = "sweep", [GAUGE_WAIT] = "wait",
        [GAUGE_LIVE] = "live", [GAUGE_STALE] = "stale", [GAUGE_FAULT] = "fault",
    };
    return (unsigned)state < GAUGE_STATE_COUNT ? names[state] : "?";
}
