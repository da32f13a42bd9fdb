/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef H755_SYSTEM_H
#define H755_SYSTEM_H

/*
 * Supply, flash interface, M4 code cache, pins, semaphores, watchdogs, debug freeze. RM0399 Rev 4
 * chapters 7.8, 4.9, 6.4, 12.4, 11.4, 48.4, 63.5.8. Included by candial_stm32h755.h.
 */

/* PWR, 7.8. CR3's SDEN, SDEXTHP and SDLEVEL are SMPSEN, SMPSEXTHP and SMPSLEVEL in CMSIS. */
typedef struct {
    __IO uint32_t CR1;    /* 0x00 */
    __IO uint32_t CSR1;   /* 0x04 */
    __IO uint32_t CR2;    /* 0x08 */
    __IO uint32_t CR3;    /* 0x0C */
    __IO uint32_t CPUCR;  /* 0x10, RM0399's PWR_CPU1CR */
    __IO uint32_t CPU2CR; /* 0x14 */
    __IO uint32_t D3CR;   /* 0x18 */
} PWR_TypeDef;

#define PWR_BASE 0x58024800UL
#define PWR ((PWR_TypeDef *)PWR_BASE)
#define PWR_CR1_PVDEN (1UL << 4)
#define PWR_CR1_PLS (7UL << 5)      /* 111: PVD_IN */
#define PWR_CR1_PLS_LEV6 (6UL << 5) /* 2.85 V */
#define PWR_CR1_DBP (1UL << 8)
#define PWR_CSR1_PVDO (1UL << 4) /* VDD is below that */
#define PWR_CSR1_ACTVOSRDY (1UL << 13)
#define PWR_CSR1_ACTVOS (3UL << 14)
#define PWR_CR3_BYPASS (1UL << 0)
#define PWR_CR3_LDOEN (1UL << 1)
#define PWR_CR3_SMPSEN (1UL << 2)
#define PWR_CR3_SMPSEXTHP (1UL << 3)
#define PWR_CR3_SMPSLEVEL (3UL << 4)
#define PWR_D3CR_VOSRDY (1UL << 13)
#define PWR_D3CR_VOS (3UL << 14) /* 11: VOS1 */

/* EXTI, 21.6: what both cores share, and the M7's masks and flags. Line 16 is the voltage detector's. */
typedef struct {
    __IO uint32_t RTSR1; /* 0x00 */
    __IO uint32_t FTSR1; /* 0x04 */
} EXTI_TypeDef;

typedef struct {
    __IO uint32_t IMR1; /* 0x00 */
    __IO uint32_t EMR1; /* 0x04 */
    __IO uint32_t PR1;  /* 0x08 */
} EXTI_Core_TypeDef;

#define EXTI_BASE 0x58000000UL
#define EXTI ((EXTI_TypeDef *)EXTI_BASE)
#define EXTI_D1_BASE (EXTI_BASE + 0x80UL)
#define EXTI_D1 ((EXTI_Core_TypeDef *)EXTI_D1_BASE)
#define EXTI_RTSR1_TR16 (1UL << 16)
#define EXTI_IMR1_IM16 (1UL << 16)
#define EXTI_PR1_PR16 (1UL << 16)

/* FLASH, 4.9 */
typedef struct {
    __IO uint32_t ACR;     /* 0x00 */
    __IO uint32_t KEYR1;   /* 0x04 */
    __IO uint32_t OPTKEYR; /* 0x08 */
    __IO uint32_t CR1;     /* 0x0C */
    __IO uint32_t SR1;     /* 0x10 */
    __IO uint32_t CCR1;    /* 0x14 */
} FLASH_TypeDef;

#define FLASH_R_BASE 0x52002000UL
#define FLASH ((FLASH_TypeDef *)FLASH_R_BASE)
#define FLASH_ACR_LATENCY (15UL << 0)
#define FLASH_ACR_LATENCY_2WS 2UL
#define FLASH_ACR_WRHIGHFREQ (3UL << 4)
#define FLASH_ACR_WRHIGHFREQ_1 (2UL << 4)
#define FLASH_CR_LOCK (1UL << 0)
#define FLASH_CR_PG (1UL << 1)
#define FLASH_CR_SER (1UL << 2)
#define FLASH_CR_START (1UL << 7)
#define FLASH_CR_SNB_Pos 8U
#define FLASH_CR_SNB (7UL << 8)
#define FLASH_SR_BSY (1UL << 0)
#define FLASH_SR_WBNE (1UL << 1)
#define FLASH_SR_QW (1UL << 2)
#define FLASH_SR_WRPERR (1UL << 17)
#define FLASH_SR_PGSERR (1UL << 18)
#define FLASH_SR_STRBERR (1UL << 19)
#define FLASH_SR_INCERR (1UL << 21)
#define FLASH_SR_OPERR (1UL << 22)
#define FLASH_CCR_CLR_EOP (1UL << 16)
#define FLASH_CCR_CLR_WRPERR (1UL << 17)
#define FLASH_CCR_CLR_PGSERR (1UL << 18)
#define FLASH_CCR_CLR_STRBERR (1UL << 19)
#define FLASH_CCR_CLR_INCERR (1UL << 21)
#define FLASH_CCR_CLR_OPERR (1UL << 22)
#define FLASH_CCR_CLR_SNECCERR (1UL << 25)
#define FLASH_CCR_CLR_DBECCERR (1UL << 26)

