/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Two cores meet: the M4 waits until a semaphore is no longer free; the M7 takes it and gives it back at
 * once, a few instructions later. RM0399 11.3: each sees the accesses in the order of their times.
 */
#include "prog.h"

#define RCC_AHB4ENR REG(0x580244E0)
#define HSEM_R(n) REG(0x58026400 + 4 * (n))
#define HSEM_RLR(n) REG(0x58026480 + 4 * (n))
#define SEEN(n) REG(0x3800F000 + 4 * (n))
#define ROUNDS 100u

static void wait_for(volatile uint32_t *word, uint32_t value)
{
    while (*word != value) {
    }
}

static void take_and_give(void)
{
    for (uint32_t i = 1; i <= ROUNDS; i++) {
        wait_for(&SEEN(1), i); /* the other one looks */
        for (volatile uint32_t k = 0; k < 20 + i; k++) {
        }
        (void)HSEM_RLR(0);
        ASM("nop\n nop\n nop\n nop\n nop\n nop\n nop\n nop"); /* two looks of the other core at HSI's 64 MHz */
        ASM("nop\n nop\n nop\n nop\n nop\n nop\n nop\n nop");
        HSEM_R(0) = 0x300;
        wait_for(&SEEN(0), i);
    }
}

static void look(void)
{
    for (uint32_t i = 1; i <= ROUNDS; i++) {
        SEEN(1) = i;
        while (HSEM_R(0) == 0) {
        }
        while (HSEM_R(0) != 0) {
        }
        SEEN(0) = i;
    }
    SEEN(2) = 0x600D;
}

void program(void)
{
    RCC_AHB4ENR |= 1u << 25;
    (void)RCC_AHB4ENR;
    if ((REG(0xE000ED00) & 0xF0) == 0x70) {
        take_and_give();
    } else {
        look();
    }
}
