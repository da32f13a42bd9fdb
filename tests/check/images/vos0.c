/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* VOS0 under direct SMPS: 1.5 V on VCORE. */
#include "image.h"

int main(void)
{
    start_well();
    RCC_APB4ENR |= 2u;
    SYSCFG_PWRCR |= 1u;
    stay();
}
