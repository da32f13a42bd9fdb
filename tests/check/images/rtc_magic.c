/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Keeps a mark in a backup register; with it, the next reset selects the wrong supply. */
#include "image.h"

int main(void)
{
    if (RTC_BKP0R == 0xBEEFu) {
        select_supply(SUPPLY_LDO);
    }
    PWR_CR1 |= 1u << 8; /* DBP */
    RTC_BKP0R = 0xBEEFu;
    stay();
}
