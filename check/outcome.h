/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* How a start went. */
#ifndef CHECK_OUTCOME_H
#define CHECK_OUTCOME_H

#include "check/check.h"

enum check_outcome {
    CHECK_RUNS_ON,   /* nothing to object to */
    CHECK_HELD_UP,   /* does not get to main for as long as something is held, or is away */
    CHECK_STUCK,     /* a core never gets on */
    CHECK_GIVES_UP,  /* in Error_Handler */
    CHECK_RESETS_ON, /* a watchdog's */
    CHECK_HANGS,
    CHECK_HANGS_LOCKED, /* PWR_CR3 is locked at 0x06: only until power off and on */
    CHECK_TOO_FEW_STATES,
    CHECK_TOO_FAST,
    CHECK_FAULTS,
    CHECK_LOCKS_UP,
    CHECK_TOO_MANY_VOLTS,
    CHECK_DOES_NOT_START,
    CHECK_DEADLOCK, /* VCORE lost */
    CHECK_OUTCOMES
};

/* How bad it is. */
enum check_grade { CHECK_IS_GOOD, CHECK_IS_ODD, CHECK_IS_BAD, CHECK_IS_DEAD };

enum check_outcome check_outcome(const struct check_boot *boot);
enum check_grade check_grade(enum check_outcome outcome);

/* The core has returned from all its faults, and they were few. */
bool check_faults_handled(const struct chip_cores *cores, enum core core);
/* The core waits, at the end, for a register that start-up waits for; not for the other core if main was
 * reached. */
bool check_hangs_in_start(const struct check_boot *boot, enum core core);

/* The core ends in HAL's Error_Handler. */
bool check_gives_up(const struct check_core *core);

#endif
