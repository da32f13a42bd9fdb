/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_DCMI_DCMI_H
#define VBOARD_PERIPH_DCMI_DCMI_H

/*
 * DCMI (RM0399 Rev 4, chapter 32) with no camera on its pins: all registers, and nothing that would come with a pixel
 * clock. CAPTURE says so when it is set, stays set until software clears it, and its clearing takes effect at once, as
 * between two frames. The pins are not followed.
 */
#include "vboard/chip/chip.h"

enum dcmi_irq { DCMI_IRQ_GLOBAL };

extern const struct model dcmi_model;

#endif
