/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * An image for the M7 whose TIM2 makes a PWM of 64 MHz / ((PRESCALER + 1) * (RELOAD + 1)) on PA5, which nothing on
 * the board looks at: `run` compares what a check of it costs at 2 MHz and at 50 Hz. RM0399 Rev 4.
 */
#include <stdint.h>

#define REGISTER(address) (*(volatile uint32_t *)(address))
#define PWR_CR3 REGISTER(0x5802480CU)
#define PWR_CSR1 REGISTER(0x58024804U)
#define PWR_CSR1_ACTVOSRDY (1U << 13)
#define PWR_CR3_SDEN_ONLY 4U /* direct SMPS, as the board is sold (7.8.4) */
#define RCC_AHB4ENR REGISTER(0x580244E0U)
#define RCC_APB1LENR REGISTER(0x580244E8U)
#define GPIOA_MODER REGISTER(0x58020000U)
#define GPIOA_AFRL REGISTER(0x58020020U)
#define TIM2_CR1 REGISTER(0x40000000U)
#define TIM2_CCMR1 REGISTER(0x40000018U)
#define TIM2_CCER REGISTER(0x40000020U)
#define TIM2_PSC REGISTER(0x40000028U)
#define TIM2_ARR REGISTER(0x4000002CU)
#define TIM2_CCR1 REGISTER(0x40000034U)
#define PWM_MODE_1 0x68U /* with preload (43.4.9) */

void reset(void);

__attribute__((section(".vectors"), used)) void (*const vectors[2])(void) = {
    (void (*)(void))0x20001000U, /* the stack's top, in DTCM */
    reset};

void reset(void)
{
    PWR_CR3 = PWR_CR3_SDEN_ONLY;
    while ((PWR_CSR1 & PWR_CSR1_ACTVOSRDY) == 0) {
    }
    RCC_AHB4ENR |= 1U;
    RCC_APB1LENR |= 1U;
    (void)RCC_APB1LENR;
    GPIOA_AFRL = 1U << 20;
    GPIOA_MODER = (GPIOA_MODER & ~(3U << 10)) | 2U << 10;
    TIM2_PSC = PRESCALER;
    TIM2_ARR = RELOAD;
    TIM2_CCR1 = (RELOAD + 1U) / 2U;
    TIM2_CCMR1 = PWM_MODE_1;
    TIM2_CCER = 1U;
    TIM2_CR1 = 1U;
    for (;;) {
    }
}
