/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Sets up a timer that is not modelled; what it reads back decides about nothing. */
#include "image.h"

int main(void)
{
    start_well();
    TIM1_PSC = 199;
    TIM1_CR1 |= 1u;
    stay();
}
