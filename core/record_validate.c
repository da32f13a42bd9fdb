/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "core/record.h"

#include <stdbool.h>
#include <stddef.h>

#include "core/can_timing.h"
#include "core/err.h"
#include "core/profile_keys.h"
#include "core/record_layout.h"
#include "core/source_ops.h"

/* Whole units of the record, within what its field can hold. */
static bool is_storable(int32_t value, int32_t unit, int32_t low, int32_t high)
{
    return value % unit == 0 && value / unit >= low && value / unit <= high;
}

static bool is_cdeg(int32_t mdeg)
{
    return is_storable(mdeg, MDEG_PER_CDEG, INT16_MIN, INT16_MAX);
}

static int check_name(const char *name)
{
    for (unsigned i = 0; i <= RECORD_NAME_MAX; i++) {
        unsigned char c = (unsigned char)name[i];
        if (c == 0) {
            return 0;
        }
        if (c < 0x20 || c == 0x7F) {
            return GAUGE_ERR_NAME;
        }
    }
    return GAUGE_ERR_NAME; /* no end */
}

/* The bounds of the table. */
static int check_keys(const void *from, bool is_of_dial)
{
    for (unsigned i = 0; i < profile_key_count; i++) {
        const struct profile_key *key = &profile_keys[i];
        int32_t value = field_number(&key->field, from);
        if (key->is_of_dial == is_of_dial && key->low < key->high &&
            (value < key->low || value > key->high)) {
            return key->error;
        }
    }
    return 0;
}

/* A bit rate of zero is looked for; a data rate of zero there is none. */
static int check_bus(const struct record *record)
{
    uint32_t data_bps = record->fd_data_bitrate_bps;
    bool is_auto = record->bitrate_bps == RECORD_BITRATE_AUTO;
    bool is_good = (is_auto || (record->bitrate_bps >= RECORD_BITRATE_MIN &&
                                can_nominal_timing(CAN_KERNEL_HZ, record->bitrate_bps) != 0)) &&
                   (data_bps == 0 || (!is_auto && data_bps >= record->bitrate_bps &&
                                      can_data_timing(CAN_KERNEL_HZ, data_bps) != 0));
    return is_good ? check_keys(record, false) : GAUGE_ERR_BITRATE;
}

static int check_source(const struct source_config *config, const struct record *record)
{
    const struct source_ops *ops = source_ops((uint8_t)config->kind);
    if (ops == NULL) {
        return GAUGE_ERR_KIND;
    }
    if (ops->asking != NULL && record->mode != RECORD_ACTIVE) {
        return GAUGE_ERR_ASKING;
    }
    return ops->check(record, config);
}

static int check_dial_points(const struct curve *dial)
{
    if (!curve_is_monotone(dial)) {
        return GAUGE_ERR_DIAL;
    }
    for (unsigned i = 0; i < dial->count; i++) {
        if (!is_cdeg(dial->point[i].y)) {
            return GAUGE_ERR_DIAL;
        }
    }
    return 0;
}

static int check_servo_points(const struct curve *servo, uint16_t period_us)
{
    if (servo->count > RECORD_SERVO_POINTS_MAX || !curve_is_monotone(servo)) {
        return GAUGE_ERR_SERVO;
    }
    for (unsigned i = 0; i < servo->count; i++) {
        if (!is_cdeg(servo->point[i].x)) {
            return GAUGE_ERR_SERVO;
        }
        if (!is_storable(servo->point[i].y, NS_PER_PULSE_UNIT, 0, UINT16_MAX)) {
            return GAUGE_ERR_PULSE;
        }
    }
    bool is_good = curve_min(servo) >= RECORD_PULSE_NS_MIN &&
                   curve_max(servo) + RECORD_PULSE_GAP_NS <= period_us * 1000;
    return is_good ? 0 : GAUGE_ERR_PULSE;
}

/* Scale and park lie where the servo was told to go; otherwise a parked needle could not be told. */
static int check_reach(const struct gauge_config *dial)
{
    int32_t low = dial->servo.point[0].x;
    int32_t high = dial->servo.point[dial->servo.count - 1].x;
    bool is_good = is_cdeg(dial->park_mdeg) && dial->park_mdeg >= low && dial->park_mdeg <= high &&
                   curve_min(&dial->dial) >= low && curve_max(&dial->dial) <= high;
    return is_good ? 0 : GAUGE_ERR_REACH;
}

/* Critical only beyond high. The record keeps tenths, 15 bits of them either way; none fits neither. */
static int check_warn(const struct gauge_config *dial)
{
    int32_t critical = dial->warn_critical_milli;
    bool is_good = critical == GAUGE_WARN_NONE ||
                   (critical > dial->warn_high_milli &&
                    is_storable(critical, MILLI_PER_DECI, INT16_MIN + 1, INT16_MAX));
    return is_good ? 0 : GAUGE_ERR_WARN;
}

static int check_dial(const struct gauge_config *dial, const struct record *record)
{
    int err = check_source(&dial->source, record);
    if (err == 0) {
        err = check_keys(dial, true);
    }
    if (err == 0 && dial->plausible_min_milli >= dial->plausible_max_milli) {
        err = GAUGE_ERR_PLAUSIBLE;
    }
    if (err == 0) {
        err = check_dial_points(&dial->dial);
    }
    if (err == 0) {
        err = check_servo_points(&dial->servo, dial->period_us);
    }
    if (err == 0) {
        err = check_warn(dial);
    }
    return err != 0 ? err : check_reach(dial);
}

/* One timer makes all pulses, so all dials have the first one's period. */
static int check_dials(const struct record *record, int *dial)
{
    for (unsigned i = 0; i < record->dial_count; i++) {
        *dial = (int)i;
        int err = check_dial(&record->dial[i], record);
        if (err != 0) {
            return err;
        }
        if (record->dial[i].period_us != record->dial[0].period_us) {
            return GAUGE_ERR_PERIOD;
        }
    }
    *dial = -1;
    return 0;
}

int record_validate(const struct record *record, int *dial)
{
    int index;
    int *which = dial != NULL ? dial : &index;
    *which = -1;
    int err = check_name(record->name);
    if (err == 0) {
        err = check_bus(record);
    }
    if (err != 0) {
        return err;
    }
    if (record->dial_count < 1 || record->dial_count > GAUGE_DIALS_MAX) {
        return GAUGE_ERR_DIAL_COUNT;
    }
    return check_dials(record, which);
}
