/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_LPTIM_LPTIM_H
#define VBOARD_PERIPH_LPTIM_LPTIM_H

/*
 * LPTIM1 to LPTIM5, low-power timers (RM0399 Rev 4, chapter 45). chip_entry.param is the number, 1 to 5;
 * the kernel clock is the row's (chip_entry.kernel). On LSE or LSI they count in CStop, too.
 *
 * Modelled: counting by the kernel clock, prescaler, continuous and one-shot mode, PWM, one-pulse and
 * set-once output on LPTIMx_OUT, preload, counting of pulses on LPTIMx_IN1 (LPTIM1, LPTIM2), starting by software or by the pin LPTIMx_ETR, time-out, both
 * counter resets, freezing by a debugger. What is left out, field by field: fields.c. Beyond any field: the
 * two clocks from ENABLE until it is enabled, the prescaler's phase (it begins with the counter), LPTIMx_OUT
 * within the chip (EXTI inputs 49 and 51, other timers' triggers).
 *
 * RM0399 does not say, and is taken so here: a write of ARR or CMP takes as long as a start does, 3
 * kernel clocks (45.4.7), and is then OK (ARROK, CMPOK), be it preloaded or not; SNGSTRT and CNTSTRT read 1
 * until the start; disabling sets the counter to 0 and the output to inactive, flags stay; the output is
 * active from CNT = CMP + 1 through CNT = ARR (of "exceeds" and "match" in 45.4.10); a counter beyond a
 * lowered ARR runs to 0xFFFF.
 */
#include "vboard/chip/chip.h"

enum { LPTIM_IRQ_GLOBAL };

extern const struct model lptim1_model; /* LPTIM1, LPTIM2: with encoder inputs and a trigger pin */
extern const struct model lptim3_model; /* LPTIM3, LPTIM4, LPTIM5 */
/* What each field of their registers is (vboard/chip/fields.h). */
extern const struct reg_fields lptim1_fields[];
extern const struct reg_fields lptim3_fields[];

#endif
