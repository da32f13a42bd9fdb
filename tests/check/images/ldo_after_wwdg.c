/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Leaves the supply alone until the other window watchdog has bitten. */
#include "image.h"

int main(void)
{
    if ((RCC_RSR & 1u << 29) != 0) {
        select_supply(SUPPLY_LDO);
    }
    RCC_RSR = RSR_RMVF;
    stay();
}
