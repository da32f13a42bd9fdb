/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef FIRMWARE_CM7_SUPPLY_H
#define FIRMWARE_CM7_SUPPLY_H

#include "stm32h755xx.h"

/* The low byte of PWR_CR3 that selects the supply (RM0399 Table 33). */
#define SUPPLY_MASK                                                                                \
    (PWR_CR3_BYPASS | PWR_CR3_LDOEN | PWR_CR3_SMPSEN | PWR_CR3_SMPSEXTHP | PWR_CR3_SMPSLEVEL)
#define SUPPLY_AFTER_POR (PWR_CR3_SMPSEN | PWR_CR3_LDOEN)

#ifndef CANDIAL_SUPPLY_LDO

/* How the NUCLEO-H755ZI-Q is wired (UM2408 7.4.8). Anything else found in CR3 ends in boot_locked. */
#define SUPPLY_WANTED PWR_CR3_SMPSEN
#define SUPPLY_IS_OTHER "boot_locked"

#else

/*
 * candial_cm7_ldo.elf: NEVER FLASH IT. It exists for `candial demo deadlock` and for tests of the
 * virtual board: its only fault is this line, which takes VCORE away from a board wired for direct SMPS.
 * Like ST's HAL_PWREx_ConfigSupply with its result unread, it goes on with a supply that something else
 * has selected since power-on: so it seems to work until the next one.
 */
#define SUPPLY_WANTED PWR_CR3_LDOEN
#define SUPPLY_IS_OTHER "4f"

#endif

#endif
