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

/* The text of a raw value, or NULL. */
const char *dbc_signal_text(const struct dbc_signal *signal, uint64_t raw);

#endif
