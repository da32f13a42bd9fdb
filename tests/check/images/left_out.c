/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* A timer that takes a comparator for its external trigger, and one that is an encoder: neither is modelled. */
#include "image.h"

int main(void)
{
    start_well();
    RCC_APB1LENR |= 1u | 1u << 9;
    REG(TIM2 + 0x60u) = 1u << 14; /* AF1: ETRSEL, COMP1 */
    REG(0x4000240Cu) = 1u << 24;  /* LPTIM1_CFGR: ENC */
    REG(TIM2) = 1u;               /* CR1: CEN */
    stay();
}
