/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CM7_MAIN_H
#define CM7_MAIN_H

/* Feeds the watchdog, does what the interrupts marked, sleeps. A name for debuggers and tests. */
void cm7_main_loop(void) __attribute__((noreturn));

#endif
