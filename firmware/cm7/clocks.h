/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CM7_CLOCKS_H
#define CM7_CLOCKS_H

#include <stdbool.h>
#include <stdint.h>

#include "firmware/common/fault.h"

/*
 * Supply scaling, flash latency, oscillators, PLL1. After clocks_start() the frequencies are these
 * whatever the source (RM0399 9.5.6). VOS1 permits 400 MHz, buses and timers 200: 10 % are left for what is off
 * before anybody can know. HSI that is 3 % fast, steered up by a wrong LSE as far as clock_plan.h lets it: 382 MHz;
 * HSE that such an HSI lets in: 374.
 */
#define CLOCKS_CPU1_HZ 360000000UL  /* sys_ck, Cortex-M7 */
#define CLOCKS_HCLK_HZ 180000000UL  /* AXI, AHB, flash, Cortex-M4 */
#define CLOCKS_TIMER_HZ 180000000UL /* APB1 timers: PCLK 90 MHz x 2, RM0399 Table 59 */
#define CLOCKS_FDCAN_HZ 80000000UL  /* pll1_q_ck */
#define CLOCKS_USART_HZ 64000000UL  /* hsi_ker_ck, so that the console talks in any trouble */

enum clock_source {
    CLOCK_HSE,
    CLOCK_HSI,      /* HSE was absent at start */
    CLOCK_HSI_LOST, /* HSE was lost while running */
    CLOCK_HSI_OFF,  /* HSE is off, by the word of HSI at start or of LSE later */
};

/* PLL1's multiplier from HSI, in 1/8192, while HSI is believed to be 64 MHz: 67.5. */
#define CLOCKS_HSI_MULTIPLIER 552960UL

/*
 * From reset state, on HSI: everything up, kernel clocks chosen, clock security on where PLL1 runs
 * from HSE. HSE is compared with HSI before it feeds PLL1: *hse_khz is what it seems to be, 0 if that cannot
 * be told; without HSE it stays as it is. Takes about 6 ms without HSE, else below 2. FAULT_NONE or what failed: then sys_ck is HSI.
 */
enum fault clocks_start(enum clock_source *source, uint32_t *hse_khz)
    __attribute__((warn_unused_result));

/* sys_ck to HSI for a moment, PLL1 anew from HSI times `multiplier`. Under 1 ms, in which all timers run too
 * slowly: not while a pulse is on. */
enum fault clocks_rebuild(uint32_t multiplier) __attribute__((warn_unused_result));

/*
 * PLL1 off, sys_ck to HSI, and HSE counted against it (clock_hse.h); what it seems to be, 0 = cannot be told. Takes 1 ms, in
 * which all timers run too slowly: not while a pulse is on. clocks_rebuild() or clocks_return() must follow.
 */
uint32_t clocks_compare(void);

/* Back to HSE after clocks_compare(). */
enum fault clocks_return(void) __attribute__((warn_unused_result));

/* HSE off, once nothing runs from it. */
void clocks_leave_hse(void);

/* Another multiplier with the same whole part (CLOCK_FRACTIONS), on the fly. Takes 4 us. */
void clocks_trim(uint32_t multiplier);

/* NMI: acknowledges clock security. The hardware has switched to HSI, 64 MHz (RM0399 9.5.3). */
void clocks_acknowledge_hse_loss(void);

/* Starts TIM5 as the time both cores share: 1 MHz (common/timebase.h). */
void clocks_start_timebase(void);

/* Waits for (*reg & mask) == value, at most `limit_us`. Only while the CPU runs from HSI. */
bool clocks_wait(const volatile uint32_t *reg, uint32_t mask, uint32_t value, uint32_t limit_us);

#endif
