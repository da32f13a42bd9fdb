/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Read, modify, write through a struct. */
#include "flow_image.h"

int main(void)
{
    while (!BUTTON) {
    }
    PWR->CR3 = (PWR->CR3 & ~SUPPLY_MASK) | 2u;
    for (;;) {
    }
}
