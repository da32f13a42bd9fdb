/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "core/record.h"

#include <string.h>

#include "core/crc32.h"
#include "core/err.h"
#include "core/le.h"
#include "core/record_condition.h"
#include "core/record_layout.h"
#include "core/record_request.h"

static uint8_t source_flags(const struct source_broadcast *source)
{
    unsigned flags = source->extended ? SOURCE_FLAG_EXTENDED : 0u;
    flags |= source->bits.motorola ? SOURCE_FLAG_MOTOROLA : 0u;
    flags |= source->is_signed ? SOURCE_FLAG_SIGNED : 0u;
    flags |= source->is_float ? SOURCE_FLAG_FLOAT : 0u;
    return (uint8_t)flags;
}

static void build_broadcast(const struct source_broadcast *source, uint8_t *bytes)
{
    le_put_u32(bytes + SOURCE_ID, source->id);
    le_put_u32(bytes + SOURCE_ID_MASK, source->id_mask);
    bytes[SOURCE_FLAGS] = source_flags(source);
    bytes[SOURCE_LENGTH_BITS] = source->bits.length_bits;
    le_put_u16(bytes + SOURCE_START_BIT, source->bits.start_bit);
    bytes[SOURCE_INVALID_COUNT] = source->invalid_count;
    bytes[SOURCE_NOT_FITTED] = source->not_fitted;
    le_put_f64(bytes + SOURCE_SCALE, source->scale);
    le_put_f64(bytes + SOURCE_OFFSET, source->offset);
    for (unsigned i = 0; i < source->invalid_count; i++) {
        uint8_t *range = bytes + SOURCE_INVALIDS + i * SOURCE_RANGE_SIZE;
        le_put_u32(range, source->invalid[i].lo);
        le_put_u32(range + 4, source->invalid[i].hi);
    }
    record_build_conditions(source->condition, bytes + SOURCE_CONDITIONS);
}

static void build_source(const struct source_config *source, uint8_t *bytes)
{
    if (source->kind == SOURCE_OBD2) {
        record_build_obd2(&source->obd2, bytes);
    } else if (source->kind == SOURCE_UDS) {
        record_build_uds(&source->uds, bytes);
    } else {
        build_broadcast(&source->broadcast, bytes);
    }
}

static void build_points(const struct gauge_config *dial, uint8_t *bytes)
{
    bytes[DIAL_POINT_COUNT] = dial->dial.count;
    for (unsigned i = 0; i < dial->dial.count; i++) {
        uint8_t *point = bytes + DIAL_POINTS + i * DIAL_POINT_SIZE;
        le_put_i32(point, dial->dial.point[i].x);
        le_put_i16(point + 4, (int16_t)(dial->dial.point[i].y / MDEG_PER_CDEG));
    }
    bytes[DIAL_SERVO_COUNT] = dial->servo.count;
    for (unsigned i = 0; i < dial->servo.count; i++) {
        uint8_t *point = bytes + DIAL_SERVO_POINTS + i * DIAL_SERVO_POINT_SIZE;
        le_put_i16(point, (int16_t)(dial->servo.point[i].x / MDEG_PER_CDEG));
        le_put_u16(point + 2, (uint16_t)(dial->servo.point[i].y / NS_PER_PULSE_UNIT));
    }
}

static void build_dial(const struct gauge_config *dial, uint8_t *bytes)
{
    bytes[DIAL_KIND] = (uint8_t)dial->source.kind;
    bytes[DIAL_FLAGS] = dial->sweeps ? DIAL_FLAG_SWEEP : 0;
    build_source(&dial->source, bytes + DIAL_SOURCE);
    le_put_u32(bytes + DIAL_TIMEOUT, dial->timeout_ms);
    le_put_i32(bytes + DIAL_PLAUSIBLE_MIN, dial->plausible_min_milli);
    le_put_i32(bytes + DIAL_PLAUSIBLE_MAX, dial->plausible_max_milli);
    le_put_i32(bytes + DIAL_MAX_SLOPE, dial->max_slope_milli_per_s);
    build_points(dial, bytes);
    le_put_i16(bytes + DIAL_PARK, (int16_t)(dial->park_mdeg / MDEG_PER_CDEG));
    le_put_u16(bytes + DIAL_PERIOD, dial->period_us);
    le_put_u16(bytes + DIAL_DAMPING, dial->damping_ms);
    le_put_u16(bytes + DIAL_MAX_RATE, dial->max_rate_deg_per_s);
    le_put_i32(bytes + DIAL_WARN_HIGH, dial->warn_high_milli);
}

int record_build(const struct record *record, uint8_t *bytes, uint32_t size)
{
    int err = record_validate(record, NULL);
    if (err != 0) {
        return err;
    }
    if (size < RECORD_SIZE) {
        return GAUGE_ERR_SPACE;
    }
    memset(bytes, 0, RECORD_SIZE);
    memcpy(bytes + AT_MAGIC, "CDP1", 4);
    le_put_u16(bytes + AT_VERSION, RECORD_VERSION);
    le_put_u16(bytes + AT_LENGTH, RECORD_LENGTH);
    memcpy(bytes + AT_NAME, record->name, strlen(record->name));
    le_put_u32(bytes + AT_BITRATE, record->bitrate_bps);
    le_put_u32(bytes + AT_FD_BITRATE, record->fd_data_bitrate_bps);
    bytes[AT_MODE] = (uint8_t)record->mode;
    bytes[AT_DIAL_COUNT] = record->dial_count;
    for (unsigned i = 0; i < record->dial_count; i++) {
        build_dial(&record->dial[i], bytes + AT_DIAL + i * DIAL_SIZE);
    }
    le_put_u32(bytes + AT_CRC, crc32_update(0, bytes, AT_CRC));
    return 0;
}
