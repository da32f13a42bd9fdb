/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CHIP_ANALOG_H
#define VBOARD_CHIP_ANALOG_H

/*
 * Voltages: of pins, within the chip, and the one that converters compare with. What hangs on a pin is the board's to
 * say; a pin that nobody has said anything about has the voltage of its digital level, or none.
 *
 * Converters ask when they sample. What follows a voltage all the time (comparators, amplifiers) listens, and asks
 * again when it hears that something has changed. A pin's digital edges are heard only while the pin is followed.
 */
#include <stdbool.h>
#include <stdint.h>

#include "vboard/chip/pins.h"
#include "vboard/kernel/signal.h"

#define VDDA_MV 3300u
#define VREFINT_MV 1216u
/* The temperature sensor at 30 and 110 degrees, and as it is: at 25 (data sheet: 0.62 V, 2 mV a degree). */
#define TS_30_MV 620u
#define TS_110_MV 780u
#define TS_NOW_MV 610u

struct chip;

struct analog_listener {
    void (*changed)(void *ctx);
    void *ctx;
    struct analog_listener *next;
};

/* A pin that somebody follows. */
struct analog_pin {
    struct signal_listener listener; /* passive while it is not followed */
    struct signal *signal;
};

struct chip_analog {
    bool known[PIN_PORTS][PORT_PINS];
    uint32_t uv[PIN_PORTS][PORT_PINS];
    uint32_t dac_uv[2]; /* what DAC1 gives inside the chip */
    /* What supplies VREF+ from outside; 0: nothing does. On the boards that are modelled it hangs on VDDA. */
    uint32_t vref_outside_mv;
    uint32_t vref_buffer_mv; /* what VREFBUF gives; 0: nothing */
    struct analog_listener *listeners;
};

/* The board: from now on the pin has that voltage. */
void chip_analog_set(struct chip *c, char port, unsigned pin, uint32_t uv);
/* The board, or who drove it, says nothing about it any more. */
void chip_analog_forget(struct chip *c, char port, unsigned pin);
/* The voltage of a pin now, in microvolts. */
uint32_t chip_analog_uv(struct chip *c, char port, unsigned pin);
/* DAC1's channel 0 or 1 within the chip. */
void chip_analog_set_dac(struct chip *c, unsigned channel, uint32_t uv);
/* VREF+: what a converter's full scale is. */
uint32_t chip_vref_mv(const struct chip *c);

/* When all peripherals exist: `l` hears of each change of a voltage. */
void chip_analog_listen(struct chip *c, struct analog_listener *l);
/* The same: `l` can follow that pin's digital edges. `p` stays where it is. */
void chip_analog_connect(struct chip *c, struct analog_pin *p, char port, unsigned pin,
                         struct analog_listener *l);
void analog_pin_follow(struct analog_pin *p, bool follows);

#endif
