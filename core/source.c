/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "core/source.h"

#include "core/round.h"

static bool matches(const struct source_broadcast *source, const struct can_frame *frame)
{
    return frame->extended == source->extended && !frame->remote &&
           ((frame->id ^ source->id) & source->id_mask) == 0;
}

static bool is_invalid(const struct source_broadcast *source, uint64_t raw)
{
    for (unsigned i = 0; i < source->invalid_count; i++) {
        if (raw >= source->invalid[i].lo && raw <= source->invalid[i].hi) {
            return true;
        }
    }
    return false;
}

/*
 * The M7's FPU converts 32-bit integers only; two halves spare the library's 64-bit routines. The upper
 * half carries the sign, both halves are exact, so the sum is rounded once, as a conversion would be.
 */
static double raw_to_double(const struct source_broadcast *source, uint64_t raw)
{
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

enum source_result source_read(const struct source_config *config, const struct can_frame *frame,
                               struct source_reading *reading)
{
    const struct source_broadcast *source = &config->broadcast;
    if (config->kind != SOURCE_BROADCAST || !matches(source, frame)) {
        return SOURCE_NO_MATCH;
    }
    if (signal_bits_extract(&source->bits, frame->data, frame->len, &reading->raw) != 0) {
        return SOURCE_SHORT;
    }
    if (is_invalid(source, reading->raw)) {
        return SOURCE_INVALID;
    }
    reading->value_milli = source_value_milli(source, reading->raw);
    return SOURCE_VALUE;
}
