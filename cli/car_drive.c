/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Oil follows the engine slowly: recorded cars warm up by some 1 °C in 10 s and then stay within a few
 * degrees; a hard drive brings 130 °C. Points of the drive are joined by straight lines.
 */
#include "cli/car_drive.h"

#include "core/curve.h"
#include "core/signal_bits.h"

#include <math.h>
#include <string.h>

#define FRAME_PERIOD_MS 100u

/* Time in ms -> m°C. */
static const struct curve oil = {
    .count = 9,
    .point = {{0, 18000},
              {20000, 19000},
              {240000, 70000},
              {420000, 92000},
              {540000, 97000},
              {660000, 132000},
              {720000, 134000},
              {840000, 104000},
              {900000, 98000}},
};

int32_t car_drive_oil_milli(uint32_t time_ms)
{
    /* Not monotone, so each stretch is a curve of its own. */
    for (int i = 1; i < oil.count; i++) {
        if ((int32_t)time_ms <= oil.point[i].x) {
            const struct curve stretch = {.count = 2, .point = {oil.point[i - 1], oil.point[i]}};
            return curve_at(&stretch, (int32_t)time_ms);
        }
    }
    return oil.point[oil.count - 1].y;
}

void car_drive_init(struct car_drive *drive, const struct record *record)
{
    *drive = (struct car_drive){.record = record};
}

static bool is_invalid(const struct source_broadcast *source, uint64_t raw)
{
    for (int i = 0; i < source->invalid_count; i++) {
        if (raw >= source->invalid[i].lo && raw <= source->invalid[i].hi) {
            return true;
        }
    }
    return false;
}

/* The raw value that comes nearest, within what the field holds. */
static uint64_t raw_of(const struct source_broadcast *source, int32_t value_milli)
{
    double raw = round((value_milli / 1e3 - source->offset) / source->scale);
    double limit = ldexp(1, source->bits.length_bits - (source->is_signed ? 1 : 0)) - 1;
    raw = fmin(fmax(raw, source->is_signed ? -limit - 1 : 0), limit);
    uint64_t bits = (uint64_t)llround(raw);
    while (is_invalid(source, bits)) {
        bits--;
    }
    return bits;
}

bool car_drive_next(void *context, struct can_log_frame *frame)
{
    struct car_drive *drive = context;
    uint32_t dials = drive->record->dial_count;
    uint32_t time_ms = (uint32_t)(drive->count / dials) * FRAME_PERIOD_MS;
    const struct gauge_config *dial = &drive->record->dial[drive->count % dials];
    const struct source_broadcast *source = &dial->source.broadcast;
    if ((int32_t)time_ms > oil.point[oil.count - 1].x) {
        return false;
    }
    *frame = (struct can_log_frame){
        .time_ns = UINT64_C(1000000) * time_ms,
        .id = source->id,
        .extended = source->extended,
    };
    int span = signal_bits_span(&source->bits);
    frame->fd = span > 8;
    frame->len = span <= 8 ? 8 : CAN_LOG_DATA_MAX;
    uint64_t raw = raw_of(source, car_drive_oil_milli(time_ms));
    drive->count++;
    return signal_bits_insert(&source->bits, frame->data, frame->len, raw) == 0;
}
