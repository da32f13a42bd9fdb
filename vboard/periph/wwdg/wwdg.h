/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_WWDG_WWDG_H
#define VBOARD_PERIPH_WWDG_WWDG_H

/*
 * WWDG1 and WWDG2, window watchdogs (RM0399 Rev 4, chapter 47). chip_entry.param is the number, 1 or 2.
 *
 * Left out: the phase of the prescaler (a reload begins a whole tick), freezing by a debugger (63.5.8),
 * RCC_GCR.WW1RSC and WW2RSC (taken as 1).
 */
#include "vboard/chip/chip.h"

enum { WWDG_IRQ_EARLY };

extern const struct model wwdg_model;

#endif
