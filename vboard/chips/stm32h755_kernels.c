/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Kernel clocks: RM0399 Rev 4, 9.7.17 (D1CCIPR), 9.7.18, 9.7.19 (D2CCIPxR), 9.7.20 (D3CCIPR), 9.7.7 (CFGR),
 * 9.7.25 (BDCR); timers 9.5.8, Table 59. */
#include "vboard/chips/stm32h755_kernels.h"

#define NONE CLK_COUNT

#define CFGR 0x010
#define D1CCIPR 0x04C
#define D2CCIP1R 0x050
#define D2CCIP2R 0x054
#define D3CCIPR 0x058
#define BDCR 0x070

#define FIXED(kernel, clock)                                                                       \
    const struct kernel_clock stm32h755_kernel_##kernel = {.inputs = {clock}, .output = clock}
#define MUX(kernel, register, mux_field, first, width, clock, ...)                                 \
    const struct kernel_clock stm32h755_kernel_##kernel = {.field = #register "." mux_field,       \
                                                           .reg = register,                        \
                                                           .shift = first,                         \
                                                           .bits = width,                          \
                                                           .inputs = {__VA_ARGS__},                \
                                                           .output = clock}

FIXED(timx, CLK_TIMX);
FIXED(timy, CLK_TIMY);
FIXED(lsi, CLK_LSI);
FIXED(ltdc, CLK_PLL3R);

MUX(fmc, D1CCIPR, "FMCSEL", 0, 2, CLK_FMC, CLK_AXI, CLK_PLL1Q, CLK_PLL2R, CLK_PER);
MUX(quadspi, D1CCIPR, "QSPISEL", 4, 2, CLK_QUADSPI, CLK_AXI, CLK_PLL1Q, CLK_PLL2R, CLK_PER);
MUX(dsi, D1CCIPR, "DSISEL", 8, 1, CLK_DSI, NONE, CLK_PLL2Q); /* 0: the PHY's own */
MUX(sdmmc, D1CCIPR, "SDMMCSEL", 16, 1, CLK_SDMMC, CLK_PLL1Q, CLK_PLL2R);
/* 3: I2S_CKIN, a pin. */
MUX(sai1, D2CCIP1R, "SAI1SEL", 0, 3, CLK_SAI1, CLK_PLL1Q, CLK_PLL2P, CLK_PLL3P, NONE, CLK_PER, NONE,
    NONE, NONE);
MUX(sai23, D2CCIP1R, "SAI23SEL", 6, 3, CLK_SAI23, CLK_PLL1Q, CLK_PLL2P, CLK_PLL3P, NONE, CLK_PER,
    NONE, NONE, NONE);
MUX(spi123, D2CCIP1R, "SPI123SEL", 12, 3, CLK_SPI123, CLK_PLL1Q, CLK_PLL2P, CLK_PLL3P, NONE,
    CLK_PER, NONE, NONE, NONE);
MUX(spi45, D2CCIP1R, "SPI45SEL", 16, 3, CLK_SPI45, CLK_PCLK2, CLK_PLL2Q, CLK_PLL3Q, CLK_HSI,
    CLK_CSI, CLK_HSE, NONE, NONE);
MUX(spdifrx, D2CCIP1R, "SPDIFSEL", 20, 2, CLK_SPDIFRX, CLK_PLL1Q, CLK_PLL2R, CLK_PLL3R, CLK_HSI);
MUX(dfsdm1, D2CCIP1R, "DFSDM1SEL", 24, 1, CLK_DFSDM1, CLK_PCLK2, CLK_SYS);
MUX(fdcan, D2CCIP1R, "FDCANSEL", 28, 2, CLK_FDCAN, CLK_HSE, CLK_PLL1Q, CLK_PLL2Q, NONE);
MUX(swpmi, D2CCIP1R, "SWPSEL", 31, 1, CLK_SWPMI, CLK_PCLK1, CLK_HSI);
MUX(usart234578, D2CCIP2R, "USART234578SEL", 0, 3, CLK_USART234578, CLK_PCLK1, CLK_PLL2Q, CLK_PLL3Q,
    CLK_HSI, CLK_CSI, CLK_LSE, NONE, NONE);
