/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * What the frames of a log say, signal by signal, in the words of a DBC file or of a profile.
 *
 *     struct decoder *decoder = decoder_for_dbc(dbc, NULL, error, sizeof error);
 *     while (can_log_next(log, &frame) == 1) {
 *         decoder_frame(decoder, &frame, print_value, context);
 *     }
 */
#ifndef FORMATS_DBC_DECODE_H
#define FORMATS_DBC_DECODE_H

#include "core/record.h"
#include "formats/can_log/can_log.h"
#include "formats/dbc/dbc.h"

/* One signal of one frame. */
struct decode_value {
    const struct can_log_frame *frame;
    const char *message;
    const char *signal;
    const char *unit;
    const char *text; /* what the file calls this raw value ("Fault"), or NULL */
    bool is_number;   /* false: there is no value, as "no value" of a profile */
    double value;
    uint64_t raw;
};

typedef void decode_sink(void *context, const struct decode_value *value);

struct decoder;

/*
 * All signals of a DBC file, or those called `signal` ("NAME" or "MESSAGE.NAME"; case does not count). NULL
 * with one line in `error` if there is none of that name. `dbc` must outlive it. Free with decoder_free.
 */
struct decoder *decoder_for_dbc(const struct dbc *dbc, const char *signal, char *error,
                                size_t error_size) __attribute__((warn_unused_result));

/*
 * The dials of a profile, as the firmware reads them; signals are "dial1" to "dial4". Sources that are asked
 * for (OBD-II, UDS) need the answers' reader of the firmware: they are left out, and no other is an error.
 */
struct decoder *decoder_for_record(const struct record *record, const char *signal, char *error,
                                   size_t error_size) __attribute__((warn_unused_result));

/* Gives every value of the frame to `sink`, in the file's order; returns their number. */
unsigned decoder_frame(struct decoder *decoder, const struct can_log_frame *frame,
                       decode_sink *sink, void *context);

/* NULL is allowed. */
void decoder_free(struct decoder *decoder);

#endif
