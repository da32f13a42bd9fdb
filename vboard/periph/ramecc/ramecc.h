/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_RAMECC_RAMECC_H
#define VBOARD_PERIPH_RAMECC_RAMECC_H

/*
 * RAMECC1 to RAMECC3, the monitors of the RAMs' ECC (RM0399 Rev 4, chapter 3): registers, and no errors, for RAM has
 * none here. After power-on a chip finds some in what nobody has written yet (3.1); ask `candial check` for that.
 */
#include "vboard/chip/chip.h"

enum { RAMECC_IRQ_ERROR };

extern const struct model ramecc_model;  /* RAMECC1, RAMECC2: five monitors */
extern const struct model ramecc3_model; /* two */

#endif
