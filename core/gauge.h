/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CORE_GAUGE_H
#define CORE_GAUGE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/curve.h"
#include "core/frame.h"
#include "core/needle.h"
#include "core/sanity.h"
#include "core/source.h"

/*
 * One dial put together: frame -> source -> sanity -> state -> needle -> pulse. A board with several
 * dials has an array of struct gauge_dial and gives each of them every frame.
 *
 * How to drive it (all from one context, the M7's main loop):
 *     gauge_init(&dial, &config, 200);
 *     gauge_ready(&dial);                                  the bus is open
 *     gauge_pending(&dial, &out);  post out.pulse_ticks    as mailbox sequence number n
 *   at a frame:
 *     if (gauge_frame(&dial, time_us, &frame) != SOURCE_NO_MATCH)
 *         gauge_pending(&dial, &out), post again           as n + 1
 *   at a servo period that latched the pulse of number n (core/posts.h remembers which output it was):
 *     gauge_latch(&dial, &latched, time_us);               the base moves on to what is on the pin
 *     gauge_pending(&dial, &out), post
 * The needle moves only in gauge_latch: however many frames arrive, pending is computed from the same base.
 */

#define GAUGE_DIALS_MAX 4
#define GAUGE_WARN_NONE INT32_MAX
#define GAUGE_WARN_HYSTERESIS_MILLI 1000 /* the warning goes out 1 °C below where it came on */
#define GAUGE_DEAD_BAND_US 5u            /* of a hobby servo, where the profile names none */
#define GAUGE_REST_US 1000000u           /* so long parked, and the servo has arrived */

/* Everything a profile says about one dial. The record holds it; gauge_init keeps the pointer. */
struct gauge_config {
    struct source_config source;
    uint32_t timeout_ms;
    int32_t plausible_min_milli;
    int32_t plausible_max_milli;
    int32_t max_slope_milli_per_s; /* 0 = any */
    struct curve dial;             /* value in milli-units -> needle in millidegrees */
    struct curve servo;            /* needle in millidegrees -> pulse in nanoseconds */
    int32_t park_mdeg;
    uint16_t period_us;
    uint16_t damping_ms;
    uint16_t max_rate_deg_per_s;
    int32_t warn_high_milli;     /* warns from here on; GAUGE_WARN_NONE = never */
    int32_t warn_critical_milli; /* the same, urgently; above the former */
    uint16_t dead_band_us;       /* of the servo: no smaller change of the value moves the needle */
    bool is_off_at_rest;         /* no pulses while the needle rests at park */
    bool sweeps; /* over the scale and back after power-on; the firmware sees to it */
};

/* Why the needle is where it is. Only live shows the value; wait, stale and fault show park. */
enum gauge_state {
    GAUGE_BOOT,  /* gauge_ready was not called yet */
    GAUGE_SWEEP, /* the needle is moved by command: a sweep, or held for calibration */
    GAUGE_WAIT,  /* no valid value yet */
    GAUGE_LIVE,
    GAUGE_STALE, /* there was a value; no frame at all for the timeout */
    GAUGE_FAULT, /* frames come, but invalid or implausible for longer than the timeout */
    GAUGE_STATE_COUNT
};

/* How hot it is. */
enum gauge_warn { GAUGE_WARN_OFF, GAUGE_WARN_HIGH, GAUGE_WARN_CRITICAL };

/* What was wrong with a bad reading. */
enum gauge_trouble {
    GAUGE_TROUBLE_SENSOR,      /* the car says: no value */
    GAUGE_TROUBLE_NOT_FITTED,  /* the car says: no such sensor */
    GAUGE_TROUBLE_IMPLAUSIBLE, /* nobody can believe it */
    GAUGE_TROUBLE_COUNT
};

/* What the frames said so far; free-running counters. */
struct gauge_counts {
    uint32_t matched;     /* frames with our identifier */
    uint32_t values;      /* believed values */
    uint32_t invalid;     /* raw value in an invalid range */
    uint32_t implausible; /* outside min/max or too steep */
    uint32_t too_short;   /* payload too short */
};

/* Who decides where the needle goes. */
enum gauge_command {
    GAUGE_FOLLOW, /* the state */
    GAUGE_SWEEP_UP,
    GAUGE_SWEEP_DOWN,
    GAUGE_HOLD,
};

