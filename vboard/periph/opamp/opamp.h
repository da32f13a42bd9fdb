/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_OPAMP_OPAMP_H
#define VBOARD_PERIPH_OPAMP_OPAMP_H

/*
 * OPAMP1 and OPAMP2 (RM0399 Rev 4, chapter 30): what they give is the voltage of PC4 and PE7 (vboard/chip/analog.h),
 * where the ADC and the comparators see it: followers, and all gains of the PGA, with INM0 as input or bias. An
 * amplifier with its feedback outside (VM_SEL 0 and 1) is not modelled. No offset, no bandwidth, 0 V to VDDA.
 *
 * Calibration: the amplifiers are trimmed best with 16, the middle, which is their factory value, too; RM0399 leaves
 * both to the factory. CALOUT answers at once.
 */
#include "vboard/chip/chip.h"

extern const struct model opamp_model;

#endif
