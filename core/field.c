/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "core/field.h"

#include <string.h>

#include "core/curve.h"
#include "core/err.h"
#include "core/le.h"
#include "core/reading.h"
#include "core/record.h"
#include "core/record_condition.h"
#include "core/record_layout.h"

#define DECI_ZERO 32768 /* what 0 is in the record, where 0 is none */

/* ---- points ---- */

/* Type, record size and parts of a point: i32 value, i16 angle, or i16 angle, u16 pulse. */
static bool is_dial(const struct field *field)
{
    return field->type == FIELD_DIAL_POINTS;
}

static int parse_points(const struct field *field, struct curve *curve, const uint8_t *bytes)
{
    const uint8_t *at = bytes + field->at;
    curve->count = bytes[field->detail];
    if (curve->count > (is_dial(field) ? RECORD_DIAL_POINTS_MAX : RECORD_SERVO_POINTS_MAX)) {
        return is_dial(field) ? GAUGE_ERR_DIAL : GAUGE_ERR_SERVO;
    }
    for (unsigned i = 0; i < curve->count; i++) {
        struct curve_point *point = &curve->point[i];
        if (is_dial(field)) {
            point->x = le_get_i32(at);
            point->y = le_get_i16(at + 4) * MDEG_PER_CDEG;
            at += DIAL_POINT_SIZE;
        } else {
            point->x = le_get_i16(at) * MDEG_PER_CDEG;
            point->y = le_get_u16(at + 2) * NS_PER_PULSE_UNIT;
            at += DIAL_SERVO_POINT_SIZE;
        }
    }
    return 0;
}

static void build_points(const struct field *field, const struct curve *curve, uint8_t *bytes)
{
    uint8_t *at = bytes + field->at;
    bytes[field->detail] = curve->count;
    for (unsigned i = 0; i < curve->count; i++) {
        const struct curve_point *point = &curve->point[i];
        if (is_dial(field)) {
            le_put_i32(at, point->x);
            le_put_i16(at + 4, (int16_t)(point->y / MDEG_PER_CDEG));
            at += DIAL_POINT_SIZE;
        } else {
            le_put_i16(at, (int16_t)(point->x / MDEG_PER_CDEG));
            le_put_u16(at + 2, (uint16_t)(point->y / NS_PER_PULSE_UNIT));
            at += DIAL_SERVO_POINT_SIZE;
        }
    }
}

/* ---- raw values that are none ---- */

static int parse_ranges(struct source_range *range, unsigned count, const uint8_t *bytes)
{
    if (count > SOURCE_INVALID_MAX) {
        return GAUGE_ERR_INVALID;
    }
    for (; count > 0; count--, range++, bytes += SOURCE_RANGE_SIZE) {
        *range = (struct source_range){le_get_u32(bytes), le_get_u32(bytes + 4)};
    }
    return 0;
}

static void build_ranges(const struct source_range *range, unsigned count, uint8_t *bytes)
{
    for (; count > 0; count--, range++, bytes += SOURCE_RANGE_SIZE) {
        le_put_u32(bytes, range->lo);
        le_put_u32(bytes + 4, range->hi);
    }
}

/* ---- any ---- */

static void put_u32(void *member, uint32_t value)
{
    memcpy(member, &value, sizeof value);
}

int field_parse(const struct field *field, void *to, const uint8_t *bytes)
{
    uint8_t *member = (uint8_t *)to + field->offset;
    const uint8_t *at = bytes + field->at;
    uint16_t half;
    bool is_set;
    double number;
    switch (field->type) {
    case FIELD_U8:
        *member = *at;
        return 0;
    case FIELD_U16:
        half = le_get_u16(at);
        memcpy(member, &half, sizeof half);
        return 0;
    case FIELD_32:
        put_u32(member, le_get_u32(at));
        return 0;
    case FIELD_F64:
        number = le_get_f64(at);
        memcpy(member, &number, sizeof number);
        return 0;
    case FIELD_BIT:
        is_set = *at >> field->detail & 1u;
        memcpy(member, &is_set, sizeof is_set);
        return 0;
    case FIELD_ENUM: /* all our machines are little-endian */
        memset(member, 0, field->detail);
        *member = *at;
        return 0;
    case FIELD_CDEG:
        put_u32(member, (uint32_t)(le_get_i16(at) * MDEG_PER_CDEG));
        return 0;
    case FIELD_DECI:
        half = le_get_u16(at);
        put_u32(member, half == 0 ? INT32_MAX : (uint32_t)((half - DECI_ZERO) * MILLI_PER_DECI));
        return 0;
    case FIELD_APART:
        half = (uint8_t)(*at + field->detail);
        memcpy(member, &half, sizeof half);
        return 0;
    case FIELD_NAME:
        memcpy(member, at, RECORD_NAME_MAX);
        member[RECORD_NAME_MAX] = '\0';
        return 0;
    case FIELD_RANGES:
        return parse_ranges((void *)member, *(member - field->detail), at);
    case FIELD_CONDITIONS:
        return record_parse_conditions((void *)member, at);
    default:
        return parse_points(field, (void *)member, bytes);
    }
}

int32_t field_number(const struct field *field, const void *from)
{
    const uint8_t *member = (const uint8_t *)from + field->offset;
    uint32_t value = 0;
    uint16_t half;
    switch (field->type) {
    case FIELD_32:
    case FIELD_CDEG:
    case FIELD_DECI:
        memcpy(&value, member, sizeof value);
        return (int32_t)value;
    case FIELD_U16:
    case FIELD_APART:
        memcpy(&half, member, sizeof half);
        return half;
    case FIELD_U8:
    case FIELD_BIT:
    case FIELD_ENUM:
        return *member;
    default:
        return 0;
    }
}

void field_build(const struct field *field, const void *from, uint8_t *bytes)
{
    const uint8_t *member = (const uint8_t *)from + field->offset;
    const int32_t number = field_number(field, from);
    uint8_t *at = bytes + field->at;
    double factor;
    switch (field->type) {
    case FIELD_U8:
    case FIELD_ENUM:
        *at = (uint8_t)number;
        break;
    case FIELD_U16:
        le_put_u16(at, (uint16_t)number);
        break;
    case FIELD_32:
        le_put_i32(at, number);
        break;
    case FIELD_F64:
        memcpy(&factor, member, sizeof factor);
        le_put_f64(at, factor);
        break;
    case FIELD_BIT:
        *at |= (uint8_t)(number << field->detail);
        break;
    case FIELD_CDEG:
        le_put_i16(at, (int16_t)(number / MDEG_PER_CDEG));
        break;
    case FIELD_DECI:
        le_put_u16(at, number == INT32_MAX ? 0 : (uint16_t)(number / MILLI_PER_DECI + DECI_ZERO));
        break;
    case FIELD_APART:
        *at = (uint8_t)(number - field->detail);
        break;
    case FIELD_NAME:
        memcpy(at, member, strlen((const char *)member));
        break;
    case FIELD_RANGES:
        build_ranges((const void *)member, *(member - field->detail), at);
        break;
    case FIELD_CONDITIONS:
        record_build_conditions((const void *)member, at);
        break;
    default:
        build_points(field, (const void *)member, bytes);
        break;
    }
}
