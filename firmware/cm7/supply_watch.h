/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CM7_SUPPLY_WATCH_H
#define CM7_SUPPLY_WATCH_H

#include <stdbool.h>

/*
 * The supply gives way: the pulse is held, no flash operation begins, and what happened is written down before the
 * core stops. Where a divider of the 12 V side hangs on PVD_IN (docs/wiring.md) that is long before VDD falls; without
 * it VDD below 2.85 V has to do, which is too late for the servo.
 */

/* Which of the two, found out once: takes 0.2 ms. Needs pins and time base. */
void supply_watch_start(void);

bool supply_watch_is_low(void);

/* It fell before the last reset. Tells once. */
bool supply_watch_fell(void);

/* Main loop, each tick: the error while it is low. */
void supply_watch_tick(void);

#endif
