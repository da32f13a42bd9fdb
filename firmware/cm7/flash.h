/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CM7_FLASH_H
#define CM7_FLASH_H

#include "core/store.h"

/* The settings' two sectors of flash bank 1 for core/store.h: sectors 6 and 7, 256 KB. */
#define FLASH_SETTINGS_ADDRESS 0x080C0000UL

/*
 * Nothing of these waits. While an operation runs nobody may read bank 1: the reader would stand
 * still, up to seconds. This core runs from its own memories and the M4 from bank 2, so nobody
 * does. An operation is not begun while VDD is below 2.85 V, and what takes too long has failed.
 */
extern const struct store_ops flash_ops;

/* Why the last operation failed. */
const char *flash_trouble(void);

#endif
