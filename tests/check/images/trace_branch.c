/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Gives up, if a peripheral that is not modelled does not answer in time. */
#include "image.h"

__attribute__((noinline, noreturn)) static void give_up(void)
{
    for (;;) {
    }
}

int main(void)
{
    start_well();
    uint32_t patience = 1000;
    while ((TPIU_FFSR & 1u << 1) == 0) {
        if (patience-- == 0) {
            give_up();
        }
    }
    stay();
}
