/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CORE_READING_H
#define CORE_READING_H

#include <stdbool.h>
#include <stdint.h>

/* What all kinds of source have in common. */

#define SOURCE_INVALID_MAX 4

/* Raw values lo..hi, both included, compared with the field's bits taken as unsigned. */
struct source_range {
    uint32_t lo;
    uint32_t hi;
};

enum source_result {
    SOURCE_NO_MATCH, /* not our frame */
    SOURCE_VALUE,    /* value_milli holds it */
    SOURCE_INVALID,  /* our frame says "no value": a raw value from the invalid ranges */
    SOURCE_SHORT,    /* our identifier, but the payload is too short to hold the signal */
};

struct source_reading {
    uint64_t raw;        /* set for SOURCE_VALUE and SOURCE_INVALID */
    int32_t value_milli; /* m°C, rounded to nearest and clamped to the type; set for SOURCE_VALUE */
    bool not_fitted;     /* for SOURCE_INVALID: the car has no such sensor, it says */
    bool substitute;     /* the coolant's, where the oil's was asked for; set by requests only */
};

#endif
