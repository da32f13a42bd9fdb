/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PARTS_BUTTON_H
#define VBOARD_PARTS_BUTTON_H

/*
 * A push-button from a wire to VDD with a pull-down resistor, as B1 of the NUCLEO (UM2408 7.7):
 * pressed is high; or the other way round, to ground with a pull-up resistor. It does not bounce.
 */
#include <stdbool.h>

#include "vboard/kernel/signal.h"

struct button {
    struct signal_driver driver;
    bool pressed_low;
    bool pressed;
};

/* Pressed is high. */
void button_init(struct button *b, struct signal *wire, vtime_ps now);
/* Pressed is low. */
void button_init_low(struct button *b, struct signal *wire, vtime_ps now);
void button_press(struct button *b, bool pressed, vtime_ps now);

#endif
