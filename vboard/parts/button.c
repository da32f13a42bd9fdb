/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/parts/button.h"

static enum drive drive_of(const struct button *b)
{
    if (b->pressed_low) {
        return b->pressed ? DRIVE_LOW : DRIVE_PULL_UP;
    }
    return b->pressed ? DRIVE_HIGH : DRIVE_PULL_DOWN;
}

static void init(struct button *b, struct signal *wire, bool pressed_low, vtime_ps now)
{
    b->pressed_low = pressed_low;
    b->pressed = false;
    signal_attach(wire, &b->driver);
    signal_drive(&b->driver, drive_of(b), now);
}

void button_init(struct button *b, struct signal *wire, vtime_ps now)
{
    init(b, wire, false, now);
}

void button_init_low(struct button *b, struct signal *wire, vtime_ps now)
{
    init(b, wire, true, now);
}

void button_press(struct button *b, bool pressed, vtime_ps now)
{
    b->pressed = pressed;
    signal_drive(&b->driver, drive_of(b), now);
}
