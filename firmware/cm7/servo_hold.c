/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* RM0399 Rev 4 41.3.7 forced output, 41.4.8 OC1M, 41.4.11 CCER. */
#include "firmware/cm7/servo_hold.h"

#include <stdbool.h>

#include "firmware/common/servo_timer.h"
#include "firmware/common/shared.h"
#include "firmware/common/timebase.h"

/* Not nearer to the period's end than 10 us: the mode must not change in the next pulse. */
#define GUARD_TICKS (10U * SERVO_TIMER_MHZ)
/* Longer than the longest servo period. */
#define WAIT_LIMIT_US 60000U

void servo_hold_start(uint32_t dials)
{
    RCC_C1->APB1LENR |= RCC_APB1LENR_TIM2EN;
    (void)RCC_C1->APB1LENR;
    servo_timer_mode(SERVO_MODE_LOW);
    SHARED->m7.hold_edge = 1;
    uint32_t enables = 0;
    for (uint32_t i = 0; i < dials; i++) {
        enables |= TIM_CCER_CC1E << (4U * i);
    }
    TIM2->CCER = enables;
}

/* What the M4 must know to count rising edges (cm4/servo.c). The flag is up as long as nothing is held:
 * the M4, itself in its NMI, may look before this core has come here. */
static void tell_hold(void)
{
    SHARED->m7.hold_edge = servo_timer_had_risen() ? 1U : 0U;
    SHARED->m7.servo_hold = 1;
}

/* HSE may fail before the M7 has given TIM2 its clock; then there is no pulse either. */
void servo_hold_low(void)
{
    if ((RCC_C1->APB1LENR & RCC_APB1LENR_TIM2EN) != 0) {
        servo_timer_mode(SERVO_MODE_LOW);
        tell_hold();
    }
}

/* The longest of all dials: none shall be cut, at its beginning or its end. */
static uint32_t longest_pulse(void)
{
    const struct ipc_m7_part *m7 = &SHARED->m7;
    uint32_t longest = 0;
    for (uint32_t i = 0; i < m7->dial_count; i++) {
        longest = m7->pulse_max_ticks[i] > longest ? m7->pulse_max_ticks[i] : longest;
    }
    return longest;
}

static void wait_between_pulses(void)
{
    const uint32_t longest = longest_pulse();
    const uint32_t start = time_us();
    for (;;) {
        const uint32_t count = TIM2->CNT;
        const bool is_between = count > longest && count + GUARD_TICKS < TIM2->ARR;
        if (is_between || time_us() - start >= WAIT_LIMIT_US) {
            return;
        }
    }
}

void servo_hold_pause(void)
{
    if ((TIM2->CR1 & TIM_CR1_CEN) != 0) {
        wait_between_pulses();
    }
    servo_hold_low();
}

/* If the M4 has not started the timer it sets the mode itself; it starts first and looks then, here it is
 * the other way round: so one of the two sees the other. */
void servo_hold_release(void)
{
    SHARED->m7.hold_edge = 1;
    SHARED->m7.servo_hold = 0;
    __DSB();
    if ((TIM2->CR1 & TIM_CR1_CEN) != 0) {
        wait_between_pulses();
        servo_timer_mode(SERVO_MODE_PWM);
    }
}

void servo_hold_park(void)
{
    const struct ipc_m7_part *m7 = &SHARED->m7;
    for (uint32_t i = 0; i < m7->dial_count; i++) {
        *servo_timer_compare(i) = m7->park_ticks[i];
    }
}
