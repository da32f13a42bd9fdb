/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_GPIO_GPIO_H
#define VBOARD_PERIPH_GPIO_GPIO_H

/*
 * General-purpose I/O ports A to K (RM0399 chapter 12). A port owns the drivers of its sixteen pins,
 * hands pins to alternate functions (chip->pins.rows) and tells EXTI of the levels its inputs see.
 *
 * Ports A and B have reset values of their own (debug pins), hence three models. The peripheral's
 * name must be "GPIOA" to "GPIOK": the letter is the port. No interrupts, param unused.
 */
#include "vboard/chip/periph.h"

extern const struct model gpioa_model;
extern const struct model gpiob_model;
/* What each field of its registers is (vboard/chip/fields.h). */
extern const struct reg_fields gpio_fields[];
extern const struct model gpio_model; /* C to K */

#endif
