/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * The CM7 waits for a word of RAM. WHO writes it: nobody, in time the CM4, a handler whose interrupt comes later or
 * never, DMA.
 */
#include "image.h"

#define NOBODY 0
#define OTHER_CORE 1
#define TICK 2   /* SysTick's handler, that comes */
#define PRESS 3  /* a handler of the button, which nobody presses */
#define DMA 4    /* a stream that waits for its peripheral */
#define ITSELF 5 /* the core itself, before it waits */

#define SHARED REG(0x38000100u) /* SRAM4 */
#define SYST_CSR REG(0xE000E010u)
#define SYST_RVR REG(0xE000E014u)
#define DMA1_S0CR REG(0x40020010u)
#define DMA1_S0NDTR REG(0x40020014u)
#define DMA1_S0M0AR REG(0x4002001Cu)

volatile uint32_t ready;

#ifdef CM7
#if WHO == TICK
void sys_tick(void);
void sys_tick(void)
{
    ready = 1;
}
static const void *const handlers[16] __attribute__((aligned(512))) = {[15] = sys_tick};
#elif WHO == PRESS
void hard_fault(void)
{
    ready = 1;
    for (;;) {
    }
}
#endif

__attribute__((noinline)) void wait_until_ready(void);
void wait_until_ready(void)
{
#if WHO == OTHER_CORE
    while (SHARED != 0x600Du) {
    }
#else
    while (ready == 0) {
    }
#endif
}

int main(void)
{
    start_well();
#if WHO == ITSELF
    ready = 2;
    __asm__ volatile("dsb");
    ready = 0;
#elif WHO == OTHER_CORE
    SHARED = 0;
#elif WHO == TICK
    REG(0xE000ED08u) = (uint32_t)handlers;
    SYST_RVR = 8000000u; /* 20 ms */
    SYST_CSR = 7u;
#elif WHO == DMA
    REG(0x580244D8u) |= 1u;
    DMA1_S0NDTR = 4;
    DMA1_S0M0AR = (uint32_t)&ready;
    DMA1_S0CR = 1u;
#endif
    wait_until_ready();
    for (;;) {
        __asm__ volatile("wfi");
    }
}
#else
int main(void)
{
    for (volatile uint32_t i = 0; i < 200000u; i++) {
    }
#if WHO == OTHER_CORE
    SHARED = 0x600Du;
#endif
    for (;;) {
        __asm__ volatile("wfi");
    }
}
#endif
