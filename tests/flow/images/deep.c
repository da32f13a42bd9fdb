/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The value and the address come down three calls, past arguments on the stack. */
#include "flow_image.h"

NOINLINE static uint32_t last(uint32_t a, uint32_t b, uint32_t c, uint32_t d, uint32_t address,
                              uint32_t value)
{
    REG(address) = (REG(address) & ~SUPPLY_MASK) | value;
    return a + b + c + d;
}

NOINLINE static uint32_t middle(uint32_t base, uint32_t value)
{
    return last(1, 2, 3, BUTTON, base + 0x0C, value << 1) + 1;
}

NOINLINE static uint32_t first(uint32_t value)
{
    return middle(0x58024000u + (value << 11), value) + 1;
}

int main(void)
{
    for (;;) {
        REG(0x58020018u) = first(1);
    }
}