MUX(usart16, D2CCIP2R, "USART16SEL", 3, 3, CLK_USART16, CLK_PCLK2, CLK_PLL2Q, CLK_PLL3Q, CLK_HSI,
    CLK_CSI, CLK_LSE, NONE, NONE);
MUX(rng, D2CCIP2R, "RNGSEL", 8, 2, CLK_RNG, CLK_HSI48, CLK_PLL1Q, CLK_LSE, CLK_LSI);
MUX(i2c123, D2CCIP2R, "I2C123SEL", 12, 2, CLK_I2C123, CLK_PCLK1, CLK_PLL3R, CLK_HSI, CLK_CSI);
MUX(usb, D2CCIP2R, "USBSEL", 20, 2, CLK_USB, NONE, CLK_PLL1Q, CLK_PLL3Q, CLK_HSI48);
MUX(cec, D2CCIP2R, "CECSEL", 22, 2, CLK_CEC, CLK_LSE, CLK_LSI, CLK_CSI122, NONE);
MUX(lptim1, D2CCIP2R, "LPTIM1SEL", 28, 3, CLK_LPTIM1, CLK_PCLK1, CLK_PLL2P, CLK_PLL3R, CLK_LSE,
    CLK_LSI, CLK_PER, NONE, NONE);
MUX(lpuart1, D3CCIPR, "LPUART1SEL", 0, 3, CLK_LPUART1, CLK_PCLK4, CLK_PLL2Q, CLK_PLL3Q, CLK_HSI,
    CLK_CSI, CLK_LSE, NONE, NONE);
MUX(i2c4, D3CCIPR, "I2C4SEL", 8, 2, CLK_I2C4, CLK_PCLK4, CLK_PLL3R, CLK_HSI, CLK_CSI);
MUX(lptim2, D3CCIPR, "LPTIM2SEL", 10, 3, CLK_LPTIM2, CLK_PCLK4, CLK_PLL2P, CLK_PLL3R, CLK_LSE,
    CLK_LSI, CLK_PER, NONE, NONE);
MUX(lptim345, D3CCIPR, "LPTIM345SEL", 13, 3, CLK_LPTIM345, CLK_PCLK4, CLK_PLL2P, CLK_PLL3R, CLK_LSE,
    CLK_LSI, CLK_PER, NONE, NONE);
MUX(adc, D3CCIPR, "ADCSEL", 16, 2, CLK_ADC, CLK_PLL2P, CLK_PLL3R, CLK_PER, NONE);
MUX(sai4b, D3CCIPR, "SAI4BSEL", 24, 3, CLK_SAI4B, CLK_PLL1Q, CLK_PLL2P, CLK_PLL3P, NONE, CLK_PER,
    NONE, NONE, NONE);
const struct kernel_clock stm32h755_kernel_sai4 = {
    .field = "D3CCIPR.SAI4ASEL",
    .reg = D3CCIPR,
    .shift = 21,
    .bits = 3,
    .inputs = {CLK_PLL1Q, CLK_PLL2P, CLK_PLL3P, NONE, CLK_PER, NONE, NONE, NONE},
    .output = CLK_SAI4A,
    .next = &stm32h755_kernel_sai4b};
MUX(spi6, D3CCIPR, "SPI6SEL", 28, 3, CLK_SPI6, CLK_PCLK4, CLK_PLL2Q, CLK_PLL3Q, CLK_HSI, CLK_CSI,
    CLK_HSE, NONE, NONE);
MUX(hrtim, CFGR, "HRTIMSEL", 14, 1, CLK_HRTIM, CLK_TIMY, CLK_CPU1);
MUX(rtc, BDCR, "RTCSEL", 8, 2, CLK_RTC, NONE, CLK_LSE, CLK_LSI, CLK_HSE1M);
