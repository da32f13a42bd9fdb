/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "core/record.h"

#include <stdbool.h>
#include <stddef.h>

#include "core/err.h"
#include "core/record_layout.h"
#include "core/record_request.h"

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

static int check_bus(const struct record *record)
{
    bool is_auto = record->bitrate_bps == RECORD_BITRATE_AUTO;
    if (!is_auto &&
        (record->bitrate_bps < RECORD_BITRATE_MIN || record->bitrate_bps > RECORD_BITRATE_MAX)) {
        return GAUGE_ERR_BITRATE;
    }
    uint32_t data_bps = record->fd_data_bitrate_bps;
    if (data_bps != 0 && is_auto) {
        return GAUGE_ERR_BITRATE;
    }
    if (data_bps != 0 && (data_bps < record->bitrate_bps || data_bps > RECORD_DATA_BITRATE_MAX)) {
        return GAUGE_ERR_BITRATE;
    }
    bool is_known = record->mode == RECORD_LISTEN_ONLY || record->mode == RECORD_ACTIVE;
    return is_known ? 0 : GAUGE_ERR_MODE;
}

/* A float has one of two lengths and a sign of its own. */
static bool is_good_float(const struct source_broadcast *source)
{
    unsigned length = source->bits.length_bits;
    return !source->is_float || (!source->is_signed && (length == 32 || length == 64));
}

static int check_broadcast(const struct source_broadcast *source, bool is_fd)
{
    uint32_t id_max = source->extended ? CAN_ID_EXTENDED_MAX : CAN_ID_STANDARD_MAX;
    if (source->id > id_max || source->id_mask > id_max || source->id_mask == 0) {
        return GAUGE_ERR_ID;
    }
    int span = signal_bits_span(&source->bits);
    if (span < 0 || (!is_fd && span > 8) || !is_good_float(source) ||
        !conditions_are_good(source->condition, is_fd)) {
        return GAUGE_ERR_SIGNAL;
    }
    int err = record_check_invalid(source->invalid, source->invalid_count);
    if (err == 0 && source->not_fitted >> source->invalid_count != 0) {
        err = GAUGE_ERR_INVALID; /* about a range that is not there */
    }
    return err != 0 ? err : record_check_factors(source->scale, source->offset);
}

static int check_source(const struct source_config *config, const struct record *record)
{
    if (source_is_asked(config) && record->mode != RECORD_ACTIVE) {
        return GAUGE_ERR_ASKING;
    }
    switch (config->kind) {
    case SOURCE_BROADCAST:
        return check_broadcast(&config->broadcast, record->fd_data_bitrate_bps != 0);
    case SOURCE_OBD2:
        return record_check_obd2(record, &config->obd2);
    case SOURCE_UDS:
        return record_check_uds(&config->uds);
    default:
        return GAUGE_ERR_KIND;
    }
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

static int check_motion(const struct gauge_config *dial)
{
    if (dial->timeout_ms < RECORD_TIMEOUT_MS_MIN || dial->timeout_ms > RECORD_TIMEOUT_MS_MAX) {
        return GAUGE_ERR_TIMEOUT;
    }
    if (dial->plausible_min_milli >= dial->plausible_max_milli || dial->max_slope_milli_per_s < 0) {
        return GAUGE_ERR_PLAUSIBLE;
    }
    if (dial->period_us < RECORD_PERIOD_US_MIN || dial->period_us > RECORD_PERIOD_US_MAX) {
        return GAUGE_ERR_PERIOD;
    }
    bool is_good = dial->damping_ms <= RECORD_DAMPING_MS_MAX && dial->max_rate_deg_per_s > 0 &&
                   dial->max_rate_deg_per_s <= RECORD_RATE_MAX;
    return is_good ? 0 : GAUGE_ERR_NEEDLE;
}

static int check_dial(const struct gauge_config *dial, const struct record *record)
{
    int err = check_source(&dial->source, record);
    if (err == 0) {
        err = check_motion(dial);
    }
    if (err == 0) {
        err = check_dial_points(&dial->dial);
    }
    if (err == 0) {
        err = check_servo_points(&dial->servo, dial->period_us);
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
