/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Selects the supply before memory is set up, as CubeH7 1.12 and newer do. */
#include "image.h"

static uint32_t counter = 7;

void before_memory(void)
{
    select_supply(SUPPLY_SMPS);
    wait_for_supply();
}

int main(void)
{
    voltage_scale_1();
    clock_400_mhz(4);
    for (;;) {
        spend(counter++);
    }
}
