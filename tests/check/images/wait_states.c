/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* 200 MHz on the AXI bus, and no wait state. */
#include "image.h"

int main(void)
{
    select_supply(SUPPLY_SMPS);
    wait_for_supply();
    voltage_scale_1();
    clock_400_mhz(0);
    stay();
}
