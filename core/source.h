/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CORE_SOURCE_H
#define CORE_SOURCE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/condition.h"
#include "core/frame.h"
#include "core/obd.h"
#include "core/reading.h"
#include "core/signal_bits.h"
#include "core/uds.h"

/*
 * How the value is obtained: KIND(NAME, number in the record, name). 3 is reserved for J1939, which a profile compiles to
 * a broadcast under a mask. What a kind does: core/source_ops.h.
 */
#define SOURCE_KINDS(KIND)                                                                         \
    KIND(BROADCAST, 0, broadcast)                                                                  \
    KIND(OBD2, 1, obd2)                                                                            \
    KIND(UDS, 2, uds)

#define SOURCE_KIND_NUMBER(NAME, number, name) SOURCE_##NAME = number,
enum source_kind { SOURCE_KINDS(SOURCE_KIND_NUMBER) SOURCE_J1939 = 3 };

/* A signal the car sends by itself. value = raw * scale + offset, in °C. */
struct source_broadcast {
    uint32_t id;
    uint32_t
        id_mask; /* a frame is ours if it agrees with id in these bits; 0x7FF: all of 11 bits */
    bool extended;
    bool is_signed;
    bool is_float; /* raw is IEEE 754, 32 or 64 bits; NaN and infinities are no value */
    struct signal_bits bits;
    uint8_t invalid_count;
    struct source_range invalid[SOURCE_INVALID_MAX];
    uint8_t not_fitted; /* bit i: invalid[i] means that the car has no such sensor */
    double scale;
    double offset;
    struct condition condition[CONDITION_MAX]; /* pages of the frame, validity bits */
};

struct source_config {
    enum source_kind kind;
    struct source_broadcast broadcast; /* of these, the one that `kind` names */
    struct source_obd2 obd2;
    struct source_uds uds;
};

/* Must the car be asked for it? Then core/request.h reads it, and source_read never matches. */
bool source_is_asked(const struct source_config *config);

/* What `frame` says about the source. Pure; *reading is written only as stated above. */
enum source_result source_read(const struct source_config *config, const struct can_frame *frame,
                               struct source_reading *reading);

/* One raw step in milli-units, rounded up, of any kind of source. */
int32_t source_step_milli(const struct source_config *config);

/* The value of a raw field, as source_read computes it. */
int32_t source_value_milli(const struct source_broadcast *source, uint64_t raw);

#endif
