/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Waits for a flag that the model of its peripheral never sets: USART3 is receiving. */
#include "image.h"

#define USART3_CR1 REG(0x40004800u)
#define USART3_ISR REG(0x4000481Cu)
#define BUSY (1u << 16)

int main(void)
{
    start_well();
    RCC_APB1LENR |= 1u << 18;
    USART3_CR1 = 0x5u; /* RE, UE */
    while ((USART3_ISR & BUSY) == 0) {
    }
    stay();
}
