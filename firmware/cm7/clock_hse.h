/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CM7_CLOCK_HSE_H
#define CM7_CLOCK_HSE_H

#include <stdint.h>

/*
 * Compares HSE with HSI by TIM17, which captures HSE_1MHz (RM0399 43.6.20). While sys_ck is HSI and the timers
 * run at 32 MHz. Takes 0.6 ms. The counts of common/clock_plan.h; 0 if HSE gives no edges there, or too
 * few.
 */
uint32_t clock_hse_count(void);

#endif
