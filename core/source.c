/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "core/source.h"

#include <float.h>
#include <string.h>

#include "core/round.h"

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

int32_t source_step_milli(const struct source_config *config)
{
    switch (config->kind) {
    case SOURCE_OBD2:
        return OBD_STEP_MILLI;
    case SOURCE_UDS:
        return round_i32(magnitude(config->uds.scale) * 1000.0 + 0.5);
    default:
        return round_i32(magnitude(config->broadcast.scale) * 1000.0 + 0.5);
    }
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

enum source_result source_read(const struct source_config *config, const struct can_frame *frame,
                               struct source_reading *reading)
{
    const struct source_broadcast *source = &config->broadcast;
    if (config->kind != SOURCE_BROADCAST || !matches(source, frame)) {
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
