/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* A timer whose update asks for DMA and goes out as TRGO: none of it is modelled. */
#include "image.h"

int main(void)
{
    start_well();
    RCC_APB1LENR |= 1u;
    REG(TIM2 + 0x48u) = 3u << 8 | 13u; /* DCR: DBL, DBA: four registers from CCR1 on */
    REG(TIM2 + 0x04u) = 2u << 4;       /* CR2: MMS, update */
    REG(TIM2 + 0x0Cu) = 1u << 8;       /* DIER: UDE */
    REG(TIM2) = 1u;                    /* CR1: CEN */
    stay();
}
