/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Asks for VOS0 under direct SMPS, but SYSCFG has no clock. */
#include "image.h"

int main(void)
{
    start_well();
    SYSCFG_PWRCR |= 1u;
    stay();
}
