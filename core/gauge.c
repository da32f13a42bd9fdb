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
    if (is_value_fresh) {
        return GAUGE_LIVE;
    }
    if (dial->is_bad && !freshness_check(&dial->bad_run, now_us, dial->timeout_us)) {
        return GAUGE_FAULT;
    }
    return dial->has_value ? GAUGE_STALE : GAUGE_WAIT;
}

/* On from `limit`, out again only when more than the hysteresis below it. */
static bool is_hot(int32_t value_milli, int32_t limit_milli, bool was_hot)
{
    int64_t margin = was_hot ? GAUGE_WARN_HYSTERESIS_MILLI : 0;
    return limit_milli != GAUGE_WARN_NONE && value_milli + margin >= limit_milli;
}

static void update_warn(struct gauge_dial *dial)
{
    const struct gauge_config *config = dial->config;
    enum gauge_warn before = dial->warn;
    dial->warn = GAUGE_WARN_OFF;
    if (dial->signal != GAUGE_LIVE) {
        return;
    }
    if (is_hot(dial->value_milli, config->warn_high_milli, before != GAUGE_WARN_OFF)) {
        bool was_critical = before == GAUGE_WARN_CRITICAL;
        bool is_critical = is_hot(dial->value_milli, config->warn_critical_milli, was_critical);
        dial->warn = is_critical ? GAUGE_WARN_CRITICAL : GAUGE_WARN_HIGH;
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

/* Is park where it has to stay, for all that is known? */
static bool is_parked(const struct gauge_dial *dial)
{
    return dial->config->is_off_at_rest && dial->command == GAUGE_FOLLOW &&
           dial->state != GAUGE_LIVE;
}

static void note_rest(struct gauge_dial *dial)
{
    const struct gauge_config *config = dial->config;
    if (!is_parked(dial) || dial->base.angle_mdeg != config->park_mdeg) {
        dial->rest_us = 0;
    } else if (dial->rest_us < GAUGE_REST_US) {
        dial->rest_us += config->period_us;
    }
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
    if (dial->rest_us >= GAUGE_REST_US && is_parked(dial)) {
        output->pulse_ticks = 0;
        output->pulse_ns = 0;
    }
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
    note_rest(dial);
}

/* ---- commands ---- */

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
