/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Never gets to main: waits for the hardware semaphore 0 to be taken by somebody. */
#include "image.h"

void before_memory(void)
{
    RCC_AHB4ENR |= 1u << 25;
    while ((REG(0x58026400u) & 1u << 31) == 0) {
    }
}

int main(void)
{
    stay();
}
