/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/chip/analog.h"

#include "vboard/chip/chip.h"

void chip_analog_set(struct chip *c, char port, unsigned pin, uint32_t uv)
{
    c->analog.known[port - 'A'][pin] = true;
    c->analog.uv[port - 'A'][pin] = uv;
}

uint32_t chip_analog_uv(struct chip *c, char port, unsigned pin)
{
    if (c->analog.known[port - 'A'][pin]) {
        return c->analog.uv[port - 'A'][pin];
    }
    struct signal *s = chip_pin(c, port, pin);
    signal_settle(s);
    return s->level == LEVEL_HIGH ? VDDA_MV * 1000u : 0;
}
