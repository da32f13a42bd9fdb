/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Runs PLL1 from HSI at DIVM, DIVN with the VCO of CFGR, and takes it for nothing. */
#include "image.h"

int main(void)
{
    select_supply(SUPPLY_SMPS);
    wait_for_supply();
    voltage_scale_1();
    RCC_PLLCKSELR = (DIVM) << 4;
    RCC_PLLCFGR = 0x00010000u | (CFGR);
    RCC_PLL1DIVR = 0x01010200u | ((DIVN)-1u);
    RCC_CR |= 1u << 24;
    while ((RCC_CR & 1u << 25) == 0) {
    }
    stay();
}
