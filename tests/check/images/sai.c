/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Plays a buffer over and over with SAI1 and DMA1, by the accesses of HAL_SAI_Init and HAL_SAI_Transmit_DMA, and gives
 * up unless the interrupts at the half and at the end come when they should. TURNS: of which length it takes the
 * half to be.
 */
#include "image.h"

#define DEMCR REG(0xE000EDFCu)
#define DWT_CTRL REG(0xE0001000u)
#define DWT_CYCCNT REG(0xE0001004u)
#define DWT_LAR REG(0xE0001FB0u)
#define SCB_VTOR REG(0xE000ED08u)
#define NVIC_ISER(n) REG(0xE000E100u + 4 * (n))
#define RCC_AHB1ENR REG(0x580244D8u)
#define RCC_APB2ENR REG(0x580244F0u)
#define RCC_D2CCIP1R REG(0x58024450u)
#define DMA1_LISR REG(0x40020000u)
#define DMA1_LIFCR REG(0x40020008u)
#define DMA1_S0CR REG(0x40020010u)
#define DMA1_S0NDTR REG(0x40020014u)
#define DMA1_S0PAR REG(0x40020018u)
#define DMA1_S0M0AR REG(0x4002001Cu)
#define DMAMUX1_C0CR REG(0x40020800u)
#define DMA1_STREAM0 11u
#define SAI1 0x40015800u
#define GCR REG(SAI1)
#define CR1 REG(SAI1 + 0x04u)
#define CR2 REG(SAI1 + 0x08u)
#define FRCR REG(SAI1 + 0x0Cu)
#define SLOTR REG(SAI1 + 0x10u)
#define IM REG(SAI1 + 0x14u)
#define SR REG(SAI1 + 0x18u)
#define DR (SAI1 + 0x20u)
#define HALF (1u << 4)
#define WHOLE (1u << 5)

/* 64 MHz / 5 / 256: 50 kHz, two slots of 16 bits; half of the buffer is 16 frames. */
#define SAMPLES 64u
#define HALF_CYCLES (400u * 20u * (SAMPLES / 4u) * TURNS)
#define JITTER 400u

void Error_Handler(void);
void on_dma(void);

static uint16_t buffer[SAMPLES];
static volatile uint32_t halves, wholes, last, worst;

__attribute__((noinline, noreturn, used)) void Error_Handler(void)
{
    for (;;) {
    }
}

void on_dma(void)
{
    uint32_t now = DWT_CYCCNT, flags = DMA1_LISR & (HALF | WHOLE);
    DMA1_LIFCR = flags;
    uint32_t late = now - last - HALF_CYCLES;
    late = late > 0x80000000u ? 0u - late : late;
    if (halves + wholes != 0 && late > worst) {
        worst = late;
    }
    halves += (flags & HALF) != 0;
    wholes += (flags & WHOLE) != 0;
    last = now;
}

__attribute__((aligned(512))) static const void *const vectors[16 + DMA1_STREAM0 + 1] = {
    [3] = Error_Handler, [16 + DMA1_STREAM0] = on_dma};

static void set_up(void)
{
    RCC_D2CCIP1R = (RCC_D2CCIP1R & ~7u) | 4u; /* per_ck: HSI */
    RCC_APB2ENR |= 1u << 22;
    RCC_AHB1ENR |= 1u;
    (void)RCC_AHB1ENR;
    GCR = 0;
    CR1 = (CR1 & ~0x0FFBFFEFu) | 5u << 20 | 4u << 5;
    CR2 = (CR2 & ~0xE00Fu) | 1u;
    FRCR = 1u << 18 | 1u << 16 | 15u << 8 | 31u;
    SLOTR = 3u << 16 | 1u << 8;
    DMAMUX1_C0CR = 87;
    NVIC_ISER(0) = 1u << DMA1_STREAM0;
}

static void transmit(void)
{
    DMA1_S0NDTR = SAMPLES;
    DMA1_S0PAR = DR;
    DMA1_S0M0AR = (uint32_t)buffer;
    DMA1_S0CR = 1u << 13 | 1u << 11 | 1u << 10 | 1u << 8 | 1u << 6 | 1u << 4 | 1u << 3 | 1u << 2;
    DMA1_S0CR |= 1u;
    IM |= 1u;
    CR1 |= 1u << 17;
    while ((SR & 7u << 16) == 0) {
    }
    CR1 |= 1u << 16;
}

int main(void)
{
    start_well();
    SCB_VTOR = (uint32_t)vectors;
    DEMCR |= 1u << 24;
    DWT_LAR = 0xC5ACCE55u;
    DWT_CTRL |= 1u;
    set_up();
    transmit();
    uint32_t begin = DWT_CYCCNT;
    while (wholes < 3) {
        if (DWT_CYCCNT - begin > 8 * HALF_CYCLES) {
            Error_Handler();
        }
    }
    if (halves != 3 || worst > JITTER || (SR & 1u) != 0) {
        Error_Handler();
    }
    CR1 &= ~(1u << 16); /* HAL_SAI_DMAStop */
    while ((CR1 & 1u << 16) != 0) {
    }
    CR1 &= ~(1u << 17);
    DMA1_S0CR &= ~1u;
    while ((DMA1_S0CR & 1u) != 0) {
    }
    CR2 |= 1u << 3;
    stay();
}
