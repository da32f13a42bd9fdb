/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CM7_ERRORS_H
#define CM7_ERRORS_H

#include "core/health.h"
#include "firmware/common/fault.h"

/* The named errors that hold now. The red LED shows the one with the lowest number. */

/* What went wrong since reset, with counters; for the console. */
extern struct health health;

/* Says so on the console the first time. */
void errors_raise(enum fault fault);
void errors_clear(enum fault fault);
enum fault errors_shown(void);
/* All of them, a line each. */
void errors_tell(void);

/* Ends in the named error: everything stays as it is (servo low), LED and console say why. */
void errors_stop(enum fault fault) __attribute__((noreturn));

#endif
