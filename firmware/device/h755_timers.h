/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef H755_TIMERS_H
#define H755_TIMERS_H

/*
 * General-purpose timers TIM2, TIM5, TIM16 and TIM17, RM0399 Rev 4 chapters 41.4 and 43.6. Included by
 * candial_stm32h755.h.
 */

typedef struct {
    __IO uint32_t CR1;     /* 0x00 */
    __IO uint32_t CR2;     /* 0x04 */
    __IO uint32_t SMCR;    /* 0x08 */
    __IO uint32_t DIER;    /* 0x0C */
    __IO uint32_t SR;      /* 0x10 */
    __IO uint32_t EGR;     /* 0x14 */
    __IO uint32_t CCMR1;   /* 0x18 */
    __IO uint32_t CCMR2;   /* 0x1C */
    __IO uint32_t CCER;    /* 0x20 */
    __IO uint32_t CNT;     /* 0x24 */
    __IO uint32_t PSC;     /* 0x28 */
    __IO uint32_t ARR;     /* 0x2C */
    uint32_t RESERVED1;    /* 0x30 */
    __IO uint32_t CCR1;    /* 0x34 */
    __IO uint32_t CCR2;    /* 0x38 */
    __IO uint32_t CCR3;    /* 0x3C */
    __IO uint32_t CCR4;    /* 0x40 */
    uint32_t RESERVED2[9]; /* 0x44: break, DMA, alternate functions */
    __IO uint32_t TISEL;   /* 0x68 */
} TIM_TypeDef;

#define TIM2_BASE 0x40000000UL
#define TIM5_BASE 0x40000C00UL
#define TIM16_BASE 0x40014400UL
#define TIM17_BASE 0x40014800UL
#define TIM2 ((TIM_TypeDef *)TIM2_BASE)
#define TIM5 ((TIM_TypeDef *)TIM5_BASE)
#define TIM16 ((TIM_TypeDef *)TIM16_BASE)
#define TIM17 ((TIM_TypeDef *)TIM17_BASE)

#define TIM_CR1_CEN (1UL << 0)
#define TIM_CR1_URS (1UL << 2)
#define TIM_CR1_ARPE (1UL << 7)
#define TIM_DIER_UIE (1UL << 0)
#define TIM_DIER_CC1IE (1UL << 1)
#define TIM_SR_UIF (1UL << 0)
#define TIM_SR_CC1IF (1UL << 1)
#define TIM_SR_CC1OF (1UL << 9)
#define TIM_EGR_UG (1UL << 0)
#define TIM_CCMR1_CC1S_0 (1UL << 0) /* input, on its own TI */
#define TIM_CCMR1_IC1PSC (3UL << 2) /* every 8th edge */
#define TIM_CCMR1_OC1PE (1UL << 3)
#define TIM_CCMR1_OC1M_1 (2UL << 4)
#define TIM_CCMR1_OC1M_2 (4UL << 4) /* alone: forced inactive; with _1: PWM mode 1 */
#define TIM_CCER_CC1E (1UL << 0)
#define TIM_TISEL_TI1SEL_1 (2UL << 0) /* alone, TIM16: LSE (43.6.18), TIM17: HSE_1MHz (43.6.20) */

#endif
