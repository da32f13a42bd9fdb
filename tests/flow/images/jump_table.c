/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* A switch that becomes a table of jumps; the address is a sum of two variables. */
#include "flow_image.h"

NOINLINE static uint32_t offset_of(uint32_t which)
{
    switch (which) {
    case 0:
        return 0x04;
    case 1:
        return 0x20;
    case 2:
        return 0x2C;
    case 3:
        return 0x30;
    case 4:
        REG(0x5802480Cu) = 0x02;
        return 0x44;
    case 5:
        return 0x48;
    default:
        return 0;
    }
}

int main(void)
{
    for (;;) {
        REG(0x58020000u + offset_of(REG(0x58020010u))) = 1;
    }
}
