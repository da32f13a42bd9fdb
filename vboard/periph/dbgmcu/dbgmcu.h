/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_DBGMCU_DBGMCU_H
#define VBOARD_PERIPH_DBGMCU_DBGMCU_H

/*
 * DBGMCU, microcontroller debug unit (RM0399 Rev 4, 63.5.8): identity code, clocks kept alive for the
 * debugger, peripherals that freeze while a core is halted. The cores see it at 0x5C001000, the debug
 * port (APB-D) at 0xE00E1000: the same registers. What it asks for stands in chip->debug.
 *
 * What is left out, field by field: fields.c.
 */
#include "vboard/chip/periph.h"

extern const struct model dbgmcu_model;
/* What each field of its registers is (vboard/chip/fields.h). */
extern const struct reg_fields dbgmcu_fields[];

#endif
