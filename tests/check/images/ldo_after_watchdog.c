/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Leaves the supply alone until its watchdog bites. */
#include "image.h"

int main(void)
{
    if ((RCC_RSR & RSR_IWDG1RSTF) != 0) {
        select_supply(SUPPLY_LDO);
    }
    IWDG1_KR = 0xCCCCu;
    for (;;) {
    }
}
