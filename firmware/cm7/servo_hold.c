/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* RM0399 Rev 4 41.3.7 forced output, 41.4.8 OC1M, 41.4.11 CCER. */
#include "firmware/cm7/servo_hold.h"

#include <stdbool.h>

#include "firmware/common/servo_timer.h"
#include "firmware/common/timebase.h"

/* Not nearer to the period's end than 10 us: the mode must not change in the next pulse. */
#define GUARD_TICKS 2000U
/* Longer than the longest servo period. */
#define RELEASE_LIMIT_US 60000U

void servo_hold_start(uint32_t dials)
{
    RCC_C1->APB1LENR |= RCC_APB1LENR_TIM2EN;
    (void)RCC_C1->APB1LENR;
    servo_timer_mode(SERVO_MODE_LOW);
    uint32_t enables = 0;
    for (uint32_t i = 0; i < dials; i++) {
        enables |= TIM_CCER_CC1E << (4U * i);
    }
    TIM2->CCER = enables;
}

void servo_hold_low(void)
{
    servo_timer_mode(SERVO_MODE_LOW);
}

static bool is_between_pulses(uint32_t pulse_max_ticks)
{
    const uint32_t count = TIM2->CNT;
    return count > pulse_max_ticks && count + GUARD_TICKS < TIM2->ARR;
}

void servo_hold_release(uint32_t pulse_max_ticks)
{
    if ((TIM2->CR1 & TIM_CR1_CEN) == 0) {
        return; /* the M4 has not started it: it sets the mode itself */
    }
    const uint32_t start = time_us();
    while (!is_between_pulses(pulse_max_ticks) && time_us() - start < RELEASE_LIMIT_US) {
    }
    servo_timer_mode(SERVO_MODE_PWM);
}
