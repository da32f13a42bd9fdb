/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef FIRMWARE_CLOCK_PLAN_H
#define FIRMWARE_CLOCK_PLAN_H

#include <stdbool.h>
#include <stdint.h>

/*
 * What the comparison of two clocks says. Pure: clock_hse.c and clock_watch.c count, the tests run this on
 * a PC.
 */

/* ---- HSE against HSI, before HSE is let into PLL1 ---- */

/* TIM17 counts HSI / 2 = 32 MHz and captures every 8th edge of HSE / 63 (RM0399 43.6.20); of 8 MHz that
 * many counts in CLOCK_HSE_SPANS captures. */
#define CLOCK_HSE_DIVIDER 63U
#define CLOCK_HSE_SPANS 8U
#define CLOCK_HSE_COUNTS (32U * CLOCK_HSE_SPANS * 8U * CLOCK_HSE_DIVIDER / 8U)

/*
 * May HSE feed PLL1? Not if it seems more than 0.9 % off: 400 MHz is all the core may have in VOS1, and no pulse
 * may be much longer than its ticks say. The data sheet lets HSI be off by 1 % either way and more in the
 * cold, so a good HSE may be refused; HSI steered to LSE does as well.
 */
bool clock_hse_may_feed(uint32_t counts);

/* HSE's frequency as the counts tell it, as far off as HSI is. `counts` not 0. */
uint32_t clock_hse_khz(uint32_t counts);

/* ---- PLL1's outputs against LSE ---- */

/* TIM16 counts 200 MHz and captures every 8th edge of 32,768 Hz (43.6.18): so many ticks in
 * CLOCK_LSE_SPANS captures, exactly. */
#define CLOCK_LSE_SPANS 64U
#define CLOCK_LSE_TICKS 3125000U

/* The bus may be driven with a clock within this (DESIGN: 0.2 %). */
#define CLOCK_GOOD_PPM 2000

/* How far off the timer clock is; positive: fast. */
int32_t clock_off_ppm(uint32_t ticks);

/* PLL1 multiplies by this / 8192: DIVN and FRACN in one number. */
#define CLOCK_FRACTIONS 8192U

/* The multiplier that would have given CLOCK_LSE_TICKS, where `multiplier` gave `ticks`; at most 10 %
 * another one at a time. */
uint32_t clock_steer(uint32_t multiplier, uint32_t ticks);

#endif
