/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Keeps a mark in a register that is not modelled; with it, the next reset selects the wrong supply. */
#include "image.h"

int main(void)
{
    if (TPIU_CSPSR == 0xBEEFu) {
        select_supply(SUPPLY_LDO);
    }
    TPIU_CSPSR = 0xBEEFu;
    stay();
}
