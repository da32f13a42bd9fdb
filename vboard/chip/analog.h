/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CHIP_ANALOG_H
#define VBOARD_CHIP_ANALOG_H

/*
 * Voltages that converters see. What hangs on a pin is the board's to say; a pin that nobody has said anything
 * about has the voltage of its digital level, or none.
 */
#include <stdbool.h>
#include <stdint.h>

#include "vboard/chip/pins.h"

#define VDDA_MV 3300u /* and VREF+, which hangs on it on the boards that are modelled */
#define VREFINT_MV 1216u
/* The temperature sensor at 30 and 110 degrees, and as it is: at 25 (data sheet: 0.62 V, 2 mV a degree). */
#define TS_30_MV 620u
#define TS_110_MV 780u
#define TS_NOW_MV 610u

struct chip;

struct chip_analog {
    bool known[PIN_PORTS][PORT_PINS];
    uint32_t uv[PIN_PORTS][PORT_PINS];
    uint32_t dac_uv[2]; /* what DAC1 gives inside the chip */
};

/* The board: from now on the pin has that voltage. */
void chip_analog_set(struct chip *c, char port, unsigned pin, uint32_t uv);
/* The voltage of a pin now, in microvolts. */
uint32_t chip_analog_uv(struct chip *c, char port, unsigned pin);

#endif
