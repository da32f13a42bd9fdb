/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * What the words in a DBC file mean: is this signal the oil's temperature, is that raw value "no value", which
 * unit is "Unit_DegreCelsi"? Guesses from words in several languages; the tables name where each was seen.
 */
#ifndef FORMATS_DBC_MEANING_H
#define FORMATS_DBC_MEANING_H

#include "formats/dbc/dbc.h"

enum dbc_meaning {
    DBC_SOMETHING,
    DBC_OIL_TEMPERATURE,     /* of the engine */
    DBC_COOLANT_TEMPERATURE, /* of the engine */
};

enum temperature_unit {
    UNIT_UNKNOWN, /* none given, or one that may mean anything */
    UNIT_CELSIUS,
    UNIT_KELVIN,
    UNIT_FAHRENHEIT,
    UNIT_OTHER, /* certainly no temperature */
};

enum dbc_meaning dbc_signal_meaning(const struct dbc_signal *signal);

enum temperature_unit dbc_temperature_unit(const char *unit);

/* °C = raw * *scale + *offset, from the same in `unit`. Nothing changes for the unknown. */
void dbc_to_celsius(enum temperature_unit unit, double *scale, double *offset);

/* Does the text of a raw value (VAL_) say that there is no value: "Fault", "SNA", "nicht_verbaut"? */
bool dbc_text_is_invalid(const char *text);

/* Of those, does it say that the car has no such sensor: "nicht_verbaut" and the like? */
bool dbc_text_is_not_fitted(const char *text);

#endif
