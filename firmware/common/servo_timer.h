/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef FIRMWARE_SERVO_TIMER_H
#define FIRMWARE_SERVO_TIMER_H

#include <stdbool.h>

#include "stm32h755xx.h"

#define SERVO_TIMER_MHZ 180U

/*
 * TIM2's output modes, RM0399 41.4.8: all four channels have the same, with preload. The M7 holds the
 * outputs low before it releases the M4 and when a clock fails; the M4 runs the timer.
 */
#define SERVO_MODE_LOW (TIM_CCMR1_OC1PE | TIM_CCMR1_OC1M_2)                    /* forced inactive */
#define SERVO_MODE_PWM (TIM_CCMR1_OC1PE | TIM_CCMR1_OC1M_2 | TIM_CCMR1_OC1M_1) /* PWM mode 1 */

/* Channel n + 1 has the same fields 8 bits higher; channels 3 and 4 in CCMR2. */
static inline void servo_timer_mode(uint32_t mode)
{
    const uint32_t both = mode | (mode << 8);
    TIM2->CCMR1 = both;
    TIM2->CCMR2 = both;
}

static inline bool servo_timer_is_pwm(void)
{
    return TIM2->CCMR1 == (SERVO_MODE_PWM | (SERVO_MODE_PWM << 8));
}

/*
 * After servo_timer_mode(SERVO_MODE_LOW) in an NMI: had this period begun with a rising edge before? Then the
 * count is beyond the eight ticks from there to this look (found by tests/clocks; the timer counts HSI / 2
 * now). Late in a period it was the edge of the next that did not come.
 */
#define SERVO_WRITE_TO_READ_TICKS 8U

static inline bool servo_timer_had_risen(void)
{
    const uint32_t count = TIM2->CNT;
    return count > SERVO_WRITE_TO_READ_TICKS && count < TIM2->ARR / 2U;
}

/* Compare register of a dial, 0..3. */
static inline volatile uint32_t *servo_timer_compare(uint32_t dial)
{
    return &TIM2->CCR1 + dial;
}

#endif