/* ART accelerator, 6.4 */
typedef struct {
    __IO uint32_t CTR; /* 0x00 */
} ART_TypeDef;

#define ART_BASE 0x40024400UL
#define ART ((ART_TypeDef *)ART_BASE)
#define ART_CTR_EN (1UL << 0)
#define ART_CTR_PCACHEADDR_Pos 8U

/* GPIO, 12.4 */
typedef struct {
    __IO uint32_t MODER;   /* 0x00 */
    __IO uint32_t OTYPER;  /* 0x04 */
    __IO uint32_t OSPEEDR; /* 0x08 */
    __IO uint32_t PUPDR;   /* 0x0C */
    __IO uint32_t IDR;     /* 0x10 */
    __IO uint32_t ODR;     /* 0x14 */
    __IO uint32_t BSRR;    /* 0x18 */
    __IO uint32_t LCKR;    /* 0x1C */
    __IO uint32_t AFR[2];  /* 0x20 */
} GPIO_TypeDef;

#define GPIOA_BASE 0x58020000UL
#define GPIOB_BASE 0x58020400UL
#define GPIOC_BASE 0x58020800UL
#define GPIOD_BASE 0x58020C00UL
#define GPIOE_BASE 0x58021000UL
#define GPIOA ((GPIO_TypeDef *)GPIOA_BASE)
#define GPIOB ((GPIO_TypeDef *)GPIOB_BASE)
#define GPIOC ((GPIO_TypeDef *)GPIOC_BASE)
#define GPIOD ((GPIO_TypeDef *)GPIOD_BASE)
#define GPIOE ((GPIO_TypeDef *)GPIOE_BASE)

/* HSEM, 11.4. Core 1 is the Cortex-M7 (COREID 3), core 2 the Cortex-M4 (COREID 1): Table 95. */
typedef struct {
    __IO uint32_t R[32];   /* 0x000 */
    __IO uint32_t RLR[32]; /* 0x080 */
    __IO uint32_t C1IER;   /* 0x100 */
    __IO uint32_t C1ICR;   /* 0x104 */
    __IO uint32_t C1ISR;   /* 0x108 */
    __IO uint32_t C1MISR;  /* 0x10C */
    __IO uint32_t C2IER;   /* 0x110 */
    __IO uint32_t C2ICR;   /* 0x114 */
    __IO uint32_t C2ISR;   /* 0x118 */
    __IO uint32_t C2MISR;  /* 0x11C */
} HSEM_TypeDef;

#define HSEM_BASE 0x58026400UL
#define HSEM ((HSEM_TypeDef *)HSEM_BASE)
#define HSEM_CR_COREID_CPU1 (3U << 8U)
#define HSEM_CR_COREID_CPU2 (1U << 8U)

/* IWDG, 48.4 */
typedef struct {
    __IO uint32_t KR;   /* 0x00 */
    __IO uint32_t PR;   /* 0x04 */
    __IO uint32_t RLR;  /* 0x08 */
    __IO uint32_t SR;   /* 0x0C */
    __IO uint32_t WINR; /* 0x10 */
} IWDG_TypeDef;

#define IWDG1_BASE 0x58004800UL
#define IWDG2_BASE 0x58004C00UL
#define IWDG1 ((IWDG_TypeDef *)IWDG1_BASE)
#define IWDG2 ((IWDG_TypeDef *)IWDG2_BASE)

/* DBGMCU, 63.5.8. FZ1: while the Cortex-M7 is halted; FZ2: while the Cortex-M4 is. */
typedef struct {
    __IO uint32_t IDCODE;   /* 0x00 */
    __IO uint32_t CR;       /* 0x04 */
    uint32_t RESERVED1[19]; /* 0x08 */
    __IO uint32_t APB4FZ1;  /* 0x54 */
    __IO uint32_t APB4FZ2;  /* 0x58 */
} DBGMCU_TypeDef;

#define DBGMCU_BASE 0x5C001000UL
#define DBGMCU ((DBGMCU_TypeDef *)DBGMCU_BASE)
#define DBGMCU_APB4FZ1_DBG_IWDG1 (1UL << 18)
#define DBGMCU_APB4FZ2_DBG_IWDG2 (1UL << 19)

#endif
