/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_CRC_CRC_H
#define VBOARD_PERIPH_CRC_CRC_H

/*
 * CRC calculation unit (RM0399 Rev 4, chapter 22), complete. A result is there at once: the bus waits while
 * one is made.
 */
#include "vboard/chip/chip.h"

extern const struct model crc_model;

#endif
