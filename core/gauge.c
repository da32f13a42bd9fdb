/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "core/gauge.h"

#include "core/pulse.h"
#include "core/round.h"

#define SWEEP_ARRIVED_MDEG 1000.0 /* 1°: turns round before the last creep */

/* ---- what the frames say ---- */

/*
 * Frames stopped: whatever comes back is a new beginning. One that waits to be confirmed stays, else a source
 * that is slower than the timeout would never be believed.
 */
static void forget(struct gauge_dial *dial)
{
    dial->is_bad = false;
    if (dial->sanity.is_confirmed) {
        sanity_reset(&dial->sanity);
    }
}

/* wait, live, stale or fault; also lets everything that is too old expire. */
static enum gauge_state signal_state(struct gauge_dial *dial, uint32_t now_us)
{
    bool is_value_fresh = freshness_check(&dial->value, now_us, dial->timeout_us);
    if (!freshness_check(&dial->frame, now_us, dial->timeout_us)) {
        forget(dial);
    }
    bool is_bad_short = freshness_check(&dial->bad_run, now_us, dial->timeout_us);
    if (is_value_fresh) {
        return GAUGE_LIVE;
    }
    if (dial->is_bad && !is_bad_short) {
        return GAUGE_FAULT;
    }
    return dial->has_value ? GAUGE_STALE : GAUGE_WAIT;
}

/* On from warn_high, out again only when more than the hysteresis below it. */
static void update_warn(struct gauge_dial *dial)
{
    int32_t high = dial->config->warn_high_milli;
    if (dial->signal != GAUGE_LIVE || high == GAUGE_WARN_NONE) {
        dial->warn = false;
    } else if (dial->value_milli >= high) {
        dial->warn = true;
    } else if ((int64_t)dial->value_milli + GAUGE_WARN_HYSTERESIS_MILLI < high) {
        dial->warn = false;
    }
}

/* A new move of the needle: outputs computed before it do not know its pace yet (gauge_latch). */
static void begin_move(struct gauge_dial *dial, bool is_fast)
{
    dial->move++;
    dial->is_move_fast = is_fast;
    needle_begin(&dial->base, is_fast);
}

static void update_state(struct gauge_dial *dial)
{
    enum gauge_state before = dial->state;
    if (dial->command != GAUGE_FOLLOW) {
        dial->state = GAUGE_SWEEP;
    } else if (!dial->is_ready) {
        dial->state = GAUGE_BOOT;
    } else {
        dial->state = dial->signal;
    }
    if (dial->state != before && dial->command == GAUGE_FOLLOW) {
        begin_move(dial, dial->state == GAUGE_LIVE);
    }
}

static void update(struct gauge_dial *dial, uint32_t now_us)
{
    dial->signal = signal_state(dial, now_us);
    update_warn(dial);
    update_state(dial);
}

static void take_good(struct gauge_dial *dial, uint32_t time_us, int32_t value_milli)
{
    dial->counts.values++;
    dial->value_milli = value_milli;
    dial->has_value = true;
    dial->is_bad = false;
    freshness_mark(&dial->value, time_us);
}

/* A run of bad readings counts from the last good one while that one is still shown. */
static void take_bad(struct gauge_dial *dial, uint32_t time_us, enum gauge_trouble trouble)
{
    dial->trouble = trouble;
    if (!dial->is_bad) {
        freshness_mark(&dial->bad_run, dial->value.fresh ? dial->value.time_us : time_us);
        dial->is_bad = true;
    }
}

static void take_invalid(struct gauge_dial *dial, uint32_t time_us, bool not_fitted)
{
    dial->counts.invalid++;
    if (dial->signal == GAUGE_FAULT) {
        sanity_reset(&dial->sanity); /* after a sensor fault any value is a new beginning */
    } else {
        sanity_doubt(&dial->sanity);
    }
    take_bad(dial, time_us, not_fitted ? GAUGE_TROUBLE_NOT_FITTED : GAUGE_TROUBLE_SENSOR);
}

/* A first value is neither good nor bad: nothing is shown, nothing is wrong. */
static void take_value(struct gauge_dial *dial, uint32_t time_us, int32_t value_milli)
{
    switch (sanity_judge(&dial->sanity_config, &dial->sanity, time_us, value_milli)) {
    case SANITY_BELIEVED:
        take_good(dial, time_us, value_milli);
        break;
    case SANITY_REJECTED:
        dial->counts.implausible++;
        take_bad(dial, time_us, GAUGE_TROUBLE_IMPLAUSIBLE);
        break;
    default:
        break;
    }
}

void gauge_reading(struct gauge_dial *dial, uint32_t time_us, enum source_result result,
                   const struct source_reading *reading)
{
    dial->counts.matched++;
    if (result == SOURCE_SHORT) {
        dial->counts.too_short++; /* somebody else's message: it says nothing about ours */
        return;
    }
    freshness_mark(&dial->frame, time_us);
    dial->is_substitute = reading->substitute;
    if (result == SOURCE_INVALID) {
        take_invalid(dial, time_us, reading->not_fitted);
    } else {
        take_value(dial, time_us, reading->value_milli);
    }
    update(dial, time_us);
}