struct gauge_dial {
    const struct gauge_config *config;
    struct needle_tuning tuning;
    struct sanity_config sanity_config;
    uint32_t timeout_us;
    uint32_t ticks_per_us;
    uint32_t pulse_max_ticks;
    struct needle base; /* as of the last latched pulse */
    struct sanity sanity;
    struct freshness value;     /* the last believed value */
    struct freshness frame;     /* the last frame of ours, good or bad */
    struct freshness bad_run;   /* the beginning of a run of bad readings */
    bool is_bad;                /* such a run is going on */
    enum gauge_trouble trouble; /* of the last bad reading */
    bool is_ready;
    bool has_value;     /* a value was believed at least once */
    bool is_substitute; /* the last reading was the coolant's instead of the oil's */
    enum gauge_warn warn;
    uint32_t rest_us;        /* parked since; at most GAUGE_REST_US */
    enum gauge_state signal; /* what the frames say: wait, live, stale, fault */
    enum gauge_state state;  /* what is shown */
    enum gauge_command command;
    int32_t value_milli; /* the last believed */
    int32_t hold_mdeg;
    uint32_t move;     /* counts changes of pace */
    bool is_move_fast; /* the pace of the present move */
    struct gauge_counts counts;
};

/* One possible next pulse and all that telemetry says about it; a value, copy it freely. */
struct gauge_output {
    struct needle needle; /* becomes the base when this pulse was latched */
    uint32_t pulse_ticks; /* 0: none, see is_off_at_rest */
    uint32_t pulse_ns;    /* of pulse_ticks: what the pin shows */
    int32_t needle_mdeg;
    int32_t value_milli; /* last believed value, if has_value */
    enum gauge_state state;
    bool has_value;
    bool is_substitute; /* the value is the coolant's instead of the oil's */
    enum gauge_warn warn;
    uint32_t move; /* for gauge_latch: the move it belongs to */
};

/*
 * At rest in park, state boot. `config` must have passed record_validate and outlive the dial.
 * `ticks_per_us` is the servo timer's clock in MHz.
 */
void gauge_init(struct gauge_dial *dial, const struct gauge_config *config, uint32_t ticks_per_us);

/*
 * The config has been changed in place (the console): takes it over, the needle stays where it is.
 * The source and the servo's period must be as they were.
 */
void gauge_retune(struct gauge_dial *dial);

/* Before gauge_ready: the needle was left there, at rest, and goes on from there instead of from park. */
void gauge_place(struct gauge_dial *dial, int32_t needle_mdeg);

/* boot -> wait. */
void gauge_ready(struct gauge_dial *dial);

/*
 * Takes in one frame received at time_us. Anything but SOURCE_NO_MATCH may have changed the target.
 * A signal that stops is noticed in gauge_latch: a frame that comes before that was not too late.
 */
enum source_result gauge_frame(struct gauge_dial *dial, uint32_t time_us,
                               const struct can_frame *frame);

/* The same for what was asked for (core/request.h); not for SOURCE_NO_MATCH. */
void gauge_reading(struct gauge_dial *dial, uint32_t time_us, enum source_result result,
                   const struct source_reading *reading);

/* Nobody asked for a new value: a live one does not age meanwhile. */
void gauge_keep(struct gauge_dial *dial, uint32_t time_us);

/* The next pulse from the base, one period on. Changes nothing but *output. */
void gauge_pending(const struct gauge_dial *dial, struct gauge_output *output);

/* `latched` is on the pin since time_us: it becomes the base, and timeouts are looked at. */
void gauge_latch(struct gauge_dial *dial, const struct gauge_output *latched, uint32_t time_us);

/* Moves the needle over the whole scale and back to park, then follows again. */
void gauge_sweep(struct gauge_dial *dial);

/* Holds the needle at an angle (calibration) until gauge_follow(). */
void gauge_hold(struct gauge_dial *dial, int32_t needle_mdeg);

/* Ends a sweep or a hold. */
void gauge_follow(struct gauge_dial *dial);

/* The value a needle angle stands for: the dial's inverse, clamped to the scale. */
int32_t gauge_shown_milli(const struct gauge_config *config, int32_t needle_mdeg);

/* The pulse of park in ticks, for whoever must park without the M7. */
uint32_t gauge_park_ticks(const struct gauge_config *config, uint32_t ticks_per_us);

/* The longest pulse of the servo's points in ticks: nothing may exceed it. */
uint32_t gauge_pulse_max_ticks(const struct gauge_config *config, uint32_t ticks_per_us);

/* The shortest one. */
uint32_t gauge_pulse_min_ticks(const struct gauge_config *config, uint32_t ticks_per_us);

/* The most by which the pulse changes from one period to the next, at the needle's maximal rate. */
uint32_t gauge_step_max_ticks(const struct gauge_config *config, uint32_t ticks_per_us);

/* Why the state is fault, "sensor fault" or the like; "" in any other state. */
const char *gauge_trouble_name(const struct gauge_dial *dial);

/* "boot", "sweep", "wait", "live", "stale", "fault"; never NULL. */
const char *gauge_state_name(enum gauge_state state);

#endif
