/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "core/record.h"

#include <stdbool.h>
#include <string.h>

#include "core/crc32.h"
#include "core/err.h"
#include "core/le.h"
#include "core/record_condition.h"
#include "core/record_layout.h"
#include "core/record_request.h"

bool record_is_zero(const uint8_t *bytes, size_t size)
{
    uint8_t any = 0;
    for (size_t i = 0; i < size; i++) {
        any |= bytes[i];
    }
    return any == 0;
}

/* Magic, version, length, CRC: whether these bytes are a record at all. */
static int check_envelope(const uint8_t *bytes, uint32_t size)
{
    if (size < RECORD_SIZE) {
        return GAUGE_ERR_LENGTH;
    }
    if (memcmp(bytes + AT_MAGIC, "CDP1", 4) != 0) {
        return GAUGE_ERR_MAGIC;
    }
    if (le_get_u16(bytes + AT_VERSION) != RECORD_VERSION) {
        return GAUGE_ERR_VERSION;
    }
    if (le_get_u16(bytes + AT_LENGTH) != RECORD_LENGTH) {
        return GAUGE_ERR_LENGTH;
    }
    return crc32_update(0, bytes, AT_CRC) == le_get_u32(bytes + AT_CRC) ? 0 : GAUGE_ERR_CRC;
}

static int parse_broadcast(struct source_broadcast *source, const uint8_t *bytes)
{
    uint8_t flags = bytes[SOURCE_FLAGS];
    uint8_t count = bytes[SOURCE_INVALID_COUNT];
    if (count > SOURCE_INVALID_MAX) {
        return GAUGE_ERR_INVALID;
    }
    *source = (struct source_broadcast){
        .id = le_get_u32(bytes + SOURCE_ID),
        .id_mask = le_get_u32(bytes + SOURCE_ID_MASK),
        .extended = flags & SOURCE_FLAG_EXTENDED,
        .is_signed = flags & SOURCE_FLAG_SIGNED,
        .is_float = flags & SOURCE_FLAG_FLOAT,
        .bits = {.start_bit = le_get_u16(bytes + SOURCE_START_BIT),
                 .length_bits = bytes[SOURCE_LENGTH_BITS],
                 .motorola = flags & SOURCE_FLAG_MOTOROLA},
        .invalid_count = count,
        .not_fitted = bytes[SOURCE_NOT_FITTED],
        .scale = le_get_f64(bytes + SOURCE_SCALE),
        .offset = le_get_f64(bytes + SOURCE_OFFSET),
    };
    for (unsigned i = 0; i < count; i++) {
        const uint8_t *range = bytes + SOURCE_INVALIDS + i * SOURCE_RANGE_SIZE;
        source->invalid[i] =
            (struct source_range){.lo = le_get_u32(range), .hi = le_get_u32(range + 4)};
    }
    const unsigned end = SOURCE_INVALIDS + count * SOURCE_RANGE_SIZE;
    bool is_clean = flags <= SOURCE_FLAGS_ALL &&
                    record_is_zero(bytes + SOURCE_ZERO_A, SOURCE_SCALE - SOURCE_ZERO_A) &&
                    record_is_zero(bytes + end, SOURCE_CONDITIONS - end);
    if (!is_clean) {
        return GAUGE_ERR_RESERVED;
    }
    return record_parse_conditions(source->condition, bytes + SOURCE_CONDITIONS);
}

static int parse_source(struct source_config *source, uint8_t kind, const uint8_t *bytes)
{
    source->kind = (enum source_kind)kind;
    switch (kind) {
    case SOURCE_BROADCAST:
        return parse_broadcast(&source->broadcast, bytes);
    case SOURCE_OBD2:
        return record_parse_obd2(&source->obd2, bytes);
    case SOURCE_UDS:
        return record_parse_uds(&source->uds, bytes);
    default:
        return GAUGE_ERR_KIND;
    }
}

static int parse_dial_points(struct curve *curve, const uint8_t *bytes, uint8_t count)
{
    if (count < 2 || count > RECORD_DIAL_POINTS_MAX) {
        return GAUGE_ERR_DIAL;
    }
    curve->count = count;
    for (unsigned i = 0; i < count; i++, bytes += DIAL_POINT_SIZE) {
        curve->point[i].x = le_get_i32(bytes);
        curve->point[i].y = le_get_i16(bytes + 4) * MDEG_PER_CDEG;
    }
    unsigned unused = RECORD_DIAL_POINTS_MAX - count;
    return record_is_zero(bytes, (size_t)unused * DIAL_POINT_SIZE) ? 0 : GAUGE_ERR_RESERVED;
}

