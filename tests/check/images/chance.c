/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What works by chance, as SIN says; with GOOD its twin that does it right. Both cores' code. */
#include "image.h"

#define FRESH 1   /* decides by RAM that nobody has written; GOOD: writes it first */
#define MAGIC 2   /* the same, compared with a magic word; always good */
#define STACK 3   /* recursion into the image's data; GOOD: less deep */
#define UPDATE 4  /* the M4 writes a register between the M7's read and write; GOOD: BSRR */
#define OWNERS 5  /* both cores set up TIM2; GOOD: one does */
#define HANDLER 6 /* TIM7's interrupt is enabled, its vector leads to the default handler */
#define STORM 7   /* its handler does not clear the flag; GOOD: it does */
#define HELD                                                                                       \
    8 /* the M4 keeps a semaphore that the M7 wants, asked for by RLR; GOOD: it releases it */
#define HELD_TWO 9 /* the same, asked for in two steps */
#define TWICE 10   /* programs a flash word that is not erased; GOOD: looks first */
#define PARTIAL 11 /* writes half a flash word; GOOD: all of it */
#define STALL 12   /* erases a sector of the bank that it runs from; GOOD: of the other one */
#define NOTHING 13 /* the M4 reads and writes through a null pointer; GOOD: where it should */

#define LOCK (1u << 31)
#define HSEM(offset) REG(0x58026400u + (offset))
#define GPIOB_ODR REG(0x58020414u)
#define TIM7(offset) REG(0x40001400u + (offset))
#define BANK2_SECTOR_7 ((volatile uint32_t *)0x081E0000u)

static inline void use_hsem(void)
{
    RCC_AHB4ENR |= 1u << 25;
    (void)RCC_AHB4ENR;
}

static inline void signal(uint32_t n)
{
    (void)HSEM(0x80u + 4 * n);
}

static inline void await(uint32_t n)
{
    while ((HSEM(4 * n) & LOCK) == 0) {
    }
}

static inline void use_gpiob(void)
{
    RCC_AHB4ENR |= 2u;
    (void)RCC_AHB4ENR;
}

#ifdef CM7
void default_handler(void);
void tim7(void);
void deep(uint32_t turns);

__attribute__((naked)) void default_handler(void)
{
    __asm__("b .");
}

void tim7(void)
{
    spend(10);
#ifdef GOOD
    TIM7(0x10) = 0;
    (void)TIM7(0x10);
#endif
}

static const void *const vectors[16 + 60] __attribute__((aligned(512), used)) = {[16 + 55] =
#if SIN == HANDLER && !defined GOOD
                                                                                     default_handler
#else
                                                                                     tim7
#endif
};

#if SIN == STACK
volatile uint32_t data[15500]; /* 62 of 64 KB */
#endif

__attribute__((noinline)) void deep(uint32_t turns)
{
    volatile uint32_t local[8];
    local[0] = turns;
    if (turns > 0) {
        deep(local[0] - 1u);
    }
    local[1] = turns;
}

static inline void start_tim7(uint32_t period)
{
    RCC_APB1LENR |= 1u << 5;
    (void)RCC_APB1LENR;
    REG(0xE000ED08u) = (uint32_t)vectors;
    TIM7(0x28) = 0;
    TIM7(0x2C) = period;
    TIM7(0x0C) = 1;
    REG(0xE000E104u) = 1u << 23;
#if SIN == STORM
    TIM7(0x00) = 1;
#endif
}

static inline void unlock_flash(uint32_t bank)
{
    if ((REG(0x5200200Cu + bank * 0x100u) & 1u) != 0) { /* LOCK */
        REG(0x52002004u + bank * 0x100u) = 0x45670123u;
        REG(0x52002004u + bank * 0x100u) = 0xCDEF89ABu;
    }
}

static inline void program(volatile uint32_t *to, uint32_t words, uint32_t first)
{
    unlock_flash(1);
    REG(0x5200210Cu) |= 2u; /* PG */
    for (uint32_t i = 0; i < words; i++) {
        to[i] = first + i;
    }
    __asm__ volatile("dsb");
    while ((REG(0x52002110u) & 4u) != 0) { /* QW */
    }
}

