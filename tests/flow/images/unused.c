/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Code that is linked, but nothing refers to it. */
#include "flow_image.h"

__attribute__((used)) NOINLINE static void never(void)
{
    PWR->CR3 = 2;
}

int main(void)
{
    for (;;) {
        REG(0x58020018u) = 1;
    }
}