static int parse_servo_points(struct curve *curve, const uint8_t *bytes, uint8_t count)
{
    if (count < 2 || count > RECORD_SERVO_POINTS_MAX) {
        return GAUGE_ERR_SERVO;
    }
    curve->count = count;
    for (unsigned i = 0; i < count; i++, bytes += DIAL_SERVO_POINT_SIZE) {
        curve->point[i].x = le_get_i16(bytes) * MDEG_PER_CDEG;
        curve->point[i].y = le_get_u16(bytes + 2) * NS_PER_PULSE_UNIT;
    }
    unsigned unused = RECORD_SERVO_POINTS_MAX - count;
    return record_is_zero(bytes, (size_t)unused * DIAL_SERVO_POINT_SIZE) ? 0 : GAUGE_ERR_RESERVED;
}

static int parse_dial(struct gauge_config *dial, const uint8_t *bytes)
{
    if ((bytes[DIAL_FLAGS] & ~DIAL_FLAG_SWEEP) != 0) {
        return GAUGE_ERR_RESERVED;
    }
    dial->sweeps = bytes[DIAL_FLAGS] != 0;
    dial->timeout_ms = le_get_u32(bytes + DIAL_TIMEOUT);
    dial->plausible_min_milli = le_get_i32(bytes + DIAL_PLAUSIBLE_MIN);
    dial->plausible_max_milli = le_get_i32(bytes + DIAL_PLAUSIBLE_MAX);
    dial->max_slope_milli_per_s = le_get_i32(bytes + DIAL_MAX_SLOPE);
    dial->park_mdeg = le_get_i16(bytes + DIAL_PARK) * MDEG_PER_CDEG;
    dial->period_us = le_get_u16(bytes + DIAL_PERIOD);
    dial->damping_ms = le_get_u16(bytes + DIAL_DAMPING);
    dial->max_rate_deg_per_s = le_get_u16(bytes + DIAL_MAX_RATE);
    dial->warn_high_milli = le_get_i32(bytes + DIAL_WARN_HIGH);
    int err = parse_source(&dial->source, bytes[DIAL_KIND], bytes + DIAL_SOURCE);
    if (err == 0) {
        err = parse_dial_points(&dial->dial, bytes + DIAL_POINTS, bytes[DIAL_POINT_COUNT]);
    }
    if (err == 0) {
        err = parse_servo_points(&dial->servo, bytes + DIAL_SERVO_POINTS, bytes[DIAL_SERVO_COUNT]);
    }
    return err;
}

static int parse_dials(struct record *record, const uint8_t *bytes)
{
    if (record->dial_count < 1 || record->dial_count > GAUGE_DIALS_MAX) {
        return GAUGE_ERR_DIAL_COUNT;
    }
    for (unsigned i = 0; i < record->dial_count; i++, bytes += DIAL_SIZE) {
        int err = parse_dial(&record->dial[i], bytes);
        if (err != 0) {
            return err;
        }
    }
    unsigned unused = GAUGE_DIALS_MAX - (unsigned)record->dial_count;
    return record_is_zero(bytes, (size_t)unused * DIAL_SIZE) ? 0 : GAUGE_ERR_RESERVED;
}

/* The name's bytes after its end are zero. */
static int parse_name(char *name, const uint8_t *bytes)
{
    memcpy(name, bytes, RECORD_NAME_MAX);
    name[RECORD_NAME_MAX] = '\0';
    size_t length = strlen(name);
    return record_is_zero(bytes + length, RECORD_NAME_MAX - length) ? 0 : GAUGE_ERR_NAME;
}

int record_parse(struct record *record, const uint8_t *bytes, uint32_t size)
{
    int err = check_envelope(bytes, size);
    if (err != 0) {
        return err;
    }
    memset(record, 0, sizeof(*record));
    record->bitrate_bps = le_get_u32(bytes + AT_BITRATE);
    record->fd_data_bitrate_bps = le_get_u32(bytes + AT_FD_BITRATE);
    record->mode = (enum record_mode)bytes[AT_MODE];
    record->dial_count = bytes[AT_DIAL_COUNT];
    if (!record_is_zero(bytes + AT_ZERO_HEAD, AT_DIAL - AT_ZERO_HEAD) ||
        !record_is_zero(bytes + AT_ZERO_TAIL, AT_CRC - AT_ZERO_TAIL)) {
        return GAUGE_ERR_RESERVED;
    }
    err = parse_name(record->name, bytes + AT_NAME);
    if (err == 0) {
        err = parse_dials(record, bytes + AT_DIAL);
    }
    return err != 0 ? err : record_validate(record, NULL);
}
