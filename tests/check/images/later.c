/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Starts well, at 400 MHz; behind a condition that never holds it would set PLL1 anew, for 480 MHz or, with GOOD, for 400
 * again (OVERDRIVE: VOS0, or VOS1 again). What it writes goes a long way as HAL's settings do: SIN. Built with several
 * optimisations.
 */
#include "image.h"

#define TABLE 1     /* a loop writes addresses and values from a table */
#define STATIC 2    /* a struct that the start-up code fills */
#define COPY 3      /* the same, copied and changed */
#define READ_BACK 4 /* a struct filled from the registers, and changed */
#define CLEARED 5   /* a struct on the stack, cleared by memset */
#define ARGUMENTS 6 /* through three functions, partly on the stack */
#define OVERDRIVE 7 /* a table for the voltage scale */
#define RETURNED 8  /* what a function returns */

#ifdef GOOD
#define FACTOR 100u
#else
#define FACTOR 120u
#endif

#define PLL1ON (1u << 24)
#define PLL1RDY (1u << 25)
#define TIMEOUT 50u

enum { DO_HSI = 1, DO_PLL = 2, DO_SWITCH = 4 };
enum status { OK, ERROR, LATE };

struct settings {
    uint32_t what;
    uint8_t source, m;
    uint16_t n;
    uint32_t p, range;
};

struct entry {
    volatile uint32_t *address;
    uint32_t value;
};

volatile uint32_t never, ticks;

void *memset(void *to, int value, unsigned size);
void *memset(void *to, int value, unsigned size)
{
    for (unsigned char *at = to; size > 0; size--) {
        *at++ = (unsigned char)value;
    }
    return to;
}

void *memcpy(void *to, const void *from, unsigned size);
void *memcpy(void *to, const void *from, unsigned size)
{
    const unsigned char *source = from;
    for (unsigned char *at = to; size > 0; size--) {
        *at++ = *source++;
    }
    return to;
}

__attribute__((noinline)) uint32_t now(void);
uint32_t now(void)
{
    return ticks;
}

__attribute__((noinline)) enum status wait_for(volatile uint32_t *reg, uint32_t mask,
                                               uint32_t value);
enum status wait_for(volatile uint32_t *reg, uint32_t mask, uint32_t value)
{
    uint32_t begin = now();
    while ((*reg & mask) != value) {
        if (now() - begin > TIMEOUT) {
            return LATE;
        }
    }
    return OK;
}

static enum status to_hsi(void)
{
    RCC_CFGR &= ~7u;
    return wait_for(&RCC_CFGR, 7u << 3, 0);
}

static enum status set_pll(const struct settings *s)
{
    RCC_CR &= ~PLL1ON;
    if (wait_for(&RCC_CR, PLL1RDY, 0) != OK) {
        return LATE;
    }
    RCC_PLLCKSELR = (RCC_PLLCKSELR & ~0x3F3u) | (uint32_t)s->m << 4 | s->source;
    RCC_PLL1DIVR = (s->n - 1u) | (s->p - 1u) << 9 | 1u << 16 | 1u << 24;
    RCC_PLLCFGR = (RCC_PLLCFGR & ~(3u << 2)) | s->range << 2;
    RCC_CR |= PLL1ON;
    return wait_for(&RCC_CR, PLL1RDY, PLL1RDY);
}

__attribute__((noinline)) enum status configure(const struct settings *s);
enum status configure(const struct settings *s)
{
    if (s == 0) {
        return ERROR;
    }
    if ((s->what & DO_HSI) != 0 && to_hsi() != OK) {
        return LATE;
    }
    if ((s->what & DO_PLL) != 0) {
        if ((RCC_CFGR >> 3 & 7u) == 3u) {
            return ERROR; /* it is in use */
        }
        if (set_pll(s) != OK) {
            return LATE;
        }
    }
    if ((s->what & DO_SWITCH) != 0) {
        RCC_CFGR = (RCC_CFGR & ~7u) | 3u;
        return wait_for(&RCC_CFGR, 7u << 3, 3u << 3);
    }
    return OK;
}

