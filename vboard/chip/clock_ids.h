/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CHIP_CLOCK_IDS_H
#define VBOARD_CHIP_CLOCK_IDS_H

/* Clocks of the tree (RM0399 Figure 45). Sources first, then buses, then kernel clocks. */
enum clock_id {
    CLK_HSI,
    CLK_CSI,
    CLK_HSI48,
    CLK_HSE,
    CLK_LSI,
    CLK_LSE,
    CLK_PLL1P,
    CLK_PLL1Q,
    CLK_PLL1R,
    CLK_PLL2P,
    CLK_PLL2Q,
    CLK_PLL2R,
    CLK_PLL3P,
    CLK_PLL3Q,
    CLK_PLL3R,
    CLK_SYS,  /* sys_ck */
    CLK_CPU1, /* rcc_c1_ck: CM7; stops when the core's clock does */
    CLK_CPU2, /* rcc_c2_ck: CM4 = AHB */
    CLK_SYSTICK1,
    CLK_SYSTICK2, /* the external SysTick references: core clock / 8 (RM0399 9.5.8) */
    CLK_AXI,      /* rcc_aclk, rcc_hclk3: AXI, flash */
    CLK_HCLK1,
    CLK_HCLK2,
    CLK_HCLK4,
    CLK_PCLK1,
    CLK_PCLK2,
    CLK_PCLK3,
    CLK_PCLK4,
    CLK_TIMX,   /* rcc_timx_ker_ck: timers on APB1 */
    CLK_TIMY,   /* rcc_timy_ker_ck: timers on APB2 */
    CLK_HSE1M,  /* hse_1M_ck: HSE / RTCPRE */
    CLK_PER,    /* per_ck */
    CLK_CSI122, /* csi_ker_ck / 122, for CEC */
    /* Behind the multiplexers of D1CCIPR, D2CCIPxR, D3CCIPR and CFGR (chips/stm32h755_kernels.c). */
    CLK_USART16,
    CLK_USART234578,
    CLK_FDCAN,
    CLK_FMC,
    CLK_QUADSPI,
    CLK_DSI,
    CLK_SDMMC,
    CLK_SAI1,
    CLK_SAI23,
    CLK_SPI123,
    CLK_SPI45,
    CLK_SPDIFRX,
    CLK_DFSDM1,
    CLK_SWPMI,
    CLK_RNG,
    CLK_I2C123,
    CLK_USB,
    CLK_CEC,
    CLK_LPTIM1,
    CLK_LPUART1,
    CLK_I2C4,
    CLK_LPTIM2,
    CLK_LPTIM345,
    CLK_ADC,
    CLK_SAI4A,
    CLK_SAI4B,
    CLK_SPI6,
    CLK_HRTIM,
    CLK_RTC, /* rtc_ck, with BDCR.RTCEN */
    CLK_COUNT
};

/* RM0399's name where it has one: "rcc_pclk1". */
const char *clock_id_name(enum clock_id id);

#endif
