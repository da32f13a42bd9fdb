/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_SYSCFG_SYSCFG_H
#define VBOARD_PERIPH_SYSCFG_SYSCFG_H

/*
 * SYSCFG, system configuration controller (RM0399 Rev 4, chapter 13): EXTI sources, I/O compensation
 * cell, the overdrive bit of VOS0, and the user registers that mirror the option bytes.
 *
 * UR2, UR3 and UR4 hold the boot addresses and can be written: a core released later by RCC_GCR starts
 * where they say. RM0399 13.3.16 names UR3's halves in two ways; this is the order of ST's device header
 * and of ST's examples: UR3[31:16] = BCM4_ADD0, UR3[15:0] = BCM7_ADD1, UR4[15:0] = BCM4_ADD1.
 *
 * They answer without SYSCFG's clock: ST's examples BootCM7_CM4Gated_RAM and PWR_D2ON_D1OFF write UR3 without it
 * (HAL_SYSCFG_CM4BootAddConfig), and their CM4 starts where it says.
 *
 * What is left out, field by field: fields.c.
 */
#include "vboard/chip/periph.h"

extern const struct model syscfg_model;
/* What each field of its registers is (vboard/chip/fields.h). */
extern const struct reg_fields syscfg_fields[];

#endif