static inline void erase(uint32_t bank)
{
    unlock_flash(bank);
    REG(0x5200200Cu + bank * 0x100u) = 7u << 8 | 4u;         /* sector 7, SER */
    REG(0x5200200Cu + bank * 0x100u) = 7u << 8 | 4u | 0x80u; /* START */
    while ((REG(0x52002010u + bank * 0x100u) & 4u) != 0) {
    }
}

int main(void)
{
#if SIN == STORM || SIN == HELD_TWO
    select_supply(SUPPLY_SMPS); /* they never rest: at 64 MHz it costs less to look on */
    wait_for_supply();
#else
    start_well();
#endif
    use_hsem();
#if SIN == FRESH
    volatile uint32_t *flag = (volatile uint32_t *)0x24010000u;
#ifdef GOOD
    *flag = 0;
#endif
    if (*flag == 1) {
        spend(10);
    }
#elif SIN == MAGIC
    volatile uint32_t *flag = (volatile uint32_t *)0x24010000u;
    if (*flag == 0xC0DE1234u) {
        spend(10);
    }
#elif SIN == STACK
#ifdef GOOD
    deep(10);
#else
    deep(100);
#endif
    (void)data[0];
#elif SIN == UPDATE
    use_gpiob();
#ifdef GOOD
    signal(1);
    await(2);
    GPIOB_BSRR = 1;
#else
    uint32_t pins = GPIOB_ODR;
    signal(1);
    await(2);
    GPIOB_ODR = pins | 1u;
#endif
#elif SIN == OWNERS
    RCC_APB1LENR |= 1u;
    (void)RCC_APB1LENR;
    REG(TIM2) = 0x80;
    signal(1);
#elif SIN == HANDLER || SIN == STORM
    start_tim7(10000);
#elif SIN == HELD
    await(1);
    while (HSEM(0x80 + 4 * 5) != (LOCK | 0x300u)) {
    }
    HSEM(4 * 5) = 0x300u;
#elif SIN == HELD_TWO
    await(1);
    do {
        spend(10);
        HSEM(4 * 5) = LOCK | 0x309u;
    } while (HSEM(4 * 5) != (LOCK | 0x309u));
    HSEM(4 * 5) = 0x309u;
#elif SIN == TWICE
#ifdef GOOD
    if (BANK2_SECTOR_7[0] == UINT32_MAX)
#endif
    {
        program(BANK2_SECTOR_7, 8, 1);
    }
#ifndef GOOD
    program(BANK2_SECTOR_7, 8, 2);
#endif
#elif SIN == PARTIAL
#ifdef GOOD
    if (BANK2_SECTOR_7[0] == UINT32_MAX) {
        program(BANK2_SECTOR_7, 8, 1);
    }
#else
    program(BANK2_SECTOR_7, 4, 1);
#endif
#elif SIN == STALL
#ifdef GOOD
    erase(1);
#else
    erase(0);
#endif
#endif
    stay();
}
#else
int main(void)
{
    use_hsem();
#if SIN == UPDATE
    use_gpiob();
    await(1);
    GPIOB_ODR |= 2u;
    signal(2);
#elif SIN == OWNERS
    await(1);
#ifndef GOOD
    RCC_APB1LENR |= 1u;
    (void)RCC_APB1LENR;
    REG(TIM2) |= 0x4u;
#endif
#elif SIN == HELD || SIN == HELD_TWO
    HSEM(4 * 5) = LOCK | 0x107u;
    signal(1);
    spend(1000);
#ifdef GOOD
    HSEM(4 * 5) = 0x107u;
#endif
#elif SIN == NOTHING
    volatile uint32_t *vectors = (volatile uint32_t *)0x08100000u;
#ifdef GOOD
    volatile uint32_t *handle = vectors;
#else
    volatile uint32_t *handle = (volatile uint32_t *)0;
    __asm__ volatile("" : "+r"(handle));
#endif
    if (handle[3] != vectors[3]) {
        REG(0x50F00000u) = 1; /* a fault */
    }
    handle[3] = 1; /* flash that is not open for writing */
#endif
    stay();
}
#endif
