/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "find/field.h"

#define START_FRAMES                                                                               \
    4 /* garbage of a control unit that boots (a Hyundai Kona sends one such frame) */
#define START_JUMP 8
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

static void take_step(struct find_field *field, uint16_t raw, struct find_jumps jumps)
{
    int step = raw - field->last;
    uint16_t size = (uint16_t)(step < 0 ? -step : step);
    int8_t direction = step < 0 ? -1 : 1;
    if (step == 0 || field->is_new_log) {
        return;
    }
    if (field->was_gone) {
        field->leaps += size > LEAP;
        return;
    }
    field->changes++;
    count_carries(field, direction, jumps);
    field->reversals += field->direction != 0 && field->direction != direction;
    field->direction = direction;
    field->way = field->way > UINT32_MAX - size ? UINT32_MAX : field->way + size;
    field->step_max = size > field->step_max ? size : field->step_max;
}

void find_field_add(struct find_field *field, uint16_t raw, bool wide, struct find_jumps jumps,
                    uint64_t time_ns)
{
    if (is_sentinel(raw, wide)) {
        field->sentinels++;
        field->gaps += field->count > 0 && !field->was_gone;
        field->was_gone = true;
        return;
    }
    int jump = raw > field->last ? raw - field->last : field->last - raw;
    if (field->count == 0 || (field->count < START_FRAMES && jump > START_JUMP && !wide)) {
        start(field, raw, time_ns);
        return;
    }
    take_step(field, raw, jumps);
    field->was_gone = false;
    field->is_new_log = false;
    field->count++;
    field->last = raw;
    field->last_ns = time_ns;
    field->low = raw < field->low ? raw : field->low;
    field->high = raw > field->high ? raw : field->high;
    add_sample(field, raw);
}

void find_field_break(struct find_field *field)
{
    field->is_new_log = true;
}
