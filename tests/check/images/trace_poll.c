/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Waits for ever for a peripheral that the virtual board does not model. */
#include "image.h"

int main(void)
{
    start_well();
    while ((TPIU_FFSR & 1u << 1) == 0) {
    }
    stay();
}
