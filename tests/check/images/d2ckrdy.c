/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Waits for ever for the other core to stop. */
#include "image.h"

int main(void)
{
    start_well();
    while ((RCC_CR & D2CKRDY) != 0) {
    }
    stay();
}