enum source_result gauge_frame(struct gauge_dial *dial, uint32_t time_us,
                               const struct can_frame *frame)
{
    struct source_reading reading = {0};
    enum source_result result = source_read(&dial->config->source, frame, &reading);
    if (result != SOURCE_NO_MATCH) {
        gauge_reading(dial, time_us, result, &reading);
    }
    return result;
}

void gauge_keep(struct gauge_dial *dial, uint32_t time_us)
{
    if (dial->signal == GAUGE_LIVE) {
        freshness_mark(&dial->value, time_us);
        freshness_mark(&dial->frame, time_us);
    }
}

/* ---- where the needle goes ---- */

static int32_t target_mdeg(const struct gauge_dial *dial)
{
    const struct gauge_config *config = dial->config;
    switch (dial->command) {
    case GAUGE_SWEEP_UP:
        return config->dial.point[config->dial.count - 1].y;
    case GAUGE_SWEEP_DOWN:
        return config->park_mdeg;
    case GAUGE_HOLD:
        return dial->hold_mdeg;
    default:
        break;
    }
    if (dial->state != GAUGE_LIVE) {
        return config->park_mdeg;
    }
    return curve_at(&config->dial, dial->value_milli);
}

void gauge_pending(const struct gauge_dial *dial, struct gauge_output *output)
{
    output->needle = dial->base;
    needle_step(&dial->tuning, &output->needle, target_mdeg(dial));
    output->needle_mdeg = needle_angle_mdeg(&output->needle);
    uint32_t ns = pulse_ns(&dial->config->servo, output->needle_mdeg);
    output->pulse_ticks =
        pulse_clamp_ticks(pulse_ticks(ns, dial->ticks_per_us), dial->pulse_max_ticks);
    output->pulse_ns = pulse_ticks_ns(output->pulse_ticks, dial->ticks_per_us);
    output->value_milli = dial->value_milli;
    output->state = dial->state;
    output->has_value = dial->has_value;
    output->warn = dial->warn;
    output->is_substitute = dial->is_substitute;
    output->move = dial->move;
}

static void advance_sweep(struct gauge_dial *dial)
{
    if (dial->command != GAUGE_SWEEP_UP && dial->command != GAUGE_SWEEP_DOWN) {
        return;
    }
    if (magnitude(dial->base.angle_mdeg - target_mdeg(dial)) > SWEEP_ARRIVED_MDEG) {
        return;
    }
    if (dial->command == GAUGE_SWEEP_UP) {
        dial->command = GAUGE_SWEEP_DOWN;
        begin_move(dial, true);
    } else {
        dial->command = GAUGE_FOLLOW;
    }
}

void gauge_latch(struct gauge_dial *dial, const struct gauge_output *latched, uint32_t time_us)
{
    dial->base = latched->needle;
    if (latched->move != dial->move) {
        needle_begin(&dial->base, dial->is_move_fast);
    }
    advance_sweep(dial);
    update(dial, time_us);
}

/* ---- set-up and commands ---- */

/*
 * The smallest angle that the servo's dead band is anywhere on its curve. 32 bits do: angles are 16-bit
 * centidegrees in the record, and 655,350 millidegrees times 5,000 ns are below 2^32.
 */
static int32_t dead_band_mdeg(const struct curve *servo)
{
    uint32_t smallest = INT32_MAX;
    for (unsigned i = 1; i < servo->count; i++) {
        const struct curve_point *a = &servo->point[i - 1];
        const struct curve_point *b = &servo->point[i];
        uint32_t ns = (uint32_t)(b->y > a->y ? b->y - a->y : a->y - b->y);
        uint32_t band = (uint32_t)(b->x - a->x) * GAUGE_DEAD_BAND_NS / ns;
        smallest = band < smallest ? band : smallest;
    }
    return (int32_t)smallest;
}

void gauge_retune(struct gauge_dial *dial)
{
    const struct gauge_config *config = dial->config;
    const struct needle_config needle = {
        .period_us = config->period_us,
        .damping_ms = config->damping_ms,
        .max_rate_deg_per_s = config->max_rate_deg_per_s,
        .dead_band_mdeg = dead_band_mdeg(&config->servo),
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

static int32_t within_servo(const struct gauge_dial *dial, int32_t needle_mdeg)
{
    const struct curve *servo = &dial->config->servo;
    int32_t low = servo->point[0].x;
    int32_t high = servo->point[servo->count - 1].x;
    return needle_mdeg < low ? low : needle_mdeg > high ? high : needle_mdeg;
}

void gauge_place(struct gauge_dial *dial, int32_t needle_mdeg)
{
    needle_rest(&dial->base, within_servo(dial, needle_mdeg));
}

void gauge_ready(struct gauge_dial *dial)
{
    dial->is_ready = true;
    update_state(dial);
}

void gauge_sweep(struct gauge_dial *dial)
{
    dial->command = GAUGE_SWEEP_UP;
    begin_move(dial, true);
    update_state(dial);
}

void gauge_hold(struct gauge_dial *dial, int32_t needle_mdeg)
{
    dial->hold_mdeg = within_servo(dial, needle_mdeg);
    dial->command = GAUGE_HOLD;
    begin_move(dial, true);
    update_state(dial);
}

void gauge_follow(struct gauge_dial *dial)
{
    dial->command = GAUGE_FOLLOW;
    update_state(dial);
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
