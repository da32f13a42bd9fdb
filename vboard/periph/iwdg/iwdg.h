/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_IWDG_IWDG_H
#define VBOARD_PERIPH_IWDG_IWDG_H

/*
 * IWDG1 and IWDG2, independent watchdogs (RM0399 Rev 4, chapter 48). chip_entry.param is the number,
 * 1 or 2. A time-out, or a reload above the window, resets the whole chip, both cores (9.4, Table 56).
 *
 * Time-out = (RLR + 1) * prescaler / LSI: 2 % of LSI's tolerance are rcc_set_drift's business.
 *
 * Left out: freezing in Stop and Standby by option bytes (FLASH_OPTSR's fields say so), the phase of the
 * prescaler (a reload begins a whole tick).
 */
#include "vboard/chip/chip.h"

extern const struct model iwdg_model;
/* What each field of its registers is (vboard/chip/fields.h). */
extern const struct reg_fields iwdg_fields[];

#endif
