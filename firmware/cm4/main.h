/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CM4_MAIN_H
#define CM4_MAIN_H

/*
 * What is watched is watched so often. The shortest limits are some 25 ms (can_tx.h) and 60 ms (the
 * watchdog, the M7's silence); each look costs some microseconds and a wake-up.
 */
#define CM4_TICK_MS 2U

/* Every tick: feeds the watchdog, watches the M7 and the bus; else sleeps. */
void cm4_main_loop(void) __attribute__((noreturn));

#endif
