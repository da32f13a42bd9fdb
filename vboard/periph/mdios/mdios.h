/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_MDIOS_MDIOS_H
#define VBOARD_PERIPH_MDIOS_MDIOS_H

/*
 * MDIOS, an MDIO slave (RM0399 Rev 4, chapter 57): the firmware's side of its registers. The board has no MDIO master:
 * no frame comes, so that no flag is ever set and no DINRx ever written.
 */
#include "vboard/chip/chip.h"

extern const struct model mdios_model;

#endif
