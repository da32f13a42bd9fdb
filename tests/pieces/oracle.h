/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * What a plan means on silicon, reckoned from the plan alone, with a model of supply and limits of its own
 * (RM0399 Rev 4: 7.4.1, 7.5.7, 7.6.2, 7.8.4, Tables 16, 17 and 33; facts of the data sheet).
 */
#ifndef TESTS_PIECES_ORACLE_H
#define TESTS_PIECES_ORACLE_H

#include "tests/pieces/plan.h"

enum truth {
    TRUTH_FINE,
    TRUTH_BAD,    /* within the time: `why` says what */
    TRUTH_HIDDEN, /* bad, but after the time, or behind the button: nobody may say SAFE */
    TRUTH_TRAP, /* a fault there: the program stops, and the board is as it was. SAFE is about the board, and about
                     what was seen to run (docs/check.md, "What SAFE means") */
    TRUTH_UNTOLD, /* the manual leaves open whether it is bad: nobody may say SAFE */
    TRUTH_OPEN, /* the manual leaves open what it does, and no harm is known: anything may be said */
    TRUTHS
};

enum why {
    WHY_NOTHING,
    WHY_DEAD,
    WHY_OVERVOLTAGE,
    WHY_OVERCLOCK,
    WHY_WAIT_STATES,
    WHY_FAULT,
    WHY_NEVER_STARTS,
    WHYS
};

struct meaning {
    enum truth truth;
    enum why why;
};

struct meaning oracle(const struct plan *p);

#endif
