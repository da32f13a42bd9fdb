/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* A servo's pulse, with a prescaler for 240 MHz (or PSC). */
#include "image.h"

#ifndef PSC
#define PSC 239
#endif

int main(void)
{
    start_well();
    RCC_APB1LENR |= 1u;
    REG(TIM2 + 0x18u) = 0x68u; /* CCMR1: PWM mode 1, preload */
    REG(TIM2 + 0x20u) = 1u;    /* CCER: CC1E */
    REG(TIM2 + 0x28u) = PSC;
    REG(TIM2 + 0x2Cu) = 19999u; /* ARR */
    REG(TIM2 + 0x34u) = 1500u;  /* CCR1 */
    REG(TIM2 + 0x14u) = 1u;     /* EGR: UG */
    REG(TIM2) = 1u;             /* CR1: CEN */
    stay();
}
