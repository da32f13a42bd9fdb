/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CORE_PROFILE_KEYS_H
#define CORE_PROFILE_KEYS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/err.h"
#include "core/field.h"
#include "core/record_layout.h"

/*
 * The keys of a profile, each once: the name in the YAML file and on the console, the member of struct record or of
 * struct gauge_config, the bytes of the record, the bounds. The source's keys are not among them: they belong to the
 * kinds of source (core/source_ops.h).
 *
 * A new key is a row here, a member of the struct, and a row in docs/SPEC.md, which tests/docs compares with this table.
 *
 *   owner  RECORD or DIAL: whose member it is
 *   kind   enum profile_kind: how it is written
 *   when   NOW, or LATE: set on the console, it takes effect at the next start
 *   need   OPTIONAL, IN_GROUP (if its group is given), ALWAYS
 *   detail of struct field
 *   low, high, error: bounds of the member's value, and what record_validate says outside of them;
 *                     0, 0: none but what the whole is checked for
 *   fallback: of an optional key
 */
/* clang-format off */
#define PROFILE_KEYS(KEY)                                                                                                             \
    /*  name                   owner   kind         when  need      member                 at                  detail             low                   high                     error                fallback */ \
    KEY("name",                RECORD, NAME,        NOW,  ALWAYS,   name,                  AT_NAME,            0,                 0,                    0,                       GAUGE_ERR_NAME,      0) \
    KEY("can.bitrate",         RECORD, RATE,        LATE, ALWAYS,   bitrate_bps,           AT_BITRATE,         0,                 0,                    RECORD_BITRATE_MAX,      GAUGE_ERR_BITRATE,   0) \
    KEY("can.mode",            RECORD, MODE,        LATE, OPTIONAL, mode,                  AT_MODE,            sizeof(enum record_mode), 0,             RECORD_ACTIVE,           GAUGE_ERR_MODE,      0) \
    KEY("can.fd.data_bitrate", RECORD, DATA_RATE,   LATE, IN_GROUP, fd_data_bitrate_bps,   AT_FD_BITRATE,      0,                 0,                    RECORD_DATA_BITRATE_MAX, GAUGE_ERR_BITRATE,   0) \
    KEY("timeout",             DIAL,   MS32,        NOW,  OPTIONAL, timeout_ms,            DIAL_TIMEOUT,       0,                 RECORD_TIMEOUT_MS_MIN, RECORD_TIMEOUT_MS_MAX,  GAUGE_ERR_TIMEOUT,   1000) \
    KEY("plausible.min",       DIAL,   TEMPERATURE, NOW,  OPTIONAL, plausible_min_milli,   DIAL_PLAUSIBLE_MIN, 0,                 0,                    0,                       GAUGE_ERR_PLAUSIBLE, -60000) \
    KEY("plausible.max",       DIAL,   TEMPERATURE, NOW,  OPTIONAL, plausible_max_milli,   DIAL_PLAUSIBLE_MAX, 0,                 0,                    0,                       GAUGE_ERR_PLAUSIBLE, 250000) \
    KEY("plausible.max_slope", DIAL,   SLOPE,       NOW,  OPTIONAL, max_slope_milli_per_s, DIAL_MAX_SLOPE,     0,                 0,                    INT32_MAX,               GAUGE_ERR_PLAUSIBLE, 0) \
    KEY("dial",                DIAL,   DIAL,        NOW,  ALWAYS,   dial,                  DIAL_POINTS,        DIAL_POINT_COUNT,  0,                    0,                       GAUGE_ERR_DIAL,      0) \
    KEY("servo.pulse",         DIAL,   SERVO,       NOW,  ALWAYS,   servo,                 DIAL_SERVO_POINTS,  DIAL_SERVO_COUNT,  0,                    0,                       GAUGE_ERR_SERVO,     0) \
    KEY("servo.park",          DIAL,   ANGLE,       NOW,  ALWAYS,   park_mdeg,             DIAL_PARK,          0,                 0,                    0,                       GAUGE_ERR_REACH,     0) \
    KEY("servo.period",        DIAL,   US16,        LATE, OPTIONAL, period_us,             DIAL_PERIOD,        0,                 RECORD_PERIOD_US_MIN, RECORD_PERIOD_US_MAX,    GAUGE_ERR_PERIOD,    20000) \
    KEY("servo.dead_band",     DIAL,   BAND,        NOW,  OPTIONAL, dead_band_us,          DIAL_DEAD_BAND,     GAUGE_DEAD_BAND_US, 0,                   RECORD_DEAD_BAND_US_MAX, GAUGE_ERR_NEEDLE,    GAUGE_DEAD_BAND_US) \
    KEY("servo.off_at_rest",   DIAL,   SWITCH,      NOW,  OPTIONAL, is_off_at_rest,        DIAL_FLAGS,         DIAL_BIT_OFF_AT_REST, 0,                 1,                       GAUGE_ERR_NEEDLE,    0) \
    KEY("needle.damping",      DIAL,   MS16,        NOW,  OPTIONAL, damping_ms,            DIAL_DAMPING,       0,                 0,                    RECORD_DAMPING_MS_MAX,   GAUGE_ERR_NEEDLE,    600) \
    KEY("needle.max_rate",     DIAL,   SPEED,       NOW,  OPTIONAL, max_rate_deg_per_s,    DIAL_MAX_RATE,      0,                 1,                    RECORD_RATE_MAX,         GAUGE_ERR_NEEDLE,    300) \
    KEY("needle.sweep",        DIAL,   SWITCH,      NOW,  OPTIONAL, sweeps,                DIAL_FLAGS,         DIAL_BIT_SWEEP,    0,                    1,                       GAUGE_ERR_NEEDLE,    0) \
    KEY("warn.high",           DIAL,   WARN,        NOW,  IN_GROUP, warn_high_milli,       DIAL_WARN_HIGH,     0,                 0,                    0,                       0,                   GAUGE_WARN_NONE) \
    KEY("warn.critical",       DIAL,   CRITICAL,    NOW,  OPTIONAL, warn_critical_milli,   DIAL_WARN_CRITICAL, 0,                 0,                    0,                       0,                   GAUGE_WARN_NONE)
/* clang-format on */

enum profile_kind {
    PROFILE_NAME,
    PROFILE_RATE,      /* bit rate, uint32_t, 0 is auto */
    PROFILE_DATA_RATE, /* the same, 0 is off */
    PROFILE_MODE,
    PROFILE_MS32, /* a time, uint32_t ms */
    PROFILE_MS16,
    PROFILE_US16,
    PROFILE_BAND,        /* a time, uint16_t us, of few */
    PROFILE_TEMPERATURE, /* int32_t, thousandths of a degree C */
    PROFILE_WARN,        /* the same, or off */
    PROFILE_CRITICAL,    /* the same, in tenths */
    PROFILE_SLOPE,       /* the same a second */
    PROFILE_ANGLE,       /* int32_t, millidegrees */
    PROFILE_SPEED,       /* uint16_t, degrees a second */
    PROFILE_SWITCH,      /* bool, on or off */
    PROFILE_DIAL,        /* struct curve, temperature:angle */
    PROFILE_SERVO,       /* struct curve, angle:pulse in microseconds */
};

struct profile_key {
    const char *name; /* "needle.max_rate": the group and the key in it */
    uint8_t kind;
    int8_t error;
    bool is_late;
    bool is_of_dial; /* each dial has one */
    struct field field;
    int32_t low, high;
};

extern const struct profile_key profile_keys[];
extern const unsigned profile_key_count;

#endif
