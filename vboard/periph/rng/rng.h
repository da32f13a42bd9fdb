/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_RNG_RNG_H
#define VBOARD_PERIPH_RNG_RNG_H

/*
 * RNG (RM0399 Rev 4, chapter 36). Its words follow from the chip's seed, so that the same run gives the same
 * ones; the noise source never fails. Times are those of 36.5.
 */
#include "vboard/chip/chip.h"

enum rng_irq { RNG_IRQ_GLOBAL };

extern const struct model rng_model;

#endif
