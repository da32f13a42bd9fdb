/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_RTC_RTC_H
#define VBOARD_PERIPH_RTC_RTC_H

/*
 * RTC (RM0399 Rev 4, chapter 49): calendar, alarms, wake-up timer, calibration, shift, backup registers, in the
 * backup domain. Its interrupts go by EXTI's lines 17 to 19.
 *
 * Times that the manual calls "around" so many RTCCLK are as many. Left out beyond any field: shadow registers
 * are as of the access, not of the last RTCCLK edge; calibration spreads its pulses evenly.
 */
#include "vboard/chip/chip.h"

enum rtc_irq { RTC_IRQ_ALARM, RTC_IRQ_STAMP, RTC_IRQ_WKUP };

extern const struct model rtc_model;
extern const struct reg_fields rtc_fields[];

#endif
