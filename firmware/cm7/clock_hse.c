/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * RM0399 Rev 4: TIM17_TISEL 43.6.20, input capture 43.4.6, RTCPRE 9.7.6. hse_1M_ck is made for the RTC, which
 * is not used here; that it reaches TIM17 without the RTC's clock being chosen is read between the lines of
 * 9.5.8. If it does not, there is nothing to count and HSE is not used.
 */
#include "stm32h755xx.h"

#include "firmware/cm7/clock_hse.h"

#include "firmware/cm7/clocks.h"
#include "firmware/common/clock_plan.h"

/* From edge to edge 63 us with 8 MHz; the sum of all still fits the 16-bit counter at this limit. */
#define EDGE_LIMIT_US 200U
_Static_assert(EDGE_LIMIT_US *CLOCK_HSE_SPANS * 32UL <= UINT16_MAX, "TIM17 has 16 bits");

static void timer_start(void)
{
    RCC_C1->APB2ENR |= RCC_APB2ENR_TIM17EN;
    (void)RCC_C1->APB2ENR;
    RCC->CFGR |= CLOCK_HSE_DIVIDER << RCC_CFGR_RTCPRE_Pos; /* below 1 MHz whatever HSE is */
    TIM17->TISEL = TIM_TISEL_TI1SEL_1;                     /* 0010: HSE_1MHz */
    TIM17->CCMR1 = TIM_CCMR1_CC1S_0 | TIM_CCMR1_IC1PSC;    /* TI1, every 8th edge */
    TIM17->CCER = TIM_CCER_CC1E;
    TIM17->CR1 = TIM_CR1_CEN;
}

static void timer_stop(void)
{
    TIM17->CR1 = 0;
    TIM17->CCER = 0;
    RCC->CFGR &= ~RCC_CFGR_RTCPRE;
    RCC_C1->APB2ENR &= ~RCC_APB2ENR_TIM17EN;
}

static uint32_t count(void)
{
    uint32_t first = 0;
    for (uint32_t i = 0; i <= CLOCK_HSE_SPANS; i++) {
        if (!clocks_wait(&TIM17->SR, TIM_SR_CC1IF, TIM_SR_CC1IF, EDGE_LIMIT_US)) {
            return 0;
        }
        const uint32_t now = TIM17->CCR1; /* clears CC1IF (43.6.4) */
        if (i == 0) {
            first = now;
        } else if (i == CLOCK_HSE_SPANS) {
            return (now - first) & UINT16_MAX;
        }
    }
    return 0;
}

uint32_t clock_hse_count(void)
{
    timer_start();
    const uint32_t counts = count();
    timer_stop();
    return counts;
}
