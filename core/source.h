/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CORE_SOURCE_H
#define CORE_SOURCE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/frame.h"
#include "core/signal_bits.h"

#define SOURCE_INVALID_MAX 4

/* How the value is obtained; the numbers are those of the record. */
enum source_kind {
    SOURCE_BROADCAST = 0,
    SOURCE_OBD2 = 1,
    SOURCE_UDS = 2,
    SOURCE_J1939 = 3,
};

/* Raw values lo..hi, both included, compared with the field's bits taken as unsigned. */
struct source_range {
    uint32_t lo;
    uint32_t hi;
};

/* A signal the car sends by itself. value = raw * scale + offset, in °C. */
struct source_broadcast {
    uint32_t id;
    uint32_t
        id_mask; /* a frame is ours if it agrees with id in these bits; 0x7FF: all of 11 bits */
    bool extended;
    bool is_signed;
    struct signal_bits bits;
    uint8_t invalid_count;
    struct source_range invalid[SOURCE_INVALID_MAX];
    double scale;
    double offset;
};

struct source_config {
    enum source_kind kind; /* SOURCE_BROADCAST is the one this version reads */
    struct source_broadcast broadcast;
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
};

/* What `frame` says about the source. Pure; *reading is written only as stated above. */
enum source_result source_read(const struct source_config *config, const struct can_frame *frame,
                               struct source_reading *reading);

/* The value of a raw field, as source_read computes it. */
int32_t source_value_milli(const struct source_broadcast *source, uint64_t raw);

#endif
