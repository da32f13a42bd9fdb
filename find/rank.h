/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Which fields of a bus behave like the temperature of an engine's oil or coolant, best first.
 *
 * Such a field is slow: it moves by a degree or two at a time, and upwards while the engine warms. Its value is one
 * that an engine has, under an offset and a factor that cars use. It often stands beside its sibling, and may begin
 * with "no value". A field that only counts, or is the upper half of a faster one, is none.
 */
#ifndef FIND_RANK_H
#define FIND_RANK_H

#include "find/bus.h"
#include "find/known.h"

#define FIND_LAYOUTS_MAX 8

struct find_candidate {
    const struct find_message *message;
    const struct find_page *page; /* the message's whole, or one of its pages */
    const struct find_field *field;
    int byte;
    enum find_shape shape;
    double score;                                /* 0 to 100 */
    struct find_layout layout;                   /* the most plausible one */
    struct find_layout others[FIND_LAYOUTS_MAX]; /* further ones the log allows */
    int other_count;
    const struct find_known *known; /* a car that has a temperature there, and it fits, or NULL */
    int partner;                    /* byte with another such temperature, or -1 */
};

/*
 * Fills `best` with up to `room` candidates, best first; returns their number. `use_known`: a place where some
 * car has its temperature counts more.
 */
size_t find_rank(const struct find_bus *bus, bool use_known, struct find_candidate *best,
                 size_t room);

/* Did nothing change in it, so that nothing but its value speaks for it? */
bool find_is_constant(const struct find_candidate *candidate);

/* Can the field be a temperature at all under this layout? */
bool find_fits(const struct find_field *field, const struct find_layout *layout);

/* °C of a raw value. */
double find_celsius(const struct find_layout *layout, double raw);

#endif
