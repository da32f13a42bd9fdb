/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "find/field.h"

#include <stddef.h>

#define START_FRAMES                                                                               \
    4 /* garbage of a control unit that boots (a Hyundai Kona sends one such frame) */
#define START_JUMP 8
#define CLOCK_PAUSES_MIN 8
#define CLOCK_SPREAD 0.1 /* of the mean: a tick is seen in the frame behind it */
#define CLOCK_OFF 0.01
#define LEAP 4 /* by so much a temperature may have changed while it was not sent */

/* 253..255 and 0 are 192 °C and -60 °C at most, whatever the offset; they mean no value in all cars we know. */
static bool is_sentinel(uint16_t raw, bool wide)
{
    return raw == 0 || raw >= (wide ? 0xFD00 : 0xFD);
}

static void add_sample(struct find_field *field, uint16_t raw)
{
    if (field->stride == 0) {
        field->stride = 1;
    }
    if ((field->count - 1) % field->stride != 0) {
        return;
    }
    if (field->sample_count == FIND_SAMPLES) {
        for (int i = 0; i < FIND_SAMPLES / 2; i++) {
            field->samples[i] = field->samples[2 * i];
        }
        field->sample_count = FIND_SAMPLES / 2;
        field->stride *= 2;
        if ((field->count - 1) % field->stride != 0) {
            return;
        }
    }
    field->samples[field->sample_count++] = raw;
}

static void start(struct find_field *field, uint16_t raw, uint64_t time_ns)
{
    uint32_t sentinels = field->sentinels;
    uint32_t early = field->count == 0 ? sentinels : field->early_sentinels;
    *field = (struct find_field){
        .sentinels = sentinels,
        .early_sentinels = early,
        .count = 1,
        .first = raw,
        .last = raw,
        .low = raw,
        .high = raw,
        .first_ns = time_ns,
        .last_ns = time_ns,
        .log_first = raw,
        .log_frames = 1,
        .logs = 1,
    };
    add_sample(field, raw);
}

/* A lower half falls when the upper one rises by one, and the other way round. */
static void count_carries(struct find_field *field, int8_t direction, struct find_jumps jumps)
{
    for (int i = 0; i < 2; i++) {
        field->carries[i] += jumps.side[i] == -direction;
    }
}

static void take_pause(struct find_field *field, uint64_t time_ns)
{
    if (field->last_change_ns != 0) {
        double pause = (double)(time_ns - field->last_change_ns) / 1e9;
        field->pauses++;
        field->pause_sum_s += pause;
        field->pause_square_sum_s2 += pause * pause;
    }
    field->last_change_ns = time_ns;
}

static void take_step(struct find_field *field, uint16_t raw, struct find_jumps jumps,
                      uint64_t time_ns)
{
    int step = raw - field->last;
    uint16_t size = (uint16_t)(step < 0 ? -step : step);
    int8_t direction = step < 0 ? -1 : 1;
    if (step == 0) {
        return;
    }
    if (field->was_gone) {
        field->leaps += size > LEAP;
        field->last_change_ns = 0;
        return;
    }
    take_pause(field, time_ns);
    field->changes++;
    count_carries(field, direction, jumps);
    field->reversals += field->direction != 0 && field->direction != direction;
    field->direction = direction;
    field->way = field->way > UINT32_MAX - size ? UINT32_MAX : field->way + size;
    field->step_max = size > field->step_max ? size : field->step_max;
}

/* The first value of a further log: what came before is another time. */
static void begin_log(struct find_field *field, uint16_t raw)
{
    field->is_new_log = false;
    field->was_gone = false;
    field->logs = (uint16_t)(field->logs + (field->logs < UINT16_MAX));
    field->log_first = raw;
    field->log_frames = 1;
    field->direction = 0;
    field->last_change_ns = 0;
}

/* A control unit's garbage while it boots is none of the log's values; the first log begins anew (start). */
static bool is_garbage_before(const struct find_field *field, uint16_t raw, bool wide)
{
    int jump = raw > field->last ? raw - field->last : field->last - raw;
    return field->log_frames < START_FRAMES && jump > START_JUMP && !wide;
}

static void take_value(struct find_field *field, uint16_t raw, uint64_t time_ns)
{
    field->count++;
    field->log_frames = (uint16_t)(field->log_frames + (field->log_frames < START_FRAMES));
    field->last = raw;
    field->last_ns = time_ns;
    if (field->logs == 1 || field->log_frames >= START_FRAMES) {
        field->low = raw < field->low ? raw : field->low;
        field->high = raw > field->high ? raw : field->high;
    }
    add_sample(field, raw);
}

void find_field_add(struct find_field *field, uint16_t raw, bool wide, struct find_jumps jumps,
                    uint64_t time_ns)
{
    if (is_sentinel(raw, wide)) {
        field->sentinels++;
        field->gaps += field->count > 0 && !field->was_gone && !field->is_new_log;
        field->was_gone = true;
        return;
    }
    bool is_first_log = field->logs <= 1 && !field->is_new_log;
    if (field->count == 0 || (is_first_log && is_garbage_before(field, raw, wide))) {
        start(field, raw, time_ns);
        return;
    }
    if (field->is_new_log || (!is_first_log && is_garbage_before(field, raw, wide))) {
        field->logs = (uint16_t)(field->logs - !field->is_new_log);
        begin_log(field, raw);
    } else {
        take_step(field, raw, jumps, time_ns);
    }
    field->was_gone = false;
    take_value(field, raw, time_ns);
}

static int32_t log_rise(const struct find_field *field)
{
    return field->count == 0 || field->is_new_log ? 0 : field->last - field->log_first;
}

int32_t find_field_rise(const struct find_field *field)
{
    return field->rise + log_rise(field);
}

uint32_t find_field_drift(const struct find_field *field)
{
    int32_t rise = log_rise(field);
    return field->drift + (uint32_t)(rise < 0 ? -rise : rise);
}

bool find_field_is_clock(const struct find_field *field)
{
    static const double units_s[] = {0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 10, 60};
    if (field->pauses < CLOCK_PAUSES_MIN || field->reversals > 0 ||
        field->way != (uint64_t)field->step_max * field->changes) {
        return false;
    }
    double mean = field->pause_sum_s / field->pauses;
    double variance = field->pause_square_sum_s2 / field->pauses - mean * mean;
    if (variance > CLOCK_SPREAD * CLOCK_SPREAD * mean * mean) {
        return false;
    }
    for (size_t i = 0; i < sizeof units_s / sizeof *units_s; i++) {
        double off = mean / units_s[i] - 1;
        if (off < CLOCK_OFF && off > -CLOCK_OFF) {
            return true;
        }
    }
    return false;
}

void find_field_break(struct find_field *field)
{
    field->rise = find_field_rise(field);
    field->drift = find_field_drift(field);
    field->is_new_log = true;
    field->was_gone = false;
}
