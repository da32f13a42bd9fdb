/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What a signal of a DBC file says in a payload, and the other way round. */
#ifndef FORMATS_DBC_SIGNAL_H
#define FORMATS_DBC_SIGNAL_H

#include "formats/dbc/dbc.h"

/*
 * Is the signal in this payload: long enough, and all switches above it on its page? If so, true and the
 * bits in *raw, unsigned.
 */
bool dbc_signal_get(const struct dbc_message *message, const struct dbc_signal *signal,
                    const uint8_t *data, size_t len, uint64_t *raw);

/*
 * Writes the bits, and those of all switches above it so that the signal is there (the lowest value of
 * its first page). False, and nothing is written, if the payload is too short.
 */
bool dbc_signal_put(const struct dbc_message *message, const struct dbc_signal *signal,
                    uint8_t *data, size_t len, uint64_t raw);

/* The raw bits as a number, before scale and offset. */
double dbc_signal_number(const struct dbc_signal *signal, uint64_t raw);

/* The number in the signal's unit. */
double dbc_signal_value(const struct dbc_signal *signal, uint64_t raw);

/* The raw bits that come nearest to a value; what the field cannot hold is clamped to what it can. */
uint64_t dbc_signal_encode(const struct dbc_signal *signal, double value);

/* Do frames carry it whatever their priority and source are, as J1939 has it? */
bool dbc_message_is_j1939(const struct dbc_message *message);

/*
 * What a raw value says that is no number, though the file has no text for it: a float that is none, or the upper
 * values of a J1939 field. NULL: it is a number.
 */
const char *dbc_signal_no_value(const struct dbc_message *message, const struct dbc_signal *signal,
                                uint64_t raw);

/* The text of a raw value, or NULL. */
const char *dbc_signal_text(const struct dbc_signal *signal, uint64_t raw);

#endif
