/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Whose car the log is from. Makes use the same identifiers for different things, so one place that fits says little:
 * the make with more such places is believed, and what others have there is not.
 */
#ifndef FIND_MAKE_H
#define FIND_MAKE_H

#include "find/bus.h"
#include "find/known.h"

#define FIND_KNOWN_MAX 64

struct find_votes {
    unsigned
        fits[FIND_KNOWN_MAX]; /* by row: 0 nothing there, 1 a value that fits, 2 one that moves */
    unsigned votes[FIND_KNOWN_MAX]; /* of all rows of its makes */
};

struct find_votes find_vote(const struct find_bus *bus);

/* Do other makes have clearly more places in this log? */
bool find_is_outvoted(const struct find_votes *votes, const struct find_known *known);

#endif
