/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CM7_SHELL_H
#define CM7_SHELL_H

#include <stdbool.h>

/*
 * The command line on the console: bytes in, one command at a time, its answer out. A little of it
 * in each turn of the main loop; nothing waits here, whatever comes in and whether anybody reads.
 */
void shell_start(void);

/* Every turn of the main loop. */
void shell_poll(void);
/* There is something for shell_poll to do, now or when it has room; at once. */
bool shell_is_busy(void);
bool shell_has_work(void);
/* Every LEDS_TICK_MS. */
void shell_tick(void);

/* Telemetry may be sent: it is switched on, and nobody is typing or reading an answer. */
bool shell_wants_stream(void);

/*
 * For commands. The next line is not taken before `is_done` has said so, and answered.
 */
void shell_wait(bool (*is_done)(void));
void shell_set_stream(bool on);
void shell_set_machine(bool on);

#endif
