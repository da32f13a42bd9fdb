/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/chip/clock_ids.h"

const char *clock_id_name(enum clock_id id)
{
    static const char *const names[CLK_COUNT] = {
        [CLK_HSI] = "hsi_ck",
        [CLK_CSI] = "csi_ck",
        [CLK_HSI48] = "hsi48_ck",
        [CLK_HSE] = "hse_ck",
        [CLK_LSI] = "lsi_ck",
        [CLK_LSE] = "lse_ck",
        [CLK_PLL1P] = "pll1_p_ck",
        [CLK_PLL1Q] = "pll1_q_ck",
        [CLK_PLL1R] = "pll1_r_ck",
        [CLK_PLL2P] = "pll2_p_ck",
        [CLK_PLL2Q] = "pll2_q_ck",
        [CLK_PLL2R] = "pll2_r_ck",
        [CLK_PLL3P] = "pll3_p_ck",
        [CLK_PLL3Q] = "pll3_q_ck",
        [CLK_PLL3R] = "pll3_r_ck",
        [CLK_SYS] = "sys_ck",
        [CLK_CPU1] = "rcc_c1_ck",
        [CLK_CPU2] = "rcc_c2_ck",
        [CLK_SYSTICK1] = "systick1_ck",
        [CLK_SYSTICK2] = "systick2_ck",
        [CLK_AXI] = "rcc_aclk",
        [CLK_HCLK1] = "rcc_hclk1",
        [CLK_HCLK2] = "rcc_hclk2",
        [CLK_HCLK4] = "rcc_hclk4",
        [CLK_PCLK1] = "rcc_pclk1",
        [CLK_PCLK2] = "rcc_pclk2",
        [CLK_PCLK3] = "rcc_pclk3",
        [CLK_PCLK4] = "rcc_pclk4",
        [CLK_TIMX] = "rcc_timx_ker_ck",
        [CLK_TIMY] = "rcc_timy_ker_ck",
        [CLK_HSE1M] = "hse_1M_ck",
        [CLK_PER] = "per_ck",
        [CLK_USART16] = "usart16_ker_ck",
        [CLK_USART234578] = "usart234578_ker_ck",
        [CLK_FDCAN] = "fdcan_ker_ck",
    };
    return names[id];
}
