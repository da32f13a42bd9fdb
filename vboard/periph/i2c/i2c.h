/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_I2C_I2C_H
#define VBOARD_PERIPH_I2C_I2C_H

/*
 * I2C1 to I2C4 as masters of a bus on which nobody answers (RM0399 Rev 4, chapter 50): the address goes out, no
 * acknowledge comes, NACKF, a STOP by itself, STOPF. Nobody addresses this chip either. SDA and SCL are taken to
 * be pulled up.
 */
#include "vboard/chip/chip.h"

enum i2c_irq { I2C_IRQ_EVENT, I2C_IRQ_ERROR };

extern const struct model i2c_model;

#endif
