/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_PWR_PWR_H
#define VBOARD_PERIPH_PWR_PWR_H

/*
 * PWR, power control (RM0399 Rev 4, chapter 7), with the supply part behind it (parts/supply.h).
 *
 * What counts at boot: CR3's low byte can be written once after VDD came up; an illegal combination is
 * ignored and locks all the same (7.8.4); ACTVOSRDY is 0 until a selection that matches the wiring has
 * settled (7.4.1). A selection that does not match takes VCORE away: see supply_lost.
 *
 * Left out: Standby and DStandby (PDDS_Dn are kept, domains only stop), HOLD1/HOLD2 after Stop,
 * WKUP pins, AVD (VDDA is fine), VBAT and temperature monitoring (MONEN reads "in range"), SVOS levels.
 */
#include <stdbool.h>

#include "vboard/chip/chip.h"
#include "vboard/kernel/supply.h"

extern const struct model pwr_model;
/* What each field of its registers is (vboard/chip/fields.h). */
extern const struct reg_fields pwr_fields[];

/* Indexes of periph->irq: PVD output, to EXTI line 16 (RM0399 21.4). */
enum { PWR_IRQ_PVD_AVD };

/* The voltage scale that holds now, for limits: 0..3 for VOS0..VOS3. VOS0 only if the LDO feeds VCORE
 * (under direct SMPS the overdrive bit gives too many volts, not more megahertz: facts 1.6). */
unsigned pwr_vos(struct chip *c);

/* ACTVOSRDY = 0: limited run mode, in which RAM must not be written (7.4.1). */
bool pwr_in_run_star(struct chip *c);

/* CR1.DBP: RTC, RCC_BDCR and CR2 may be written (7.4.4). */
bool pwr_backup_writable(struct chip *c);

/* CR3's low byte has been written since VDD came up: nothing changes the supply any more (7.8.4). */
bool pwr_supply_locked(struct chip *c);

/* VDD is there and VCORE is not: nothing runs, no debugger gets in. */
bool pwr_vcore_lost(struct chip *c);

/* SYSCFG's ODEN bit (7.6.2). */
void pwr_set_overdrive(struct chip *c, bool oden, vtime_ps now);

/* CPU1CR.RUN_D3 or CPU2CR.RUN_D3: D3 keeps running with both cores stopped. */
bool pwr_run_d3(struct chip *c);

/* The system has left Stop mode: STOPF is set for both cores, VOS3 holds again (7.6.2). */
void pwr_left_stop(struct chip *c, vtime_ps now);

#endif
