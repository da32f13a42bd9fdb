/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Places where some cars have their oil and coolant temperature. The same identifier means other things elsewhere. */
#ifndef FIND_KNOWN_H
#define FIND_KNOWN_H

#include "find/bus.h"

/* Temperature in °C = raw * scale + offset. */
struct find_layout {
    double scale;
    double offset;
};

struct find_known {
    uint32_t id;
    bool extended;
    uint8_t byte;
    enum find_shape shape;
    bool is_oil;
    bool is_aftermarket; /* a control unit whose identifiers others use as well */
    struct find_layout layout;
    const char *car;
};

/* What is known of this place: the `index`-th row about it, or NULL. */
const struct find_known *find_known(uint32_t id, bool extended, int byte, enum find_shape shape,
                                    int index);

/* All rows, one after the other, and the place of one among them. */
size_t find_known_count(void);
const struct find_known *find_known_row(size_t index);
size_t find_known_index(const struct find_known *known);

/* Is the row about this identifier? */
bool find_known_is_about(const struct find_known *known, uint32_t id, bool extended);

#endif
