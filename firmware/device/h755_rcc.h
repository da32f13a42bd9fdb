/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef H755_RCC_H
#define H755_RCC_H

/* Reset and clock control, RM0399 Rev 4 chapter 9.7. Included by candial_stm32h755.h. */

typedef struct {
    __IO uint32_t CR;        /* 0x00 */
    __IO uint32_t HSICFGR;   /* 0x04 */
    __IO uint32_t CRRCR;     /* 0x08 */
    __IO uint32_t CSICFGR;   /* 0x0C */
    __IO uint32_t CFGR;      /* 0x10 */
    uint32_t RESERVED1;      /* 0x14 */
    __IO uint32_t D1CFGR;    /* 0x18 */
    __IO uint32_t D2CFGR;    /* 0x1C */
    __IO uint32_t D3CFGR;    /* 0x20 */
    uint32_t RESERVED2;      /* 0x24 */
    __IO uint32_t PLLCKSELR; /* 0x28 */
    __IO uint32_t PLLCFGR;   /* 0x2C */
    __IO uint32_t PLL1DIVR;  /* 0x30 */
    __IO uint32_t PLL1FRACR; /* 0x34 */
    uint32_t RESERVED3[6];   /* 0x38: PLL2, PLL3; 0x48 reserved; 0x4C D1CCIPR */
    __IO uint32_t D2CCIP1R;  /* 0x50 */
    __IO uint32_t D2CCIP2R;  /* 0x54 */
    __IO uint32_t D3CCIPR;   /* 0x58 */
    uint32_t RESERVED4;      /* 0x5C */
    __IO uint32_t CIER;      /* 0x60 */
    __IO uint32_t CIFR;      /* 0x64 */
    __IO uint32_t CICR;      /* 0x68 */
    uint32_t RESERVED5;      /* 0x6C */
    __IO uint32_t BDCR;      /* 0x70 */
    uint32_t RESERVED6[23];  /* 0x74: CSR, resets, global control */
    __IO uint32_t RSR;       /* 0xD0 */
    __IO uint32_t AHB3ENR;   /* 0xD4 */
    __IO uint32_t AHB1ENR;   /* 0xD8 */
    __IO uint32_t AHB2ENR;   /* 0xDC */
    __IO uint32_t AHB4ENR;   /* 0xE0 */
    __IO uint32_t APB3ENR;   /* 0xE4 */
    __IO uint32_t APB1LENR;  /* 0xE8 */
    __IO uint32_t APB1HENR;  /* 0xEC */
    __IO uint32_t APB2ENR;   /* 0xF0 */
    __IO uint32_t APB4ENR;   /* 0xF4 */
} RCC_TypeDef;

/* One core's bank of reset flags and peripheral clocks, RM0399 9.7.1. */
typedef struct {
    __IO uint32_t RSR;      /* 0x00 */
    __IO uint32_t AHB3ENR;  /* 0x04 */
    __IO uint32_t AHB1ENR;  /* 0x08 */
    __IO uint32_t AHB2ENR;  /* 0x0C */
    __IO uint32_t AHB4ENR;  /* 0x10 */
    __IO uint32_t APB3ENR;  /* 0x14 */
    __IO uint32_t APB1LENR; /* 0x18 */
    __IO uint32_t APB1HENR; /* 0x1C */
    __IO uint32_t APB2ENR;  /* 0x20 */
    __IO uint32_t APB4ENR;  /* 0x24 */
} RCC_Core_TypeDef;

#define RCC_BASE 0x58024400UL
#define RCC_C1_BASE (RCC_BASE + 0x130UL)
#define RCC_C2_BASE (RCC_BASE + 0x190UL)
#define RCC ((RCC_TypeDef *)RCC_BASE)
#define RCC_C1 ((RCC_Core_TypeDef *)RCC_C1_BASE)
#define RCC_C2 ((RCC_Core_TypeDef *)RCC_C2_BASE)

/* RCC_CR, 9.7.2 */
#define RCC_CR_HSION (1UL << 0)
#define RCC_CR_HSIRDY (1UL << 2)
#define RCC_CR_HSEON (1UL << 16)
#define RCC_CR_HSERDY (1UL << 17)
#define RCC_CR_HSEBYP (1UL << 18)
#define RCC_CR_CSSHSEON (1UL << 19)
#define RCC_CR_PLL1ON (1UL << 24)
#define RCC_CR_PLL1RDY (1UL << 25)

/* RCC_CFGR, 9.7.6 */
#define RCC_CFGR_SW (7UL << 0)
#define RCC_CFGR_SW_HSI 0UL
#define RCC_CFGR_SW_PLL1 3UL
#define RCC_CFGR_RTCPRE_Pos 8U
#define RCC_CFGR_RTCPRE (63UL << 8) /* hse_1M_ck = HSE / RTCPRE */
#define RCC_CFGR_SWS (7UL << 3)
#define RCC_CFGR_SWS_HSI 0UL
#define RCC_CFGR_SWS_PLL1 (3UL << 3)

