/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * A bus that was made up: a car that warms up for ten minutes. Temperatures stand where the test says; around them
 * is what a bus is full of: engine speed, counters, checksums, pedals, an odometer, a clock, the air outside.
 */
#ifndef TESTS_DBC_WARM_UP_H
#define TESTS_DBC_WARM_UP_H

#include "find/bus.h"

#define WARM_UP_S 600
#define WARM_UP_ID 0x2A4

/* Where the oil temperature is, and how it is written. */
struct warm_up {
    int byte;
    enum find_shape shape;
    double scale;
    double offset;
    int page;         /* byte 0 is a page number and this is its page; -1: no pages */
    bool has_coolant; /* in the byte, or the bytes, behind it */
    int gone_frames;  /* at the start: all ones */
    double start_c;   /* of the oil and all else */
    double end_c;
};

/* Fills an empty bus. */
void warm_up_fill(struct find_bus *bus, const struct warm_up *car, uint64_t seed);

#endif
