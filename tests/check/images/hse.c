/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Waits for the external clock, however long. */
#include "image.h"

int main(void)
{
    select_supply(SUPPLY_SMPS);
    wait_for_supply();
    RCC_CR |= 1u << 18 | 1u << 16;
    while ((RCC_CR & 1u << 17) == 0) {
    }
    stay();
}
