/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Waits for ever for a peripheral that the virtual board does not model. */
#include "image.h"

int main(void)
{
    start_well();
    while ((SAI4_BSR & 1u << 6) == 0) {
    }
    stay();
}
