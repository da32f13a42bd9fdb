/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Selects the right supply late, unless a reset comes before. */
#include "image.h"

int main(void)
{
    if ((RCC_RSR & RSR_PORRSTF) == 0) {
        select_supply(SUPPLY_LDO);
    }
    RCC_RSR = RSR_RMVF;
    spend(100000);
    select_supply(SUPPLY_SMPS);
    stay();
}
