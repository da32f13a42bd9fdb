/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_GPIO_AF_H
#define VBOARD_PERIPH_GPIO_AF_H

/*
 * Which alternate function sits on which pin of the STM32H755ZI (datasheet DS12919, tables of alternate
 * functions): those of the peripherals this board models. All others leave the pin undriven.
 */
#include <stdint.h>

struct gpio_af {
    char port;       /* 'A'..'K' */
    uint8_t pin, af; /* 0..15 */
    const char *name;
};

/* Ends with a NULL name; sorted by port and pin. */
extern const struct gpio_af gpio_af_table[];

#endif
