/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_CRS_CRS_H
#define VBOARD_PERIPH_CRS_CRS_H

/*
 * CRS, HSI48's clock recovery (RM0399 Rev 4, chapter 10): the error counter, its evaluation, automatic trimming, all
 * flags. SYNC comes from LSE, from the pin CRS_SYNC or by software; no USB host is ever plugged in, so that no start of
 * frame comes, and the flags stay 0 then. A step of TRIM is 0.14 % of HSI48 (10.5.4).
 *
 * RM0399 does not say, and is taken so here: the counter stands still from CEN until the first SYNC, which is not
 * evaluated; so does it after SYNCMISS, and the next SYNC sets no flag beyond.
 */
#include "vboard/chip/chip.h"

enum crs_irq { CRS_IRQ_GLOBAL };

extern const struct model crs_model;

#endif
