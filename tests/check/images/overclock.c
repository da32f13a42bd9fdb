/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* 400 MHz in VOS3. */
#include "image.h"

int main(void)
{
    select_supply(SUPPLY_SMPS);
    wait_for_supply();
    clock_400_mhz(4);
    stay();
}
