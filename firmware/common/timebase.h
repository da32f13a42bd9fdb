/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef FIRMWARE_TIMEBASE_H
#define FIRMWARE_TIMEBASE_H

#include "stm32h755xx.h"

/*
 * The time both cores share: TIM5, 32 bits at 1 MHz, started by the M7 before it says ready. It wraps
 * after 71.6 minutes: compare by unsigned difference.
 */
static inline uint32_t time_us(void)
{
    return TIM5->CNT;
}

#endif
