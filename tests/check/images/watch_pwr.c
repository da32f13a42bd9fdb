/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Its main loop asks for one bit of PWR_CSR1 for ever. */
#include "image.h"

int main(void)
{
    start_well();
    PWR_CR1 |= 6u << 5 | 1u << 4; /* PLS, PVDE */
    while ((PWR_CSR1 & BIT) == WHILE) {
    }
    stay();
}
