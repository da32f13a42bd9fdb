/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CM4_MAIN_H
#define CM4_MAIN_H

/* Every millisecond: feeds the watchdog, watches the M7 and the bus; else sleeps. */
void cm4_main_loop(void) __attribute__((noreturn));

#endif
