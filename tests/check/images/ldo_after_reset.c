/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Leaves the supply alone until something else than power has reset the board. */
#include "image.h"

int main(void)
{
    if ((RCC_RSR & RSR_PORRSTF) == 0) {
        select_supply(SUPPLY_LDO);
    }
    RCC_RSR = RSR_RMVF;
    stay();
}
