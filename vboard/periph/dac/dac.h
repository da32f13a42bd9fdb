/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_DAC_DAC_H
#define VBOARD_PERIPH_DAC_DAC_H

/*
 * DAC1 (RM0399 Rev 4, chapter 27): both channels, triggers, DMA, triangle and noise. What it gives is the
 * voltage of PA4 and PA5, and of ADC2's channels 16 and 17 (vboard/chip/analog.h).
 *
 * Left out beyond any field: the clocks from a write or a trigger to the output, settling, noise.
 */
#include "vboard/chip/chip.h"

enum dac_irq { DAC_IRQ_UNDERRUN };

extern const struct model dac_model;

#endif
