/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* PLLN * 4 MHz with the LDO, SYSCFG_PWRCR = ODEN while SYSCFG has no clock; CLOCKED: with one. */
#include "image.h"

#define SYSCFGEN (1u << 1) /* RCC_APB4ENR (RM0399 9.7.45) */

int main(void)
{
    select_supply(SUPPLY_LDO);
    wait_for_supply();
    voltage_scale_1();
#ifdef CLOCKED
    RCC_APB4ENR |= SYSCFGEN;
    (void)RCC_APB4ENR;
#endif
    SYSCFG_PWRCR = ODEN;
    while ((PWR_D3CR & VOSRDY) == 0) {
    }
    RCC_PLLCKSELR = 8u << 4; /* HSI 64 MHz / 8 * PLLN / 2 */
    RCC_PLLCFGR = 0x00010000u | 3u << 2;
    RCC_PLL1DIVR = 0x01010200u | (PLLN - 1u);
    RCC_CR |= 1u << 24;
    while ((RCC_CR & 1u << 25) == 0) {
    }
    FLASH_ACR = 0x24u;
    RCC_D1CFGR = 0x48u;
    RCC_D2CFGR = 0x440u;
    RCC_D3CFGR = 0x40u;
    RCC_CFGR = 3u;
    while ((RCC_CFGR >> 3 & 7u) != 3u) {
    }
    stay();
}
