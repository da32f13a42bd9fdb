/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CHIPS_STM32H755_KERNELS_H
#define VBOARD_CHIPS_STM32H755_KERNELS_H

/* The STM32H755's kernel clocks, for its table (stm32h755_entries.c); named after whom they feed. */
#include "vboard/chip/table.h"

extern const struct kernel_clock stm32h755_kernel_timx;
extern const struct kernel_clock stm32h755_kernel_timy;
extern const struct kernel_clock stm32h755_kernel_lsi;
extern const struct kernel_clock stm32h755_kernel_ltdc;
extern const struct kernel_clock stm32h755_kernel_fmc;
extern const struct kernel_clock stm32h755_kernel_quadspi;
extern const struct kernel_clock stm32h755_kernel_dsi;
extern const struct kernel_clock stm32h755_kernel_sdmmc;
extern const struct kernel_clock stm32h755_kernel_sai1;
extern const struct kernel_clock stm32h755_kernel_sai23;
extern const struct kernel_clock stm32h755_kernel_spi123;
extern const struct kernel_clock stm32h755_kernel_spi45;
extern const struct kernel_clock stm32h755_kernel_spdifrx;
extern const struct kernel_clock stm32h755_kernel_dfsdm1;
extern const struct kernel_clock stm32h755_kernel_fdcan;
extern const struct kernel_clock stm32h755_kernel_swpmi;
extern const struct kernel_clock stm32h755_kernel_usart234578;
extern const struct kernel_clock stm32h755_kernel_usart16;
extern const struct kernel_clock stm32h755_kernel_rng;
extern const struct kernel_clock stm32h755_kernel_i2c123;
extern const struct kernel_clock stm32h755_kernel_usb;
extern const struct kernel_clock stm32h755_kernel_cec;
extern const struct kernel_clock stm32h755_kernel_lptim1;
extern const struct kernel_clock stm32h755_kernel_lpuart1;
extern const struct kernel_clock stm32h755_kernel_i2c4;
extern const struct kernel_clock stm32h755_kernel_lptim2;
extern const struct kernel_clock stm32h755_kernel_lptim345;
extern const struct kernel_clock stm32h755_kernel_adc;
extern const struct kernel_clock stm32h755_kernel_sai4;  /* block A */
extern const struct kernel_clock stm32h755_kernel_sai4b; /* block B */
extern const struct kernel_clock stm32h755_kernel_spi6;
extern const struct kernel_clock stm32h755_kernel_hrtim;
extern const struct kernel_clock stm32h755_kernel_rtc;

#endif
