/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef STM32H755XX_H
#define STM32H755XX_H

/*
 * The name under which the firmware includes its device header. Built with CANDIAL_DEVICE_INCLUDE,
 * the compiler finds ST's file of this name instead, and the images must be the same to the byte.
 */
#include "candial_stm32h755.h"

#endif
