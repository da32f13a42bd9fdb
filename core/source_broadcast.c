/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* A signal the car sends by itself. */
#include <float.h>
#include <stddef.h>
#include <string.h>

#include "core/err.h"
#include "core/record_layout.h"
#include "core/round.h"
#include "core/source_ops.h"

static bool matches(const struct source_broadcast *source, const struct can_frame *frame)
{
    return frame->extended == source->extended && !frame->remote &&
           ((frame->id ^ source->id) & source->id_mask) == 0;
}

/* Also says in *reading whether that is because there is no sensor. */
static bool is_invalid(const struct source_broadcast *source, struct source_reading *reading)
{
    const uint64_t raw = reading->raw;
    for (unsigned i = 0; i < source->invalid_count; i++) {
        if (raw >= source->invalid[i].lo && raw <= source->invalid[i].hi) {
            reading->not_fitted = source->not_fitted >> i & 1u;
            return true;
        }
    }
    return false;
}

static double float_to_double(const struct source_broadcast *source, uint64_t raw)
{
    float single;
    double number;
    uint32_t half = (uint32_t)raw;
    if (source->bits.length_bits == 32) {
        memcpy(&single, &half, sizeof(single));
        return (double)single;
    }
    memcpy(&number, &raw, sizeof(number));
    return number;
}

/* NaN fails every comparison. */
static bool is_number(const struct source_broadcast *source, uint64_t raw)
{
    if (!source->is_float) {
        return true;
    }
    double number = float_to_double(source, raw);
    return number >= -DBL_MAX && number <= DBL_MAX;
}

/*
 * The M7's FPU converts 32-bit integers only; two halves spare the library's 64-bit routines. The upper
 * half carries the sign, both halves are exact, so the sum is rounded once, as a conversion would be.
 */
static double raw_to_double(const struct source_broadcast *source, uint64_t raw)
{
    if (source->is_float) {
        return float_to_double(source, raw);
    }
    if (!source->is_signed) {
        return (double)(uint32_t)(raw >> 32) * 4294967296.0 + (double)(uint32_t)raw;
    }
    int64_t number = signal_bits_signed(raw, source->bits.length_bits);
    return (double)(int32_t)(number >> 32) * 4294967296.0 + (double)(uint32_t)number;
}

int32_t source_value_milli(const struct source_broadcast *source, uint64_t raw)
{
    double value = raw_to_double(source, raw) * source->scale + source->offset;
    return round_i32(value * 1000.0);
}

/* What a condition's answer means for the frame; `failed` is for one that does not hold. */
static enum source_result judge(const struct source_broadcast *source,
                                const struct can_frame *frame, enum condition_role role,
                                enum source_result failed)
{
    switch (conditions_check(source->condition, role, frame)) {
    case CONDITION_HOLDS:
        return SOURCE_VALUE;
    case CONDITION_FAILS:
        return failed;
    default:
        return SOURCE_SHORT;
    }
}

static enum source_result read_frame(const struct source_config *config,
                                     const struct can_frame *frame, struct source_reading *reading)
{
    const struct source_broadcast *source = &config->broadcast;
    if (!matches(source, frame)) {
        return SOURCE_NO_MATCH;
    }
    reading->not_fitted = false;
    enum source_result result = judge(source, frame, CONDITION_PAGE, SOURCE_NO_MATCH);
    if (result != SOURCE_VALUE) {
        return result;
    }
    if (signal_bits_extract(&source->bits, frame->data, frame->len, &reading->raw) != 0) {
        return SOURCE_SHORT;
    }
    result = judge(source, frame, CONDITION_VALID, SOURCE_INVALID);
    if (result != SOURCE_VALUE) {
        return result;
    }
    if (!is_number(source, reading->raw) || is_invalid(source, reading)) {
        return SOURCE_INVALID;
    }
    reading->value_milli = source_value_milli(source, reading->raw);
    return SOURCE_VALUE;
}

static int32_t step_milli(const struct source_config *config)
{
    return round_i32(magnitude(config->broadcast.scale) * 1000.0 + 0.5);
}

static unsigned list_ids(const struct source_config *config, enum source_ids_use use,
                         struct request_ids *ids, unsigned count)
{
    const struct source_broadcast *source = &config->broadcast;
    return use == SOURCE_IDS_SEND
               ? count
               : request_id_add(ids, count, source->id, source->id_mask, source->extended);
}

/* A float has one of two lengths and a sign of its own. */
static bool is_good_float(const struct source_broadcast *source)
{
    unsigned length = source->bits.length_bits;
    return !source->is_float || (!source->is_signed && (length == 32 || length == 64));
}

static int check(const struct record *record, const struct source_config *config)
{
    const struct source_broadcast *source = &config->broadcast;
    const bool is_fd = record->fd_data_bitrate_bps != 0;
    uint32_t id_max = source->extended ? CAN_ID_EXTENDED_MAX : CAN_ID_STANDARD_MAX;
    if (source->id > id_max || source->id_mask > id_max || source->id_mask == 0) {
        return GAUGE_ERR_ID;
    }
    int span = signal_bits_span(&source->bits);
    if (span < 0 || (!is_fd && span > 8) || !is_good_float(source) ||
        !conditions_are_good(source->condition, is_fd)) {
        return GAUGE_ERR_SIGNAL;
    }
    int err = source_check_ranges(source->invalid, source->invalid_count);
    if (err == 0 && source->not_fitted >> source->invalid_count != 0) {
        err = GAUGE_ERR_INVALID; /* about a range that is not there */
    }
    return err != 0 ? err : source_check_factors(source->scale, source->offset);
}

#define FIELD(type, at, detail, member)                                                            \
    {                                                                                              \
        type, at, detail, offsetof(struct source_broadcast, member)                                \
    }
#define TO_COUNT                                                                                   \
    (offsetof(struct source_broadcast, invalid) - offsetof(struct source_broadcast, invalid_count))

static const struct field fields[] = {
    FIELD(FIELD_32, SOURCE_ID, 0, id),
    FIELD(FIELD_32, SOURCE_ID_MASK, 0, id_mask),
    FIELD(FIELD_BIT, SOURCE_FLAGS, SOURCE_BIT_EXTENDED, extended),
    FIELD(FIELD_BIT, SOURCE_FLAGS, SOURCE_BIT_MOTOROLA, bits.motorola),
    FIELD(FIELD_BIT, SOURCE_FLAGS, SOURCE_BIT_SIGNED, is_signed),
    FIELD(FIELD_BIT, SOURCE_FLAGS, SOURCE_BIT_FLOAT, is_float),
    FIELD(FIELD_U8, SOURCE_LENGTH_BITS, 0, bits.length_bits),
    FIELD(FIELD_U16, SOURCE_START_BIT, 0, bits.start_bit),
    FIELD(FIELD_U8, SOURCE_INVALID_COUNT, 0, invalid_count),
    FIELD(FIELD_U8, SOURCE_NOT_FITTED, 0, not_fitted),
    FIELD(FIELD_F64, SOURCE_SCALE, 0, scale),
    FIELD(FIELD_F64, SOURCE_OFFSET, 0, offset),
    FIELD(FIELD_RANGES, SOURCE_INVALIDS, TO_COUNT, invalid),
    FIELD(FIELD_CONDITIONS, SOURCE_CONDITIONS, 0, condition),
};

const struct source_ops source_broadcast_ops = {
    .offset = offsetof(struct source_config, broadcast),
    .fields = fields,
    .field_count = sizeof fields / sizeof fields[0],
    .check = check,
    .step_milli = step_milli,
    .list_ids = list_ids,
    .read = read_frame,
};
