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
 * May HSE feed PLL1? Not if it seems more than 0.9 % off: no clock may pass its limit (cm7/clocks.h), no pulse
 * be much longer than its ticks say. The data sheet lets HSI be off by 1 % either way and more in the
 * cold, so a good HSE may be refused; HSI steered to LSE does as well.
 */
bool clock_hse_may_feed(uint32_t counts);

/* HSE's frequency as the counts tell it, as far off as HSI is. `counts` not 0. */
uint32_t clock_hse_khz(uint32_t counts);

/* ---- PLL1's outputs against LSE ---- */

/* TIM16 counts 180 MHz and captures every 8th edge of 32,768 Hz (43.6.18): so many ticks in
 * CLOCK_LSE_SPANS captures, exactly. */
#define CLOCK_LSE_SPANS 64U
#define CLOCK_LSE_TICKS 2812500U

/* The bus may be driven with a clock within this (DESIGN: 0.2 %). */
#define CLOCK_GOOD_PPM 2000

/* How far off the timer clock is; positive: fast. */
int32_t clock_off_ppm(uint32_t ticks);

/* PLL1 multiplies by this / 8192: DIVN and FRACN in one number. */
#define CLOCK_FRACTIONS 8192U

/* ---- whom to believe ---- */

/*
 * How far HSI may be off. The data sheet has -2 % to +1 % over temperature; a correction by more than this says
 * that the reference has failed, not HSI. It is also all by which PLL1 is ever steered, so all by which a clock can be
 * above its limit where LSE and nothing else is wrong.
 */
#define CLOCK_HSI_PPM 31000

/* CLOCKS_HSI_MULTIPLIER (cm7/clocks.h) has to be this: HSI at 64 MHz exactly. */
#define CLOCK_HSI_MULTIPLIER 552960U

/* HSE against HSI, of what clock_hse_khz() says. */
int32_t clock_hse_ppm(uint32_t khz);

/* LSE against HSI, where `multiplier` of HSI gave `ticks`, at most 1,000,000. */
int32_t clock_lse_ppm(uint32_t multiplier, uint32_t ticks);

/* The multiplier of HSI that HSE, so far off HSI, is worth: for clock_lse_ppm() while PLL1 runs from HSE. */
uint32_t clock_hse_multiplier(int32_t hse_ppm);

/*
 * Is LSE right? Two clocks that agree outvote the third: of HSE and LSE, if they differ, the one that is nearer to HSI
 * is right; and if neither is, or LSE is further off than HSI may be, LSE is not believed. Without HSE LSE
 * is believed within HSI's tolerance.
 */
bool clock_lse_is_right(int32_t lse_ppm, bool has_hse, int32_t hse_ppm);

/* The multiplier that would have given CLOCK_LSE_TICKS, where `multiplier` gave `ticks`; never one that HSI's
 * tolerance does not explain. */
uint32_t clock_steer(uint32_t multiplier, uint32_t ticks);

#endif