/* RCC_D1CFGR, D2CFGR, D3CFGR, 9.7.7 to 9.7.9 */
#define RCC_D1CFGR_HPRE_DIV2 (8UL << 0)
#define RCC_D1CFGR_D1PPRE_DIV2 (4UL << 4)
#define RCC_D2CFGR_D2PPRE1_DIV2 (4UL << 4)
#define RCC_D2CFGR_D2PPRE2_DIV2 (4UL << 8)
#define RCC_D3CFGR_D3PPRE_DIV2 (4UL << 4)

/* RCC_PLLCKSELR, PLLCFGR, PLL1DIVR, PLL1FRACR, 9.7.10 to 9.7.13 */
#define RCC_PLLCKSELR_PLLSRC_HSI 0U
#define RCC_PLLCKSELR_PLLSRC_HSE (2UL << 0)
#define RCC_PLLCKSELR_DIVM1_Pos 4U
#define RCC_PLLCKSELR_DIVM2_Pos 12U
#define RCC_PLLCKSELR_DIVM3_Pos 20U
#define RCC_PLLCFGR_PLL1FRACEN (1UL << 0)
#define RCC_PLLCFGR_PLL1RGE_1 (1UL << 2)
#define RCC_PLLCFGR_PLL1RGE_3 (3UL << 2)
#define RCC_PLLCFGR_DIVP1EN (1UL << 16)
#define RCC_PLLCFGR_DIVQ1EN (1UL << 17)
#define RCC_PLL1DIVR_N1_Pos 0U
#define RCC_PLL1DIVR_P1_Pos 9U
#define RCC_PLL1DIVR_Q1_Pos 16U
#define RCC_PLL1DIVR_R1_Pos 24U
#define RCC_PLL1FRACR_FRACN1_Pos 3U

/* RCC_D2CCIP1R, D2CCIP2R, 9.7.19, 9.7.20 */
#define RCC_D2CCIP1R_FDCANSEL (3UL << 28)
#define RCC_D2CCIP1R_FDCANSEL_0 (1UL << 28) /* pll1_q_ck */
#define RCC_D2CCIP2R_USART28SEL (7UL << 0)
#define RCC_D2CCIP2R_USART28SEL_0 (1UL << 0)
#define RCC_D2CCIP2R_USART28SEL_1 (2UL << 0) /* with _0: hsi_ker_ck */

/* RCC_CIFR, CICR, 9.7.23, 9.7.24 */
#define RCC_CIFR_HSECSSF (1UL << 10)
#define RCC_CICR_HSECSSC (1UL << 10)

/* RCC_BDCR, 9.7.25 */
#define RCC_BDCR_LSEON (1UL << 0)
#define RCC_BDCR_LSERDY (1UL << 1)
#define RCC_BDCR_LSEDRV (3UL << 3)
#define RCC_BDCR_BDRST (1UL << 16)

/* RCC_RSR, 9.7.38 */
#define RCC_RSR_RMVF (1UL << 16)
#define RCC_RSR_BORRSTF (1UL << 21)
#define RCC_RSR_PINRSTF (1UL << 22)
#define RCC_RSR_PORRSTF (1UL << 23)
#define RCC_RSR_SFT1RSTF (1UL << 24)
#define RCC_RSR_SFT2RSTF (1UL << 25)
#define RCC_RSR_IWDG1RSTF (1UL << 26)
#define RCC_RSR_IWDG2RSTF (1UL << 27)
#define RCC_RSR_WWDG1RSTF (1UL << 28)
#define RCC_RSR_WWDG2RSTF (1UL << 29)
#define RCC_RSR_LPWR1RSTF (1UL << 30)
#define RCC_RSR_LPWR2RSTF (1UL << 31)

/* Peripheral clocks, 9.7.39 to 9.7.48 */
#define RCC_AHB3ENR_FLASHEN (1UL << 8)
#define RCC_AHB1ENR_ARTEN (1UL << 14)
#define RCC_AHB4ENR_GPIOAEN (1UL << 0)
#define RCC_AHB4ENR_GPIOBEN (1UL << 1)
#define RCC_AHB4ENR_GPIOCEN (1UL << 2)
#define RCC_AHB4ENR_GPIODEN (1UL << 3)
#define RCC_AHB4ENR_GPIOEEN (1UL << 4)
#define RCC_AHB4ENR_HSEMEN (1UL << 25)
#define RCC_AHB4ENR_BKPRAMEN (1UL << 28)
#define RCC_APB1LENR_TIM2EN (1UL << 0)
#define RCC_APB1LENR_TIM5EN (1UL << 3)
#define RCC_APB1LENR_USART3EN (1UL << 18)
#define RCC_APB1HENR_FDCANEN (1UL << 8)
#define RCC_APB2ENR_TIM16EN (1UL << 17)
#define RCC_APB2ENR_TIM17EN (1UL << 18)

#endif
