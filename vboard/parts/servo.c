/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * A servo as an ideal shaft with a top speed: no acceleration, no load, no overshoot, no gear play.
 */
#include "vboard/parts/servo.h"

#include <stddef.h>

#define MDEG_60 60000

static uint32_t or_default(uint32_t value, uint32_t otherwise)
{
    return value != 0 ? value : otherwise;
}

static void fill_defaults(struct servo_config *c)
{
    c->low_us = or_default(c->low_us, 600);
    c->high_us = or_default(c->high_us, 2400);
    if (c->low_mdeg == 0 && c->high_mdeg == 0) {
        c->high_mdeg = 180000;
    }
    c->shortest_us = or_default(c->shortest_us, 500);
    c->longest_us = or_default(c->longest_us, 2500);
    c->ms_per_60deg = or_default(c->ms_per_60deg, 100);
    c->dead_band_ns = or_default(c->dead_band_ns, 5000);
    c->hold_ms = or_default(c->hold_ms, 50);
}

/* Angle a pulse asks for, beyond the calibration points too. */
static int32_t angle_of(const struct servo_config *c, vtime_ps width)
{
    int64_t span_ps = (int64_t)VTIME_US(c->high_us) - (int64_t)VTIME_US(c->low_us);
    int64_t from_ps = (int64_t)width - (int64_t)VTIME_US(c->low_us);
    /* Nanoseconds are fine enough (a tenth of a milli-degree) and keep the product in range. */
    return (int32_t)(c->low_mdeg +
                     from_ps / 1000 * (c->high_mdeg - c->low_mdeg) / (span_ps / 1000));
}

/* The dead band as an angle. */
static int32_t dead_band_mdeg(const struct servo_config *c)
{
    int64_t span_ns = ((int64_t)c->high_us - (int64_t)c->low_us) * 1000;
    int64_t range = (int64_t)c->high_mdeg - c->low_mdeg;
    int64_t band = (int64_t)c->dead_band_ns * range / span_ns;
    return (int32_t)(band < 0 ? -band : band);
}

/* How long the motor was powered between from_at and `now`: an analog servo gives up hold_ms after the
 * last pulse. */
static vtime_ps driven_time(const struct servo *s, vtime_ps now)
{
    vtime_ps until = now;
    vtime_ps gives_up = s->last_pulse_at + VTIME_MS(s->config.hold_ms);
    if (s->pulses == 0) {
        return 0;
    }
    if (s->config.analog && gives_up < now) {
        until = gives_up;
    }
    return until > s->from_at ? until - s->from_at : 0;
}

int32_t servo_angle_mdeg(const struct servo *s, vtime_ps now)
{
    int64_t way = (int64_t)s->target_mdeg - s->from_mdeg;
    vtime_ps per_mdeg = VTIME_MS(s->config.ms_per_60deg) / MDEG_60;
    int64_t reach = (int64_t)(driven_time(s, now) / per_mdeg);
    if (way >= 0) {
        return s->from_mdeg + (int32_t)(reach < way ? reach : way);
    }
    return s->from_mdeg - (int32_t)(reach < -way ? reach : -way);
}

bool servo_is_driven(const struct servo *s, vtime_ps now)
{
    if (s->pulses == 0 || s->unplugged) {
        return false;
    }
    return !s->config.analog || now <= s->last_pulse_at + VTIME_MS(s->config.hold_ms);
}

/* A pulse has ended. At rest the servo answers only to what is outside its dead band; while turning it
 * follows every pulse. */
static void pulse(struct servo *s, vtime_ps width, vtime_ps now)
{
    const struct servo_config *c = &s->config;
    if (width < VTIME_US(c->shortest_us) || width > VTIME_US(c->longest_us)) {
        s->ignored++;
        return;
    }
    int32_t at = servo_angle_mdeg(s, now);
    int32_t wanted = angle_of(c, width);
    int32_t off = wanted > at ? wanted - at : at - wanted;
    bool turning = at != s->target_mdeg && s->pulses != 0;
    s->from_mdeg = at;
    s->from_at = now;
    s->last_pulse_at = now;
    s->last_width = width;
    s->pulses++;
    if (turning || off > dead_band_mdeg(c)) {
        s->target_mdeg = wanted;
    }
}

static void wire_changed(void *ctx, struct signal *wire, vtime_ps now)
{
    struct servo *s = ctx;
    bool high = signal_is_high(wire);
    if (high == s->high) {
        return;
    }
    s->high = high;
    if (s->unplugged) {
        return;
    }
    if (high) {
        s->rose_at = now;
    } else {
        pulse(s, now - s->rose_at, now);
    }
}

void servo_plug(struct servo *s, bool plugged, vtime_ps now)
{
    s->from_mdeg = servo_angle_mdeg(s, now);
    s->target_mdeg = s->from_mdeg;
    s->from_at = now;
    s->rose_at = now; /* of a pulse that is going on it sees the rest */
    s->unplugged = !plugged;
    s->listener.passive = !plugged;
    signal_settle(s->wire);
}

void servo_init(struct servo *s, const struct servo_config *config, struct signal *wire)
{
    *s = (struct servo){0};
    if (config != NULL) {
        s->config = *config;
    }
    fill_defaults(&s->config);
    s->from_mdeg = s->config.start_mdeg;
    s->target_mdeg = s->config.start_mdeg;
    s->high = signal_is_high(wire);
    s->wire = wire;
    s->listener = (struct signal_listener){.changed = wire_changed, .ctx = s};
    signal_listen(wire, &s->listener);
}
