/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Memories outside of the chip, as the STM32H745I-DISCO has them. SIN says what is wrong; its twin with GOOD does it right.
 *   1 uses SDRAM before it is initialised (RM0399 23.9.3)
 *   2 calls a function in QUADSPI's flash, which is not mapped
 *   3 stores to the mapped flash
 *   4 starts SDRAM without refresh
 *   5 the CM4 calls a function in QUADSPI's flash before the CM7 has mapped it
 *   6 runs code from SDRAM without an MPU region that lets it
 */
#include "image.h"

#define RCC_AHB3ENR REG(0x580244D4u)
#define FMC_BCR1 REG(0x52004000u)
#define FMC_SDCR1 REG(0x52004140u)
#define FMC_SDCR2 REG(0x52004144u)
#define FMC_SDCMR REG(0x52004150u)
#define FMC_SDRTR REG(0x52004154u)
#define QUADSPI_CR REG(0x52005000u)
#define QUADSPI_DCR REG(0x52005004u)
#define QUADSPI_CCR REG(0x52005014u)
#define MPU_CTRL REG(0xE000ED94u)
#define MPU_RBAR REG(0xE000ED9Cu)
#define MPU_RASR REG(0xE000EDA0u)
#define SDRAM 0xD0000000u

#define CTB2 (1u << 3)
/* 24 bits of address, eight dummy cycles, all on one line. */
#define MAP (3u << 26 | 1u << 24 | 8u << 18 | 2u << 12 | 1u << 10 | 1u << 8 | 0x0Bu)

static void start_sdram(void)
{
    RCC_AHB3ENR |= 1u << 12;
    FMC_SDCR1 = 2u << 10; /* SDCLK */
    FMC_SDCR2 =
        2u << 7 | 1u << 6 | 1u << 4 | 1u << 2; /* CAS 2, four banks, 16 bits, 12 rows, 8 columns */
    FMC_SDCMR = CTB2 | 1u;
    spend(10000);
    FMC_SDCMR = CTB2 | 2u;
    FMC_SDCMR = 7u << 5 | CTB2 | 3u;
    FMC_SDCMR = 2u << 4 << 9 | CTB2 | 4u;
#if SIN != 4 || defined GOOD
    FMC_SDRTR = 0x603u << 1;
#endif
    FMC_BCR1 |= 1u << 31;
}

static void map_flash(void)
{
    RCC_AHB3ENR |= 1u << 14;
    QUADSPI_DCR = 26u << 16;                      /* 128 MB: a pair */
    QUADSPI_CR = 1u << 24 | 1u << 6 | 1u;         /* DFM */
    QUADSPI_CCR = (MAP & ~(3u << 12)) | 3u << 12; /* 32 bits of address */
}

__attribute__((section(".qspi_data"))) static const uint32_t table[4] = {3, 5, 7, 11};

__attribute__((section(".qspi"), noinline, long_call)) static uint32_t far_away(uint32_t i)
{
    return 100u * i + table[i & 3u];
}

static void check(uint32_t have, uint32_t want)
{
    if (have != want) {
        __builtin_trap();
    }
}

static void use_sdram(void)
{
    for (uint32_t i = 0; i < 64; i++) {
        REG(SDRAM + 0x10000u * i) = i * 0x01010101u;
    }
    for (uint32_t i = 0; i < 64; i++) {
        check(REG(SDRAM + 0x10000u * i), i * 0x01010101u);
    }
}

/* movs r0, #42; bx lr */
static uint32_t run_in_sdram(void)
{
    REG(SDRAM) = 0x4770202Au;
    __asm__ volatile("dsb\n\tisb" ::: "memory");
    return ((uint32_t(*)(void))(SDRAM + 1u))();
}

static void let_sdram_run(void)
{
#ifdef GOOD
    MPU_RBAR = SDRAM | 0x10u;
    MPU_RASR = 3u << 24 | 1u << 19 | 22u << 1 | 1u; /* full access, normal, not cached, 8 MB */
    MPU_CTRL = 5u;
    __asm__ volatile("dsb\n\tisb" ::: "memory");
#endif
}

#ifdef CM7
int main(void)
{
    start_well();
#if SIN == 1
#ifdef GOOD
    start_sdram();
#else
    RCC_AHB3ENR |= 1u << 12;
    FMC_BCR1 |= 1u << 31;
#endif
    use_sdram();
#elif SIN == 2
    RCC_AHB3ENR |= 1u << 14;
#ifdef GOOD
    map_flash();
#endif
    check(far_away(2), 207);
#elif SIN == 3
    map_flash();
    check(table[1], 5);
#ifndef GOOD
    REG(0x90000000u) = 1;
#endif
#elif SIN == 4
    start_sdram();
    use_sdram();
#elif SIN == 5
    map_flash();
#elif SIN == 6
    start_sdram();
    let_sdram_run();
    check(run_in_sdram(), 42);
#endif
    stay();
}
#else
int main(void)
{
    RCC_AHB3ENR |= 1u << 14;
#ifdef GOOD
    while (QUADSPI_CCR >> 26 != 3u) {
    }
#endif
    check(far_away(3), 311);
    stay();
}
#endif
