/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Gives a DMA controller's register at ORDER the address TARGET, and starts nothing. */
#include "image.h"

int main(void)
{
    start_well();
    REG(0x580244D8u) |= 3u; /* AHB1ENR: DMA1, DMA2 */
    (void)REG(0x580244D8u);
    REG(0x580244D4u) |= 1u;  /* AHB3ENR: MDMA */
    RCC_AHB4ENR |= 1u << 21; /* BDMA */
    (void)RCC_AHB4ENR;
    REG(ORDER) = TARGET;
    stay();
}
