/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Writes where nothing is. */
#include "image.h"

int main(void)
{
    start_well();
    REG(0x50F00000u) = 1;
    stay();
}
