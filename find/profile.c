/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "find/profile.h"

#include "find/print.h"

#include <math.h>

#define CLASSIC_BYTES 8
#define CYCLES_MISSED 10.0 /* so many frames late the value is stale */
#define TIMEOUT_MIN_S 1.0
#define TIMEOUT_MAX_S 30.0

static double timeout_s(const struct find_field *field)
{
    double time = (double)(field->last_ns - field->first_ns) / 1e9;
    double cycle = field->count > 1 ? time / (field->count - 1.0) : 0;
    return fmin(fmax(ceil(cycle * CYCLES_MISSED), TIMEOUT_MIN_S), TIMEOUT_MAX_S);
}

/* What else the raw values may mean: the log cannot tell, the driver can. */
static void write_others(const struct find_candidate *candidate, FILE *file)
{
    const struct find_field *field = candidate->field;
    for (int i = 0; i < candidate->other_count; i++) {
        const struct find_layout *other = &candidate->others[i];
        fprintf(file, "#   scale: %.9g, offset: %.9g would make it %.4g to %.4g °C\n", other->scale,
                other->offset, find_celsius(other, field->low), find_celsius(other, field->high));
    }
}

static void write_head(const struct find_candidate *candidate, FILE *file)
{
    const struct find_field *field = candidate->field;
    fprintf(file,
            "# Found in a recorded log by candial find: 0x%X byte %d, %.4g to %.4g °C there.\n"
            "# Compare with the car's own display, or with an OBD reader, before you trust it:\n"
            "# a log does not show the offset.\n",
            (unsigned)candidate->message->id, candidate->byte,
            find_celsius(&candidate->layout, field->low),
            find_celsius(&candidate->layout, field->high));
    write_others(candidate, file);
}

bool find_write_profile(const struct find_candidate *candidate, FILE *file)
{
    char line[FIND_LINE_MAX];
    bool is_fd = candidate->message->whole.length > CLASSIC_BYTES;
    find_profile_line(candidate, line);
    write_head(candidate, file);
    fprintf(file,
            "# A log does not show the bit rate either: %s.\n"
            "name: Found in a log\n"
            "can: {%s, mode: listen-only}\n"
            "dials:\n"
            "  - source:\n"
            "      %s\n"
            "    timeout: %gs\n"
            "    plausible: {min: -45, max: 180, max_slope: 5}\n"
            "    dial: [[50, 0], [90, 90], [150, 180]]\n"
            "    servo: {pulse: [[-10, 500], [0, 600], [180, 2400]], park: -10, period: 20ms}\n"
            "    needle: {damping: 0.6s, max_rate: 300}\n"
            "    warn: {high: 130}\n",
            is_fd ? "correct these two" : "the board finds it by listening",
            is_fd ? "bitrate: 500k, fd: {data_bitrate: 2M}" : "bitrate: auto", line,
            timeout_s(candidate->field));
    return ferror(file) == 0;
}
