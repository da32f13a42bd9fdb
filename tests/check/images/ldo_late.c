/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The deadlock after two seconds. */
#include "image.h"

__attribute__((noinline)) static void choose(void)
{
    select_supply(SUPPLY_LDO);
}

int main(void)
{
    spend(64000000u / 5u * 2u); /* at HSI's 64 MHz */
    choose();
    stay();
}
