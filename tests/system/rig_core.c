/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/system/rig_parts.h"

#include "core/record.h"
#include "core/telemetry.h"
#include "formats/image/image.h"
#include "formats/profile/profile.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

static_assert(RIG_RECORD_SIZE == RECORD_SIZE, "a record's size");
static_assert(RIG_DIALS == GAUGE_DIALS_MAX, "dials");
static_assert((int)RIG_BOOT == (int)GAUGE_BOOT && (int)RIG_FAULT == (int)GAUGE_FAULT, "states");

bool rig_record(const char *profile, bool active, uint8_t record[RIG_RECORD_SIZE], char *error,
                size_t error_size)
{
    struct record parsed;
    if (!profile_load(profile, &parsed, error, error_size)) {
        return false;
    }
    if (active) {
        parsed.mode = RECORD_ACTIVE;
    }
    if (record_build(&parsed, record, RIG_RECORD_SIZE) != 0) {
        snprintf(error, error_size, "%s: makes no record", profile);
        return false;
    }
    return true;
}

bool rig_parse_line(const char *text, size_t length, struct rig_line *line)
{
    struct telemetry_line told;
    if (telemetry_parse(&told, text, length) != 0) {
        return false;
    }
    const struct telemetry_dial *dial = &told.dial[0];
    *line = (struct rig_line){
        .seq = told.seq,
        .time_us = told.time_us,
        .pulse_ns = dial->pulse_ns,
        .state = (enum rig_state)dial->state,
        .warn = dial->warn,
        .has_frame = dial->has_frame,
        .frame_milli = dial->frame_milli,
        .shown_milli = dial->shown_milli,
        .needle_mdeg = dial->needle_mdeg,
        .dial_count = told.dial_count,
    };
    for (unsigned i = 0; i < told.dial_count; i++) {
        const struct telemetry_dial *from = &told.dial[i];
        line->dial[i] = (struct rig_dial){
            .pulse_ns = from->pulse_ns,
            .state = (enum rig_state)from->state,
            .warn = from->warn,
            .has_frame = from->has_frame,
            .frame_milli = from->frame_milli,
            .shown_milli = from->shown_milli,
            .needle_mdeg = from->needle_mdeg,
        };
    }
    return true;
}

bool rig_load_image(struct board *board, const char *path, char *error, size_t error_size)
{
    struct image *image = image_load(path, error, error_size);
    bool fits = image != NULL;
    if (image == NULL) {
        return false;
    }
    for (size_t i = 0; fits && i < image_segment_count(image); i++) {
        const struct image_segment *segment = image_segment(image, i);
        fits = board_load(board, segment->address, segment->bytes, segment->length) == 0;
    }
    if (!fits) {
        snprintf(error, error_size, "%s: does not fit the flash", path);
    }
    image_free(image);
    return fits;
}

bool rig_is_in(const char *elf, uint32_t pc, const char *function)
{
    char error[512];
    uint32_t offset;
    struct image *image = image_load(elf, error, sizeof error);
    const char *name = image == NULL ? NULL : image_function(image, pc, &offset);
    const bool is_there = name != NULL && strcmp(name, function) == 0;
    image_free(image);
    return is_there;
}

uint32_t rig_function_size(const char *elf, const char *function)
{
    char error[512];
    struct image *image = image_load(elf, error, sizeof error);
    uint32_t size = 0;
    for (size_t i = 0; image != NULL && i < image_segment_count(image); i++) {
        const struct image_segment *segment = image_segment(image, i);
        for (uint32_t at = 0; at < segment->length; at += 2) {
            uint32_t offset;
            const char *name = image_function(image, segment->address + at, &offset);
            size += name != NULL && strcmp(name, function) == 0 ? 2 : 0;
        }
    }
    image_free(image);
    return size;
}
