/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * One field of a frame, a byte or two, watched over a log in constant memory: how often it changes, by how
 * much, in which direction, and some forty of its values for a chart. It knows nothing of temperatures.
 */
#ifndef FIND_FIELD_H
#define FIND_FIELD_H

#include <stdbool.h>
#include <stdint.h>

#define FIND_SAMPLES 80

struct find_field {
    uint32_t count; /* frames with a value */
    uint32_t
        sentinels; /* frames with a raw value that no temperature has: all zeros, or close to all ones */
    uint32_t early_sentinels; /* those before the first value */
    uint32_t changes;
    uint32_t reversals; /* changes against the direction of the one before */
    uint32_t gaps;      /* sentinels after a value, once for each run of them */
    uint32_t leaps;     /* gaps with a quite different value behind them */
    uint32_t
        carries[2]; /* changes at which the byte before, or behind, overflowed: an upper half */
    uint32_t way;   /* sum of all steps */
    uint16_t step_max;
    uint16_t first, last, low, high;
    uint64_t first_ns, last_ns;
    int32_t rise;   /* in all logs together: from each one's first value to its last */
    uint32_t drift; /* the same, whichever way it went in each */
    uint16_t log_first;
    uint16_t log_frames; /* of this log, with a value; counted to a few */
    uint16_t logs;       /* with values */
    uint32_t pauses;     /* times between two changes, see find_field_is_clock */
    uint64_t last_change_ns;
    double pause_sum_s, pause_square_sum_s2;
    int8_t direction; /* of the last change */
    bool was_gone;    /* a sentinel came in between */
    bool is_new_log;  /* the next step does not count */
    uint8_t sample_count;
    uint32_t stride; /* frames a sample */
    uint16_t samples[FIND_SAMPLES];
};

/* How far the bytes on both sides jumped since the frame before: 1 or -1 for half their range or more. */
struct find_jumps {
    int8_t side[2];
};

/* Takes in the field's value in one more frame. `wide`: 16 bits. */
void find_field_add(struct find_field *field, uint16_t raw, bool wide, struct find_jumps jumps,
                    uint64_t time_ns);

/* From each log's first value to its last: all ways added up, and the sum in one direction. */
uint32_t find_field_drift(const struct find_field *field);
int32_t find_field_rise(const struct find_field *field);

/*
 * Does it count time? Equal steps in one direction, as regular as a clock's, and one each second, minute or another
 * round time. Temperatures are neither.
 */
bool find_field_is_clock(const struct find_field *field);

/* What comes next is another log. */
void find_field_break(struct find_field *field);

#endif
