/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CM7_CLOCK_WATCH_H
#define CM7_CLOCK_WATCH_H

#include <stdbool.h>
#include <stdint.h>

#include "core/record.h"
#include "firmware/cm7/clocks.h"

/*
 * Clocks in a car. Before the M4 is released PLL1 runs from HSE or HSI (clocks.h), and nobody knows how well.
 * LSE, a crystal that takes up to 2 s to start, then judges in the background, once a second: TIM16 captures
 * it against the timer clock.
 *   - HSE within 0.2 %: the clock is good, the bus may be driven if the profile wants that.
 *   - HSE further off: HSI, the third, says which of the two is right (clock_lse_is_right). If LSE is, PLL1 runs from
 *     HSI from now on.
 *   - HSI is steered to LSE by PLL1's fraction, and good while it is within 0.2 %; but not further than its own
 *     tolerance explains.
 * An LSE that is not right is as good as none, and PLL1 stays as it is until it is right again.
 * Without LSE no clock is good: the bus is only listened to. Main loop only, but for the interrupt and
 * clock_watch_hse_lost().
 */
struct clock_state {
    enum clock_source source;
    uint32_t hse_khz; /* with CLOCK_HSI_OFF: what HSE seems to be, 0 = cannot be told */
    bool is_good;
    bool is_lse_off; /* LSE runs, but the other clocks say that it is wrong */
};

/* Brings the clocks up (clocks_start) and starts LSE. */
enum fault clock_watch_start(void) __attribute__((warn_unused_result));

/* Boot flags, longest pulses and the CAN pins by what the clock is worth; once the block's configuration
 * stands. `record` must stay. */
void clock_watch_apply(const struct record *record);

/* At each tick. */
void clock_watch_tick(void);

/* NMI: HSE is gone. TX leaves the bus at once. */
void clock_watch_hse_lost(void);

/* Main loop, afterwards: PLL1 from HSI, pulses again. */
void clock_watch_recover(void);

const struct clock_state *clock_watch_state(void);

#endif
