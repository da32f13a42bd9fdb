/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CHIP_DOMAINS_H
#define VBOARD_CHIP_DOMAINS_H

/*
 * DStandby and Standby (RM0399 7.7.9, 7.7.10): what a domain loses with its supply, and who gets it back.
 * PWR decides when, EXTI wakes. A core without supply stays held until it is woken, and then starts as
 * after a reset; one that waits (PWR_CPUnCR.HOLDn, 7.7.8) goes on where it was.
 *
 * What holds here of the FLASH registers, which lie in D1, is assumed: they keep what they have, since
 * the option bytes that they show are loaded at a system reset only (4.4).
 */
#include <stdbool.h>

#include "vboard/chip/access.h"
#include "vboard/chip/cores.h"
#include "vboard/kernel/power.h"

struct chip;

/* Whose domain it is: D1 has the CM7, D2 the CM4. */
enum power_domain chip_domain_of(enum core core);
/* The domain in which an address lies (Table 7), for peripherals and RAM. */
enum power_domain chip_domain_at(uint32_t address);

/* D1 or D2 has no supply: its peripherals are reset, its RAM forgets, its core stands still. */
void chip_domain_off(struct chip *c, enum power_domain domain);
/* EXTI lets a wake-up through to `core`: one without supply starts from its boot address. */
void chip_wake_up(struct chip *c, enum core core);
/* A wake-up line of `core`: while all are low, nothing but an event of EXTI ends that core's CStop. */
void chip_wake_line(struct chip *c, enum core core, enum core_wake from, bool high);
/* A core waits after Stop, or no longer (HOLDn). */
void chip_core_waits(struct chip *c, enum core core, bool waits);

/* Both are off and D3 goes, too: nothing is left but the backup domain and what PWR keeps. */
void chip_standby(struct chip *c);
/* RTC, a wake-up pin: as after a system reset. No effect unless in Standby. */
void chip_leave_standby(struct chip *c);

#endif
