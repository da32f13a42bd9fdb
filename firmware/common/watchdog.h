/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef FIRMWARE_WATCHDOG_H
#define FIRMWARE_WATCHDOG_H

#include "stm32h755xx.h"

/*
 * Independent watchdogs, RM0399 48.3. Either one resets both cores. Fed from the main loops only, at
 * ticks in which the core's work was found to go on.
 * Clocked by LSI, 32 kHz within 5 %, divided by 4.
 */
#define WATCHDOG_START 0xCCCCUL
#define WATCHDOG_UNLOCK 0x5555UL
#define WATCHDOG_FEED 0xAAAAUL

/*
 * M7: IWDG1 as it is after reset, 4096 * 4 / 32 kHz = 512 ms. A core halted by a debugger shall not
 * starve its watchdog (DBGMCU, 63.5.8).
 */
static inline void watchdog_start_cm7(void)
{
    DBGMCU->APB4FZ1 |= DBGMCU_APB4FZ1_DBG_IWDG1;
    DBGMCU->APB4FZ2 |= DBGMCU_APB4FZ2_DBG_IWDG2;
    IWDG1->KR = WATCHDOG_START;
}

static inline void watchdog_feed_cm7(void)
{
    IWDG1->KR = WATCHDOG_FEED;
}

/*
 * M4: IWDG2 with 480 * 4 / 32 kHz = 60 ms. The new reload value counts from the first feed after
 * RVU has fallen, five LSI periods later (48.4.4); until then 512 ms hold.
 */
static inline void watchdog_start_cm4(void)
{
    IWDG2->KR = WATCHDOG_START;
    IWDG2->KR = WATCHDOG_UNLOCK;
    IWDG2->RLR = 480UL - 1UL;
}

static inline void watchdog_feed_cm4(void)
{
    IWDG2->KR = WATCHDOG_FEED;
}

#endif
