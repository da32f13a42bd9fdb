/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* A DMA controller writes the LDO into PWR_CR3, in place of the core. BY_IDLE only gives it the addresses; by
 * BY_BDMA_FAR it is asked for what it does not reach. */
#include "image.h"

#define PWR_CR3_ADDRESS 0x5802480Cu

static void by_mdma(const volatile uint32_t *from)
{
    REG(0x52000050u) = 1u << 30 | 1u << 28 | 3u << 18 | 2u << 6 | 2u << 4; /* TCR: words */
    REG(0x52000054u) = 4;                                                  /* BNDTR */
    REG(0x52000058u) = (uint32_t)from;                                     /* SAR */
    REG(0x5200005Cu) = PWR_CR3_ADDRESS;                                    /* DAR */
#ifndef BY_IDLE
    REG(0x5200004Cu) = 1;             /* CR: EN */
    REG(0x5200004Cu) = 1u << 16 | 1u; /* SWRQ */
#endif
}

static void by_dma1(const volatile uint32_t *from)
{
    REG(0x40020018u) = (uint32_t)from;                     /* PAR */
    REG(0x4002001Cu) = PWR_CR3_ADDRESS;                    /* M0AR */
    REG(0x40020014u) = 1;                                  /* NDTR */
    REG(0x40020010u) = 2u << 13 | 2u << 11 | 2u << 6 | 1u; /* CR: memory to memory */
}

static void by_bdma(const volatile uint32_t *from)
{
    REG(0x58025410u) = (uint32_t)from;                     /* CPAR */
    REG(0x58025414u) = PWR_CR3_ADDRESS;                    /* CM0AR */
    REG(0x5802540Cu) = 1;                                  /* CNDTR */
    REG(0x58025408u) = 1u << 14 | 2u << 10 | 2u << 8 | 1u; /* CCR: memory to memory */
}

int main(void)
{
#if defined BY_BDMA
    volatile uint32_t *supply = (volatile uint32_t *)0x38000000u;
#else
    volatile uint32_t *supply = (volatile uint32_t *)0x2400F000u;
#endif
    REG(0x580244D8u) |= 3u;  /* AHB1ENR: DMA1, DMA2 */
    REG(0x580244D4u) |= 1u;  /* AHB3ENR: MDMA */
    RCC_AHB4ENR |= 1u << 21; /* BDMA */
    (void)RCC_AHB4ENR;
#if defined BY_BDMA_FAR || defined BY_IDLE
    start_well();
#endif
    *supply = SUPPLY_LDO;
#if defined BY_MDMA || defined BY_IDLE
    by_mdma(supply);
#elif defined BY_DMA1
    by_dma1(supply);
#else
    by_bdma(supply);
#endif
    (void)by_mdma;
    (void)by_dma1;
    (void)by_bdma;
    stay();
}
