/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CM7_BUS_WATCH_H
#define CM7_BUS_WATCH_H

#include "core/bus_words.h"

/* What the bus does, looked at once a second; when it has done so for three, and it is news, the console says
 * `bus: SENTENCE`. Main loop only. */
void bus_watch_second(void);

/* As of the last look. */
enum bus_state bus_watch_state(void);

#endif
