/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The deadlock before main. */
#include "image.h"

__attribute__((noinline)) static void ExitRun0Mode(void)
{
    PWR_CR3 = (PWR_CR3 & ~4u) | 2u;
    wait_for_supply();
}

void before_memory(void)
{
    ExitRun0Mode();
}

int main(void)
{
    stay();
}
