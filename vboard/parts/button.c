/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/parts/button.h"

void button_init(struct button *b, struct signal *wire, vtime_ps now)
{
    b->pressed = false;
    signal_attach(wire, &b->driver);
    signal_drive(&b->driver, DRIVE_PULL_DOWN, now);
}

void button_press(struct button *b, bool pressed, vtime_ps now)
{
    b->pressed = pressed;
    signal_drive(&b->driver, pressed ? DRIVE_HIGH : DRIVE_PULL_DOWN, now);
}
