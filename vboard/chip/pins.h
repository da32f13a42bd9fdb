/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CHIP_PINS_H
#define VBOARD_CHIP_PINS_H

/*
 * The chip's pins PA0 to PK15, the alternate functions that GPIO hands them to, and the multiplexer that
 * gives one pin of each number to EXTI (RM0399 12.3, 13.3.4).
 */
#include <stddef.h>
#include <stdint.h>

#include "vboard/chip/irq.h"
#include "vboard/chip/pinfunc.h"
#include "vboard/kernel/signal.h"

#define PIN_PORTS 11u /* A to K */
#define PORT_PINS 16u
#define AF_EVENTOUT 15u

struct chip;
struct chip_entry;
struct wire;

/* The alternate functions of a pin. */
struct pin_row {
    char port; /* 'A' to 'K'; 0 ends a table */
    uint8_t number;
    const char *af[AF_EVENTOUT]; /* AF0 to AF14; NULL: none. AF15 is EVENTOUT everywhere */
};

/* Whose a function is, where its first word is not the peripheral's name. */
struct pin_owner {
    const char *first; /* how the function's name begins; NULL ends a list */
    const char *periph;
};

struct chip_pins {
    struct signal pin[PIN_PORTS][PORT_PINS];
    char name[PIN_PORTS][PORT_PINS][5];
    struct signal_listener listener[PIN_PORTS][PORT_PINS];
    struct pinfunc *af[PIN_PORTS][PORT_PINS];   /* the function each pin is handed to, or NULL */
    const struct pin_row *rows;                 /* what the chip offers; NULL: nothing */
    const char *function[PIN_PORTS][PORT_PINS]; /* given to by GPIO, modelled or not; or NULL */
    struct pinfunc *funcs[320];
    size_t func_count;
    uint16_t inputs[PIN_PORTS];        /* what the ports' inputs see, a bit a pin */
    char exti_port[PORT_PINS];         /* whose pin of each number EXTI sees: 'A' to 'K'; 0: none */
    struct wire *exti_wire[PORT_PINS]; /* "EXTI0" to "EXTI15": the same, for who triggers by it */
    uint16_t exti_edges;               /* of which numbers it wants edges */
};

void pins_init(struct chip *c);
void pins_destroy(struct chip *c);

/* The alternate function of that name, for the model that drives or hears it; made on first asking. */
struct pinfunc *chip_pinfunc(struct chip *c, const char *name);
/* The same for GPIO: NULL if no model has asked for it. */
struct pinfunc *chip_find_pinfunc(const struct chip *c, const char *name);
/* The row of a pin, or NULL. */
const struct pin_row *pin_row_of(const struct pin_row *rows, char port, unsigned number);
/* "SPI1_SCK": what alternate function `af` of a pin is; NULL: none. */
const char *pin_row_function(const struct pin_row *row, unsigned af);
/* The peripheral that a function belongs to, modelled or not; NULL for EVENTOUT. */
const struct chip_entry *pin_function_owner(const struct chip_entry *table,
                                            const struct pin_owner *owners, const char *function);
/* GPIO calls this: routes `f` to `pin` (NULL: away). */
void chip_route(struct chip *c, struct pinfunc *f, struct signal *pin, vtime_ps now);
/* Port 'A'..'K', number 0..15. */
struct signal *chip_pin(struct chip *c, char port, unsigned number);

/* GPIO calls this when a port's input has changed; EXTI hears if it listens to that pin. */
void chip_pin_input(struct chip *c, char port, unsigned number, bool level);
/* SYSCFG calls this (EXTICRx): EXTI listens to the pin `number` of `port` (0: of none). Without a call:
 * of port A, the registers' reset value. */
void chip_exti_port(struct chip *c, unsigned number, char port);
/* EXTI calls this before edges of other pins count: a bit a number. */
void chip_exti_edges(struct chip *c, uint32_t edges);
/* Must its function drive each edge at its time? */
bool chip_pin_is_watched(const struct chip *c, const struct signal *pin);

#endif