__attribute__((noinline)) enum status third(uint32_t p, uint32_t range, uint32_t m, uint32_t what,
                                            uint32_t n, uint32_t source);
enum status third(uint32_t p, uint32_t range, uint32_t m, uint32_t what, uint32_t n,
                  uint32_t source)
{
    struct settings s = {
        .what = what, .source = (uint8_t)source, .m = (uint8_t)m, .n = (uint16_t)n};
    s.p = p;
    s.range = range;
    return configure(&s);
}

__attribute__((noinline)) enum status second(uint32_t n, uint32_t m, uint32_t what, uint32_t range);
enum status second(uint32_t n, uint32_t m, uint32_t what, uint32_t range)
{
    return third(2u, range, m, what, n, 0);
}

__attribute__((noinline)) uint32_t factor(uint32_t mhz);
uint32_t factor(uint32_t mhz)
{
    switch (mhz) {
    case 480:
        return 120;
    case 400:
        return 100;
    default:
        return 0;
    }
}

__attribute__((noinline)) void play(const struct entry *entries);
void play(const struct entry *entries)
{
    for (; entries->address != 0; entries++) {
        *entries->address = entries->value;
        (void)wait_for(&PWR_D3CR, VOSRDY, VOSRDY);
    }
}

static const struct entry faster[] = {
    {&RCC_CFGR, 0},
    {&RCC_CR, 1},
    {&RCC_PLLCKSELR, 8u << 4},
    {&RCC_PLL1DIVR, 0x01010200u | (FACTOR - 1u)},
    {&RCC_CR, PLL1ON | 1u},
    {&RCC_CFGR, 3},
    {0, 0},
};

static const struct entry stronger[] = {
    {&PWR_D3CR, 3u << 14},
#ifndef GOOD
    {&RCC_APB4ENR, 2u},
    {&SYSCFG_PWRCR, 1u},
#endif
    {0, 0},
};

static struct settings filled = {
    DO_HSI | DO_PLL | DO_SWITCH, 0, 8, (uint16_t)(SIN == COPY ? 100 : FACTOR), 2, 3};

__attribute__((noinline)) void read_back(struct settings *s);
void read_back(struct settings *s)
{
    s->what = 0;
    s->source = RCC_PLLCKSELR & 3u;
    s->m = RCC_PLLCKSELR >> 4 & 0x3Fu;
    s->n = (uint16_t)((RCC_PLL1DIVR & 0x1FFu) + 1u);
    s->p = (RCC_PLL1DIVR >> 9 & 0x7Fu) + 1u;
    s->range = RCC_PLLCFGR >> 2 & 3u;
}

__attribute__((noinline)) void act(void);
void act(void)
{
#if SIN == TABLE
    play(faster);
#elif SIN == STATIC
    (void)configure(&filled);
#elif SIN == COPY
    static struct settings copy;
    copy = filled;
    copy.n = FACTOR;
    (void)configure(&copy);
#elif SIN == READ_BACK
    struct settings s;
    read_back(&s);
    s.n = FACTOR;
    s.what = DO_HSI | DO_PLL | DO_SWITCH;
    (void)configure(&s);
#elif SIN == CLEARED
    struct settings s;
    memset(&s, 0, sizeof s);
    s.what = DO_HSI;
    if (configure(&s) != OK) {
        return;
    }
    memset(&s, 0, sizeof s);
    s.what = DO_PLL;
    s.m = 8;
    s.n = FACTOR;
    s.p = 2;
    s.range = 3;
    if (configure(&s) == OK) {
        s.what = DO_SWITCH;
        (void)configure(&s);
    }
#elif SIN == ARGUMENTS
    (void)second(FACTOR, 8, DO_HSI | DO_PLL | DO_SWITCH, 3);
#elif SIN == OVERDRIVE
    play(stronger);
#elif SIN == RETURNED
    struct settings s = {DO_HSI | DO_PLL | DO_SWITCH, 0, 8, 0, 2, 3};
    s.n = (uint16_t)factor(4u * FACTOR);
    (void)configure(&s);
#endif
}

int main(void)
{
    start_well();
    for (;;) {
        if (never == 0x5A) {
            act();
        }
        __asm__ volatile("wfi");
    }
}
