/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CM7_TICK_H
#define CM7_TICK_H

#include <stdbool.h>

#include "firmware/cm7/leds.h"

/*
 * The M7's slow tick, LEDS_TICK_MS long: LEDs and the watch over the M4. 40 ms is about the longest
 * SysTick can count at 360 MHz (24 bits: 46.6 ms); everything quicker comes as an event of the M4.
 */
enum tick_clock { TICK_CLOCK_HSI = 64000, TICK_CLOCK_PLL = 360000 }; /* CPU clock in kHz */

void tick_start(enum tick_clock clock);

/* Whether a tick has passed since the last call that said so. */
bool tick_take(void);

/* The same without taking it; for the decision to sleep. */
bool tick_is_due(void);

#endif
