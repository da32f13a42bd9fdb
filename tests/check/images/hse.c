/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Waits for the external clock, however long. */
#include "image.h"

#ifndef SUPPLY
#define SUPPLY SUPPLY_SMPS
#endif

#define RCC_AHB4ENR_GPIOHEN (1u << 7)
#define GPIOH_MODER REG(0x58021C00u)
#define GPIOH_BSRR REG(0x58021C18u)

/* The oscillator of some boards runs while PH1 is high. */
static void enable_oscillator(void)
{
    RCC_AHB4ENR |= RCC_AHB4ENR_GPIOHEN;
    (void)RCC_AHB4ENR;
    GPIOH_BSRR = 1u << 1;
    GPIOH_MODER = (GPIOH_MODER & ~(3u << 2)) | 1u << 2;
}

int main(void)
{
    select_supply(SUPPLY);
    wait_for_supply();
#ifdef ENABLE
    enable_oscillator();
#else
    (void)enable_oscillator;
#endif
    RCC_CR |= 1u << 18 | 1u << 16;
    while ((RCC_CR & 1u << 17) == 0) {
    }
    stay();
}
