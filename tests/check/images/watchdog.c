/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Starts its watchdog and forgets it. */
#include "image.h"

int main(void)
{
    start_well();
    IWDG1_KR = 0xCCCCu;
    for (;;) {
    }
}
