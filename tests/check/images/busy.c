/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Waits for a flag that the model of its peripheral never sets: USART3 is receiving. */
#include "image.h"

/* How the bit is tested: by a shift into the sign, with an immediate, or with a register. */
#ifndef TEST
#define TEST "lsls r1, %0, #15\n bpl 0b"
#endif

#define USART3_CR1 REG(0x40004800u)
#define USART3_ISR REG(0x4000481Cu)
#define BUSY (1u << 16)

int main(void)
{
    start_well();
    RCC_APB1LENR |= 1u << 18;
    USART3_CR1 = 0x5u; /* RE, UE */
    uint32_t isr;
    __asm__ volatile("0: ldr %0, [%1]\n " TEST
                     : "=&r"(isr)
                     : "r"(&USART3_ISR), "r"(BUSY)
                     : "r1", "cc");
    stay();
}
