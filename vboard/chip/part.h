/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CHIP_PART_H
#define VBOARD_CHIP_PART_H

/*
 * The four dual-core parts of RM0399: one die (DBGMCU_IDC 0x450 for all, 63.5.8), of which the H745 and the H747
 * have no cryptographic accelerators, the H745 and the H755 no DSI host (RM0399 1.4, availability of peripherals).
 */
enum chip_part { CHIP_STM32H755, CHIP_STM32H745, CHIP_STM32H747, CHIP_STM32H757, CHIP_PARTS };

/* What not every part has: bits. */
enum chip_feature { CHIP_HAS_CRYPTO = 1u << 0, CHIP_HAS_DSI = 1u << 1 };

unsigned chip_part_features(enum chip_part part);
/* "STM32H755" */
const char *chip_part_name(enum chip_part part);

#endif
