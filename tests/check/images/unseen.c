/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Starts well, at 400 MHz; code that never runs would change clocks, scale or wait states as SIN says, too far, or with
 * GOOD just as far as it may. HOW it would be reached: by a condition that never holds, by a handler, by a pointer.
 */
#include "image.h"

#define LATENCY 1      /* no wait states; after the switch to HSI, 64 MHz, they are not needed */
#define LATENCY_BYTE 2 /* the same by a byte store */
#define SCALE_3 3      /* VOS3; after the switch to HSI it is enough */
#define SCALE_2 4      /* VOS2; with SYSCLK divided by two it is enough */
#define AHB 5          /* HPRE 1; with D1CPRE 2 AHB stays at 200 MHz */
#define APB 6          /* APB prescaler 1; 4 is slower */
#define PLL 7          /* 480 MHz; 320 */
#define PLL_INPUT 8    /* PLL1's input is 32 MHz, beyond its range; 8 MHz */
#define STRUCT 9       /* 480 MHz, from a struct on the caller's stack; 400 */
#define ARGUMENT 10    /* 0 wait states as an argument; 4 */
#define REFUSED 11     /* VOS3 where the switch to HSI was refused */
#define UNKNOWN 12     /* good: a divider and wait states that nobody knows */
#define BACK 13        /* good: to HSI and back, as behind Stop */

#define BY_CONDITION 0
#define BY_HANDLER 1
#define BY_POINTER 2

#ifdef GOOD
#define IF_GOOD(good, bad) (good)
#else
#define IF_GOOD(good, bad) (bad)
#endif

volatile uint32_t never, divider;

struct pll {
    uint32_t m, n, p;
};

static inline void to_hsi(void)
{
    RCC_CFGR &= ~7u;
    while ((RCC_CFGR >> 3 & 7u) != 0) {
    }
}

/* 0: done. */
__attribute__((noinline)) uint32_t try_hsi(void);
uint32_t try_hsi(void)
{
    if ((RCC_CR & 4u) == 0 || never == 1) {
        return 1;
    }
    to_hsi();
    return 0;
}

__attribute__((noinline)) void set_pll(const struct pll *pll);
void set_pll(const struct pll *pll)
{
    to_hsi();
    RCC_CR &= ~(1u << 24);
    while ((RCC_CR & 1u << 25) != 0) {
    }
    RCC_PLLCKSELR = (RCC_PLLCKSELR & ~0x3F3u) | pll->m << 4;
    RCC_PLL1DIVR = (pll->n - 1) | (pll->p - 1) << 9 | 1u << 16 | 1u << 24;
    RCC_CR |= 1u << 24;
    while ((RCC_CR & 1u << 25) == 0) {
    }
    RCC_CFGR = (RCC_CFGR & ~7u) | 3u;
}

__attribute__((noinline)) void set_latency(uint32_t latency);
void set_latency(uint32_t latency)
{
    FLASH_ACR = (FLASH_ACR & ~0xFu) | latency;
}

void act(void);
void act(void)
{
#if SIN == LATENCY || SIN == LATENCY_BYTE
    if (IF_GOOD(1, 0)) {
        to_hsi();
    }
    if (SIN == LATENCY) {
        FLASH_ACR = 0;
    } else {
        *(volatile uint8_t *)&FLASH_ACR = 0;
    }
#elif SIN == SCALE_3
    if (IF_GOOD(1, 0)) {
        to_hsi();
    }
    PWR_D3CR = 1u << 14;
#elif SIN == SCALE_2
    if (IF_GOOD(1, 0)) {
        RCC_D1CFGR |= 8u << 8;
    }
    PWR_D3CR = (PWR_D3CR & ~(3u << 14)) | 2u << 14;
#elif SIN == AHB
    RCC_D1CFGR = IF_GOOD(0x848u, 0x40u);
    RCC_D1CFGR = IF_GOOD(0x840u, 0x40u);
#elif SIN == APB
    RCC_D2CFGR = IF_GOOD(0x550u, 0x400u);
#elif SIN == PLL
    const struct pll pll = {8, IF_GOOD(80, 120), 2};
    set_pll(&pll);
#elif SIN == PLL_INPUT
    const struct pll pll = {IF_GOOD(8, 2), IF_GOOD(100, 25), 2};
    set_pll(&pll);
#elif SIN == STRUCT
    struct pll pll = {0};
    pll.m = 8;
    pll.n = 2 * divider;
    pll.p = 2;
    pll.n = IF_GOOD(100, 120);
    set_pll(&pll);
#elif SIN == ARGUMENT
    set_latency(IF_GOOD(4, 0));
#elif SIN == REFUSED
    if (try_hsi() != 0) {
        PWR_D3CR = 1u << 14;
    }
#elif SIN == UNKNOWN
    RCC_PLL1DIVR = divider;
    RCC_D1CFGR = (RCC_D1CFGR & ~0xFu) | divider;
    set_latency(divider);
#elif SIN == BACK
    to_hsi();
    RCC_CFGR |= 3u;
    FLASH_ACR = 0x24u;
#endif
}

#if HOW == BY_HANDLER
void hard_fault(void)
{
    act();
    for (;;) {
    }
}
#elif HOW == BY_POINTER
void (*const table[])(void) = {act};
void (*volatile chosen)(void);
#endif

int main(void)
{
    start_well();
    for (;;) {
#if HOW == BY_CONDITION
        if (never == 0x5A) {
            act();
        }
#elif HOW == BY_POINTER
        if (never != 0) {
            chosen = table[never];
            chosen();
        }
#endif
        __asm__ volatile("wfi");
    }
}
