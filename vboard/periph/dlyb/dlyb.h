/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_DLYB_DLYB_H
#define VBOARD_PERIPH_DLYB_DLYB_H

/*
 * DLYB, the delay blocks of QUADSPI, SDMMC1 and SDMMC2 (RM0399 Rev 4, chapter 25): registers, and the measurement of
 * the delay line's length, whose procedure (25.3.4) ends.
 *
 * How long a unit delay is depends on the die, its voltage and temperature; RM0399 has no figures. Here it is
 * 0.5 ns + UNIT x 0.05 ns, and the input clock is taken as 100 MHz, whatever runs: so twelve units span
 * a period from UNIT = 7 on. Nothing is delayed: data are always sampled right.
 */
#include "vboard/chip/chip.h"

extern const struct model dlyb_model;

#endif
