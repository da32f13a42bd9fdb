/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_PWR_PWR_H
#define VBOARD_PERIPH_PWR_PWR_H

/*
 * PWR, power control (RM0399 Rev 4, chapter 7), with the supply part behind it (kernel/supply.h).
 * It drives chip->power; who wants to know a level or a permission finds it there.
 *
 * What counts at boot: CR3's low byte can be written once after VDD came up; an illegal combination is
 * ignored and locks all the same (7.8.4); ACTVOSRDY is 0 until a selection that matches the wiring has
 * settled (7.4.1). A selection that does not match takes VCORE away: see supply_lost.
 *
 * DStandby, Standby, hold and wake-up pins: low_power.c. What is left out, field by field: fields.c.
 */
#include "vboard/chip/chip.h"

extern const struct model pwr_model;
/* What each field of its registers is (vboard/chip/fields.h). */
extern const struct reg_fields pwr_fields[];

/* Indexes of periph->irq: PVD output, to EXTI line 16 (RM0399 21.4); HOLD2F to the CM7, HOLD1F to the
 * CM4 (7.8.5, 7.8.6); wake-up pin 1, behind which the other five follow, to EXTI lines 55 to 60. */
enum { PWR_IRQ_PVD_AVD, PWR_IRQ_HOLD2F, PWR_IRQ_HOLD1F, PWR_IRQ_WKUP1 };

#endif
