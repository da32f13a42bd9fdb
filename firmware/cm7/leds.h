/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CM7_LEDS_H
#define CM7_LEDS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/gauge.h"
#include "firmware/common/fault.h"

/*
 * Green: on = live, slow blink = waiting for the first value, off = no value (stale, fault).
 * Yellow: flickers with CAN frames. Red: blinks the number of the named error. Warning: yellow and red
 * blink fast in turn, yellow alone while there is an error.
 */
struct leds_input {
    enum gauge_state state;
    enum gauge_warn warn;
    uint32_t rx_frames;
    enum fault fault;
};

/* Every LEDS_TICK_MS. */
#define LEDS_TICK_MS 40U
void leds_tick(const struct leds_input *input);

#endif
