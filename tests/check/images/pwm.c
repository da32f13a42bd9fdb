/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* A servo's pulse on PA0, with a prescaler for 240 MHz (or PSC and ARR). */
#include "image.h"

#ifndef PSC
#define PSC 239
#endif

#ifndef ARR
#define ARR 19999u
#endif

#define GPIOA_MODER REG(0x58020000u)
#define GPIOA_AFRL REG(0x58020020u)

int main(void)
{
    start_well();
    RCC_APB1LENR |= 1u;
#ifdef ON_PIN
    RCC_AHB4ENR |= 1u;
    (void)RCC_AHB4ENR;
    GPIOA_AFRL = 1u;
    GPIOA_MODER = (GPIOA_MODER & ~3u) | 2u;
#endif
    REG(TIM2 + 0x18u) = 0x68u; /* CCMR1: PWM mode 1, preload */
    REG(TIM2 + 0x20u) = 1u;    /* CCER: CC1E */
    REG(TIM2 + 0x28u) = PSC;
    REG(TIM2 + 0x2Cu) = ARR;
    REG(TIM2 + 0x34u) = ARR < 1500u ? ARR / 2 : 1500u; /* CCR1 */
    REG(TIM2 + 0x14u) = 1u;                            /* EGR: UG */
    REG(TIM2) = 1u;                                    /* CR1: CEN */
    stay();
}
