/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Drives PB0; so does the other core, if it runs this, too. */
#include "image.h"

int main(void)
{
    RCC_AHB4ENR |= 2u;
    GPIOB_MODER = (GPIOB_MODER & ~3u) | 1u;
    GPIOB_BSRR = 1u;
    stay();
}
