/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CM7_CM4_WATCH_H
#define CM7_CM4_WATCH_H

#include <stdbool.h>

/* The M7's view of the M4: released, running, down with an error of its own, halted, absent. Main loop only. */

/* Says ready until the M4 of this boot has answered, 20 ms at most. */
bool cm4_watch_release(void);

/* After the banner: the error, if it has not answered. */
void cm4_watch_report(void);

/* At each tick: heartbeat, periods and errors. A core that is silent but not reset by its watchdog is halted by a
 * debugger: then this core parks the servo. */
void cm4_watch_tick(void);

/* False: it beats, but no period has come for 100 ms. Only a reset helps. */
bool cm4_watch_works(void);

/* It has answered: its part of the block is of this boot. */
bool cm4_watch_is_seen(void);

#endif
